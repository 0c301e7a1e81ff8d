"""What was said as a whole: a day, a time, an offset, in any order and any mix of the three languages."""

from typing import NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.clocks import Hours, Times, read_times
from aftersales_tui.domain.when.dates import read_day
from aftersales_tui.domain.when.days import SaidDay, View
from aftersales_tui.domain.when.spans import Offset, read_offset
from aftersales_tui.domain.when.tokens import MOST_LETTERS, Cursor, tokens
from aftersales_tui.domain.when.words import PartOfDay, Words


def not_understood(text: str) -> Invalid:
    """The refusal that names what was typed, cut to what a line can show."""
    return Invalid("when.not_understood", text=text[:MOST_LETTERS])


class Said(NamedTuple):
    """The pieces that were said, each of them or not.

    Attributes:
        bound: ``after`` or ``before``, said of a clock time or part of the day.
    """

    day: SaidDay | None = None
    offset: Offset | None = None
    times: Times | None = None
    part: PartOfDay | None = None
    bound: str = ""

    @property
    def timed(self) -> bool:
        """Whether an hour or a part of the day was said."""
        return self.times is not None or self.part is not None

    @property
    def ranged(self) -> bool:
        """Whether two clock times were said."""
        return self.times is not None and self.times.end is not None

    @property
    def vague(self) -> bool:
        """Whether no single day was said: a week, a month, or any of the next days."""
        within = self.offset is not None and self.offset.direction == "within" and not self.offset.span.exact
        return within or (self.day is not None and self.day.precision != "day")

    def whole(self) -> bool:
        """Whether the pieces make sense together."""
        if self.times is not None and self.times.bare and not (self.day or self.offset or self.part):
            return False
        if self.offset is not None and (self.day is not None or (self.timed and self.offset.span.exact)):
            return False
        return bool(self.day or self.offset or self.timed) and (self.timed or not self.bound)

    def hours(self, words: Words) -> Hours:
        """The hours of the day that were said; those of the whole day if none were."""
        whole = words.whole_day
        if self.times is not None:
            hours = self.times.hours(self.part, words)
        else:
            part = self.part or whole
            hours = Hours(part.start, part.end)
        if self.bound == "after":
            return Hours(hours.start, whole.end if whole.end > hours.start else None)
        if self.bound == "before":
            return Hours(min(whole.start, hours.start), hours.start)
        return hours


class _Reading:
    """Takes piece after piece; each reader says whether it took one."""

    def __init__(self, cursor: Cursor, view: View) -> None:
        self._cursor = cursor
        self._view = view
        self.said = Said()

    def read(self) -> bool:
        """Reads to the end; whether everything was understood."""
        pieces = (self._offset, self._day, self._length, self._times, self._part, self._bound, self._small)
        while not self._cursor.done:
            if not any(piece() for piece in pieces):
                return False
        return self.said.whole()

    def _length(self) -> bool:
        """两年 in a purchase date, after it turned out to be no date."""
        return self._view.past and self._offset(doubtful=True)

    def _offset(self, *, doubtful: bool = False) -> bool:
        if self.said.offset is not None:
            return False
        offset = read_offset(self._cursor, past=self._view.past, doubtful=doubtful)
        self.said = self.said._replace(offset=offset)
        return offset is not None

    def _day(self) -> bool:
        start = self._cursor.at
        both = _one_day(self.said.day, read_day(self._cursor, self._view))
        if both is None:
            self._cursor.at = start
            return False
        self.said = self.said._replace(day=both)
        return True

    def _times(self) -> bool:
        times = None if self.said.times else read_times(self._cursor)
        if times is not None:
            self.said = self.said._replace(times=times)
        return times is not None

    def _part(self) -> bool:
        part = None if self.said.part else self._cursor.word(self._cursor.words.parts)
        if part is not None:
            self.said = self.said._replace(part=part)
        return part is not None

    def _bound(self) -> bool:
        if self.said.bound:
            return False
        bound = next((way for way in ("after", "before") if self._cursor.mark(way)), "")
        self.said = self.said._replace(bound=bound)
        return bool(bound)

    def _small(self) -> bool:
        return self._cursor.mark("at") or self._cursor.fillers()


def _one_day(known: SaidDay | None, other: SaidDay | None) -> SaidDay | None:
    """Of ``friday 24 december`` the date, if it is a Friday, of 周末26号 if it is one of the two; else none."""
    if known is None or other is None:
        return other
    if known.weekday == other.weekday:
        return None
    name, exact = (known, other) if known.weekday else (other, known)
    return exact if exact.dates[0].weekday() in {day.weekday() for day in name.dates} else None


def read(text: str, view: View, words: Words) -> Said | None:
    """What was said; none if any of it was not understood."""
    if len(text) > MOST_LETTERS:
        return None
    reading = _Reading(Cursor(tokens(text, words), words), view)
    return reading.said if reading.read() else None
