"""A store of before is brought up to date in sight of somebody, and its index is merged in the quiet (issue 3)."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Engine, text

from aftersales_tui.desk.desk import Desk
from aftersales_tui.lexicon.grams import asked
from aftersales_tui.store import search, upkeep
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.engine import Store
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.migrations import run
from aftersales_tui.store.opening import open_store
from aftersales_tui.store.queries.search import matching
from tests.desk.day import Day
from tests.store.older import before_due
from tests.stores import FakeClock, sit_down

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


def test_an_upgrade_tells_how_far_it_is_and_one_that_is_stopped_is_done_at_the_next_start(
    desk: Desk, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 2)
    engine = engine_of(desk)
    with engine.connect() as connection:
        whole = search.indexed(connection, 1)
    desk.close()
    before_the_index(engine)
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_store(database, tell=stop)
    with engine.connect() as connection:
        assert run.revision(connection) == "0002"
    engine.dispose()
    told.clear()
    with closing(open_store(database, tell=told.append)) as store, store.reading() as connection:
        assert search.indexed(connection, 1) == whole
    assert told == sorted(set(told))
    assert (told[0] < 0.1, told[-1]) == (True, 1.0)
    with closing(open_store(database, tell=lambda _: pytest.fail("nothing is left to do"))):
        pass
    engine.dispose()


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
