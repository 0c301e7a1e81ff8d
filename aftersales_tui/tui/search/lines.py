"""The lines of what was found (``/``): each group's word stands at its first line."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.search import FoundGroup, FoundRow

COLUMNS = (
    Column("search.group", 13),
    Column("search.at", 11, rank=3),
    Column("search.number", 8, rank=2),
    Column("search.who", 10, grow=2, most=20),
    Column("search.phone", 11, grow=1, most=16, rank=6),
    Column("search.what", 12, grow=3, most=40, rank=1),
    Column("search.words", 12, grow=4, rank=1),
    Column("search.status", 8, grow=1, most=14, rank=5),
)
KINDS = ("customer", "device", "ticket", "call", "note")
"""Part of a line's key: a call may have the id of its ticket."""


def key_of(row: FoundRow) -> int:
    """The line's number in the list."""
    return row.record_id * len(KINDS) + KINDS.index(row.kind)


def group_word(group: FoundGroup) -> str:
    """A group's name with how many there are: ``tickets 40+``."""
    count = say("search.more_than", n=group.count) if group.more else str(group.count)
    return say("search.counted", group=say(f"search.kind.{group.kind}"), count=count)


def group_lines(group: FoundGroup, now: datetime, zone: tzinfo, *, whole: bool = False) -> Iterator[Row]:
    """The lines of a group, as ``found_line``."""
    for place, row in enumerate(group.rows):
        yield found_line(row, now, zone, "" if place else group_word(group), whole=whole)


def found_line(row: FoundRow, now: datetime, zone: tzinfo, head: str = "", *, whole: bool = False) -> Row:
    """One record.

    Args:
        row: What was found.
        now: The moment.
        zone: The shop's.
        head: Of its group, where it is the first.
        whole: Whether every column is there. Otherwise a customer's number stands before the words about him too, for
            on a narrow screen there is no room for its column.
    """
    words = row.words if whole or row.kind != "customer" else f"{row.phone} {row.words}"
    cells = (
        head,
        at_word(row.at, now, zone),
        number_word(row.number) if row.number else "",
        row.who or row.phone,
        row.phone,
        " ".join(row.what.split()),
        " ".join(words.split()),
        say(f"status.{row.status}") if row.status else "",
    )
    return Row(key_of(row), cells, ("strong", "dim", "dim", "strong", "", "", "", "dim"))


def at_word(at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """When: the time of this year's days, the day of other years."""
    if at is None:
        return ""
    here = at.astimezone(zone)
    return f"{here:%m-%d %H:%M}" if here.year == now.astimezone(zone).year else f"{here:%Y-%m-%d}"
