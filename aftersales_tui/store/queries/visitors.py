"""The visitors' book: who waits, and who was or is to be here (C13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from aftersales_tui.store.tables import Call, Ticket, Visitor
from aftersales_tui.views.floor import VisitorRow

VISITOR: Any = Visitor.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
CALL: Any = Call.__table__  # type: ignore[attr-defined]

_ROWS = (
    select(
        VISITOR.c.id,
        VISITOR.c.version,
        VISITOR.c.state,
        VISITOR.c.name,
        VISITOR.c.company,
        VISITOR.c.phone,
        VISITOR.c.purpose,
        VISITOR.c.host,
        VISITOR.c.stand_in,
        VISITOR.c.announced_for,
        VISITOR.c.arrived_at,
        VISITOR.c.received_at,
        VISITOR.c.left_at,
        VISITOR.c.ticket_id,
        TICKET.c.number,
    )
    .select_from(
        VISITOR.outerjoin(
            TICKET, (TICKET.c.shop_id == VISITOR.c.shop_id) & (TICKET.c.id == VISITOR.c.ticket_id)
        )
    )
    .where(VISITOR.c.shop_id == bindparam("shop"))
)
_WAITING = (
    _ROWS.where(VISITOR.c.state == literal_column("'waiting'"))
    .order_by(VISITOR.c.arrived_at, VISITOR.c.id)
    .limit(bindparam("limit"))
)
"""Strictly by arrival: there is no other order, and nothing to change it by."""
_LISTED = (
    _ROWS.where(VISITOR.c.listed_at >= bindparam("start"), VISITOR.c.listed_at < bindparam("end"))
    .order_by(VISITOR.c.listed_at, VISITOR.c.id)
    .limit(bindparam("limit"))
)
_CALL = select(CALL.c.ticket_id, CALL.c.customer_id).where(
    CALL.c.shop_id == bindparam("shop"), CALL.c.id == bindparam("id")
)


def waiting(connection: Connection, shop_id: int, limit: int) -> list[VisitorRow]:
    """Who waits, in the order in which they came."""
    return [_row(row) for row in connection.execute(_WAITING, {"shop": shop_id, "limit": limit})]


def listed(
    connection: Connection, shop_id: int, start: datetime, end: datetime, limit: int
) -> list[VisitorRow]:
    """Who came, or is to come, in a stretch of time."""
    wanted = {"shop": shop_id, "start": start, "end": end, "limit": limit}
    return [_row(row) for row in connection.execute(_LISTED, wanted)]


def ticket_of_call(connection: Connection, shop_id: int, call_id: int) -> tuple[int, int | None] | None:
    """The ticket a call belongs to, and its customer; ``None`` while the call is not saved."""
    row = connection.execute(_CALL, {"shop": shop_id, "id": call_id}).first()
    return None if row is None else (row[0], row[1])


def _row(row: Sequence[Any]) -> VisitorRow:
    told = (*row[:13], None, row[13] or 0, row[14] or 0)
    return VisitorRow(*told)
