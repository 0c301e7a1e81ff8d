"""Reading, writing, waiting for one's turn, and what comes after a lost connection."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store import engine as engines
from aftersales_tui.store import tables
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.engine import Store
from aftersales_tui.store.opening import open_store
from tests.stores import MONDAY_TEN, Server

SHOP = select(tables.Shop.__table__.c.name)  # type: ignore[attr-defined]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


def renamed(store: Store, name: str) -> None:
    with store.writing() as session:
        session.connection().execute(text("UPDATE shop SET name = :name"), {"name": name})


def name(store: Store) -> str:
    with store.reading() as connection:
        return str(connection.execute(SHOP).scalar_one())


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as session:
        session.connection().execute(text("UPDATE shop SET name = 'x'"))
        raise RuntimeError
    assert name(store) == "安心家电服务"


def test_a_read_sees_one_moment_and_a_read_within_shares_it(shop_file: Path) -> None:
    store = open_store(shop_file)
    with store.reading() as outer:
        first = outer.execute(SHOP).scalar_one()
        other = open_store(shop_file)
        renamed(other, "新名")
        other.close()
        with store.reading() as inner:
            assert inner is outer
            assert inner.execute(SHOP).scalar_one() == first
        assert outer.execute(SHOP).scalar_one() == first
    assert name(store) == "新名"
    store.close()


def test_a_naive_instant_is_refused(store: Store) -> None:
    customer: Any = tables.Customer.__table__  # type: ignore[attr-defined]
    row = {"shop_id": 1, "id": 1, "version": 1, "name": "x", "note": "", "do_not_call": 0}
    with store.writing() as session:
        with pytest.raises(StatementError, match="naive"):
            session.connection().execute(
                customer.insert(), {**row, "last_call_at": datetime(2026, 11, 23, 10)}
            )
        session.connection().execute(customer.insert(), {**row, "last_call_at": MONDAY_TEN})
    with store.reading() as connection:
        assert connection.execute(select(customer.c.last_call_at)).scalar_one() == MONDAY_TEN


def test_a_key_never_leads_into_another_shop(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(tables.Shop(shop_id=2, name="b", zone="Asia/Shanghai", country="CN"))
        session.flush()
        session.add(
            tables.Absence(shop_id=2, id=1, staff_id=_me(store), starts_at=MONDAY_TEN, ends_at=MONDAY_TEN)
        )
        session.flush()


def _me(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(text("SELECT id FROM staff")).scalar_one())


def test_a_writer_waits_for_its_turn(shop_file: Path) -> None:
    store, other = open_store(shop_file), sqlite_driver().connect(str(shop_file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    writer = threading.Thread(target=renamed, args=(store, "新名"))
    writer.start()
    time.sleep(0.2)
    assert writer.is_alive()
    other.execute("ROLLBACK")
    writer.join(5)
    assert time.monotonic() - began < 2
    assert name(store) == "新名"
    other.close()
    store.close()


def test_a_store_that_stays_taken_is_busy(shop_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOCK_PATIENCE", 0.1)
    store, other = open_store(shop_file), sqlite_driver().connect(str(shop_file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match=r"store\.busy"):
        renamed(store, "x")
    other.execute("ROLLBACK")
    renamed(store, "新名")
    other.close()
    store.close()


def test_a_file_that_has_become_unreadable_is_damaged(shop_file: Path) -> None:
    store = open_store(shop_file)
    name(store)
    store.close()
    whole = bytearray(shop_file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    shop_file.write_bytes(whole)
    with pytest.raises(Unavailable, match=r"store\.damaged"):
        open_store(shop_file)


def test_a_file_that_is_damaged_while_it_is_open_is_named(shop_file: Path) -> None:
    store = open_store(shop_file)
    with sqlite_driver().connect(str(shop_file), isolation_level=None) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = bytearray(shop_file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    shop_file.write_bytes(whole)
    for use in (name, lambda store: renamed(store, "x")):
        with pytest.raises(Unavailable, match=r"store\.damaged") as refused:
            use(store)
        assert refused.value.params["path"] == str(shop_file)
    store.close()


def test_a_table_that_is_gone_is_damage_and_not_a_store_that_is_away(store: Store) -> None:
    with store.writing() as session:
        session.connection().execute(text("ALTER TABLE note RENAME TO gone"))
    for statement in ("SELECT * FROM note", "SELECT none_such FROM gone"):
        with pytest.raises(Unavailable, match=r"store\.damaged") as refused, store.reading() as connection:
            connection.execute(text(statement)).all()
        assert refused.value.params["path"]


def test_after_the_server_has_ended_the_connection_the_next_read_opens_a_new_one(
    shop_url: str, postgres: Server
) -> None:
    store = open_store(shop_url)
    assert name(store) == "安心家电服务"
    ended(postgres)
    with pytest.raises(Unavailable, match=r"store\.away"):
        name(store)
    assert name(store) == "安心家电服务"
    ended(postgres)
    renamed(store, "新名")
    with pytest.raises(Unavailable, match=r"store\.away"):
        name(store)
    assert name(store) == "新名"
    store.close()


def test_a_connection_that_was_ended_while_nobody_used_it_is_not_noticed(
    shop_url: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LONG_UNUSED", 0)
    store = open_store(shop_url)
    for _ in range(3):
        assert name(store) == "安心家电服务"
        ended(postgres)
    renamed(store, "新名")
    store.close()


def test_a_write_whose_connection_broke_off_is_lost_and_not_away(shop_url: str, postgres: Server) -> None:
    store = open_store(shop_url)
    with pytest.raises(Unavailable, match=r"store\.lost"), store.writing() as session:
        session.connection().execute(text("UPDATE shop SET name = 'x'"))
        ended(postgres)
    assert name(store) == "安心家电服务"
    store.close()


def ended(server: Server) -> None:
    """End every other connection, as a restart does."""
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    time.sleep(0.05)


def test_closing_lets_go_of_the_connections_of_every_thread(store: Store) -> None:
    threads = [threading.Thread(target=name, args=(store,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = [reader.connection for reader in store._readers]
    assert len(held) == 3
    store.close()
    assert all(connection.closed for connection in held)
    assert name(store) == "安心家电服务"
