"""Everything the shop knows, table by table, in the columns of ``exchange.layouts``, read in one moment.

A record goes by the id that the file told it came with, else by its own, and stands in the order of that: read in
elsewhere and written out again, the files are the same. An id that two programs have given to two records is no name
for either, and what was made up here for a row without an id is none for others: both go by their own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, case, cast, func, literal_column, select

from aftersales_tui.domain.calendar import DAY
from aftersales_tui.domain.identity import NEVER
from aftersales_tui.domain.ticket import FINAL
from aftersales_tui.exchange.layouts import LAYOUTS, NOBODY, Column
from aftersales_tui.exchange.parts import card
from aftersales_tui.store.foreign_ids import of_told
from aftersales_tui.store.tables import (
    Address,
    Customer,
    Device,
    ImportKey,
    Interval,
    Person,
    Phone,
    Shift,
    Staff,
    StaffSkill,
    StaffZone,
    Ticket,
    Visit,
)
from aftersales_tui.store.types import KEY_TEXT

ADDRESS: Any = Address.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
KEY: Any = ImportKey.__table__  # type: ignore[attr-defined]
INTERVAL: Any = Interval.__table__  # type: ignore[attr-defined]
PERSON: Any = Person.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
SHIFT: Any = Shift.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
SKILL: Any = StaffSkill.__table__  # type: ignore[attr-defined]
ZONE: Any = StaffZone.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHUNK = 2000
"""Rows fetched at a time: an export of everything takes no more memory than one of a page."""
FINAL_STATES = tuple(sorted(status.value for status in FINAL))
_SHOP: Any = bindparam("shop")
Cells = tuple[str, ...]
Record = Mapping[str, Any]


def source_id(kind: str, table: Any, record: Any = None) -> Any:
    """The id a record goes by outside; empty for none.

    Args:
        kind: As what it came in: a device may share its own id with the customer or the ticket it came with.
        table: The table in which it is, or that refers to it.
        record: The column that refers to it; the table's own id unless told.
    """
    own = table.c.id if record is None else record
    came = (
        select(func.min(KEY.c.source_id))
        .where(
            KEY.c.shop_id == table.c.shop_id,
            KEY.c.record_id == own,
            KEY.c.kind == literal_column(f"'{kind}'"),
            of_told(KEY.c.source_id),
            KEY.c.source_id.not_in(_given_twice(kind)),
        )
        .correlate(table)
        .scalar_subquery()
    )
    return cast(case((own.is_(None), ""), else_=func.coalesce(came, cast(own, String))), KEY_TEXT)


def _given_twice(kind: str) -> Any:
    """Ids that stand for more than one record, of two programs."""
    other = KEY.alias(f"other_{kind}")
    return (
        select(other.c.source_id)
        .where(other.c.shop_id == _SHOP, other.c.kind == literal_column(f"'{kind}'"))
        .group_by(other.c.source_id)
        .having(func.count(other.c.record_id.distinct()) > 1)
    )


def _all_of(kind: str, table: Any, *columns: Any) -> Select[Any]:
    """Every record of a table with its id outside, in the order of that."""
    wanted = source_id(kind, table).label("source_id")
    return (
        select(wanted, table.c.id.label("own_id"), *columns).where(table.c.shop_id == _SHOP).order_by(wanted)
    )


def _belonging(table: Any, owner: str, order: Any, *columns: Any) -> Select[Any]:
    """What belongs to some owners, each in its order."""
    column = table.c[owner]
    mine = column.in_(bindparam("ids", expanding=True))
    ordered = (column, order, *((table.c.id,) if "id" in table.c else ()))
    return select(column.label("owner"), *columns).where(table.c.shop_id == _SHOP, mine).order_by(*ordered)


_CUSTOMERS = _all_of(
    "customers",
    CUSTOMER,
    CUSTOMER.c.name,
    CUSTOMER.c.kind.label("customer_kind"),
    *(CUSTOMER.c[name] for name in ("tier", "do_not_call", "quiet", "contact_months", "note")),
    case((CUSTOMER.c.last_call_at > NEVER, CUSTOMER.c.last_call_at), else_=None).label("last_call_at"),
).where(CUSTOMER.c.state == "")
_PHONES = _belonging(PHONE, "customer_id", PHONE.c.place, PHONE.c.typed)
_ADDRESSES = _belonging(
    ADDRESS, "customer_id", ADDRESS.c.place, ADDRESS.c.text, ADDRESS.c.zone, ADDRESS.c.route_note
)
_PEOPLE = _belonging(
    PERSON, "customer_id", PERSON.c.place, PERSON.c.name, PERSON.c.role, PERSON.c.form, PERSON.c.note
)
_OWNER = (CUSTOMER.c.shop_id == DEVICE.c.shop_id) & (CUSTOMER.c.id == DEVICE.c.customer_id)
_DEVICES = (
    _all_of(
        "devices",
        DEVICE,
        source_id("customers", DEVICE, DEVICE.c.customer_id).label("customer_id"),
        DEVICE.c.customer_id.label("owner"),
        CUSTOMER.c.name.label("customer_name"),
        *(
            DEVICE.c[name]
            for name in (
                *("product", "brand", "model", "serial", "bought_on"),
                *("invoice", "certificate", "place", "note"),
            )
        ),
    )
    .select_from(DEVICE.join(CUSTOMER, _OWNER))
    .where(CUSTOMER.c.state == "")
)
_SENT = VISIT.alias("sent")
_LAST_VISIT = (
    select(_SENT.c.id)
    .where(_SENT.c.shop_id == TICKET.c.shop_id, _SENT.c.ticket_id == TICKET.c.id)
    .order_by(_SENT.c.starts_at.desc(), _SENT.c.id.desc())
    .limit(1)
    .correlate(TICKET)
    .scalar_subquery()
)
_ENDED = (
    select(func.max(INTERVAL.c.starts_at))
    .where(
        INTERVAL.c.shop_id == TICKET.c.shop_id,
        INTERVAL.c.ticket_id == TICKET.c.id,
        INTERVAL.c.status.in_([literal_column(f"'{status}'") for status in FINAL_STATES]),
    )
    .correlate(TICKET)
    .scalar_subquery()
)
_BEARER = CUSTOMER.alias("bearer")
"""Whose the device of a ticket is."""


def _living(files: Any, wanted: Any) -> Any:
    """A value that is told only where its customer's file is there; nobody's where it is not, or was erased."""
    return case((files.c.state == "", wanted), else_=NOBODY)


def _same(files: Any, table: Any, column: str) -> Any:
    return and_(files.c.shop_id == table.c.shop_id, files.c.id == table.c[column])


_TICKETS = _all_of(
    "tickets",
    TICKET,
    _living(CUSTOMER, source_id("customers", TICKET, TICKET.c.customer_id)).label("customer_id"),
    _living(_BEARER, source_id("devices", TICKET, TICKET.c.device_id)).label("device_id"),
    case((_BEARER.c.state == "", DEVICE.c.brand), else_="").label("brand"),
    case((TICKET.c.is_open == literal_column("0"), _ENDED), else_=None).label("ended_at"),
    STAFF.c.name.label("engineer"),
    source_id("engineers", VISIT, VISIT.c.engineer_id).label("engineer_id"),
    VISIT.c.starts_at.label("visit_from"),
    VISIT.c.ends_at.label("visit_to"),
    VISIT.c.outcome,
    VISIT.c.words.label("outcome_words"),
    *(
        TICKET.c[name]
        for name in (
            *(
                "number",
                "kind",
                "channel",
                "status",
                "received_at",
                "entered_at",
                "caller",
                "phone",
                "mobile",
            ),
            *("address", "zone", "product", "model", "serial", "fault", "wanted", "quantity", "when_wanted"),
            *("bought", "cause", "degree", "for_whom", "memo"),
        )
    ),
).select_from(
    TICKET.outerjoin(CUSTOMER, _same(CUSTOMER, TICKET, "customer_id"))
    .outerjoin(DEVICE, (DEVICE.c.shop_id == TICKET.c.shop_id) & (DEVICE.c.id == TICKET.c.device_id))
    .outerjoin(_BEARER, _same(_BEARER, DEVICE, "customer_id"))
    .outerjoin(VISIT, (VISIT.c.shop_id == TICKET.c.shop_id) & (VISIT.c.id == _LAST_VISIT))
    .outerjoin(STAFF, (STAFF.c.shop_id == VISIT.c.shop_id) & (STAFF.c.id == VISIT.c.engineer_id))
)
_STAFF = _all_of(
    "engineers",
    STAFF,
    (literal_column("1") - STAFF.c.active).label("has_left"),
    *(
        STAFF.c[name]
        for name in ("name", "role", "phone", "in_trade_since", "schooling", "trainings", "note")
    ),
)
_SKILLS = _belonging(SKILL, "staff_id", SKILL.c.skill, SKILL.c.skill)
_ZONES = _belonging(ZONE, "staff_id", ZONE.c.zone, ZONE.c.zone)
_SHIFTS = _belonging(
    SHIFT, "staff_id", SHIFT.c.weekday, SHIFT.c.weekday, SHIFT.c.start_minute, SHIFT.c.end_minute
)


def everything(
    connection: Connection, shop_id: int, kind: str, shaped: Callable[[Column, Any], str]
) -> Iterator[Cells]:
    """Every row of a table, in the order of its layout.

    Args:
        connection: In one transaction, so that the tables fit each other.
        shop_id: The shop.
        kind: One of ``layouts.LAYOUTS``.
        shaped: Makes the text of a column's value.
    """
    statement, filled = _TABLES[kind]
    columns = LAYOUTS[kind]
    for chunk in _chunks(connection, statement, shop_id):
        for record in filled(connection, shop_id, chunk):
            yield tuple(shaped(column, record.get(column.name)) for column in columns)


def _chunks(connection: Connection, statement: Select[Any], shop_id: int) -> Iterator[list[dict[str, Any]]]:
    # Another statement runs between two chunks, so what is read ahead is held here and not by the driver's cursor.
    found = connection.execution_options(stream_results=True, yield_per=CHUNK).execute(
        statement, {"shop": shop_id}
    )
    for part in found.mappings().partitions(CHUNK):
        yield [dict(row) for row in part]


def _of(
    connection: Connection, statement: Select[Any], shop_id: int, ids: Sequence[int]
) -> Mapping[int, list[Any]]:
    """What belongs to each of some records."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement, {"shop": shop_id, "ids": list(ids)}):
        grouped[row[0]].append(row[1:])
    return grouped


def _customers(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    ids = [row["own_id"] for row in chunk]
    phones, places, people = (
        _of(connection, statement, shop_id, ids) for statement in (_PHONES, _ADDRESSES, _PEOPLE)
    )
    for row in chunk:
        first, *more = [one for one in places[row["own_id"]] if any(one)] or [("", "", "")]
        yield {
            **row,
            "phones": [typed for (typed,) in phones[row["own_id"]]],
            "people": [card(*one) for one in people[row["own_id"]]],
            "more_addresses": [card(*one) for one in more],
            **dict(zip(("address", "zone", "route_note"), first, strict=True)),
        }


def _devices(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    phones = _of(connection, _PHONES, shop_id, [row["owner"] for row in chunk])
    for row in chunk:
        yield {**row, "customer_phone": next((typed for (typed,) in phones[row["owner"]]), "")}


def _tickets(_connection: Connection, _shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    yield from chunk


def _engineers(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    ids = [row["own_id"] for row in chunk]
    skills, zones, shifts = (
        _of(connection, statement, shop_id, ids) for statement in (_SKILLS, _ZONES, _SHIFTS)
    )
    for row in chunk:
        own = row["own_id"]
        yield {
            **row,
            "skills": sorted(skill for (skill,) in skills[own]),
            "zones": sorted(zone for (zone,) in zones[own]),
            "shifts": [_span(*one) for one in shifts[own]],
        }


def _span(weekday: int, start: int, end: int) -> str:
    """A shift as ``mon 8:30-18:00``; one that ends on the next day ends before it starts."""
    clock = [f"{minute // 60 % 24}:{minute % 60:02}" if minute != DAY else "24:00" for minute in (start, end)]
    return f"{DAYS[weekday]} {clock[0]}-{clock[1]}"


Filled = Callable[[Connection, int, list[dict[str, Any]]], Iterator[Record]]
_TABLES: Mapping[str, tuple[Select[Any], Filled]] = {
    "customers": (_CUSTOMERS, _customers),
    "devices": (_DEVICES, _devices),
    "tickets": (_TICKETS, _tickets),
    "engineers": (_STAFF, _engineers),
}
