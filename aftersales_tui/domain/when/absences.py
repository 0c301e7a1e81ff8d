"""Time off as it is told: 明天, 周五下午, 8月1日到5日, ``tomorrow to friday``, ``next week``, 明天起3天 (A3, D2)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import DAY, wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.days import View, last_of_month
from aftersales_tui.domain.when.said import Said, not_understood, read
from aftersales_tui.domain.when.spans import Offset
from aftersales_tui.domain.when.wall import dates_of, later, local_date, readable, span_day
from aftersales_tui.domain.when.words import Words, normal

DASH = "-"
MOST_WORDS, MOST_LETTERS = 10, 40
"""Nobody says when he is away in more."""
_WORD = re.compile(r"\S+")
DAYS_OF = {"day": 1, "week": 7}
"""Days that a word of this precision stands for; a month has its own."""


def absence(text: str, now: datetime, zone: tzinfo, words: Words) -> Window:
    """The time somebody is away: a day alone is all of it, from midnight to midnight.

    Unlike a visit it may lie in the past: who was ill is written down when he is back.

    Args:
        text: What was typed, in any of the three languages.
        now: Aware.
        zone: The shop's zone.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.not_understood``; ``window.ends_before_start``.
    """
    asked = _Asked(now, zone, words)
    with readable(text):
        said = _said(text, local_date(now, zone), words)
        found = asked.of(said) if said is not None else None
        if found is not None and found[1] is not None:
            return Window(found[0], found[1])
        for edges in asked.from_to(normal(text)):
            return Window(*edges)
    raise not_understood(text)


def leading_absence(text: str, now: datetime, zone: tzinfo, words: Words) -> tuple[Window, str]:
    """The time off that a line begins with, as long as it makes sense, and what follows it: 明天到周五 年假.

    Args:
        text: What was typed; Chinese needs no blank behind the time.
        now: Aware.
        zone: The shop's zone.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.not_understood`` when it begins with none; ``window.ends_before_start``.
    """
    said = text.strip()
    ends = [found.end() for found in _WORD.finditer(said)][:MOST_WORDS]
    first = ends[0] if ends else 0
    glued = [] if said[:first].isascii() else range(min(first, MOST_LETTERS) - 1, 0, -1)
    for end in (*reversed(ends), *glued):
        try:
            return absence(said[:end], now, zone, words), said[end:].strip()
        except Invalid as error:
            if error.code != "when.not_understood":
                raise
    raise not_understood(text)


def _said(text: str, today: date, words: Words) -> Said | None:
    """``12-24`` alone and ``2-4 pm`` are hours, as in the window of a visit."""
    dated = read(text, View(today), words)
    if dated is not None and dated.times is not None:
        return dated
    return read(text, View(today, dash_is_date=False), words)


class _Asked(NamedTuple):
    now: datetime
    zone: tzinfo
    words: Words

    def of(self, said: Said, today: date | None = None) -> tuple[datetime, datetime | None] | None:
        """From when until when that is; no end for one instant, nothing for what stands for no time."""
        here = today or local_date(self.now, self.zone)
        if said.offset is not None and not said.timed:
            return self._offset(said.offset, here)
        day = dates_of(said, here, 1)[0]
        # All day is no visit's ten hours: who is off is off at night too.
        if said.times is not None or said.part not in (None, self.words.whole_day):
            hours = said.hours(self.words)
            start = self._at(day, hours.start)
            if hours.end is None:
                return start, None
            return start, self._at(day, hours.end if hours.end > hours.start else hours.end + DAY)
        precision = said.day.precision if said.day else "day"
        if precision == "month":
            return self._at(day, 0), self._at(last_of_month(day), DAY)
        if precision not in DAYS_OF:
            return None
        return self._at(day, 0), self._at(day + timedelta(days=DAYS_OF[precision] - 1), DAY)

    def _offset(self, offset: Offset, here: date) -> tuple[datetime, datetime | None] | None:
        """A length begins now or today; ``3 days later`` is that day."""
        length = not offset.direction or offset.direction == "within"
        if offset.span.exact:
            due = later(self.now, offset.span, self.zone)
            return (self.now, due) if length else (due, None)
        last = span_day(here, offset.span)
        if length:
            return self._at(here, 0), self._at(last, 0)
        return self._at(last, 0), self._at(last, DAY)

    def from_to(self, text: str) -> Iterator[tuple[datetime, datetime]]:
        """Both ends, where two days or instants are joined by a word or a dash, wherever that makes sense."""
        for left, right, lasting in _halves(text, self.words):
            first = read(left, View(local_date(self.now, self.zone)), self.words)
            begins = self.of(first) if first is not None else None
            if begins is None:
                continue
            day = local_date(begins[0], self.zone)
            second = read(right, View(day), self.words)
            end = second and self._end(second, begins[0], day, lasting=lasting)
            if end:
                if end <= begins[0]:
                    raise Invalid("window.ends_before_start", text=text)
                yield begins[0], end

    def _end(self, said: Said, start: datetime, day: date, *, lasting: bool) -> datetime | None:
        if lasting:
            if said.offset is None or said.timed or said.offset.direction:
                return None
            span = said.offset.span
            return later(start, span, self.zone) if span.exact else self._at(span_day(day, span), 0)
        found = self.of(said, day)
        return None if found is None else found[1] or found[0]

    def _at(self, day: date, minute: int) -> datetime:
        return wall_instant(day, minute, self.zone)


def _halves(text: str, words: Words) -> Iterator[tuple[str, str, bool]]:
    """The text before and behind each joint, and whether a length follows that."""
    joints = [(word, False) for word in (DASH, *words.marks.get("to", ()))]
    joints += [(word, True) for word in words.marks.get("lasting", ())]
    places = sorted(
        (at, -len(word), word, lasting)
        for word, lasting in joints
        for at in range(1, len(text))
        if text.startswith(word, at)
    )
    for at, _, word, lasting in places:
        left, right = text[:at].strip(), text[at + len(word) :].strip()
        if left and right:
            yield left, right, lasting
