"""The window of a visit as it is agreed on the phone (D2)."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.clocks import Hours
from aftersales_tui.domain.when.days import View
from aftersales_tui.domain.when.said import Said, not_understood, read
from aftersales_tui.domain.when.spans import Offset
from aftersales_tui.domain.when.wall import MINUTE, dates_of, later, local_date, readable
from aftersales_tui.domain.when.words import Words


def window(text: str, now: datetime, zone: tzinfo, words: Words, default_length: timedelta) -> Window:
    """The window that was said: ``14-16``, ``fri 9-11``, 周五上午, 明天下午3点到5点 (D2).

    ``14-16`` without a day is today's, or tomorrow's once that is over. A day alone is the whole day;
    ``after 3pm`` and 5点前 reach to the edge of the whole day.

    Args:
        text: What was typed, in any of the three languages.
        now: Aware.
        zone: The shop's zone.
        words: What ``lexicon.words.load_words`` read.
        default_length: How long a visit is for which one instant was said; longer than nothing.

    Raises:
        Invalid: ``when.not_understood``; ``when.past`` for a window or an instant that is over;
            ``window.ends_before_start`` for ``16-14``.
    """
    today = local_date(now, zone)
    asked = _Asked(text, now, zone, default_length)
    with readable(text):
        said = _said(text, today, words)
        if said is None or said.vague:
            raise not_understood(text)
        if said.offset is not None and said.offset.span.exact:
            return asked.from_now(said.offset)
        hours = said.hours(words)
        if hours.end is not None and hours.end <= hours.start:
            raise Invalid("window.ends_before_start", text=text)
        for day in dates_of(said, today, 1):
            found = asked.on(day, hours)
            if found is not None:
                return found
    raise Invalid("when.past", text=text)


def _said(text: str, today: date, words: Words) -> Said | None:
    """``12-24 9:00`` begins with a date; ``12-24`` alone and ``2-4 pm`` are hours."""
    dated = read(text, View(today), words)
    if dated is not None and dated.times is not None:
        return dated
    return read(text, View(today, dash_is_date=False), words)


class _Asked(NamedTuple):
    text: str
    now: datetime
    zone: tzinfo
    default_length: timedelta

    def on(self, day: date, hours: Hours) -> Window | None:
        """The window of these hours on one day; none if it is over."""
        start = wall_instant(day, hours.start, self.zone)
        if hours.end is None:
            return None if start < self.now else Window(start, start + self.default_length)
        end = wall_instant(day, hours.end, self.zone)
        if end <= start:
            # Hours that the clock skips keep their length.
            end = start + (hours.end - hours.start) * MINUTE
        return None if end <= self.now else Window(start, end)

    def from_now(self, offset: Offset) -> Window:
        """``in 2 hours`` begins then; ``within 2 hours`` ends then."""
        due = later(self.now, offset.span, self.zone)
        if due < self.now:
            raise Invalid("when.past", text=self.text)
        if offset.direction == "within" and due > self.now:
            return Window(self.now, due)
        return Window(due, due + self.default_length)
