"""A store of before is brought up to date in sight of somebody, and its index is merged in the quiet (issue 3)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from aftersales_tui.desk.desk import Desk
from aftersales_tui.lexicon.grams import asked
from aftersales_tui.store import filling, search, upkeep
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.engine import Store
from aftersales_tui.store.glance import first_page
from aftersales_tui.store.health import store_health
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.look import Kind, look
from aftersales_tui.store.migrations import run
from aftersales_tui.store.opening import open_store
from aftersales_tui.store.queries.search import matching
from tests.desk.day import Day
from tests.store.older import before_due
from tests.stores import MONDAY_TEN, FakeClock, sit_down

SQLITE_BEFORE = ("PRAGMA user_version=2", *(f"DROP TABLE search_{kind}" for kind in KINDS))


@pytest.fixture
def desk(database: str, clock: FakeClock) -> Iterator[Desk]:
    opened = sit_down(database, clock)
    day = Day(opened, clock, database)
    for place in range(9):
        day.call(caller=f"张{place}", phone=f"1380013800{place}", address=f"西丽路{place}号")
    yield opened
    opened.close()


def engine_of(desk: Desk) -> Engine:
    shop: Any = desk.dispatch._shop
    store: Store = shop.store
    return store.engine


def before_the_index(engine: Engine) -> None:
    """Make the store one of before migration 0003."""
    with engine.execution_options(write=True).begin() as connection:
        for statement in SQLITE_BEFORE if engine.dialect.name == "sqlite" else ():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DROP TABLE search_doc")
        before_due(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    # The last one to leave brings the log into the file, whose first bytes say how old it is.
    engine.dispose()


def lists(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(DISTINCT segid) FROM search_ticket_idx")).scalar_one()
        )


def test_an_upgrade_that_is_stopped_or_killed_goes_on_where_it_was_until_the_index_is_whole(
    desk: Desk, database: str
) -> None:
    engine = engine_of(desk)
    desk.close()
    with engine.execution_options(write=True).begin() as connection:
        search.rebuild(connection, 1)
        whole, said = search.indexed(connection, 1), postings(connection)
    before_the_index(engine)
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.upgrade(engine, stop, chunk=4)
    assert (told[0], told == sorted(told), told[-1] < 0.5) == (0.0, True, True)
    stopped = is_unfinished(engine, database, part_of=whole)
    child = [sys.executable, "-c", FILLING, database]
    with subprocess.Popen(child, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        shares = [float(killed.stdout.readline()) for _ in range(4)]
        killed.kill()
    assert shares[0] == pytest.approx(stopped / len(whole)), "it went on where the first one stopped"
    left = is_unfinished(engine, database, part_of=whole)
    assert stopped < left
    told.clear()
    with closing(open_store(database, tell=told.append)) as store, store.reading() as connection:
        assert search.indexed(connection, 1) == whole
        assert postings(connection) == said
        assert filling.is_whole(connection)
    assert told[0] == pytest.approx(left / len(whole))
    assert (told == sorted(told), told[-1]) == (True, 1.0)
    assert next(one.name for one in store_health(database, MONDAY_TEN)) in {"sound", "server"}
    with closing(open_store(database, tell=lambda _: pytest.fail("nothing is left to do"))):
        pass
    engine.dispose()


FILLING = """
import sys, time
from pathlib import Path
from aftersales_tui.store.engine import postgres_engine, sqlite_engine
from aftersales_tui.store.migrations.run import upgrade
def tell(share):
    print(share, flush=True)
    time.sleep(0.02)
where = sys.argv[1]
upgrade(postgres_engine(where) if ":" in where else sqlite_engine(Path(where)), tell, chunk=4)
"""


def is_unfinished(engine: Engine, database: str, part_of: search.Docs) -> int:
    """That the store counts as one of before, that a part of the index is right; how many records that is."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        assert look(Path(database)).kind is Kind.OLDER
        assert first_page(Path(database), 1, MONDAY_TEN, 10) is None
    assert [one.name for one in store_health(database, MONDAY_TEN)] == ["older"]
    with engine.connect() as connection:
        assert run.revision(connection) == run.HEAD
        there = search.indexed(connection, 1)
    engine.dispose()
    assert there.items() <= part_of.items()
    return len(there)


def postings(connection: Connection) -> set[tuple[str, str, int]]:
    """Which gram leads to which record, as the store's own index has it."""
    if connection.dialect.name != "sqlite":
        grams = "SELECT kind, gram.lexeme, id FROM search_doc, unnest(grams) AS gram"
        return {(row[0], row[1], row[2]) for row in connection.exec_driver_sql(grams)}
    found = set[tuple[str, str, int]]()
    for kind in KINDS:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, search_{kind}, instance)"
        )
        found |= {(kind, row[0], row[1]) for row in connection.exec_driver_sql("SELECT term, doc FROM seen")}
        connection.exec_driver_sql("DROP TABLE temp.seen")
    return found


def test_an_index_that_says_less_than_todays_is_made_anew_at_opening(desk: Desk, database: str) -> None:
    engine = engine_of(desk)
    desk.close()
    with engine.execution_options(write=True).begin() as connection:
        whole = search.indexed(connection, 1)
        # As migration 0003 left it: without the zone.
        less = {name: said.replace("南山\n", "") for name, said in whole.items()}
        search._write(connection, 1, whole, less)
        before_due(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA user_version=3")
    assert less != whole
    engine.dispose()
    with closing(open_store(database)) as store, store.reading() as connection:
        assert (run.revision(connection), search.indexed(connection, 1)) == (run.HEAD, whole)
        assert len(matching(connection, 1, "customer", asked("南山"), 20)) == 9
    engine.dispose()


def test_lists_are_merged_step_by_step_and_the_same_is_found(desk: Desk) -> None:
    shop: Any = desk.dispatch._shop
    store: Store = shop.store
    found = desk.search.find("西丽路")
    if not store.is_sqlite:
        assert not desk.tidy()
        return
    before = lists(store.engine)
    assert before >= 9
    steps = 0
    while desk.tidy():
        steps += 1
    assert 0 < steps < 200
    assert lists(store.engine) < 4 < before
    assert desk.search.find("西丽路") == found
    assert not desk.tidy()


def test_nothing_is_merged_while_another_seat_writes_and_nobody_waits(desk: Desk) -> None:
    engine = engine_of(desk)
    if engine.dialect.name != "sqlite":
        return
    before = lists(engine)
    with closing(sqlite_driver().connect(str(engine.url.database))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        assert not upkeep.step(Store(engine, 1))
        assert time.perf_counter() - began < 1
        other.execute("ROLLBACK")
    assert lists(engine) == before
    assert desk.tidy()
