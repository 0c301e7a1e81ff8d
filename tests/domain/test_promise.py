"""Promise clocks read from stored intervals (P8)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.calendar import (
    FAR_FUTURE,
    BusinessCalendar,
    Calendar,
    DayKind,
    OpeningHours,
    RoundTheClock,
)
from aftersales_tui.domain.promise import Allowance, Clock, Interval, Reckoning, reckon, urgent_at

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
STOPS = frozenset({"working", "solved", "answered"})
PAUSES = frozenset({"waiting_customer", "waiting_part"})


def plain(day: date) -> DayKind:
    return "ordinary"


ALWAYS = RoundTheClock(ZONE)
SHOP = BusinessCalendar(OpeningHours((((510, 720), (810, 1080)),) * 5 + ((), ())), ZONE, plain)


def clock(hours: float = 24) -> Clock:
    return Clock("P2", Allowance(timedelta(hours=hours)), "always", frozenset({"reported"}), STOPS, PAUSES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


START = at("2026-07-06 10:00")


def h(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def read(now: float, *intervals: Interval, calendar: Calendar = ALWAYS, hours: float = 24) -> Reckoning:
    return reckon(clock(hours), calendar, START, intervals, h(now))


def test_a_running_clock_says_its_due_time_what_is_left_and_its_rule() -> None:
    assert read(3, Interval("new", START)) == Reckoning("P2", h(24), "running", 21 * HOUR, timedelta(0))


def test_assigning_does_not_stop_it_and_work_begun_does() -> None:
    history = [Interval("new", START, h(1)), Interval("assigned", h(1), h(5))]
    assert read(4, *history).state == "running"
    done = read(9, *history, Interval("working", h(5)))
    assert (done.state, done.stopped_at, done.left, done.late) == ("met", h(5), 19 * HOUR, False)


def test_work_begun_too_late_is_a_missed_promise() -> None:
    done = read(40, Interval("new", START, h(30)), Interval("working", h(30)))
    assert (done.state, done.due_at, done.left, done.late) == ("missed", h(24), -6 * HOUR, True)


def test_a_late_clock_still_runs_so_that_it_leads_the_queue() -> None:
    late = read(30, Interval("new", START))
    assert (late.state, late.left, late.late) == ("running", -6 * HOUR, True)
    assert urgent_at([late]) == h(24)


def test_what_is_left_stands_still_while_waiting_and_the_due_time_moves_on() -> None:
    waiting = [Interval("new", START, h(4)), Interval("waiting_customer", h(4))]
    for now in (5, 50, 500):
        held = read(now, *waiting)
        assert (held.state, held.due_at, held.left) == ("paused", None, 20 * HOUR)
        assert held.paused_for == timedelta(hours=now - 4)
    resumed = read(12, *waiting[:1], Interval("waiting_customer", h(4), h(10)), Interval("new", h(10)))
    assert (resumed.state, resumed.due_at, resumed.left) == ("running", h(30), 18 * HOUR)


def test_paper_entered_later_counts_from_when_it_happened() -> None:
    """A power cut: begun at 14:00, entered after the due time; what counts is 14:00."""
    assert read(26, Interval("new", START, h(4)), Interval("working", h(4))).state == "met"


def test_what_is_said_to_happen_later_is_left_out() -> None:
    assert read(3, Interval("new", START), Interval("working", h(4))).state == "running"
    assert read(3, Interval("new", START), Interval("waiting_part", h(4), h(9))).due_at == h(24)


def test_an_event_at_the_very_start_stops_it_and_a_status_passed_through_does_not() -> None:
    assert read(1, Interval("answered", START, START)).state == "met"
    assert read(1, Interval("working", START)).state == "met"
    assert read(1, Interval("working", START, START), Interval("new", START)).state == "running"


def test_what_ended_before_the_clock_started_again_does_not_stop_it() -> None:
    assert read(1, Interval("solved", h(-9), START), Interval("new", START)).state == "running"


def test_open_hours_only() -> None:
    late_call = at("2026-07-10 17:30")
    found = reckon(clock(1), SHOP, late_call, [], at("2026-07-12 09:00"))
    assert (found.due_at, found.left) == (at("2026-07-13 09:00"), HOUR / 2)


def test_months_are_calendar_months_and_pauses_move_their_end() -> None:
    rule = Clock("P4_close", Allowance(months=1), "always", frozenset(), STOPS, PAUSES)
    start = at("2026-01-31 10:00")
    assert reckon(rule, ALWAYS, start, [], start).due_at == at("2026-02-28 10:00")
    held = [Interval("waiting_customer", at("2026-02-03 00:00"), at("2026-02-05 00:00"))]
    assert reckon(rule, ALWAYS, start, held, at("2026-02-06 00:00")).due_at == at("2026-03-02 10:00")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-07-06 10:00", "2026-07-08 10:00"),
        ("2026-07-09 10:00", "2026-07-13 10:00"),
        ("2026-07-10 20:00", "2026-07-14 18:00"),
        ("2026-07-12 11:00", "2026-07-14 18:00"),
    ],
)
def test_two_business_days(start: str, due: str) -> None:
    assert Allowance(days=2).end(SHOP, at(start)) == at(due)


def test_the_most_urgent_is_the_earliest_running_one() -> None:
    first, second = read(3, hours=4), read(3, hours=9)
    paused = read(3, Interval("waiting_part", h(1)), hours=2)
    assert urgent_at([second, paused, first]) == h(4)
    assert urgent_at([paused, read(3, Interval("solved", h(1)))]) == FAR_FUTURE
    assert urgent_at([]) == FAR_FUTURE


calendars = st.sampled_from([ALWAYS, SHOP])
moments = st.integers(0, 60 * 24 * 12).map(lambda minutes: START + timedelta(minutes=minutes))
statuses = st.sampled_from(["new", "assigned", "waiting_customer", "waiting_part"])
histories = st.lists(
    st.builds(
        lambda status, one, two: Interval(status, min(one, two), max(one, two)), statuses, moments, moments
    ),
    max_size=6,
)


@given(calendars, histories, moments)
def test_the_order_in_which_intervals_were_entered_does_not_matter(
    calendar: Calendar, history: list[Interval], now: datetime
) -> None:
    backwards = sorted(history, key=lambda interval: interval.status + str(interval.end), reverse=True)
    assert reckon(clock(), calendar, START, history, now) == reckon(clock(), calendar, START, backwards, now)


@given(calendars, histories, moments)
def test_left_and_due_time_agree(calendar: Calendar, history: list[Interval], now: datetime) -> None:
    found = reckon(clock(), calendar, START, history, now)
    if found.due_at is None:
        assert found.state == "paused"
        assert urgent_at([found]) == FAR_FUTURE
    else:
        assert urgent_at([found]) == found.due_at
        assert (found.left > timedelta(0)) == (found.due_at > now)


@given(calendars, histories, moments, moments)
def test_time_left_never_grows(
    calendar: Calendar, history: list[Interval], one: datetime, two: datetime
) -> None:
    """The history is the same at both moments, so later never leaves more."""
    early, late = min(one, two), max(one, two)
    before = reckon(clock(), calendar, START, history, early)
    assert reckon(clock(), calendar, START, history, late).left <= before.left


@given(calendars, histories, moments, moments)
def test_a_promise_is_met_exactly_when_it_stops_by_its_due_time(
    calendar: Calendar, history: list[Interval], stop: datetime, now: datetime
) -> None:
    found = reckon(clock(), calendar, START, [*history, Interval("working", stop)], max(stop, now))
    assert found.due_at is not None
    assert found.state == ("met" if stop <= found.due_at else "missed")
    assert found.stopped_at == stop
