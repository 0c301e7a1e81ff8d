"""Times of the day as people say them: 下午3点, ``2-4pm``, 三点半, 周五上午's 上午."""

from typing import NamedTuple

from aftersales_tui.domain.when.tokens import Cursor
from aftersales_tui.domain.when.words import PartOfDay, Words

HALF_DAY = 12 * 60
QUARTER = 15


class Clock(NamedTuple):
    """One clock time as said.

    Attributes:
        hour: 0 to 24.
        minute: 0 to 59.
        part: The part of the day said with it.
        fixed: Written as the 24-hour clock writes it, with a leading zero or in four digits.
        bare: A number alone, which is a time only beside a day, another time or ``at``.
    """

    hour: int
    minute: int = 0
    part: PartOfDay | None = None
    fixed: bool = False
    bare: bool = False

    def minutes(self, part: PartOfDay | None, words: Words) -> int:
        """Minutes from midnight; over 1440 for 今晚1点, which is past midnight."""
        said = self.hour * 60 + self.minute
        if self.hour > 12 or (part is None and self.fixed):
            return said
        if part is None:
            first, last = words.bare_afternoon
            return said + HALF_DAY if first <= self.hour <= last else said
        if self.hour == 0 and part.clock_from < HALF_DAY:
            return said
        return part.clock_from + (said - part.clock_from) % HALF_DAY


class Hours(NamedTuple):
    """A time of the day in minutes from midnight; ``end`` is none for one instant."""

    start: int
    end: int | None = None


class Times(NamedTuple):
    """One clock time, or two that a ``to`` joins."""

    start: Clock
    end: Clock | None = None

    @property
    def bare(self) -> bool:
        """Whether it is only a number."""
        return self.start.bare and self.end is None

    def hours(self, part: PartOfDay | None, words: Words) -> Hours:
        """The minutes meant. In ``2-4pm`` and 下午3点到5点 one part of the day serves both ends.

        Args:
            part: A part of the day said elsewhere, as in ``at 8 tonight``.
            words: For the hours of a number alone.
        """
        start_part = self.start.part or part
        if self.end is None:
            return Hours(self.start.minutes(start_part, words))
        end_part = self.end.part or part
        start = self.start.minutes(start_part or end_part, words)
        end = self.end.minutes(end_part or start_part, words)
        if end <= start and start_part is None and end_part is not None:
            # 11-1pm begins in the morning.
            start -= HALF_DAY if start >= HALF_DAY else 0
        elif end <= start and end_part is None:
            # 上午10点到3点 ends in the afternoon; 6-8 begins in it, as 6 alone does.
            end = self._bare_end(self.end, start, words)
        return Hours(start, end)

    def _bare_end(self, clock: Clock, start: int, words: Words) -> int:
        end = clock.minutes(None, words)
        moved = start >= HALF_DAY > self.start.hour * 60
        return end + HALF_DAY if end <= start and moved and clock.hour <= 12 else end


def _written_minute(cursor: Cursor) -> int | None:
    token = cursor.number()
    if token is None or token.number is None or len(token.text) > 2 or token.number > 59:
        return None
    return token.number


def _after_hour_word(cursor: Cursor) -> int:
    """The minutes behind 点: 三点半, 两点一刻, 3点20分, 3点."""
    start = cursor.at
    if cursor.mark("half"):
        return 30
    quarters = cursor.value(1, 3)
    if quarters is not None and cursor.mark("quarter"):
        return quarters * QUARTER
    cursor.at = start
    minute = _written_minute(cursor)
    if minute is None or cursor.text in {"-", ":", "/"} or cursor.text in cursor.words.marks.get("hour", ()):
        cursor.at = start
        return 0
    cursor.mark("minute")
    return minute


def _past_hour(cursor: Cursor) -> Clock | None:
    """``half past 3``, ``quarter to 4``."""
    for office, minutes in (("half_past", 30), ("quarter_past", QUARTER), ("quarter_to", -QUARTER)):
        if cursor.mark(office):
            hour = cursor.value(1, 12)
            if hour is None:
                return None
            return Clock(hour, minutes) if minutes > 0 else Clock(hour - 1 or 12, 60 + minutes)
    return None


def _digits(cursor: Cursor) -> Clock | None:
    token = cursor.number()
    if token is None or token.number is None:
        return None
    fixed = token.text.isascii() and (token.text.startswith("0") or len(token.text) == 4)
    if len(token.text) == 4 and fixed:
        hour, minute = divmod(token.number, 100)
        return Clock(hour, minute, fixed=True, bare=True) if minute < 60 and _real(hour, minute) else None
    start = cursor.at
    if cursor.sign(":"):
        written = _written_minute(cursor)
        if written is not None and cursor.sign(":"):
            # Seconds are said by machines only.
            written = written if _written_minute(cursor) is not None else None
        if written is None:
            cursor.at = start
            return None
        return Clock(token.number, written, fixed=fixed)
    if cursor.mark("hour"):
        return Clock(token.number, _after_hour_word(cursor), fixed=fixed)
    return Clock(token.number, fixed=fixed, bare=True)


def _real(hour: int, minute: int) -> bool:
    return hour < 24 or (hour == 24 and minute == 0)


def _read_clock(cursor: Cursor) -> Clock | None:
    start = cursor.at
    part = cursor.word(cursor.words.parts)
    cursor.fillers()
    at = cursor.mark("at")
    clock = _past_hour(cursor) or _digits(cursor)
    if clock is None or not _real(clock.hour, clock.minute):
        cursor.at = start
        return None
    behind = cursor.at
    if part is None:
        cursor.fillers()
        part = cursor.word(cursor.words.parts)
        if part is None:
            cursor.at = behind
    return clock._replace(part=part, bare=clock.bare and part is None and not at)


def read_times(cursor: Cursor) -> Times | None:
    """One clock time or a range of two; nothing is taken if there is none here."""
    start = _read_clock(cursor)
    if start is None:
        return None
    behind = cursor.at
    end = _read_clock(cursor) if cursor.sign("-") or cursor.mark("to") else None
    if end is None:
        cursor.at = behind
    return Times(start, end)
