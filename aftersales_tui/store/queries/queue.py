"""The queue's pages, and the counts on the top line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, tuple_

from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.tables import Contact, Staff, Ticket, Visit
from aftersales_tui.views.tickets import CEILING, Counts, Page, PageKey, QueueFilter, QueueRow

TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
CONTACT: Any = Contact.__table__  # type: ignore[attr-defined]

IS_OPEN = TICKET.c.is_open == literal_column("1")
"""Literal, as the partial indexes spell it."""
_PLACE = tuple_(TICKET.c.urgent_at, TICKET.c.id)
_EDGE = tuple_(bindparam("at", type_=TICKET.c.urgent_at.type), bindparam("id"))
"""Typed by hand: inside a tuple an instant would go to the driver as it is, and no row lie behind it."""
_AFTER = _PLACE > _EDGE
_BEFORE = _PLACE < _EDGE


def queue_rows() -> Select[Any]:
    """The columns of a queue row, in the order ``QueueRow.read`` takes them."""
    visit = (VISIT.c.shop_id == TICKET.c.shop_id) & (VISIT.c.id == TICKET.c.visit_id)
    engineer = (STAFF.c.shop_id == VISIT.c.shop_id) & (STAFF.c.id == VISIT.c.engineer_id)
    return (
        select(
            TICKET.c.id,
            TICKET.c.version,
            TICKET.c.number,
            TICKET.c.kind,
            TICKET.c.status,
            TICKET.c.urgent_at,
            TICKET.c.caller,
            TICKET.c.zone,
            TICKET.c.product,
            TICKET.c.fault,
            VISIT.c.starts_at,
            VISIT.c.ends_at,
            STAFF.c.name,
            TICKET.c.to_verify,
            TICKET.c.calls,
            TICKET.c.phone,
        )
        .select_from(TICKET.outerjoin(VISIT, visit).outerjoin(STAFF, engineer))
        .where(TICKET.c.shop_id == bindparam("shop"))
    )


def queue_page() -> Select[Any]:
    """The first page of the whole queue, most urgent first."""
    return queue_rows().where(IS_OPEN).order_by(TICKET.c.urgent_at, TICKET.c.id).limit(bindparam("limit"))


_FIRST = queue_page()
_NEXT = queue_page().where(_AFTER)
_BACK = (
    queue_rows()
    .where(IS_OPEN, _BEFORE)
    .order_by(TICKET.c.urgent_at.desc(), TICKET.c.id.desc())
    .limit(bindparam("limit"))
)


def _narrowed(statement: Select[Any], wanted: QueueFilter, *, backwards: bool) -> Select[Any]:
    """The statement with what the operator narrows the queue to."""
    if wanted.status:
        statement = statement.where(TICKET.c.status == wanted.status)
    if wanted.zone:
        statement = statement.where(TICKET.c.zone == wanted.zone)
    if wanted.kind:
        statement = statement.where(TICKET.c.kind == wanted.kind)
    if wanted.engineer_id:
        # Plus nothing, or SQLite would begin with all he ever did and sort that.
        statement = statement.where(VISIT.c.engineer_id + 0 == wanted.engineer_id)
    if wanted.product:
        statement = statement.where(TICKET.c.product.icontains(wanted.product, autoescape=True))
    if wanted.late_before and not backwards:
        # What comes before a late ticket is late as well; asked twice, SQLite sorts.
        statement = statement.where(TICKET.c.urgent_at < wanted.late_before)
    return statement


def queue(
    connection: Connection,
    shop_id: int,
    wanted: QueueFilter,
    limit: int,
    after: PageKey | None = None,
    before: PageKey | None = None,
) -> Page[QueueRow]:
    """A page of the queue by keyset; one row more is fetched to know whether the list goes on."""
    edge = before or after
    values: dict[str, Any] = {"shop": shop_id, "limit": limit + 1}
    if edge:
        values |= {"at": edge.at, "id": edge.record_id}
    statement = _narrowed(
        _BACK if before else _NEXT if after else _FIRST, wanted, backwards=before is not None
    )
    found = [QueueRow.read(row) for row in connection.execute(statement, values)]
    more, rows = len(found) > limit, found[:limit]
    if before:
        return Page(tuple(reversed(rows)), more_after=True, more_before=more)
    return Page(tuple(rows), more_after=more, more_before=after is not None)


def rows_by_id(connection: Connection, shop_id: int, ids: Sequence[int]) -> tuple[QueueRow, ...]:
    """The rows of these tickets that still stand in the queue."""
    statement = queue_rows().where(IS_OPEN, TICKET.c.id.in_(ids))
    return tuple(QueueRow.read(row) for row in connection.execute(statement, {"shop": shop_id}))


def _bounded(statement: Select[Any]) -> Any:
    """A count that stops above the ceiling: nobody needs to know whether 4,000 or 4,001 wait."""
    return select(func.count()).select_from(statement.limit(CEILING + 1).subquery()).scalar_subquery()


def counts_statement() -> Select[Any]:
    """The four counts of the top line in one read: to send, late, to contact, on the road."""
    status = select(TICKET.c.id).where(TICKET.c.shop_id == bindparam("shop"), IS_OPEN)
    late = status.where(TICKET.c.urgent_at < bindparam("now"))
    due = select(CONTACT.c.id).where(
        CONTACT.c.shop_id == bindparam("shop"),
        CONTACT.c.is_open == literal_column("1"),
        CONTACT.c.due_at <= bindparam("now"),
    )
    return select(
        _bounded(status.where(TICKET.c.status == Status.NEW.value)),
        _bounded(late),
        _bounded(due),
        _bounded(status.where(TICKET.c.status == Status.ON_THE_ROAD.value)),
    )


_COUNTS = counts_statement()


def counts(connection: Connection, shop_id: int, now: datetime) -> Counts:
    """The counts of the top line as of now."""
    return Counts(*connection.execute(_COUNTS, {"shop": shop_id, "now": now}).one())
