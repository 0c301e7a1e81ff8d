"""Quiet hours 免打扰时段: when a customer does not want to be rung (B2)."""

import re
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.calendar import DAY, Calendar, wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow

Quiet = tuple[tuple[int, int], ...]
"""Spans in minutes of the wall clock; one that ends before it starts goes on past midnight."""
MOST_SPANS = 6
MOST_DAYS_AHEAD = 14
"""So far ahead a moment is looked for at which we are open and he may be rung."""

_SECOND = timedelta(seconds=1)
# Compiled by whoever reads such hours: a desk at rest does not.
_SPAN = r"(\d{1,2})(?::?([0-5]\d))?\s*[-~]\s*(\d{1,2})(?::?([0-5]\d))?"
_APART = r"[\s,;\u3001\u3002/]+"
_BESIDE_DASH = r"\s*([-~\u2013\u2014\u81f3\u5230])+\s*"


def read_quiet(text: str) -> Quiet:
    """The spans somebody has typed: ``12:00-14:00 22:00-08:00``, ``12-14, 22-8``; none for an empty text.

    Raises:
        Invalid: ``quiet.not_understood``; ``quiet.whole_day`` when no minute is left in which he may be rung.
    """
    said = re.sub(_BESIDE_DASH, "-", narrow(text).strip())
    spans = [_span(piece, text) for piece in re.split(_APART, said) if piece]
    if len(spans) > MOST_SPANS:
        raise Invalid("quiet.not_understood", field="quiet", text=text)
    quiet = tuple(sorted(set(spans)))
    if quiet and all(covers(quiet, minute) for minute in {end % DAY for _, end in quiet}):
        raise Invalid("quiet.whole_day", field="quiet", text=text)
    return quiet


def _span(piece: str, text: str) -> tuple[int, int]:
    found = re.fullmatch(_SPAN, piece)
    if found is None:
        raise Invalid("quiet.not_understood", field="quiet", text=text)
    first, first_minute, last, last_minute = (int(part or 0) for part in found.groups())
    start, end = first * 60 + first_minute, last * 60 + last_minute
    if start >= DAY or end > DAY or start == end:
        raise Invalid("quiet.not_understood", field="quiet", text=text)
    return start, end


def quiet_text(quiet: Quiet) -> str:
    """The spans as they are stored and shown."""
    return " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in quiet)


def stored_quiet(text: str) -> Quiet:
    """The spans of a stored text; none where it cannot be read: an older file must not stop a call."""
    try:
        return read_quiet(text)
    except Invalid:
        return ()


def covers(quiet: Quiet, minute: int) -> bool:
    """Whether a minute of the day is quiet."""
    return any(
        start <= minute < end if start < end else minute >= start or minute < end for start, end in quiet
    )


def is_quiet(quiet: Quiet, at: datetime, zone: tzinfo) -> bool:
    """Whether he is not to be rung at an instant."""
    wall = at.astimezone(zone)
    return covers(quiet, wall.hour * 60 + wall.minute)


def after_quiet(quiet: Quiet, at: datetime, zone: tzinfo) -> datetime:
    """``at`` if he may be rung then, else the end of the quiet spans that follow one another there."""
    for _ in range(len(quiet) + 1):
        if not is_quiet(quiet, at, zone):
            return at
        wall = at.astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        end = max(_ends(quiet, minute))
        at = max(wall_instant(wall.date(), end, zone), at + _SECOND)
    return at


def ringing_time(at: datetime, calls: Calendar, quiet: Quiet = ()) -> datetime:
    """``at`` if a customer may be rung then, else the next moment; closing time itself is still in time.

    Where his quiet hours leave nothing of the shop's for two weeks, the end of his quiet hours is answered: the
    list then shows a person whom somebody has to think about, instead of nobody.

    Args:
        at: The wanted instant.
        calls: The hours in which customers may be rung.
        quiet: The hours in which this one may not.

    Raises:
        Invalid: ``calendar.never_open`` when nobody may ever be rung.
    """
    last = at + timedelta(days=MOST_DAYS_AHEAD)
    found = max(at, calls.next_open(at - _SECOND))
    while found <= last:
        free = after_quiet(quiet, found, calls.zone)
        if free == found:
            return found
        found = calls.next_open(free)
    return after_quiet(quiet, at, calls.zone)


def _ends(quiet: Quiet, minute: int) -> list[int]:
    """Where the spans end that cover a minute, in minutes from the midnight before it."""
    ends = []
    for start, end in quiet:
        if start < end and start <= minute < end:
            ends.append(end)
        elif start > end and minute >= start:
            ends.append(end + DAY)
        elif start > end and minute < end:
            ends.append(end)
    return ends


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
