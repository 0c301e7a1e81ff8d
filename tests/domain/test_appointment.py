"""Windows, and what speaks against one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.appointment import Busy, Clash, Window, clashes, shift_windows
from aftersales_tui.domain.errors import Invalid

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
# A busy machine is no failure.
UNHURRIED = settings(deadline=None)
WINDOWS = st.tuples(st.integers(0, 200), st.integers(1, 50)).map(lambda pair: hours(pair[0], sum(pair)))


def hours(start: float, end: float) -> Window:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    return Window(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


@pytest.mark.parametrize("end", [9, 10])
def test_a_window_without_length_is_refused(end: int) -> None:
    with pytest.raises(Invalid) as refused:
        hours(10, end)
    assert refused.value.code == "window.ends_before_start"


def test_a_window_is_kept_in_utc_and_refuses_naive_times() -> None:
    nine = datetime(2026, 11, 23, 9)
    assert Window(nine.replace(tzinfo=BERLIN), nine.replace(tzinfo=UTC)).start.tzinfo is UTC
    with pytest.raises(ValueError, match="start"):
        Window(nine, nine + timedelta(hours=1))


def test_windows_that_touch_do_not_overlap() -> None:
    assert not hours(9, 11).overlaps(hours(11, 12))
    assert hours(9, 11).overlaps(hours(10.9, 12))
    assert hours(9, 11).contains(hours(9, 10).start)
    assert not hours(9, 11).contains(hours(9, 11).end)
    assert hours(9, 11).length == timedelta(hours=2)


@UNHURRIED
@given(WINDOWS, WINDOWS)
def test_overlap_is_mutual_and_means_a_common_instant(some: Window, other: Window) -> None:
    assert some.overlaps(other) == other.overlaps(some)
    assert some.overlaps(other) == (some.contains(other.start) or other.contains(some.start))


def test_every_clash_is_named_with_its_label() -> None:
    visit, leave = hours(15, 17), hours(10, 14.5)
    busy = [
        Busy("visit", visit, "T-1042"),
        Busy("absence", leave, "dentist"),
        Busy("visit", hours(16, 18), "T-1"),
    ]
    assert clashes(hours(14, 16), busy, [hours(8, 15)]) == (
        Clash("absent", leave, "dentist"),
        Clash("overlap", visit, "T-1042"),
        Clash("off_shift", hours(14, 16)),
    )


def test_a_free_window_in_a_shift_has_no_clash() -> None:
    assert clashes(hours(14, 16), [Busy("visit", hours(12, 14), "T-1")], [hours(8, 16)]) == ()


def test_no_shift_at_all_is_off_shift() -> None:
    assert [clash.kind for clash in clashes(hours(14, 16), [], [])] == ["off_shift"]


def test_shifts_that_touch_are_one_and_shifts_with_a_gap_are_not() -> None:
    assert clashes(hours(11, 14), [], [hours(12, 18), hours(8, 12)]) == ()
    assert clashes(hours(11, 14), [], [hours(8, 12), hours(12.5, 18)]) != ()


@UNHURRIED
@given(WINDOWS, st.lists(WINDOWS, max_size=5), st.lists(WINDOWS, max_size=3))
def test_a_window_is_free_when_nothing_overlaps_and_a_shift_covers_it(
    wanted: Window, visits: list[Window], shifts: list[Window]
) -> None:
    found = clashes(wanted, [Busy("visit", visit) for visit in visits], shifts)
    assert sum(clash.kind == "overlap" for clash in found) == sum(wanted.overlaps(visit) for visit in visits)
    hour = timedelta(hours=1)
    steps = range(int(wanted.length / hour))
    worked = all(any(shift.contains(wanted.start + step * hour) for shift in shifts) for step in steps)
    assert worked == all(clash.kind != "off_shift" for clash in found)


def test_weekly_shifts_fall_on_their_days_in_the_shops_zone() -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    weekly = {0: [(540, 720), (780, 1080)], 2: [(1320, 1800)]}
    found = shift_windows(weekly, MONDAY, 7, shanghai)
    assert [
        f"{one.start.astimezone(shanghai):%a %H:%M}-{one.end.astimezone(shanghai):%a %H:%M}" for one in found
    ] == [
        "Mon 09:00-Mon 12:00",
        "Mon 13:00-Mon 18:00",
        "Wed 22:00-Thu 06:00",
    ]


def test_a_night_shift_is_longer_and_shorter_when_the_clock_changes() -> None:
    weekly = {6: [(0, 360)]}
    spring = shift_windows(weekly, date(2027, 3, 28), 1, BERLIN)
    autumn = shift_windows(weekly, date(2026, 10, 25), 1, BERLIN)
    assert (spring[0].length, autumn[0].length) == (timedelta(hours=5), timedelta(hours=7))


def test_a_shift_that_the_clock_skips_is_left_out() -> None:
    assert shift_windows({6: [(125, 170)]}, date(2027, 3, 28), 1, BERLIN) == ()


def test_a_shift_that_runs_backwards_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        shift_windows({0: [(720, 540)]}, MONDAY, 1, BERLIN)
    assert refused.value.code == "window.ends_before_start"
