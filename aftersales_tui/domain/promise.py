"""Promise clocks: when a promise falls due, what is left of it, and whether it was kept (P8).

A clock starts with an event, counts open time of its calendar, stands still while the ticket waits for the
customer or a part, and stops with another event. It is reckoned anew from the stored status intervals, never
carried on. An instant is when a thing happened, not when it was entered, so that paper from a power cut
may be entered later.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from aftersales_tui.domain.calendar import FAR_FUTURE, Calendar, Stretch, merged

Basis = Literal["business", "always"]
"""Which time a clock counts: the shop's open hours, or every hour."""

EVENTS = frozenset({"reported", "answered"})
"""Events besides the ticket's statuses that a rule may name: the call itself, and an answer to it."""

PromiseState = Literal["running", "paused", "met", "missed"]


class Allowance(NamedTuple):
    """How much time a promise gives; one of the three.

    Attributes:
        amount: Hours and minutes, counted as open time on the business basis.
        days: Days by the wall clock; on the business basis days on which the shop opens.
        months: Calendar months in the shop's zone: from 31 January, one ends with February.
    """

    amount: timedelta = timedelta(0)
    days: int = 0
    months: int = 0

    def counted(self, calendar: Calendar, start: datetime) -> timedelta:
        """The allowance as open time of that calendar when it begins at ``start``."""
        if not self.days and not self.months:
            return self.amount
        return calendar.elapsed(start, calendar.later(start, days=self.days, months=self.months))

    def end(self, calendar: Calendar, start: datetime, pauses: Sequence[Stretch] = ()) -> datetime:
        """The instant at which it is used up, pauses left out."""
        return calendar.advance(start, self.counted(calendar, start), pauses)


class Clock(NamedTuple):
    """The rule of one promise (P1 to P7).

    Attributes:
        id: The rule's id, shown with every due time, such as ``P2``.
        allowance: The time it gives.
        basis: Which time counts.
        starts: The events that start it.
        stops: The statuses and events that stop it.
        pauses_in: The ticket statuses in which it stands still.
    """

    id: str
    allowance: Allowance
    basis: Basis
    starts: frozenset[str]
    stops: frozenset[str]
    pauses_in: frozenset[str] = frozenset()


class Interval(NamedTuple):
    """A status a ticket was in, by happened-at; an event is an interval that ends where it starts."""

    status: str
    start: datetime
    end: datetime | None = None


class Reckoning(NamedTuple):
    """What a clock says at one moment.

    Attributes:
        rule: The id of the clock's rule.
        due_at: When it falls due or fell due; nothing while it is paused, for every minute then moves it on.
        state: ``running`` until it stops, even when late; then ``met`` or ``missed``.
        left: The clock's own time still to run, below zero when late; constant while paused.
        paused_for: How long it stood still so far, by the wall clock.
        stopped_at: When the promise was fulfilled.
    """

    rule: str
    due_at: datetime | None
    state: PromiseState
    left: timedelta
    paused_for: timedelta
    stopped_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether the promise is broken, be it fulfilled since or not."""
        return self.state == "missed" or self.left < timedelta(0)


def reckon(
    clock: Clock, calendar: Calendar, started_at: datetime, intervals: Iterable[Interval], now: datetime
) -> Reckoning:
    """Read one clock at ``now`` (P8).

    Args:
        clock: The rule.
        calendar: The calendar of the clock's basis.
        started_at: When the clock's start event happened.
        intervals: The ticket's statuses and events in any order; they may overlap.
        now: The moment; what is said to happen after it is left out.

    Raises:
        Invalid: ``calendar.never_open`` when the shop's hours never let it fall due.
    """
    seen = [interval for interval in intervals if interval.start <= now]
    stopped_at = min((i.start for i in seen if _stops(clock, started_at, i)), default=None)
    until = now if stopped_at is None else stopped_at
    pausing = [i for i in seen if i.status in clock.pauses_in]
    pauses = merged(_clipped(i, started_at, until) for i in pausing)
    amount = clock.allowance.counted(calendar, started_at)
    left = amount - calendar.elapsed(started_at, until, pauses)
    paused = stopped_at is None and any(i.end is None or i.end > now for i in pausing)
    due_at = None if paused else calendar.advance(started_at, amount, pauses)
    state: PromiseState = "paused" if paused else "running"
    if stopped_at is not None and due_at is not None:
        state = "met" if stopped_at <= due_at else "missed"
    paused_for = sum((end - start for start, end in pauses), timedelta(0))
    return Reckoning(clock.id, due_at, state, left, paused_for, stopped_at)


def urgent_at(reckonings: Iterable[Reckoning]) -> datetime:
    """The earliest due time of the running clocks, else ``FAR_FUTURE``: the order of the queue (D1)."""
    return min((r.due_at for r in reckonings if r.state == "running" and r.due_at), default=FAR_FUTURE)


def _stops(clock: Clock, started_at: datetime, interval: Interval) -> bool:
    if interval.status not in clock.stops or interval.start < started_at:
        return False
    # A status left at the instant the clock started was only passed through: ``new`` before ``advised``.
    passed_through = interval.end == started_at and interval.status not in EVENTS
    return not passed_through


def _clipped(interval: Interval, start: datetime, end: datetime) -> Stretch:
    return max(interval.start, start), min(interval.end or end, end)
