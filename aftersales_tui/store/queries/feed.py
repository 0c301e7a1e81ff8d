"""What has changed: the time line of a ticket, and what is new since a place in the feed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, exists, select

from aftersales_tui.store.packing import MOVED, unpacked
from aftersales_tui.store.tables import Counter, FeedEntry, Staff
from aftersales_tui.views.act import Changes
from aftersales_tui.views.tickets import TimelineRow

FEED: Any = FeedEntry.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
COUNTER: Any = Counter.__table__  # type: ignore[attr-defined]
AT_ONCE = 500
"""How many entries one look tells; a seat that has missed more hears the rest at its next look."""

_LATEST = select(COUNTER.c.value).where(COUNTER.c.shop_id == bindparam("shop"), COUNTER.c.name == "feed")
_SINCE = (
    select(FEED.c.seq, FEED.c.subject, FEED.c.changes)
    .where(FEED.c.shop_id == bindparam("shop"), FEED.c.seq > bindparam("seq"))
    .order_by(FEED.c.seq)
    .limit(bindparam("at_once"))
)


def _timeline() -> Select[Any]:
    later = FEED.alias("later")
    undone = exists().where(
        later.c.shop_id == FEED.c.shop_id, later.c.subject == FEED.c.subject, later.c.undoes == FEED.c.seq
    )
    return (
        select(
            FEED.c.seq,
            FEED.c.happened_at,
            FEED.c.entered_at,
            STAFF.c.name,
            FEED.c.seat,
            FEED.c.verb,
            FEED.c.params,
            undone,
        )
        .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
        .where(FEED.c.shop_id == bindparam("shop"), FEED.c.subject == bindparam("subject"))
        .order_by(FEED.c.seq)
    )


_LATER = FEED.alias("later")
_STANDS = (FEED.c.undoes == 0) & ~exists().where(
    _LATER.c.shop_id == FEED.c.shop_id, _LATER.c.subject == FEED.c.subject, _LATER.c.undoes == FEED.c.seq
)
"""Neither takes anything back nor was taken back: what is left when both are put aside."""
_TIMELINE = _timeline()
_LAST_MINE = (
    select(FEED.c.seq)
    .where(
        FEED.c.shop_id == bindparam("shop"),
        FEED.c.staff_id == bindparam("staff"),
        _STANDS,
        # Whoever only looked at a contact has done nothing that he would want to take back.
        FEED.c.verb.not_in(("claim", "release")),
    )
    .order_by(FEED.c.seq.desc())
)
_LAST_OF_SUBJECT = (
    select(FEED.c.seq, STAFF.c.name)
    .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
    .where(FEED.c.shop_id == bindparam("shop"), FEED.c.subject == bindparam("subject"), _STANDS)
    .order_by(FEED.c.seq.desc())
    .limit(1)
)
_CHANGES = (
    select(FEED.c.changes, STAFF.c.name)
    .join(STAFF, (STAFF.c.shop_id == FEED.c.shop_id) & (STAFF.c.id == FEED.c.staff_id))
    .where(FEED.c.shop_id == bindparam("shop"), FEED.c.subject == bindparam("subject"))
    .order_by(FEED.c.seq.desc())
    .limit(AT_ONCE)
)
_ENTRY = select(FEED.c.verb, FEED.c.subject, FEED.c.params, FEED.c.changes).where(
    FEED.c.shop_id == bindparam("shop"), FEED.c.seq == bindparam("seq")
)


class Told(NamedTuple):
    """An entry as undo reads it: what was done to which records."""

    verb: str
    subject: int
    params: dict[str, str]
    changes: list[dict[str, Any]]


def entry(connection: Connection, shop_id: int, seq: int) -> Told | None:
    """One entry of the feed."""
    row = connection.execute(_ENTRY, {"shop": shop_id, "seq": seq}).first()
    return None if row is None else Told(*row)


def changed_since(
    connection: Connection, shop_id: int, subject: int, seen: tuple[str, int, int]
) -> tuple[str, dict[str, tuple[Any, Any]]]:
    """Who has changed a record last since a version, and each field as it was then and as it is.

    Args:
        subject: The ticket the record belongs to.
        seen: The record's table, id, and the version that was seen.
    """
    table, record_id, version = seen
    by, fields = "", dict[str, tuple[Any, Any]]()
    for changes, name in connection.execute(_CHANGES, {"shop": shop_id, "subject": subject}):
        for one in changes:
            if (one["table"], one["id"]) != (table, record_id) or not (one["before"] and one["after"]):
                continue
            if one["before"].get("version", 0) < version:
                return by, fields
            by = by or name
            for column, value in one["before"].items():
                if column == "version":
                    continue
                fields[column] = (value, fields.get(column, (None, one["after"][column]))[1])
    return by, fields


def latest(connection: Connection, shop_id: int) -> int:
    """The newest entry's place in the feed; 0 for an empty one."""
    return int(connection.execute(_LATEST, {"shop": shop_id}).scalar() or 0)


def since(connection: Connection, shop_id: int, seq: int, at_once: int = AT_ONCE) -> Changes:
    """The records that the next entries after ``seq`` have touched."""
    newest, tickets, contacts = seq, set[int](), set[int]()
    wanted = {"shop": shop_id, "seq": seq, "at_once": at_once}
    for place, subject, changes in connection.execute(_SINCE, wanted):
        newest = max(newest, place)
        tickets.add(subject)
        tickets.update(_merged(changes))
        contacts.update(change["id"] for change in changes if change["table"] == "contact")
    return Changes(newest, frozenset(tickets), frozenset(contacts))


def _merged(changes: list[dict[str, Any]]) -> Iterator[int]:
    """What a merge has changed besides its subject: both files, and all that has moved from one to the other."""
    if not any(MOVED in change for change in changes):
        return
    for change in changes:
        if change["table"] == "customer":
            yield change["id"]
        yield from unpacked(change.get(MOVED, ""))


def timeline(connection: Connection, shop_id: int, subject: int) -> tuple[TimelineRow, ...]:
    """Everything that ever happened to a ticket, in order of entry."""
    rows = connection.execute(_TIMELINE, {"shop": shop_id, "subject": subject})
    return tuple(
        TimelineRow(row[0], row[1], row[2], row[3], row[4], row[5], dict(row[6]), bool(row[7]))
        for row in rows
    )


def last_of(connection: Connection, shop_id: int, subject: int) -> tuple[int, str]:
    """The newest entry of a subject that stands, and who made it; ``(0, "")`` when there is none."""
    row = connection.execute(_LAST_OF_SUBJECT, {"shop": shop_id, "subject": subject}).first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def last_by(connection: Connection, shop_id: int, staff_id: int) -> int:
    """The newest entry of a person that stands; 0 when there is none."""
    row = connection.execute(_LAST_MINE.limit(1), {"shop": shop_id, "staff": staff_id}).scalar()
    return int(row or 0)
