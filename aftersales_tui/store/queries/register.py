"""The call register: every call in order (C9)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select, tuple_

from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.tables import Call, Staff, Ticket, Visit
from aftersales_tui.views.floor import RegisterFilter, RegisterRow
from aftersales_tui.views.tickets import PageKey

CALL: Any = Call.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
STRUCK = frozenset({Status.CLOSED, Status.CANCELLED})
"""Where a ticket stands whose lines are struck off; a solved one still waits for its signed voucher (C9, V4)."""

_OUTCOME: Any = (
    select(VISIT.c.outcome)
    .where(
        VISIT.c.shop_id == TICKET.c.shop_id,
        VISIT.c.ticket_id == TICKET.c.id,
        VISIT.c.outcome.in_(bindparam("known", expanding=True)),
    )
    .order_by(VISIT.c.starts_at.desc(), VISIT.c.id.desc())
    .limit(1)
    .correlate(TICKET)
    .scalar_subquery()
)
"""How the last visit ended that ended in something; a visit that was given to another engineer ended in nothing."""
# Outer joins, or SQLite would begin with the few people or tickets there are, and sort.
_CALLS = CALL.outerjoin(TICKET, (TICKET.c.shop_id == CALL.c.shop_id) & (TICKET.c.id == CALL.c.ticket_id))
_LINES = _CALLS.outerjoin(STAFF, (STAFF.c.shop_id == CALL.c.shop_id) & (STAFF.c.id == CALL.c.taken_by))
_ROWS = select(
    CALL.c.id,
    CALL.c.ticket_id,
    TICKET.c.number,
    CALL.c.started_at,
    CALL.c.kind,
    CALL.c.channel,
    CALL.c.outgoing,
    CALL.c.caller,
    TICKET.c.address,
    CALL.c.phone,
    TICKET.c.product,
    TICKET.c.model,
    TICKET.c.fault,
    CALL.c.words,
    _OUTCOME,
    TICKET.c.status,
    STAFF.c.name,
).select_from(_LINES)
_PLACE = tuple_(CALL.c.started_at, CALL.c.id)
_AFTER = tuple_(bindparam("at", type_=CALL.c.started_at.type), bindparam("id"))
_FORWARD = (CALL.c.started_at.asc(), CALL.c.id.asc())
_BACKWARD = (CALL.c.started_at.desc(), CALL.c.id.desc())


def _narrowed(statement: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    statement = statement.where(CALL.c.shop_id == bindparam("shop"))
    if wanted.operator_id:
        statement = statement.where(CALL.c.taken_by == bindparam("operator"))
    if wanted.outcome:
        # A status that might be missing, for the same reason.
        fits = or_(
            func.coalesce(TICKET.c.status, "") == bindparam("outcome"), bindparam("outcome") == _OUTCOME
        )
        statement = statement.where(fits)
    return statement


def _values(shop_id: int, wanted: RegisterFilter, known: Sequence[str]) -> dict[str, Any]:
    return {"shop": shop_id, "operator": wanted.operator_id, "outcome": wanted.outcome, "known": list(known)}


def of_day(
    connection: Connection,
    shop_id: int,
    wanted: RegisterFilter,
    known: Sequence[str],
    day: tuple[datetime, datetime],
    limit: int,
    after: PageKey | None = None,
    before: PageKey | None = None,
) -> list[RegisterRow]:
    """The calls of one day in order; with ``before``, the last ones in front of that place.

    Args:
        known: The outcomes of a visit that the shop's policy has.
        day: Its first instant and that of the next day.
    """
    start, end = day
    values = {**_values(shop_id, wanted, known), "start": start, "end": end, "limit": limit}
    statement = _narrowed(_ROWS, wanted)
    edge = after or before
    if edge is not None:
        values |= {"at": edge.at, "id": edge.record_id}
    # One bound a side: asked twice for the same one, SQLite takes the looser for the index.
    if after is not None:
        statement = statement.where(_PLACE > _AFTER, CALL.c.started_at < bindparam("end"))
    elif before is not None:
        statement = statement.where(_PLACE < _AFTER, CALL.c.started_at >= bindparam("start"))
    else:
        statement = statement.where(
            CALL.c.started_at >= bindparam("start"), CALL.c.started_at < bindparam("end")
        )
    statement = statement.order_by(*(_BACKWARD if before else _FORWARD)).limit(bindparam("limit"))
    found = [_row(row) for row in connection.execute(statement, values)]
    return list(reversed(found)) if before else found


def last_before(
    connection: Connection, shop_id: int, wanted: RegisterFilter, known: Sequence[str], at: datetime
) -> datetime | None:
    """When the last call in front of an instant began; ``None`` for none."""
    statement = _narrowed(select(CALL.c.started_at).select_from(_CALLS), wanted)
    statement = statement.where(CALL.c.started_at < bindparam("at")).order_by(*_BACKWARD).limit(1)
    found: datetime | None = connection.execute(
        statement, {**_values(shop_id, wanted, known), "at": at}
    ).scalar()
    return found


def first_from(
    connection: Connection, shop_id: int, wanted: RegisterFilter, known: Sequence[str], at: datetime
) -> datetime | None:
    """When the first call from an instant on began; ``None`` for none."""
    statement = _narrowed(select(CALL.c.started_at).select_from(_CALLS), wanted)
    statement = statement.where(CALL.c.started_at >= bindparam("at")).order_by(*_FORWARD).limit(1)
    found: datetime | None = connection.execute(
        statement, {**_values(shop_id, wanted, known), "at": at}
    ).scalar()
    return found


def _row(row: Sequence[Any]) -> RegisterRow:
    return RegisterRow(
        call_id=row[0],
        ticket_id=row[1],
        number=row[2],
        started_at=row[3],
        kind=row[4],
        channel=row[5],
        direction="out" if row[6] else "in",
        caller=row[7],
        address=row[8],
        phone=row[9],
        product=row[10],
        model=row[11],
        fault=row[13].partition("\n")[0] or row[12],
        outcome=row[14] or "",
        status=row[15],
        struck=row[15] in STRUCK,
        taken_by=row[16],
    )
