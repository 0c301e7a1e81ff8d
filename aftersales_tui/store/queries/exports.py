"""Everything the shop knows, table by table, in the columns of ``exchange.layouts``, read in one moment.

A record goes by the id that the file told it came with, else by its own, and stands in the order of that: read in
elsewhere and written out again, the files are the same. An id that two programs have given to two records is no name
for either, and what was made up here for a row without an id is none for others: both go by their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, func, literal_column, select

from aftersales_tui.domain.calendar import DAY
from aftersales_tui.domain.identity import NEVER
from aftersales_tui.domain.ticket import FINAL
from aftersales_tui.exchange.layouts import LAYOUTS, NOBODY, Column
from aftersales_tui.exchange.parts import card
from aftersales_tui.store.queries import export_parts as parts
from aftersales_tui.store.queries.export_parts import VISIT, each_once, labels_of, last_visit
from aftersales_tui.store.queries.exported import (
    Filled,
    Record,
    all_of,
    belonging,
    chunks,
    of,
    source_id,
)
from aftersales_tui.store.tables import (
    Address,
    Customer,
    Device,
    Interval,
    Person,
    Phone,
    Shift,
    Staff,
    StaffSkill,
    StaffZone,
    Ticket,
)

ADDRESS: Any = Address.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
INTERVAL: Any = Interval.__table__  # type: ignore[attr-defined]
PERSON: Any = Person.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
SHIFT: Any = Shift.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
SKILL: Any = StaffSkill.__table__  # type: ignore[attr-defined]
ZONE: Any = StaffZone.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FINAL_STATES = tuple(sorted(status.value for status in FINAL))
Cells = tuple[str, ...]


_CUSTOMERS = all_of(
    "customers",
    CUSTOMER,
    CUSTOMER.c.name,
    CUSTOMER.c.kind.label("customer_kind"),
    *(CUSTOMER.c[name] for name in ("tier", "do_not_call", "quiet", "contact_months", "note")),
    case((CUSTOMER.c.last_call_at > NEVER, CUSTOMER.c.last_call_at), else_=None).label("last_call_at"),
).where(CUSTOMER.c.state == "")
_PHONES = belonging(
    PHONE,
    "customer_id",
    PHONE.c.place,
    *(PHONE.c[name] for name in ("typed", "e164", "extension", "label", "person_id")),
)
_ADDRESSES = belonging(
    ADDRESS, "customer_id", ADDRESS.c.place, ADDRESS.c.text, ADDRESS.c.zone, ADDRESS.c.route_note
)
_PEOPLE = belonging(
    PERSON,
    "customer_id",
    PERSON.c.place,
    *(PERSON.c[name] for name in ("id", "name", "role", "form", "note")),
)
_OWNER = (CUSTOMER.c.shop_id == DEVICE.c.shop_id) & (CUSTOMER.c.id == DEVICE.c.customer_id)
_DEVICES = (
    all_of(
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


_TICKETS = all_of(
    "tickets",
    TICKET,
    _living(CUSTOMER, source_id("customers", TICKET, TICKET.c.customer_id)).label("customer_id"),
    _living(_BEARER, source_id("devices", TICKET, TICKET.c.device_id)).label("device_id"),
    case((_BEARER.c.state == "", DEVICE.c.brand), else_="").label("brand"),
    case((TICKET.c.is_open == literal_column("0"), _ENDED), else_=None).label("ended_at"),
    STAFF.c.name.label("engineer"),
    source_id("engineers", VISIT, VISIT.c.engineer_id).label("engineer_id"),
    source_id("visits", VISIT).label("visit_id"),
    source_id("tickets", TICKET, TICKET.c.repeat_of).label("repeat_of"),
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
    .outerjoin(VISIT, (VISIT.c.shop_id == TICKET.c.shop_id) & (VISIT.c.id == last_visit(TICKET)))
    .outerjoin(STAFF, (STAFF.c.shop_id == VISIT.c.shop_id) & (STAFF.c.id == VISIT.c.engineer_id))
)
_STAFF = all_of(
    "engineers",
    STAFF,
    (literal_column("1") - STAFF.c.active).label("has_left"),
    *(
        STAFF.c[name]
        for name in ("name", "role", "phone", "in_trade_since", "schooling", "trainings", "note")
    ),
)
_SKILLS = belonging(SKILL, "staff_id", SKILL.c.skill, SKILL.c.skill)
_ZONES = belonging(ZONE, "staff_id", ZONE.c.zone, ZONE.c.zone)
_SHIFTS = belonging(
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
    for chunk in chunks(connection, statement, shop_id):
        for record in filled(connection, shop_id, chunk):
            yield tuple(shaped(column, record.get(column.name)) for column in columns)


def some(
    connection: Connection, shop_id: int, kind: str, ids: Sequence[int], shaped: Callable[[Column, Any], str]
) -> dict[int, Cells]:
    """The rows of some records of a table by their own ids, as ``everything`` would write them."""
    statement, filled = _some(kind)
    columns = LAYOUTS[kind]
    found = connection.execute(statement, {"shop": shop_id, "ids": list(ids)}).mappings()
    records = filled(connection, shop_id, [dict(row) for row in found])
    return {
        record["own_id"]: tuple(shaped(column, record.get(column.name)) for column in columns)
        for record in records
    }


@cache
def _some(kind: str) -> tuple[Select[Any], Filled]:
    statement, filled = _TABLES[kind]
    return statement.where(OWN[kind].c.id.in_(bindparam("ids", expanding=True))), filled


def _customers(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    ids = [row["own_id"] for row in chunk]
    phones, places, people = (
        of(connection, statement, shop_id, ids) for statement in (_PHONES, _ADDRESSES, _PEOPLE)
    )
    for row in chunk:
        numbers = each_once(phones[row["own_id"]])
        first, *more = [one for one in places[row["own_id"]] if any(one)] or [("", "", "")]
        yield {
            **row,
            "phones": [phone.typed for phone in numbers],
            "phone_labels": list(labels_of(numbers, people[row["own_id"]])),
            "people": [card(*told) for _, *told in people[row["own_id"]]],
            "more_addresses": [card(*one) for one in more],
            **dict(zip(("address", "zone", "route_note"), first, strict=True)),
        }


def _devices(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    phones = of(connection, _PHONES, shop_id, [row["owner"] for row in chunk])
    for row in chunk:
        yield {**row, "customer_phone": next((typed for typed, *_ in phones[row["owner"]]), "")}


def _tickets(_connection: Connection, _shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    yield from chunk


def _engineers(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    ids = [row["own_id"] for row in chunk]
    skills, zones, shifts = (
        of(connection, statement, shop_id, ids) for statement in (_SKILLS, _ZONES, _SHIFTS)
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


_TABLES: Mapping[str, tuple[Select[Any], Filled]] = {
    "customers": (_CUSTOMERS, _customers),
    "devices": (_DEVICES, _devices),
    "tickets": (_TICKETS, _tickets),
    "engineers": (_STAFF, _engineers),
    **parts.PARTS,
}
OWN: Mapping[str, Any] = {
    "customers": CUSTOMER,
    "devices": DEVICE,
    "tickets": TICKET,
    "engineers": STAFF,
    **parts.OWN,
}
"""The table that a kind of record is in."""
