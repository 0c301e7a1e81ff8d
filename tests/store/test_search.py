"""The search index finds what a look at every text would find, on either store, and is what a rebuild makes."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from aftersales_tui.lexicon.fold import fold
from aftersales_tui.lexicon.grams import asked, document
from aftersales_tui.store import driver, search
from aftersales_tui.store.engine import Store
from aftersales_tui.store.opening import open_store
from aftersales_tui.store.queries.search import _called, _looking, _whole, matching

LETTERS = "冰箱洗衣机不制冷漏水张三李四路号楼室abcdefgtv0123456789"
MARKS = " -./,"
words = st.text(alphabet=LETTERS + MARKS, min_size=1, max_size=24)
texts = st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=12)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


def kept(connection: Connection, shop_id: int = 1) -> dict[int, str]:
    """The texts of tickets."""
    return {
        one: said for (kind, one), said in search.indexed(connection, shop_id).items() if kind == "ticket"
    }


def put(connection: Connection, said: dict[int, str], shop_id: int = 1) -> None:
    search._write(connection, shop_id, {}, {("ticket", one): text for one, text in said.items()})


def scanned(said: dict[int, str], query: str) -> list[int]:
    """What ``LIKE '%word%'`` on every text finds, each word in any of its spellings."""
    sought = asked(query, "CN")
    found = [one for one, text in said.items() if all(any(w in text for w in ways) for ways in sought)]
    return sorted(found, reverse=True) if sought else []


@st.composite
def parts_of_a_text(draw: st.DrawFn) -> tuple[dict[int, str], str]:
    """Some texts, and a query of two to eight characters out of one of them, or of nothing that is there."""
    said = {5 * place + 7: document(lines) for place, lines in enumerate(draw(texts))}
    lines = [line for text in said.values() for line in text.split("\n") if len(line) > 1]
    if not lines or draw(st.integers(0, 9)) == 0:
        return said, draw(words)
    line = draw(st.sampled_from(lines))
    start = draw(st.integers(0, len(line) - 2))
    query = line[start : start + draw(st.integers(2, 8))]
    return said, f"{query} {draw(st.sampled_from(lines))[:2]}" if draw(st.booleans()) else query


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(parts_of_a_text())
def test_it_finds_just_what_a_look_at_every_text_finds(
    store: Store, told: tuple[dict[int, str], str]
) -> None:
    said, query = told
    with store.writing() as session:
        connection = session.connection()
        search.rebuild(connection, 1)
        put(connection, said)
        found = matching(connection, 1, "ticket", asked(query, "CN"), 100)
        # Every part of a line is found as it stands there, whatever other spellings add.
        plain = query.split()
        assert {
            one
            for one, text in said.items()
            if plain and all(word in text for word in plain if re.search(r"\w", word))
        } <= set(found) or not asked(query, "CN")
        assert found == scanned(said, query)
        session.rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(st.text(min_size=1, max_size=12), st.lists(st.text(max_size=20), max_size=5))
def test_any_character_may_be_in_a_text_and_in_a_query(store: Store, query: str, lines: list[str]) -> None:
    storable = [re.sub("[\x00\ud800-\udfff]", "", line) for line in (*lines, query)]
    said = {3: document(storable), 9: document(["冰箱"])}
    with store.writing() as session:
        put(session.connection(), said)
        asked_for = storable[-1]
        found = matching(session.connection(), 1, "ticket", asked(asked_for, "CN"), 10)
        assert found == scanned(said, asked_for)
        session.rollback()


def test_the_newest_come_first_and_the_next_page_follows_them(store: Store) -> None:
    with store.writing() as session:
        connection = session.connection()
        put(connection, {one: "冰箱\n不制冷" if one % 2 else "洗衣机" for one in range(1, 4001)})
        for query, newest in (("冰箱", 3999), ("冷", 3999), ("箱 不", 3999), ("衣机", 4000)):
            first = matching(connection, 1, "ticket", asked(query), 41)
            assert first == list(range(newest, newest - 82, -2)), query
            assert matching(connection, 1, "ticket", asked(query), 2, first[-1]) == [newest - 82, newest - 84]
        session.rollback()


def test_what_is_rare_is_found_behind_many_that_only_look_like_it(store: Store) -> None:
    """The grams of 张三李四 are in all of them, and so are those of the single characters."""
    with store.writing() as session:
        connection = session.connection()
        put(connection, dict.fromkeys(range(10, 2500), "张三李\n三李四") | {5: "张三李四\n覃"})
        assert matching(connection, 1, "ticket", asked("张三李四"), 5) == [5]
        assert matching(connection, 1, "ticket", asked("覃"), 5) == [5]
        assert matching(connection, 1, "ticket", asked("三李 覃"), 5) == [5]
        session.rollback()


def test_a_shop_finds_nothing_of_another(store: Store) -> None:
    with store.writing() as session:
        connection = session.connection()
        put(connection, dict.fromkeys(range(100, 200), "冰箱"), shop_id=2)
        put(connection, {7: "冰箱"})
        assert matching(connection, 1, "ticket", asked("冰箱"), 50) == [7]
        search.rebuild(connection, 1)
        assert matching(connection, 1, "ticket", asked("冰箱"), 50) == []
        assert len(matching(connection, 2, "ticket", asked("冰箱"), 50)) == 50
        session.rollback()


def test_what_is_forgotten_leaves_no_byte(shop_file: Path) -> None:
    store = open_store(shop_file)
    with store.writing() as session:
        put(session.connection(), {1: "欧鵬\n南山区科技园3号\n13912345678", 2: "张三\n冰箱"})
    with store.writing() as session:
        search.forget(session.connection(), 1, [1])
        assert matching(session.connection(), 1, "ticket", asked("欧鹏"), 5) == []
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    store.close()
    left = shop_file.read_bytes()
    for gone in ("欧鵬", "欧鹏", "科技园", "1391234", "12345"):
        assert fold(gone).encode() not in left, gone
        assert gone.encode() not in left, gone
    assert "张三".encode() in left


def test_no_list_is_gone_through_and_nothing_is_sorted(shop_file: Path) -> None:
    store = open_store(shop_file)
    values: dict[str, Any] = {
        "shop": 1,
        "kind": "ticket",
        "wish": '"冰箱"',
        "before": 99,
        "limit": 41,
        "most": 64,
    }
    values |= {"w0_0": "冰箱", "w0_1": "冰柜"}
    with store.reading() as connection:
        for statement in (_looking("sqlite", "ticket", (2,)), _whole("sqlite", "ticket", (2,))):
            compiled = statement.compile(dialect=connection.dialect)
            places = tuple(values[name] for name in compiled.positiontup or ())
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", places)]
            assert not [step for step in plan if "TEMP B-TREE" in step], plan
            assert any(
                re.match("SEARCH doc USING PRIMARY KEY .*shop_id=. AND kind=. AND id=", one) for one in plan
            ), plan
            assert any("VIRTUAL TABLE INDEX" in one and "M" in one for one in plan), plan
        called = _called(64).compile(dialect=connection.dialect)
        some = tuple(range(len(called.positiontup or ())))
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {called}", some)]
        assert any(re.match("SEARCH customer USING .*shop_id=. AND id=", one) for one in plan), plan
    store.close()


def test_the_interpreters_own_sqlite_reads_and_writes_the_same_index(
    shop_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(":memory:") as own:
        if ("ENABLE_FTS5",) not in own.execute("PRAGMA compile_options").fetchall():
            pytest.skip("the interpreter's SQLite has no FTS5")
    store = open_store(shop_file)
    with store.writing() as session:
        put(session.connection(), {3: "冰箱\n漏水", 4: "洗衣机"})
    store.close()
    monkeypatch.setattr("aftersales_tui.store.engine.sqlite_driver", lambda: sqlite3)
    assert driver.sqlite_driver() is not sqlite3
    store = open_store(shop_file)
    with store.writing() as session:
        connection = session.connection()
        assert matching(connection, 1, "ticket", asked("漏水"), 5) == [3]
        search._write(connection, 1, {("ticket", 3): "冰箱\n漏水"}, {("ticket", 3): "冰箱\n不响"})
        assert matching(connection, 1, "ticket", asked("漏水"), 5) == []
        assert matching(connection, 1, "ticket", asked("不响"), 5) == [3]
    store.close()
