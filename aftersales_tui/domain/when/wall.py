"""From what was said to dates and instants, on the wall clock of the shop's zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo

from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.when.days import months_later
from aftersales_tui.domain.when.said import Said, not_understood
from aftersales_tui.domain.when.spans import Span

MINUTE = timedelta(minutes=1)


@contextmanager
def readable(text: str) -> Iterator[None]:
    """What the calendar cannot hold, such as a day after the year 9999, was not understood."""
    try:
        yield
    except (OverflowError, ValueError):
        raise not_understood(text) from None


def local_date(now: datetime, zone: tzinfo) -> date:
    """Today in the shop's zone.

    Raises:
        TypeError: ``now`` has no zone and would be read in the machine's.
    """
    if now.utcoffset() is None:
        raise TypeError(now)
    return now.astimezone(zone).date()


def span_day(today: date, span: Span) -> date:
    """The date some calendar months and days from today."""
    return months_later(today, span.months) + timedelta(days=span.days)


def later(now: datetime, span: Span, zone: tzinfo) -> datetime:
    """Now and a span, in UTC: days and months by the wall clock, minutes in real time."""
    wall = now.astimezone(zone)
    day = span_day(wall.date(), span)
    if day != wall.date():
        rest = timedelta(seconds=wall.second, microseconds=wall.microsecond)
        now = wall_instant(day, wall.hour * 60 + wall.minute, zone) + rest
    return now.astimezone(UTC) + span.minutes * MINUTE


def dates_of(said: Said, today: date, otherwise: int) -> tuple[date, ...]:
    """The days that may be meant, in the order they are tried.

    Args:
        said: With a day, an offset in days, or only a time.
        today: In the shop's zone.
        otherwise: Where only a time was said and today's is over: so many days from today.
    """
    if said.day is not None:
        return said.day.dates
    if said.offset is not None:
        return (span_day(today, said.offset.span),)
    return (today, today + timedelta(days=otherwise))
