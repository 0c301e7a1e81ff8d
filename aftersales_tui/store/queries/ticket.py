"""One ticket whole: its answers, calls, visits, states and promises."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from aftersales_tui.domain.errors import NotFound
from aftersales_tui.store.tables import Call, Contact, Interval, Promise, Staff, Ticket, Visit
from aftersales_tui.views.tickets import CallView, VisitView

TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
CALL: Any = Call.__table__  # type: ignore[attr-defined]
CONTACT: Any = Contact.__table__  # type: ignore[attr-defined]
INTERVAL: Any = Interval.__table__  # type: ignore[attr-defined]
PROMISE: Any = Promise.__table__  # type: ignore[attr-defined]

_TICKET = select(TICKET).where(TICKET.c.shop_id == bindparam("shop"), TICKET.c.id == bindparam("id"))
_NUMBER = select(TICKET.c.id).where(
    TICKET.c.shop_id == bindparam("shop"), TICKET.c.number == bindparam("number")
)
_OWNER = select(TICKET.c.customer_id, TICKET.c.device_id).where(
    TICKET.c.shop_id == bindparam("shop"), TICKET.c.number == bindparam("number")
)
_CALLS = (
    select(
        CALL.c.id,
        CALL.c.started_at,
        CALL.c.channel,
        CALL.c.outgoing,
        CALL.c.caller,
        CALL.c.phone,
        STAFF.c.name,
        CALL.c.words,
    )
    .join(STAFF, (STAFF.c.shop_id == CALL.c.shop_id) & (STAFF.c.id == CALL.c.taken_by))
    .where(CALL.c.shop_id == bindparam("shop"), CALL.c.ticket_id == bindparam("id"))
    .order_by(CALL.c.started_at, CALL.c.id)
)
_VISITS = (
    select(
        VISIT.c.id,
        STAFF.c.name,
        VISIT.c.starts_at,
        VISIT.c.ends_at,
        VISIT.c.active,
        VISIT.c.outcome,
        VISIT.c.outcome_at,
        VISIT.c.words,
        VISIT.c.override_reason,
    )
    .join(STAFF, (STAFF.c.shop_id == VISIT.c.shop_id) & (STAFF.c.id == VISIT.c.engineer_id))
    .where(VISIT.c.shop_id == bindparam("shop"), VISIT.c.ticket_id == bindparam("id"))
    .order_by(VISIT.c.starts_at, VISIT.c.id)
)
_NEXT_CONTACT = (
    select(CONTACT.c.due_at, CONTACT.c.reason)
    .where(
        CONTACT.c.shop_id == bindparam("shop"),
        CONTACT.c.ticket_id == bindparam("id"),
        CONTACT.c.is_open == literal_column("1"),
    )
    .order_by(CONTACT.c.due_at)
    .limit(1)
)
_INTERVALS = (
    select(INTERVAL.c.status, INTERVAL.c.starts_at)
    .where(INTERVAL.c.shop_id == bindparam("shop"), INTERVAL.c.ticket_id == bindparam("id"))
    .order_by(INTERVAL.c.starts_at, INTERVAL.c.id)
)
_PROMISES = (
    select(PROMISE.c.clock, PROMISE.c.starts_at)
    .where(PROMISE.c.shop_id == bindparam("shop"), PROMISE.c.ticket_id == bindparam("id"))
    .order_by(PROMISE.c.id)
)


def ticket_columns(connection: Connection, shop_id: int, ticket_id: int) -> dict[str, Any]:
    """Every column of one ticket.

    Raises:
        NotFound: ``ticket.not_found``.
    """
    row = connection.execute(_TICKET, {"shop": shop_id, "id": ticket_id}).mappings().first()
    if row is None:
        raise NotFound("ticket.not_found", id=ticket_id)
    return dict(row)


def ticket_by_number(connection: Connection, shop_id: int, number: int) -> int:
    """The id behind a number people say.

    Raises:
        NotFound: ``ticket.no_such_number``.
    """
    found = connection.execute(_NUMBER, {"shop": shop_id, "number": number}).scalar()
    if found is None:
        raise NotFound("ticket.no_such_number", number=number)
    return int(found)


def owner_by_number(connection: Connection, shop_id: int, number: int) -> tuple[int, int] | None:
    """The customer and device (0 for none) of the ticket of a number; ``None`` where nobody is known."""
    row = connection.execute(_OWNER, {"shop": shop_id, "number": number}).first()
    return (row[0], row[1] or 0) if row and row[0] else None


def calls(connection: Connection, shop_id: int, ticket_id: int) -> tuple[CallView, ...]:
    """The calls of a ticket, first to last."""
    rows = connection.execute(_CALLS, {"shop": shop_id, "id": ticket_id})
    return tuple(CallView(r[0], r[1], r[2], "out" if r[3] else "in", *r[4:]) for r in rows)


def visits(connection: Connection, shop_id: int, ticket_id: int) -> tuple[VisitView, ...]:
    """The visits of a ticket, first to last."""
    rows = connection.execute(_VISITS, {"shop": shop_id, "id": ticket_id})
    return tuple(VisitView(*r[:4], "planned" if r[4] else "over", *r[5:]) for r in rows)


def next_contact(connection: Connection, shop_id: int, ticket_id: int) -> tuple[datetime | None, str]:
    """When the ticket's customer is to be contacted next and why; ``(None, "")`` for not at all."""
    row = connection.execute(_NEXT_CONTACT, {"shop": shop_id, "id": ticket_id}).first()
    return (None, "") if row is None else (row[0], row[1])


def intervals(connection: Connection, shop_id: int, ticket_id: int) -> list[tuple[str, datetime]]:
    """The states a ticket has been in, by happened-at: each lasts until the next begins."""
    return [(row[0], row[1]) for row in connection.execute(_INTERVALS, {"shop": shop_id, "id": ticket_id})]


def promises(connection: Connection, shop_id: int, ticket_id: int) -> list[tuple[str, datetime]]:
    """The clocks a ticket has, with when each started."""
    return [(row[0], row[1]) for row in connection.execute(_PROMISES, {"shop": shop_id, "id": ticket_id})]
