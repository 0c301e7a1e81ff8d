"""The handover book: its notes, who took over when, and what others did while somebody was away (A1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, select

from aftersales_tui.domain.contact import SALE as SALE_REASON
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.queries.contacts import CONTACT, contact_row, contact_rows
from aftersales_tui.store.queries.contacts import IS_OPEN as CONTACT_OPEN
from aftersales_tui.store.queries.queue import IS_OPEN, VISIT, queue_rows
from aftersales_tui.store.tables import (
    Customer,
    Device,
    FeedEntry,
    HandoverNote,
    SalePromise,
    Staff,
    Ticket,
)
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.floor import NoteRow, SalePromiseRow
from aftersales_tui.views.tickets import QueueRow, TimelineRow

NOTE: Any = HandoverNote.__table__  # type: ignore[attr-defined]
SALE: Any = SalePromise.__table__  # type: ignore[attr-defined]
FEED: Any = FeedEntry.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
SENT = (Status.ASSIGNED, Status.ON_THE_ROAD, Status.WORKING)
"""Where tickets stand whose visit is planned and not done."""
_SHOP: Any = bindparam("shop")
_LIMIT: Any = bindparam("limit")
_WRITER, _TAKER = STAFF.alias("writer"), STAFF.alias("taker")
_UNTAKEN = NOTE.c.taken_at.is_(None)

_NOTES = (
    select(
        NOTE.c.id,
        NOTE.c.version,
        NOTE.c.text,
        _WRITER.c.name,
        NOTE.c.written_at,
        NOTE.c.for_whom,
        NOTE.c.ticket_id,
        TICKET.c.number,
        _TAKER.c.name,
        NOTE.c.taken_at,
    )
    .select_from(
        NOTE.join(_WRITER, (_WRITER.c.shop_id == NOTE.c.shop_id) & (_WRITER.c.id == NOTE.c.written_by))
        .outerjoin(TICKET, (TICKET.c.shop_id == NOTE.c.shop_id) & (TICKET.c.id == NOTE.c.ticket_id))
        .outerjoin(_TAKER, (_TAKER.c.shop_id == NOTE.c.shop_id) & (_TAKER.c.id == NOTE.c.taken_by))
    )
    .where(NOTE.c.shop_id == _SHOP)
)
_OPEN_NOTES = _NOTES.where(_UNTAKEN).order_by(NOTE.c.id).limit(_LIMIT)
_TAKEN_NOTES = (
    _NOTES.where(NOTE.c.written_at >= bindparam("since"), NOTE.c.taken_at.is_not(None))
    .order_by(NOTE.c.written_at.desc(), NOTE.c.id.desc())
    .limit(_LIMIT)
)
_CONTACTS = (
    contact_rows()
    # A promise made at the sale has a part of the book of its own, with those that have no date.
    .where(CONTACT_OPEN, CONTACT.c.due_at < bindparam("until"), CONTACT.c.reason != SALE_REASON)
    .order_by(CONTACT.c.due_at, CONTACT.c.id)
    .limit(_LIMIT)
)
_SALES = (
    select(
        SALE.c.id,
        SALE.c.customer_id,
        CUSTOMER.c.name,
        DEVICE.c.product,
        SALE.c.what,
        SALE.c.words,
        SALE.c.due_at,
    )
    .select_from(
        SALE.join(
            CUSTOMER, (CUSTOMER.c.shop_id == SALE.c.shop_id) & (CUSTOMER.c.id == SALE.c.customer_id)
        ).outerjoin(DEVICE, (DEVICE.c.shop_id == SALE.c.shop_id) & (DEVICE.c.id == SALE.c.device_id))
    )
    .where(SALE.c.shop_id == _SHOP, SALE.c.done_at.is_(None))
)
_DATED_SALES = (
    _SALES.where(SALE.c.due_at < bindparam("until", type_=SALE.c.due_at.type))
    .order_by(SALE.c.due_at, SALE.c.id)
    .limit(_LIMIT)
)
_UNDATED_SALES = _SALES.where(SALE.c.due_at.is_(None)).order_by(SALE.c.id).limit(_LIMIT)
_VISITS = (
    queue_rows()
    .where(
        IS_OPEN,
        TICKET.c.status == bindparam("status"),
        VISIT.c.starts_at < bindparam("until", type_=VISIT.c.starts_at.type),
    )
    .order_by(TICKET.c.urgent_at, TICKET.c.id)
    .limit(_LIMIT)
)


_LATER = FEED.alias("later")
_UNDONE = exists().where(
    _LATER.c.shop_id == FEED.c.shop_id, _LATER.c.subject == FEED.c.subject, _LATER.c.undoes == FEED.c.seq
)
_CHANGES = (
    select(
        FEED.c.seq,
        FEED.c.happened_at,
        FEED.c.entered_at,
        STAFF.c.name,
        FEED.c.seat,
        FEED.c.verb,
        FEED.c.params,
        _UNDONE,
        FEED.c.subject,
        TICKET.c.id,
        TICKET.c.number,
        TICKET.c.status,
        TICKET.c.caller,
        TICKET.c.product,
        TICKET.c.fault,
        TICKET.c.version,
        TICKET.c.to_verify,
    )
    .select_from(
        FEED.join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id)).outerjoin(
            TICKET, (TICKET.c.shop_id == FEED.c.shop_id) & (TICKET.c.id == FEED.c.subject)
        )
    )
    .where(
        FEED.c.shop_id == _SHOP,
        FEED.c.seq > bindparam("since"),
        FEED.c.seq <= bindparam("until"),
        # Plus nothing: else SQLite would begin with everything the others ever did.
        FEED.c.staff_id + 0 != bindparam("staff"),
        FEED.c.verb.not_in(("claim", "release", "handover_take", "visitor_link")),
    )
    .order_by(FEED.c.seq.desc())
    .limit(_LIMIT)
)


class Change(NamedTuple):
    """An entry of somebody else, and the ticket it belongs to, if it is one."""

    row: TimelineRow
    subject: int
    ticket_id: int
    version: int
    number: int
    status: str
    to_verify: tuple[str, ...]
    caller: str
    about: str


def open_notes(connection: Connection, shop_id: int, limit: int) -> list[NoteRow]:
    """The notes nobody has taken over, in the order in which they were written."""
    return [_note(row) for row in connection.execute(_OPEN_NOTES, {"shop": shop_id, "limit": limit})]


def taken_notes(connection: Connection, shop_id: int, since: datetime, limit: int) -> list[NoteRow]:
    """Notes written since then that were taken over, the newest first."""
    wanted = {"shop": shop_id, "since": since, "limit": limit}
    return [_note(row) for row in connection.execute(_TAKEN_NOTES, wanted)]


def contacts_until(connection: Connection, shop_id: int, until: datetime, limit: int) -> list[ContactRow]:
    """Whom we have promised a call by then, the earliest due first."""
    wanted = {"shop": shop_id, "until": until, "limit": limit}
    return [contact_row(row) for row in connection.execute(_CONTACTS, wanted)]


def sale_promises(connection: Connection, shop_id: int, until: datetime, limit: int) -> list[SalePromiseRow]:
    """Promises made at a sale: those due by then, and those without a date."""
    wanted: dict[str, Any] = {"shop": shop_id, "limit": limit}
    dated = connection.execute(_DATED_SALES, {**wanted, "until": until}).all()
    undated = connection.execute(_UNDATED_SALES, wanted).all()
    return [SalePromiseRow(*row[:3], row[3] or "", *row[4:]) for row in (*dated, *undated)][:limit]


def visits_until(connection: Connection, shop_id: int, until: datetime, limit: int) -> list[QueueRow]:
    """The tickets whose visit begins before then and is not done, in the order of the visits."""
    found = [
        QueueRow.read(row)
        for status in SENT
        for row in connection.execute(
            _VISITS, {"shop": shop_id, "status": status.value, "until": until, "limit": limit}
        )
    ]
    return sorted(found, key=lambda row: (row.window_start or until, row.ticket_id))[:limit]


def changes(
    connection: Connection, shop_id: int, staff_id: int, since: int, until: int, limit: int
) -> list[Change]:
    """What others have entered behind one place in the feed and up to another, the newest first."""
    wanted = {"shop": shop_id, "staff": staff_id, "since": since, "until": until, "limit": limit}
    return [_change(row) for row in connection.execute(_CHANGES, wanted)]


def _note(row: Sequence[Any]) -> NoteRow:
    told = (*row[:6], row[6] or 0, row[7] or 0, row[8] or "", row[9])
    return NoteRow(*told)


def _change(row: Sequence[Any]) -> Change:
    deed = TimelineRow(row[0], row[1], row[2], row[3], row[4], row[5], dict(row[6]), bool(row[7]))
    caller, about = row[12] or "", " / ".join(filter(None, row[13:15]))
    to_verify = tuple(filter(None, (row[16] or "").split(",")))
    return Change(
        deed, row[8], row[9] or 0, row[15] or 0, row[10] or 0, row[11] or "", to_verify, caller, about
    )
