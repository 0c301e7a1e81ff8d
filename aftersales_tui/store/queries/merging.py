"""Two files before they are merged, and what has touched them since (U4)."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.queries.feed import AT_ONCE, FEED, STAFF
from aftersales_tui.store.tables import (
    Address,
    Call,
    Contact,
    Device,
    Note,
    Person,
    Phone,
    SalePromise,
    Ticket,
    Visitor,
)

CALL: Any = Call.__table__  # type: ignore[attr-defined]
CONTACT: Any = Contact.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
OWNED: tuple[Any, ...] = tuple(
    table.__table__  # type: ignore[union-attr]
    for table in (Phone, Address, Person, Device, Note, SalePromise, Visitor, Ticket, Contact)
)
"""Tables whose records belong to a customer directly."""
LISTED = ("phone", "address", "person")
"""Of these the ones that stand in an order of their own; they are few."""
FILE = frozenset({"phone", "address", "person", "device", "note", "sale_promise"})
"""Of these the ones that make up his file."""

_SHOP: Any = bindparam("shop")
_CUSTOMER: Any = bindparam("customer")
_IDS: Any = bindparam("ids", expanding=True)


def _count(table: Any) -> Any:
    return select(func.count()).where(table.c.shop_id == _SHOP, table.c.customer_id == _CUSTOMER)


def _through_tickets(table: Any) -> Any:
    tickets = select(TICKET.c.id).where(TICKET.c.shop_id == _SHOP, TICKET.c.customer_id == _CUSTOMER)
    return select(func.count()).where(table.c.shop_id == _SHOP, table.c.ticket_id.in_(tickets))


def _contacts() -> Any:
    """Those about his tickets, and those of his file; no contact is both."""
    through, own = _through_tickets(CONTACT), _count(CONTACT)
    return select(through.scalar_subquery() + own.scalar_subquery())


_COUNTS = {table.name: _count(table) for table in OWNED} | {
    CALL.name: _through_tickets(CALL),
    CONTACT.name: _contacts(),
}
_OWNED = {
    table.name: select(table.c.id).where(table.c.shop_id == _SHOP, table.c.customer_id == _CUSTOMER)
    for table in OWNED
}
_ORDERED = {
    table.name: select(table)
    .where(table.c.shop_id == _SHOP, table.c.customer_id == _CUSTOMER)
    .order_by(table.c.place)
    for table in OWNED
    if table.name in LISTED
}
_SERIALS = select(DEVICE.c.serial).where(DEVICE.c.shop_id == _SHOP, DEVICE.c.customer_id == _CUSTOMER)
_SERIALS_OF = select(DEVICE.c.serial).where(DEVICE.c.shop_id == _SHOP, DEVICE.c.id.in_(_IDS))
_LATER = (
    select(FEED.c.seq, FEED.c.subject, FEED.c.changes, STAFF.c.name)
    .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
    .where(FEED.c.shop_id == _SHOP, FEED.c.seq > bindparam("seq"))
    .order_by(FEED.c.seq)
    .limit(AT_ONCE)
)


class Later(NamedTuple):
    """An entry of the feed after another one."""

    subject: int
    changes: list[dict[str, Any]]
    by: str


def counts(connection: Connection, shop_id: int, customer_id: int) -> dict[str, int]:
    """How many records of each kind a customer has."""
    values = {"shop": shop_id, "customer": customer_id}
    return {
        name: int(plainly(connection, statement, values).scalar_one()) for name, statement in _COUNTS.items()
    }


def listed(connection: Connection, shop_id: int, customer_id: int, table: str) -> list[Any]:
    """A customer's phones, addresses or people, in their order."""
    return list(connection.execute(_ORDERED[table], {"shop": shop_id, "customer": customer_id}))


def file_records(connection: Connection, shop_id: int, customer_id: int) -> set[tuple[str, int]]:
    """The records that make up a customer's file, by table and id; tickets are none of them."""
    values = {"shop": shop_id, "customer": customer_id}
    return {
        (name, row[0])
        for name, statement in _OWNED.items()
        if name in FILE
        for row in plainly(connection, statement, values)
    }


def serials(connection: Connection, shop_id: int, customer_id: int) -> list[str]:
    """The serial numbers of a customer's devices."""
    rows: Any = plainly(connection, _SERIALS, {"shop": shop_id, "customer": customer_id})
    return [row[0] for row in rows if row[0]]


def serials_of(connection: Connection, shop_id: int, devices: Sequence[int]) -> list[str]:
    """The serial numbers of some devices."""
    found: list[str] = []
    for start in range(0, len(devices), AT_ONCE):
        values = {"shop": shop_id, "ids": devices[start : start + AT_ONCE]}
        found += [row[0] for row in connection.execute(_SERIALS_OF, values) if row[0]]
    return found


def later(connection: Connection, shop_id: int, seq: int) -> Iterator[Later]:
    """The entries of the feed after a place, in order."""
    while rows := list(connection.execute(_LATER, {"shop": shop_id, "seq": seq})):
        yield from (Later(row[1], row[2], row[3]) for row in rows)
        seq = rows[-1][0]
