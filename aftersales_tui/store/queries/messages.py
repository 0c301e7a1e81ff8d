"""Open message slips, the most urgent first (C7)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.store.queries.waiting import IS_MESSAGE, for_person
from aftersales_tui.store.tables import Ticket
from aftersales_tui.views.floor import MessageRow
from aftersales_tui.views.tickets import Page, PageKey

TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]

_ROWS = select(
    TICKET.c.id,
    TICKET.c.version,
    TICKET.c.number,
    TICKET.c.kind,
    TICKET.c.status,
    TICKET.c.for_whom,
    TICKET.c.caller,
    TICKET.c.phone,
    TICKET.c.mobile,
    TICKET.c.fault,
    TICKET.c.wanted,
    TICKET.c.memo,
    TICKET.c.received_at,
    TICKET.c.urgent_at,
    TICKET.c.to_verify,
).where(TICKET.c.shop_id == bindparam("shop"), IS_MESSAGE)
_PLACE = tuple_(TICKET.c.urgent_at, TICKET.c.id)
_EDGE = tuple_(bindparam("at", type_=TICKET.c.urgent_at.type), bindparam("id"))
_LIMIT: Any = bindparam("limit")
_FIRST = _ROWS.order_by(TICKET.c.urgent_at, TICKET.c.id).limit(_LIMIT)
_NEXT = _FIRST.where(_PLACE > _EDGE)
_BACK = _ROWS.where(_PLACE < _EDGE).order_by(TICKET.c.urgent_at.desc(), TICKET.c.id.desc()).limit(_LIMIT)


def page(
    connection: Connection,
    shop_id: int,
    whom: str,
    limit: int,
    after: PageKey | None = None,
    before: PageKey | None = None,
) -> Page[MessageRow]:
    """A page of slips by keyset."""
    edge = before or after
    values: dict[str, Any] = {"shop": shop_id, "limit": limit + 1}
    if edge:
        values |= {"at": edge.at, "id": edge.record_id}
    statement = for_person(_BACK if before else _NEXT if after else _FIRST, whom)
    found = [_row(row) for row in connection.execute(statement, values)]
    more, rows = len(found) > limit, found[:limit]
    if before:
        return Page(tuple(reversed(rows)), more_after=True, more_before=more)
    return Page(tuple(rows), more_after=more, more_before=after is not None)


def _row(row: Sequence[Any]) -> MessageRow:
    return MessageRow(
        ticket_id=row[0],
        version=row[1],
        number=row[2],
        kind=row[3],
        status=row[4],
        for_whom=row[5],
        caller=row[6],
        phone=row[7] or row[8],
        words=" / ".join(filter(None, row[9:12])),
        received_at=row[12],
        urgent_at=None if row[13] >= FAR_FUTURE else row[13],
        to_verify=tuple(filter(None, row[14].split(","))),
    )
