"""Spans of time as people say them: ``+2h``, 半小时后, ``two years ago``."""

from typing import NamedTuple

from aftersales_tui.domain.when.tokens import Cursor

UNITS = ("minute", "quarter", "hour", "day", "week", "month", "year")
"""From the finest to the coarsest."""

_SIZE = {
    "minute": (0, 0, 1),
    "quarter": (0, 0, 15),
    "hour": (0, 0, 60),
    "day": (0, 1, 0),
    "week": (0, 7, 0),
    "month": (1, 0, 0),
    "year": (12, 0, 0),
}
"""Months, days and minutes of one."""


class Span(NamedTuple):
    """A length of time; months and days are those of the calendar, minutes are real ones.

    Attributes:
        months: Calendar months.
        days: Calendar days.
        minutes: Minutes of 60 seconds.
        finest: The smallest unit that was said, which tells how exact it is meant.
    """

    months: int = 0
    days: int = 0
    minutes: int = 0
    finest: str = "year"

    @property
    def exact(self) -> bool:
        """Whether it ends at a minute and not on a day."""
        return self.finest in UNITS[:3]

    def plus(self, other: "Span") -> "Span":
        """Both together."""
        finest = min(self.finest, other.finest, key=UNITS.index)
        return Span(
            self.months + other.months, self.days + other.days, self.minutes + other.minutes, finest
        )  # fmt: skip

    def back(self) -> "Span":
        """The same length into the past."""
        return Span(-self.months, -self.days, -self.minutes, self.finest)


class Offset(NamedTuple):
    """A span counted from now.

    Attributes:
        span: Negative for the past.
        direction: ``after``, ``before``, ``within``; empty if only a length was said.
    """

    span: Span
    direction: str


def _of(hundredths: int, unit: str) -> Span | None:
    """None for half a day or week: nobody can tell which hour is meant."""
    whole, rest = divmod(hundredths, 100)
    if unit == "hour":
        return Span(minutes=hundredths * 60 // 100, finest="minute" if rest else "hour")
    if unit == "month" and rest == 50:
        return Span(months=whole, days=15, finest="month")
    if unit == "year" and hundredths * 12 % 100 == 0:
        return Span(months=hundredths * 12 // 100, finest="month" if rest else "year")
    if rest:
        return None
    months, days, minutes = (size * whole for size in _SIZE[unit])
    return Span(months, days, minutes, unit)


def _decimals(cursor: Cursor) -> int:
    start = cursor.at
    if cursor.sign("."):
        token = cursor.number()
        if token is not None and token.text.isascii() and len(token.text) <= 2:
            return int(token.text.ljust(2, "0"))
    cursor.at = start
    return 0


def _half_more(cursor: Cursor) -> int:
    """The half behind a number or unit: 两个半, ``two and a half``, ``an hour and a half``."""
    start = cursor.at
    if cursor.mark("joiner"):
        cursor.value(1, 1)
    if cursor.mark("half"):
        return 50
    cursor.at = start
    return 0


def _term(cursor: Cursor) -> tuple[Span, bool] | None:
    """One number and its unit, and whether that unit might also belong to a date or a clock (5日, 3分)."""
    number = cursor.number()
    if number is None:
        if not cursor.mark("half"):
            return None
        amount = 50 * (cursor.value(1, 1) or 1)
    else:
        amount = (number.number or 0) * 100 + _decimals(cursor)
        cursor.mark("counter")
        amount += _half_more(cursor)
    cursor.mark("counter")
    doubtful = any(cursor.text in cursor.words.marks.get(office, ()) for office in ("year", "day", "minute"))
    unit = cursor.word(cursor.words.units)
    span = None if unit is None else _of(amount + _half_more(cursor), unit)
    return None if span is None else (span, doubtful)


def read_span(cursor: Cursor) -> tuple[Span, bool] | None:
    """``1h30m``, 一年半; with it whether some unit is doubtful."""
    start = cursor.at
    term = _term(cursor)
    if term is None:
        cursor.at = start
        return None
    span, doubtful = term
    while True:
        start = cursor.at
        cursor.mark("joiner")
        term = _term(cursor)
        if term is None:
            cursor.at = start
            return span, doubtful
        span, doubtful = span.plus(term[0]), doubtful or term[1]


def _direction(cursor: Cursor) -> str:
    return next((way for way in ("after", "before", "within") if cursor.mark(way)), "")


def read_offset(cursor: Cursor, *, past: bool, doubtful: bool = False) -> Offset | None:
    """A span and which way it points from now.

    Args:
        cursor: Where to read.
        past: What a span without any direction means: ``2 years`` in a purchase date lies in the past.
        doubtful: Also without any direction where the unit may belong to a date: 两年.
    """
    start = cursor.at
    plus = bool(cursor.sign("+")) or cursor.mark("lead")
    before = "after" if plus else _direction(cursor)
    cursor.fillers()
    found = read_span(cursor)
    behind = "" if found is None else _direction(cursor)
    if (
        found is None
        or (found[1] and not (doubtful or before or behind))
        or (before and behind and before != behind)
    ):
        cursor.at = start
        return None
    direction = before or behind
    if direction == "before" or (past and not direction):
        return Offset(found[0].back(), "before")
    return Offset(found[0], direction)
