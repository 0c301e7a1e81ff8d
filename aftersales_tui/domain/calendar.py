"""Business time: the shop's open hours as instants, across holidays, moved working days and DST (P8).

Two calendars count time by the same four verbs: ``BusinessCalendar`` counts the shop's opening hours,
``RoundTheClock`` every minute. All instants are aware datetimes in UTC; the zone is only for reading the wall
clock. Nothing here walks minute by minute: a day is a handful of spans, kept once worked out.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from aftersales_tui.domain.errors import Invalid

FAR_FUTURE = datetime(9000, 1, 1, tzinfo=UTC)
"""Later than every real due; a thousand years below the last datetime, so that any zone can show it."""

DAY = 24 * 60
MOST_CLOSED_DAYS = 400
"""So many closed days in a row mean that the shop never opens again; its hours are wrong."""

DayKind = Literal["ordinary", "holiday", "worked"]
"""``worked`` is a weekend day that is worked in exchange for a holiday (调休)."""

Stretch = tuple[datetime, datetime]
"""From one instant up to, but without, another; in UTC."""

Spans = tuple[tuple[int, int], ...]
"""Open spans of one day in minutes from midnight on the wall clock, in order; 1440 is the next midnight."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When the shop is open in an ordinary week (A6).

    Attributes:
        week: The spans of Monday to Sunday; none for a day on which the shop stays closed.
        moved_as: The weekday (Monday is 0) whose spans hold on a moved working day (调休).

    Raises:
        Invalid: ``calendar.bad_spans`` when spans overlap, run backwards or leave the day.
    """

    week: tuple[Spans, ...]
    moved_as: int = 0

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not 0 <= self.moved_as <= 6:
            raise Invalid("calendar.bad_spans", spans=self.week)
        for spans in self.week:
            checked(spans)

    def on(self, day: date, kind: DayKind) -> Spans:
        """The spans of a day of that kind; a holiday has none."""
        if kind == "holiday":
            return ()
        return self.week[self.moved_as if kind == "worked" else day.weekday()]


def checked(spans: Spans) -> Spans:
    """The same spans, if they are in order and inside one day; else ``Invalid`` ``calendar.bad_spans``."""
    edges = [minute for span in spans for minute in span]
    if any(start >= end for start, end in spans) or edges != sorted(edges):
        raise Invalid("calendar.bad_spans", spans=spans)
    if edges and not 0 <= edges[0] < edges[-1] <= DAY:
        raise Invalid("calendar.bad_spans", spans=spans)
    return spans


def common(some: Spans, others: Spans) -> Spans:
    """The minutes that stand in both."""
    cut = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((start, end) for start, end in cut if start < end))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time as stretches in order that neither touch nor overlap; empty ones are dropped."""
    found: list[Stretch] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def outside(start: datetime, end: datetime, pauses: Iterable[Stretch]) -> Iterator[Stretch]:
    """What is left of ``start`` to ``end`` when the pauses are taken out."""
    for pause_start, pause_end in merged(pauses):
        if pause_start >= end:
            break
        if start < pause_start:
            yield start, pause_start
        start = max(start, pause_end)
    if start < end:
        yield start, end


def wall_instant(day: date, minute: int, zone: tzinfo) -> datetime:
    """The instant, in UTC, of a minute of the wall clock; a later minute never gives an earlier instant.

    A wall time that the clock skips in spring is the instant of the skip; one that it shows twice is
    the first of the two.
    """
    wall = datetime.combine(day + timedelta(days=minute // DAY), time(minute % DAY // 60, minute % 60), zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first <= second:
        return first
    naive = wall.replace(tzinfo=None)
    seconds = range(int((first - second).total_seconds()))

    def reached(second_no: int) -> bool:
        shown = (second + timedelta(seconds=second_no)).astimezone(zone)
        return shown.replace(tzinfo=None) >= naive

    return second + timedelta(seconds=bisect_left(seconds, True, key=reached))


class Calendar(ABC):
    """Counts open time; what is open, each kind of calendar says for itself.

    Attributes:
        zone: The shop's zone.
    """

    zone: tzinfo

    @abstractmethod
    def open_between(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The open stretches between two instants, cut at both, in order.

        Raises:
            Invalid: ``calendar.never_open`` when the shop stays closed for over a year.
        """

    @abstractmethod
    def later(self, start: datetime, *, days: int = 0, months: int = 0) -> datetime:
        """The same wall time some days or calendar months on; a month from 31 January ends with February."""

    def advance(self, start: datetime, amount: timedelta, pauses: Sequence[Stretch] = ()) -> datetime:
        """The first instant at which ``amount`` of open time outside the pauses has gone by (P8).

        Raises:
            Invalid: ``calendar.never_open`` when that never comes.
        """
        if amount <= timedelta(0):
            return start
        for stretch_start, stretch_end in outside(start, FAR_FUTURE, pauses):
            for opens, closes in self.open_between(stretch_start, stretch_end):
                if closes - opens >= amount:
                    return opens + amount
                amount -= closes - opens
        raise Invalid("calendar.never_open")

    def elapsed(self, start: datetime, end: datetime, pauses: Sequence[Stretch] = ()) -> timedelta:
        """The open time between two instants outside the pauses; none if ``end`` comes first."""
        return sum(
            (
                closes - opens
                for stretch in outside(start, end, pauses)
                for opens, closes in self.open_between(*stretch)
            ),
            timedelta(0),
        )

    def next_open(self, at: datetime) -> datetime:
        """``at`` itself while open, else the next opening."""
        for opens, _ in self.open_between(at, FAR_FUTURE):
            return opens
        raise Invalid("calendar.never_open")


@dataclass(frozen=True, slots=True)
class RoundTheClock(Calendar):
    """Every minute counts, by day and night."""

    zone: tzinfo

    def open_between(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The whole of it."""
        if start < end:
            yield start, end

    def later(self, start: datetime, *, days: int = 0, months: int = 0) -> datetime:
        """The same wall time on a later date."""
        return _on_date(start, _months_on(start.astimezone(self.zone).date(), months, days), self.zone)


@dataclass(frozen=True, eq=False)
class BusinessCalendar(Calendar):
    """The shop's open hours.

    Attributes:
        hours: The ordinary week.
        zone: The zone of the shop's wall clock.
        kind_of: Tells an ordinary day from a holiday and from a moved working day.
        overrides: Days with spans of their own, whatever they are otherwise; none means closed.
        within: Only these minutes of any day count, as for calls that may not ring at night.
    """

    hours: OpeningHours
    zone: tzinfo
    kind_of: Callable[[date], DayKind]
    overrides: Mapping[date, Spans] = field(default_factory=dict)
    within: Spans = ((0, DAY),)
    _days: dict[date, tuple[Stretch, ...]] = field(default_factory=dict, repr=False, compare=False)

    def open_on(self, day: date) -> tuple[Stretch, ...]:
        """The open stretches of one date of the wall clock."""
        known = self._days.get(day)
        if known is None:
            spans = self.overrides.get(day)
            if spans is None:
                spans = self.hours.on(day, self.kind_of(day))
            edges = (
                (wall_instant(day, start, self.zone), wall_instant(day, end, self.zone))
                for start, end in common(spans, self.within)
            )
            # Two threads may both work out a day; they write the same value.
            known = self._days[day] = tuple(stretch for stretch in edges if stretch[0] < stretch[1])
        return known

    def open_between(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The open stretches, day by day."""
        day = start.astimezone(self.zone).date()
        # One day more than the wall clock says: where it goes back over midnight, tomorrow has begun already.
        last = end.astimezone(self.zone).date() + timedelta(days=1)
        closed = 0
        while start < end and day <= last:
            stretches = self.open_on(day)
            closed = 0 if stretches else closed + 1
            if closed > MOST_CLOSED_DAYS:
                raise Invalid("calendar.never_open")
            for opens, closes in stretches:
                if opens >= end:
                    return
                if closes > start:
                    yield max(opens, start), min(closes, end)
            day += timedelta(days=1)

    def later(self, start: datetime, *, days: int = 0, months: int = 0) -> datetime:
        """The same wall time on a later date, from the next opening on; a day is one the shop opens on."""
        start = self.next_open(start)
        day = _months_on(start.astimezone(self.zone).date(), months)
        for _ in range(days):
            # The next opening after the last minute of ``day``: its date is the next working day.
            day = self.next_open(wall_instant(day, DAY, self.zone)).astimezone(self.zone).date()
        return _on_date(start, day, self.zone)


def _months_on(day: date, months: int, days: int = 0) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days=days)


def _on_date(start: datetime, day: date, zone: tzinfo) -> datetime:
    """The wall time of ``start`` on another date; seconds are kept."""
    wall = start.astimezone(zone)
    rest = timedelta(seconds=wall.second, microseconds=wall.microsecond)
    return wall_instant(day, wall.hour * 60 + wall.minute, zone) + rest
