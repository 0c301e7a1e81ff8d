"""An engineer's weekly shifts as they are said: ``mon-fri 8:30-18:00``, 周一到周五 8:30-12 13:30-18."""

from collections.abc import Iterator

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.tokens import Cursor, tokens
from aftersales_tui.domain.when.words import WEEKEND, Words

DAY = 24 * 60
WEEK = range(1, 8)


def weekly_shifts(text: str, words: Words) -> tuple[tuple[int, int, int], ...]:
    """Weekday (Monday is 0), start and end in minutes of the day; an end over 1440 lies on the next day (D7).

    Args:
        text: Days, then one or more spans, as often as days differ: ``mon-fri 9-12 13-18 sat 9-12``; without
            days it is every day.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``grammar.bad_shift``.
    """
    cursor = Cursor(tokens(text, words), words)
    found: dict[tuple[int, int, int], None] = {}
    while not found or not cursor.done:
        start = cursor.at
        days = _days(cursor)
        if not days and (found or cursor.at != start):
            raise _not_understood(text)
        spans = list(_spans(cursor))
        if not spans:
            raise _not_understood(text)
        found |= dict.fromkeys((day - 1, *span) for day in dict.fromkeys(days or WEEK) for span in spans)
    return tuple(found)


def _not_understood(text: str) -> Invalid:
    return Invalid("grammar.bad_shift", text=text[:80], field="shift")


def _spans(cursor: Cursor) -> Iterator[tuple[int, int]]:
    """The spans that stand here, up to the next days."""
    while not cursor.done:
        start = cursor.at
        span = _span(cursor)
        if span is None:
            cursor.at = start
            return
        yield span


def _to(cursor: Cursor) -> bool:
    return bool(cursor.sign("-")) or cursor.mark("to")


def _days(cursor: Cursor) -> list[int]:
    found: list[int] = []
    while (first := cursor.word(cursor.words.weekdays)) is not None:
        last = cursor.word(cursor.words.weekdays) if _to(cursor) else first
        if last is None:
            return []
        first, last = _edges(first)[0], _edges(last)[1]
        # sat-mon runs over the end of the week.
        found += [(day - 1) % 7 + 1 for day in range(first, last + 1 if last >= first else last + 8)]
    return found


def _edges(weekday: int) -> tuple[int, int]:
    return (6, 7) if weekday == WEEKEND else (weekday, weekday)


def _span(cursor: Cursor) -> tuple[int, int] | None:
    start = _clock(cursor)
    end = _clock(cursor) if start is not None and _to(cursor) else None
    if start is None or end is None:
        return None
    return start, end if end > start else end + DAY


def _clock(cursor: Cursor) -> int | None:
    hour = cursor.value(0, 24)
    if hour is None:
        return None
    minute: int | None = 0
    if cursor.sign(":"):
        minute = cursor.value(0, 59)
    elif cursor.mark("hour"):
        minute = 30 if cursor.mark("half") else cursor.value(0, 59) or 0
        cursor.mark("minute")
    if minute is None or hour * 60 + minute > DAY:
        return None
    return hour * 60 + minute
