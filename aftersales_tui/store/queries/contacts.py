"""The people to be contacted, the most urgent first (B1, B2)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, tuple_

from aftersales_tui.store.tables import Contact, Customer, Staff, Ticket
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page, PageKey

CONTACT: Any = Contact.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
WHOSE = func.coalesce(CONTACT.c.customer_id, TICKET.c.customer_id)
"""The customer of a contact: that of his file's clock, or of its ticket."""
IS_OPEN = CONTACT.c.is_open == literal_column("1")


def contact_rows() -> Select[Any]:
    """The columns of a contact row, in the order ``contact_row`` reads them."""
    ticket = (TICKET.c.shop_id == CONTACT.c.shop_id) & (TICKET.c.id == CONTACT.c.ticket_id)
    person = (STAFF.c.shop_id == CONTACT.c.shop_id) & (STAFF.c.id == CONTACT.c.claimed_by)
    customer = (CUSTOMER.c.shop_id == CONTACT.c.shop_id) & (CUSTOMER.c.id == WHOSE)
    return (
        select(
            CONTACT.c.id,
            CONTACT.c.version,
            CONTACT.c.reason,
            CONTACT.c.about,
            CONTACT.c.due_at,
            CONTACT.c.whom,
            CONTACT.c.phone,
            CONTACT.c.ticket_id,
            TICKET.c.number,
            TICKET.c.product,
            TICKET.c.fault,
            CONTACT.c.words,
            CONTACT.c.tries,
            STAFF.c.name,
            CONTACT.c.claimed_by,
            CONTACT.c.flag,
            CUSTOMER.c.do_not_call,
            TICKET.c.version,
            TICKET.c.status,
            TICKET.c.to_verify,
            WHOSE,
            CUSTOMER.c.quiet,
        )
        .select_from(CONTACT.outerjoin(TICKET, ticket).outerjoin(STAFF, person).outerjoin(CUSTOMER, customer))
        .where(CONTACT.c.shop_id == bindparam("shop"))
    )


def contact_row(row: Sequence[Any]) -> ContactRow:
    """One row of ``contact_rows``."""
    to_verify = tuple(filter(None, (row[19] or "").split(",")))
    shown = (
        *row[:7],
        row[7] or 0,
        row[8] or 0,
        row[9] or "",
        row[10] or "",
        *row[11:13],
        row[13] or "",
        row[14] or 0,
        row[15],
        bool(row[16]),
        row[17] or 0,
        row[18] or "",
        to_verify,
        row[20] or 0,
        row[21] or "",
    )
    return ContactRow(*shown)


def contact_page() -> Select[Any]:
    """The first page of everybody to be contacted, the earliest due first."""
    return contact_rows().where(IS_OPEN).order_by(CONTACT.c.due_at, CONTACT.c.id).limit(bindparam("limit"))


_EDGE = tuple_(bindparam("at", type_=CONTACT.c.due_at.type), bindparam("id"))
_FIRST = contact_page()
_NEXT = contact_page().where(tuple_(CONTACT.c.due_at, CONTACT.c.id) > _EDGE)
_BACK = (
    contact_rows()
    .where(IS_OPEN, tuple_(CONTACT.c.due_at, CONTACT.c.id) < _EDGE)
    .order_by(CONTACT.c.due_at.desc(), CONTACT.c.id.desc())
    .limit(bindparam("limit"))
)
_ONE = contact_rows().where(CONTACT.c.id == bindparam("id"))
_OPEN_OF_TICKET = select(CONTACT.c.id, CONTACT.c.about).where(
    CONTACT.c.shop_id == bindparam("shop"), CONTACT.c.ticket_id == bindparam("ticket"), IS_OPEN
)
_OF_CUSTOMER = (
    contact_rows()
    .where(CONTACT.c.customer_id == bindparam("customer"), IS_OPEN)
    .order_by(CONTACT.c.due_at, CONTACT.c.id)
)
_OPEN_OF_CUSTOMER = (
    select(CONTACT.c.id, CONTACT.c.reason, CONTACT.c.promise_id)
    .where(CONTACT.c.shop_id == bindparam("shop"), CONTACT.c.customer_id == bindparam("customer"), IS_OPEN)
    .order_by(CONTACT.c.due_at, CONTACT.c.id)
)


class OfFile(NamedTuple):
    """An open contact that belongs to a customer's file.

    Attributes:
        promise_id: The promise made at the sale that it stands for; 0 for none.
    """

    contact_id: int
    reason: str
    promise_id: int


def due(
    connection: Connection,
    shop_id: int,
    limit: int,
    after: PageKey | None = None,
    before: PageKey | None = None,
) -> Page[ContactRow]:
    """A page of contacts by keyset."""
    edge = before or after
    values: dict[str, Any] = {"shop": shop_id, "limit": limit + 1}
    if edge:
        values |= {"at": edge.at, "id": edge.record_id}
    found = [
        contact_row(row)
        for row in connection.execute(_BACK if before else _NEXT if after else _FIRST, values)
    ]
    more, rows = len(found) > limit, found[:limit]
    if before:
        return Page(tuple(reversed(rows)), more_after=True, more_before=more)
    return Page(tuple(rows), more_after=more, more_before=after is not None)


def one(connection: Connection, shop_id: int, contact_id: int) -> ContactRow | None:
    """One contact as its row shows it, open or done."""
    row = connection.execute(_ONE, {"shop": shop_id, "id": contact_id}).first()
    return None if row is None else contact_row(row)


def open_of_ticket(connection: Connection, shop_id: int, ticket_id: int) -> list[tuple[int, str]]:
    """The contacts of a ticket that are still open, each with what it is about."""
    rows = connection.execute(_OPEN_OF_TICKET, {"shop": shop_id, "ticket": ticket_id})
    return [(row[0], row[1]) for row in rows.all()]


def open_of_customer(connection: Connection, shop_id: int, customer_id: int) -> list[OfFile]:
    """The contacts of a customer's own file that are still open, the earliest due first."""
    rows = connection.execute(_OPEN_OF_CUSTOMER, {"shop": shop_id, "customer": customer_id})
    return [OfFile(row[0], row[1], row[2] or 0) for row in rows.all()]


def rows_of_customer(connection: Connection, shop_id: int, customer_id: int) -> tuple[ContactRow, ...]:
    """The same as the list shows them."""
    rows = connection.execute(_OF_CUSTOMER, {"shop": shop_id, "customer": customer_id})
    return tuple(contact_row(row) for row in rows)
