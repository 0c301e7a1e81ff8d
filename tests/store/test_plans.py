"""Every statement behind a list, the lookup and a ticket is answered by an index, with no sorting (EXPLAIN)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from sqlalchemy import event

from aftersales_tui.bootstrap import clock as clock_now
from aftersales_tui.demo.make import make_demo
from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.mergers import Mergers
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.store import bulk, bulk_parts, bulk_undo, tables
from aftersales_tui.store.driver import open_readonly
from aftersales_tui.store.glance import _COUNTS, _PAGE, first_page
from aftersales_tui.store.keys import Record
from aftersales_tui.store.queries import imports as stored_imports
from aftersales_tui.views.floor import RegisterFilter
from aftersales_tui.views.tickets import PageKey, QueueFilter
from tests.stores import FakeClock, sit_down

OF_THE_STAFF = {"absence", "shift", "staff", "staff_skill", "staff_zone"}
"""A handful of rows: SQLite knows when reading them all is cheaper than an index."""
TABLES = set(Record.metadata.tables)
SCANS = re.compile(r"SCAN (\w+)|SEARCH (\w+) USING .*\(shop_id=\?\)")
"""To go through everything a shop has is to scan, whatever index it goes by."""
IN_ORDER = re.compile(
    r"USING (?:COVERING )?INDEX "
    r"(ix_ticket_queue|ix_contact_due|ix_ticket_message|ix_visitor_waiting|ix_handover_note_open) "
)
"""Indexes that hold only what is open, in the order in which it is shown."""
SORTS = "TEMP B-TREE"


@pytest.fixture(scope="session")
def busy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shop in the middle of its day."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path)
    return path


@pytest.fixture(params=["data", "analyzed", "empty"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    source: Path = request.getfixturevalue("template_file" if request.param == "empty" else "busy_file")
    opened = sit_down(Path(copy(source, tmp_path / "shop.db")), FakeClock(clock_now()))
    if request.param == "analyzed":
        shop: Any = opened.dispatch._shop
        with shop.store.writing() as session:
            session.connection().exec_driver_sql("ANALYZE")
    yield opened
    opened.close()


def some_ticket(desk: Desk) -> int:
    rows = desk.queue.page(QueueFilter(), None, 1).rows
    return rows[0].ticket_id if rows else 5


def queue(desk: Desk) -> None:
    edge = PageKey(FAR_FUTURE, 5)
    desk.queue.page(QueueFilter(), None, 40)
    desk.queue.page(QueueFilter(), edge, 40)
    desk.queue.page(QueueFilter(), None, 40, before=edge)
    desk.queue.rows([some_ticket(desk), 5])


def narrowed(desk: Desk) -> None:
    late = desk.now()
    for wanted in (
        QueueFilter(status="new"),
        QueueFilter(zone="南山"),
        QueueFilter(kind="repair"),
        QueueFilter(engineer_id=5),
        QueueFilter(product="冰箱"),
        QueueFilter(late_before=late),
        QueueFilter("new", "南山", "repair", 5, "冰箱", late),
    ):
        desk.queue.page(wanted, None, 40)
        desk.queue.page(wanted, PageKey(late, 5), 40)
        desk.queue.page(wanted, None, 40, before=PageKey(late, 5))


def contacts(desk: Desk) -> None:
    edge = PageKey(FAR_FUTURE, 5)
    desk.contacts.due(None, 40)
    desk.contacts.due(edge, 40)
    desk.contacts.due(None, 40, before=edge)
    desk.contacts.of_file(5)


def counts(desk: Desk) -> None:
    desk.queue.counts()


def lookup(desk: Desk) -> None:
    for typed in ("13800138000", "8000", "张", "zs", "T-1050", "sn1234", "李四 "):
        for found in desk.intake.callers(typed):
            desk.intake.caller(found.customer_id)


def files(desk: Desk) -> None:
    edge = PageKey(FAR_FUTURE, 5)
    customer_id, device_id = desk.customers.owner(some_ticket(desk))
    if customer_id:
        desk.customers.file(customer_id)
        desk.customers.addressed(customer_id, "x")
    if device_id:
        desk.customers.card(device_id)
    for after in (None, edge):
        desk.customers.tickets(customer_id or 5, 0, 40, after)
        desk.customers.tickets(0, device_id or 5, 40, after)
        desk.customers.timeline(customer_id or 5, 40, after)


def same(desk: Desk) -> None:
    answers = {Field.PHONE: "13800138000", Field.MOBILE: "13900139000", Field.ADDRESS: "科技园3号"}
    answers |= {Field.SERIAL: "SN1234", Field.CALLER: "李四"}
    sheet = CallSheet(5, "repair", "phone", desk.now(), answers, customer_id=5, device_id=5)
    desk.intake.same(sheet)
    desk.intake.same(CallSheet(5, "repair", "phone", desk.now(), answers, customer_id=5))
    for found in desk.intake.callers("zs")[:1]:
        desk.intake.another(replace(sheet, customer_id=found.customer_id))


def ticket(desk: Desk) -> None:
    if desk.queue.page(QueueFilter(), None, 1).rows:
        desk.dispatch.ticket(some_ticket(desk))


def feed(desk: Desk) -> None:
    desk.feed.poll(-1)
    desk.feed.last_mine(desk.act())


def imports(desk: Desk) -> None:
    desk.imports.batches()
    desk.imports.batches(5, 40)
    shop: Any = desk.dispatch._shop
    with shop.reading() as connection:
        stored_imports.batch(connection, 1, 5)
        stored_imports.broken(connection, 1, "digest", "tickets", "old")
        bulk.known(connection, 1, "tickets", "old", ["a", "b"])
        bulk.named(connection, 1, ["p:8613800138000"])
        bulk.taken_numbers(connection, 1, [1001])
        bulk.with_serials(connection, 1, ["s:SN1"])
        bulk.contact_points(connection, 1, 5)
        bulk.claimed(connection, 1, "customers", "old", [5, 6])
        bulk.devices_of(connection, 1, [5, 6])
        bulk.any_gone(connection, 1, "old")
        for table in (tables.Customer, tables.Device, tables.Ticket):
            bulk.erased(connection, 1, table, [5, 6])
        for kind in bulk_undo.KINDS:
            bulk_undo._touched(connection, 1, 7, kind, [5, 6])
        bulk.erased(connection, 1, tables.SalePromise, [5, 6])
        bulk_parts.owners_of(connection, 1, [5, 6])
        bulk_parts.visits_of(connection, 1, [5, 6])
        bulk_parts.fill_visit(connection, 1, 5, {})
        bulk_parts.by_any_source(connection, 1, "tickets", ["a", "b"])


def engineers(desk: Desk) -> None:
    desk.dispatch.engineers(None)
    desk.people.called("wq")
    desk.intake.zones()


def register(desk: Desk) -> None:
    calls, operator = desk.register, desk.people.me().staff_id
    day = calls.today()
    for wanted in (
        RegisterFilter(),
        RegisterFilter(day),
        RegisterFilter(operator_id=operator),
        RegisterFilter(outcome="solved"),
        RegisterFilter(day, operator, "solved"),
    ):
        page = calls.page(wanted, None, 40)
        edge = PageKey(page.rows[-1].started_at if page.rows else desk.now(), 5)
        calls.page(wanted, edge, 40)
        calls.page(wanted, None, 40, before=edge)
        calls.last(wanted, 40)


def messages(desk: Desk) -> None:
    edge = PageKey(FAR_FUTURE, 5)
    for whom in ("", "王"):
        desk.messages.page(whom, None, 40)
        desk.messages.page(whom, edge, 40)
        desk.messages.page(whom, None, 40, before=edge)
    desk.waiting.messages("王")


def visitors(desk: Desk) -> None:
    desk.visitors.book()
    desk.visitors.book(desk.register.today())
    desk.visitors.link(desk.act(), 5, 5)


def handover(desk: Desk) -> None:
    me = desk.people.me()
    desk.handover.book(me)
    desk.handover.note(desk.act(), "x")
    desk.waiting.unread(me)
    desk.handover.book(me)


def mergers(desk: Desk) -> None:
    # Two hundred customers are most of the demo shop, which is then rightly read whole.
    shop: Any = desk.dispatch._shop
    few = shop.policy.duplicates._replace(look_at=10, candidates=5)
    some = Mergers(replace(shop, policy=shop.policy._replace(duplicates=few)))
    some.suggested()
    some.suggested(1 << 60)
    found = [one.customer_id for one in desk.intake.callers("1380000", 2)]
    for one in found:
        desk.mergers.like(one)
        desk.mergers.survivor(one)
    desk.mergers.lines([*found, 5])
    if len(found) == 2:
        desk.mergers.preview(*found)


def people(desk: Desk) -> None:
    desk.roster.people(left=True)
    desk.roster.card(desk.people.me().staff_id)
    desk.roster.seatable()
    desk.people.know_me_again()


@pytest.mark.parametrize(
    "look",
    [
        register,
        messages,
        visitors,
        handover,
        queue,
        narrowed,
        contacts,
        counts,
        lookup,
        same,
        ticket,
        feed,
        engineers,
        mergers,
        files,
        people,
        imports,
    ],
    ids=lambda f: f.__name__,
)
def test_no_table_is_scanned_and_nothing_is_sorted(desk: Desk, look: Callable[[Desk], None]) -> None:
    shop: Any = desk.dispatch._shop
    said: dict[str, Any] = {}

    @event.listens_for(shop.store.engine, "before_cursor_execute")
    def heard(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            said[statement] = values

    look(desk)
    assert said or look is ticket
    with shop.reading() as connection:
        plans = {
            statement: [
                step[3] for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            ]
            for statement, values in dict(said).items()
        }
    # Of a few rows, all are read at once, and rightly.
    few = OF_THE_STAFF if look in (engineers, handover, people, imports) else set()
    few = few | ({"note", "sale_promise", "import_batch"} if look is imports else set())
    assert faults(plans, TABLES - few) == {}


def faults(plans: dict[str, list[str]], tables: set[str] = TABLES) -> dict[str, list[str]]:
    """The steps that read a whole table, or sort."""

    def bad(step: str) -> bool:
        scanned = None if IN_ORDER.search(step) else SCANS.match(step)
        # The glance's tables go by one letter.
        return SORTS in step or bool(scanned and tables.union("tvs").intersection(scanned.groups()))

    return {statement: found for statement, steps in plans.items() if (found := list(filter(bad, steps)))}


def test_a_bad_plan_is_seen() -> None:
    plans = {
        "a": ["SCAN ticket"],
        "b": ["SEARCH t USING INDEX i (shop_id=? AND id=?)", "USE TEMP B-TREE FOR ORDER BY"],
    }
    assert faults(plans) == {"a": ["SCAN ticket"], "b": ["USE TEMP B-TREE FOR ORDER BY"]}
    assert faults({"c": ["SCAN ticket USING COVERING INDEX i"]}) != {}
    assert faults({"c": ["SEARCH phone USING INDEX sqlite_autoindex_phone_1 (shop_id=?)"]}) != {}
    assert faults({"c": ["SEARCH t USING INDEX ix_ticket_queue (shop_id=?)"]}) == {}
    assert faults({"d": ["SCAN CONSTANT ROW", "SCAN anon_2", "SCALAR SUBQUERY 2"]}) == {}


def test_the_glance_is_answered_by_the_same_indexes(busy_file: Path) -> None:
    connection = open_readonly(busy_file)
    values = {"shop": 1, "limit": 40, "now": 0, "most": 100}
    plans = {
        statement: [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        for statement in (_PAGE, _COUNTS)
    }
    connection.close()
    assert faults(plans) == {}


def test_the_glance_shows_what_the_queue_and_the_counts_say(busy_file: Path, tmp_path: Path) -> None:
    path = Path(copy(busy_file, tmp_path / "shop.db"))
    desk = sit_down(path, FakeClock(clock_now()))
    now = desk.now()
    rows, counted = desk.queue.page(QueueFilter(), None, 500).rows, desk.queue.counts()
    desk.close()
    assert len(rows) > 10
    assert first_page(path, 1, now, 500) == (rows, counted)
    assert first_page(path, 1, now, 7) == (rows[:7], counted)
    assert first_page(path, 2, now, 7) == ((), type(counted)(0, 0, 0, 0))
