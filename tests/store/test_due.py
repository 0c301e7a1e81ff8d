"""A store of before the clocks of the files: what was on the list stays, and what was due in the files comes to it."""

from contextlib import closing
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from aftersales_tui.domain.customer import Part
from aftersales_tui.store import tables
from aftersales_tui.store.keys import Record
from aftersales_tui.store.migrations import run
from aftersales_tui.store.opening import open_store
from tests.desk.day import Day
from tests.store.older import before_due
from tests.stores import FakeClock, sit_down


def test_an_upgrade_keeps_the_contacts_and_lists_what_is_due_in_the_files(
    database: str, clock: FakeClock
) -> None:
    desk = sit_down(database, clock)
    day = Day(desk, clock, database)
    whose = with_dates(day)
    before = listed(day)
    assert len(before) == 3
    shop: Any = desk.customers._shop
    engine = shop.store.engine
    desk.close()
    as_of_before(engine)
    with closing(open_store(database)) as store, store.engine.connect() as connection:
        tables.complete()
        options = {"compare_type": True, "include_object": run.in_metadata}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Record.metadata) == []
        if store.is_sqlite:
            made = "SELECT sql FROM sqlite_master WHERE name = 'ix_contact_due'"
            assert "WHERE is_open = 1" in str(connection.exec_driver_sql(made).scalar())
    with closing(sit_down(database, clock)) as again:
        day.desk = again
        assert listed(day) == before
        # The plan is taken back by an entry that knows nothing of its place on the list.
        day.undo()
        assert [row.reason for row in day.contacts()] == ["callback", "sale_promise"]
        row = next(one for one in day.contacts() if one.reason == "sale_promise")
        again.contacts.result(again.act(), row.contact_id, row.version, "kept")
        assert all(one.done_at for one in again.customers.file(whose).promises if one.what == "gift")
    engine.dispose()


def with_dates(day: Day) -> int:
    """A customer who was promised a call, and whose file has a plan and promises of every sort."""
    desk, ticket = day.desk, day.call()
    desk.contacts.promise(desk.act(), ticket.ticket_id, day.at("15:00"), "报价")
    whose = desk.customers.owner(ticket.ticket_id)[0]
    device = desk.customers.file(whose).devices[0].device_id
    due = {"what": "gift", "words": "滤芯", "due_at": day.at("11-25 10:00"), "device_id": device}
    for told in (due, {"what": "trial", "words": "无日期"}, {**due, "words": "已送"}):
        desk.customers.keep(desk.act(), Part.PROMISE, whose, 0, told)
    done = next(one.promise_id for one in desk.customers.file(whose).promises if one.words == "已送")
    desk.customers.fulfil(desk.act(), whose, done, "")
    plan = {"contact_months": 6, "contact_at": day.at("11-24 10:00")}
    desk.customers.keep(desk.act(), Part.CUSTOMER, whose, whose, plan)
    return whose


def listed(day: Day) -> list[tuple[object, ...]]:
    """The list, without ids."""
    return [
        (row.reason, row.about, row.due_at, row.whom, row.phone, row.ticket_id, row.customer_id, row.words)
        for row in day.contacts()
    ]


def as_of_before(engine: Engine) -> None:
    """Make the store one of before migration 0005."""
    with engine.execution_options(write=True).begin() as connection:
        before_due(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA user_version=4")
    engine.dispose()
