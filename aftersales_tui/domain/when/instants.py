"""One instant: when a callback is due, when something happened (C1, C6, P8)."""

from datetime import date, datetime, tzinfo

from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.clocks import Hours
from aftersales_tui.domain.when.days import View
from aftersales_tui.domain.when.said import Said, not_understood, read
from aftersales_tui.domain.when.wall import dates_of, later, local_date, readable
from aftersales_tui.domain.when.words import Words


def moment(text: str, now: datetime, zone: tzinfo, words: Words) -> datetime:
    """The instant to come that was said, in UTC: ``+2h``, 明天下午3点, ``fri 9:00`` (C1, C6).

    A part of the day rings at its start; one that runs already, at the next full hour in it. A clock time that
    has passed today is tomorrow's. A day alone is the beginning of the working day.

    Args:
        text: What was typed, in any of the three languages.
        now: Aware.
        zone: The shop's zone.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.not_understood``; ``when.past`` for a day that was named and is over.
    """
    today = local_date(now, zone)
    with readable(text):
        said = read(text, View(today), words)
        if said is None or said.ranged or (said.day and said.day.precision == "year"):
            raise not_understood(text)
        for due in _dues(said, today, now, zone, words):
            if due >= now:
                return due
    raise Invalid("when.past", text=text)


def _dues(said: Said, today: date, now: datetime, zone: tzinfo, words: Words) -> list[datetime]:
    if said.offset is not None and not said.timed:
        return [later(now, said.offset.span, zone)]
    hours = said.hours(words)
    return [_due(said, hours, day, now, zone) for day in dates_of(said, today, 1)]


def _due(said: Said, hours: Hours, day: date, now: datetime, zone: tzinfo) -> datetime:
    """When a time on that day is due; earlier than now if it is over."""
    start = wall_instant(day, hours.start, zone)
    if hours.end is None:
        return start
    end = wall_instant(day, hours.end, zone)
    if said.bound == "before":
        return end
    if start >= now:
        return start
    wall = now.astimezone(zone)
    return min(end, wall_instant(wall.date(), (wall.hour + 1) * 60, zone))


def happened(text: str, now: datetime, zone: tzinfo, words: Words) -> datetime:
    """The latest instant that fits, in UTC: ``14:10``, 10分钟前, 昨天下午3点; entered afterwards (P8, V1).

    A clock time that has not come today is yesterday's.

    Args:
        text: What was typed, in any of the three languages.
        now: Aware.
        zone: The shop's zone.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.not_understood``, also for a day without a time; ``when.in_future``.
    """
    today = local_date(now, zone)
    with readable(text):
        said = read(text, View(today, past=True), words)
        if said is None or said.ranged or not (said.timed or said.offset):
            raise not_understood(text)
        if said.offset is not None and not said.timed:
            found = [later(now, said.offset.span, zone)]
        else:
            start = said.hours(words).start
            found = [wall_instant(day, start, zone) for day in dates_of(said, today, -1)]
        for then in found:
            if then <= now:
                return then
    raise Invalid("when.in_future", text=text)
