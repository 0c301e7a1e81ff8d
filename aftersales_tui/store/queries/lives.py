"""Everything that ever happened with a customer, on one line (U1).

His tickets tell it, and his file: also what was told under the ids of files that were merged into it. Only the
instants of all that are read for a page, and the page itself: what one customer has done with us is little, what all
have done is much, and no index could hold it in this order.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import nlargest
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, select

from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.tables import Customer, FeedEntry, Staff, Ticket
from aftersales_tui.views.customers import FileMoment
from aftersales_tui.views.tickets import Page, PageKey, TimelineRow

FEED: Any = FeedEntry.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
CHUNK = 400
"""So many subjects are asked for at once; SQLite takes only so many bound values."""
UNTOLD = "history"
"""The verb of a ticket that came with its history from elsewhere: no entry tells how it was taken."""

_SHOP: Any = bindparam("shop")
_TICKETS = select(TICKET.c.id, TICKET.c.number, TICKET.c.received_at, TICKET.c.fault).where(
    TICKET.c.shop_id == _SHOP, TICKET.c.customer_id == bindparam("id")
)
_INSTANTS = select(FEED.c.happened_at, FEED.c.seq, FEED.c.subject).where(
    FEED.c.shop_id == _SHOP, FEED.c.subject.in_(bindparam("subjects", expanding=True))
)
_MERGED = select(CUSTOMER.c.id).where(
    CUSTOMER.c.shop_id == _SHOP,
    CUSTOMER.c.merged_into.is_not(None),
    CUSTOMER.c.merged_into == bindparam("id"),
)
_LATER = FEED.alias("later")
_ROWS = (
    select(
        FEED.c.seq,
        FEED.c.happened_at,
        FEED.c.entered_at,
        STAFF.c.name,
        FEED.c.seat,
        FEED.c.verb,
        FEED.c.params,
        exists().where(
            _LATER.c.shop_id == FEED.c.shop_id,
            _LATER.c.subject == FEED.c.subject,
            _LATER.c.undoes == FEED.c.seq,
        ),
        FEED.c.subject,
    )
    .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
    .where(FEED.c.shop_id == _SHOP, FEED.c.seq.in_(bindparam("seqs", expanding=True)))
)


class _Life(NamedTuple):
    """A ticket as far as the line needs it."""

    number: int
    received_at: datetime
    fault: str


class _Place(NamedTuple):
    """Where something stands on the line: when it happened, then its entry, or the ticket that no entry tells of."""

    at: datetime
    record_id: int
    ticket_id: int


def line(
    connection: Connection, shop_id: int, customer_id: int, limit: int, after: PageKey | None
) -> Page[FileMoment]:
    """A page of a customer's time line, the latest first, by keyset."""
    lives = {
        row[0]: _Life(*row[1:]) for row in connection.execute(_TICKETS, {"shop": shop_id, "id": customer_id})
    }
    places = [
        place
        for place in _places(connection, shop_id, customer_id, lives)
        if after is None or place[:2] < (after.at, after.record_id)
    ]
    found = nlargest(limit + 1, places)
    told = _told(connection, shop_id, [place.record_id for place in found[:limit] if not place.ticket_id])
    rows = tuple(
        _history(place, lives[place.ticket_id])
        if place.ticket_id
        else _moment(*told[place.record_id], lives=lives)
        for place in found[:limit]
    )
    return Page(rows, more_after=len(found) > limit, more_before=after is not None)


def _places(
    connection: Connection, shop_id: int, customer_id: int, lives: dict[int, _Life]
) -> Iterator[_Place]:
    subjects, silent = [*_files(connection, shop_id, customer_id), *lives], set(lives)
    for start in range(0, len(subjects), CHUNK):
        wanted = {"shop": shop_id, "subjects": subjects[start : start + CHUNK]}
        for at, seq, subject in connection.execute(_INSTANTS, wanted):
            silent.discard(subject)
            yield _Place(at, seq, 0)
    yield from (_Place(lives[ticket_id].received_at, ticket_id, ticket_id) for ticket_id in silent)


def _files(connection: Connection, shop_id: int, customer_id: int) -> list[int]:
    """A customer's file and those that went into it, one into another too; a merge that is undone binds no more."""
    found = [customer_id]
    for one in found:
        merged: Any = plainly(connection, _MERGED, {"shop": shop_id, "id": one})
        found += [row[0] for row in merged if row[0] not in found]
    return found


def _told(connection: Connection, shop_id: int, seqs: Sequence[int]) -> dict[int, tuple[TimelineRow, int]]:
    if not seqs:
        return {}
    return {
        row[0]: (
            TimelineRow(row[0], row[1], row[2], row[3], row[4], row[5], dict(row[6]), bool(row[7])),
            row[8],
        )
        for row in connection.execute(_ROWS, {"shop": shop_id, "seqs": list(seqs)})
    }


def _moment(row: TimelineRow, subject: int, lives: dict[int, _Life]) -> FileMoment:
    life = lives.get(subject)
    return FileMoment(subject if life else 0, life.number if life else 0, row)


def _history(place: _Place, life: _Life) -> FileMoment:
    params = {"number": str(life.number), "words": life.fault}
    row = TimelineRow(place.record_id, place.at, place.at, "", "", UNTOLD, params, False)
    return FileMoment(place.ticket_id, life.number, row)
