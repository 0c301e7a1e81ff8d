"""What waits for one person: his message slips, and whether there are notes he has not read (C7, A1).

It is asked for at every start, before anybody enters the rooms of messages and of the handover book: of their tables
it names the few columns it needs.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, column, func, literal_column, select, table

from aftersales_tui.store.tables import FeedEntry, Ticket
from aftersales_tui.store.types import UTCDateTime
from aftersales_tui.views.tickets import CEILING

FEED: Any = FeedEntry.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
NOTE = table(
    "handover_note", column("shop_id"), column("id"), column("for_whom"), column("taken_at", UTCDateTime)
)
TAKEOVER = table(
    "takeover",
    column("shop_id"),
    column("id"),
    column("staff_id"),
    column("seq"),
    column("taken_at", UTCDateTime),
)
IS_MESSAGE = (TICKET.c.is_open == literal_column("1")) & (TICKET.c.for_whom != literal_column("''"))
"""Literal, as the partial index spells it."""

_SHOP: Any = bindparam("shop")
_LIMIT: Any = bindparam("limit")
_OPEN_NOTES = (
    select(NOTE.c.for_whom)
    .where(NOTE.c.shop_id == _SHOP, NOTE.c.taken_at.is_(None))
    .order_by(NOTE.c.id)
    .limit(_LIMIT)
)
_LAST_TAKEOVER = (
    select(TAKEOVER.c.seq, TAKEOVER.c.taken_at)
    .where(TAKEOVER.c.shop_id == _SHOP, TAKEOVER.c.staff_id == bindparam("staff"))
    .order_by(TAKEOVER.c.id.desc())
    .limit(1)
)
_MINE = (
    select(FEED.c.seq, FEED.c.entered_at)
    .where(FEED.c.shop_id == _SHOP, FEED.c.staff_id == bindparam("staff"))
    .order_by(FEED.c.seq.desc())
    .limit(_LIMIT)
)


class Mark(NamedTuple):
    """A place in the feed and its instant."""

    seq: int
    at: datetime


def for_person(statement: Select[Any], whom: str) -> Select[Any]:
    """Slips narrowed to a person: they name people as the caller has said them, so a part of the name is enough."""
    return statement.where(TICKET.c.for_whom.icontains(whom, autoescape=True)) if whom else statement


def messages(connection: Connection, shop_id: int, whom: str) -> int:
    """How many slips lie here for a person; the count stops above the ceiling."""
    some = for_person(select(TICKET.c.id).where(TICKET.c.shop_id == _SHOP, IS_MESSAGE), whom)
    counted = select(func.count()).select_from(some.limit(CEILING + 1).subquery())
    return int(connection.execute(counted, {"shop": shop_id}).scalar_one())


def addressees(connection: Connection, shop_id: int, limit: int) -> list[str]:
    """Whom the notes are for that nobody has taken over; empty for whoever comes."""
    return [row[0] for row in connection.execute(_OPEN_NOTES, {"shop": shop_id, "limit": limit})]


def last_takeover(connection: Connection, shop_id: int, staff_id: int) -> Mark | None:
    """The feed as somebody saw it when he last took a shift over, and when."""
    row = connection.execute(_LAST_TAKEOVER, {"shop": shop_id, "staff": staff_id}).first()
    return None if row is None else Mark(*row)


def latest_of(connection: Connection, shop_id: int, staff_id: int, limit: int) -> list[Mark]:
    """Somebody's own last entries, the newest first."""
    wanted = {"shop": shop_id, "staff": staff_id, "limit": limit}
    return [Mark(*row) for row in connection.execute(_MINE, wanted)]
