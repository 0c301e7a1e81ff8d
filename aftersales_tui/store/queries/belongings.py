"""Everything that belongs to a customer, in whatever table it is: for handing it out, and for erasing it (U4)."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, or_, select

from aftersales_tui.store.keys import Record
from aftersales_tui.store.queries.feed import AT_ONCE, FEED, STAFF
from aftersales_tui.store.tables import (
    Customer,
    Device,
    ImportKey,
    Note,
    Phone,
    SalePromise,
    Ticket,
    Visit,
    complete,
)

CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
IMPORT_KEY: Any = ImportKey.__table__  # type: ignore[attr-defined]
NOTE: Any = Note.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
PROMISE: Any = SalePromise.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
KEYS = "caller_key"
"""Derived from the rest; nothing of its own is told in it."""

_SHOP: Any = bindparam("shop")
_FAMILY: Any = bindparam("family", expanding=True)
_TICKETS = select(TICKET.c.id).where(TICKET.c.shop_id == _SHOP, TICKET.c.customer_id.in_(_FAMILY))
_DEVICES = select(DEVICE.c.id).where(DEVICE.c.shop_id == _SHOP, DEVICE.c.customer_id.in_(_FAMILY))
_PROMISES = select(PROMISE.c.id).where(PROMISE.c.shop_id == _SHOP, PROMISE.c.customer_id.in_(_FAMILY))
_NOTES = select(NOTE.c.id).where(NOTE.c.shop_id == _SHOP, NOTE.c.customer_id.in_(_FAMILY))
_VISITS = select(VISIT.c.id).where(VISIT.c.shop_id == _SHOP, VISIT.c.ticket_id.in_(_TICKETS))
_OPEN = (
    select(TICKET.c.number)
    .where(
        TICKET.c.shop_id == _SHOP, TICKET.c.customer_id.in_(_FAMILY), TICKET.c.is_open == literal_column("1")
    )
    .order_by(TICKET.c.number)
)
_ENTRIES = select(FEED.c.seq, FEED.c.verb, FEED.c.subject, FEED.c.params, FEED.c.changes).where(
    FEED.c.shop_id == _SHOP, FEED.c.subject.in_(bindparam("ids", expanding=True))
)
_TOLD = (
    select(FEED.c.happened_at, FEED.c.verb, STAFF.c.name, FEED.c.params)
    .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
    .where(FEED.c.shop_id == _SHOP, FEED.c.subject.in_(bindparam("ids", expanding=True)))
    .order_by(FEED.c.seq)
)


def owned() -> tuple[Any, ...]:
    """The tables whose rows belong to somebody, parents first: those that name a customer or a ticket."""
    complete()
    named = (
        table for table in Record.metadata.sorted_tables if {"customer_id", "ticket_id"} & {*table.c.keys()}
    )
    return (CUSTOMER, *(table for table in named if table.name != KEYS), IMPORT_KEY)


@cache
def belongs(table: Any) -> Any:
    """Which rows of a table belong to a family of files, as a condition on ``shop`` and ``family``."""
    if table is CUSTOMER:
        return (table.c.shop_id == _SHOP) & table.c.id.in_(_FAMILY)
    if table is IMPORT_KEY:
        ids = (
            table.c.record_id.in_(_FAMILY),
            table.c.record_id.in_(_TICKETS),
            table.c.record_id.in_(_DEVICES),
            table.c.record_id.in_(_VISITS),
            table.c.record_id.in_(_PROMISES),
            table.c.record_id.in_(_NOTES),
        )
        return (table.c.shop_id == _SHOP) & or_(*ids)
    if "ticket_id" not in table.c:
        return (table.c.shop_id == _SHOP) & table.c.customer_id.in_(_FAMILY)
    through = table.c.ticket_id.in_(_TICKETS)
    # A call has its customer from its ticket, and no index of its own by him.
    if "customer_id" in table.c and table.name != "call":
        through = or_(through, table.c.customer_id.in_(_FAMILY))
    return (table.c.shop_id == _SHOP) & through


def rows(connection: Connection, shop_id: int, family: Sequence[int], table: Any) -> list[dict[str, Any]]:
    """The rows of a table that belong to a family of files, whole."""
    found = connection.execute(select(table).where(belongs(table)), {"shop": shop_id, "family": family})
    return [dict(row) for row in found.mappings()]


def open_numbers(connection: Connection, shop_id: int, family: Sequence[int]) -> list[int]:
    """The numbers of the tickets that are still open."""
    return [row[0] for row in connection.execute(_OPEN, {"shop": shop_id, "family": family})]


def entries(connection: Connection, shop_id: int, subjects: Sequence[int]) -> Iterator[Any]:
    """The entries of the feed that belong to these records: place, verb, subject, params, changes."""
    for start in range(0, len(subjects), AT_ONCE):
        values = {"shop": shop_id, "ids": subjects[start : start + AT_ONCE]}
        yield from connection.execute(_ENTRIES, values).all()


def told(connection: Connection, shop_id: int, subjects: Sequence[int]) -> list[dict[str, Any]]:
    """The time line of these records: when, what, by whom, with what words."""
    found: list[dict[str, Any]] = []
    for start in range(0, len(subjects), AT_ONCE):
        values = {"shop": shop_id, "ids": subjects[start : start + AT_ONCE]}
        found += [dict(row) for row in connection.execute(_TOLD, values).mappings()]
    return sorted(found, key=lambda row: row["happened_at"])
