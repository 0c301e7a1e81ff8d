"""Quiet hours: read as people write them, and kept out of (B2)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.calendar import BusinessCalendar, OpeningHours, RoundTheClock
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.quiet import (
    after_quiet,
    is_quiet,
    quiet_text,
    read_quiet,
    ringing_time,
    stored_quiet,
)

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = OpeningHours((((510, 720), (810, 1080)),) * 5 + ((), ()))
CALLS = BusinessCalendar(WEEK, ZONE, lambda _: "ordinary")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("12:00-14:00", "12:00-14:00"),
        ("12-14", "12:00-14:00"),
        ("22-8、12:30~14", "12:30-14:00 22:00-08:00"),
        ("１２：００－１４：００", "12:00-14:00"),
        ("12点-14点".replace("点", ""), "12:00-14:00"),
        ("9至10, 9至10", "09:00-10:00"),
        ("20:00 - 24:00", "20:00-24:00"),
    ],
)
def test_quiet_hours_are_read_in_every_way_they_are_written(typed: str, stored: str) -> None:
    assert quiet_text(read_quiet(typed)) == stored
    assert quiet_text(read_quiet(stored)) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("noon", "quiet.not_understood"),
        ("25-26", "quiet.not_understood"),
        ("8-8", "quiet.not_understood"),
        ("12", "quiet.not_understood"),
        ("1-2 2-3 3-4 4-5 5-6 6-7 7-8", "quiet.not_understood"),
        ("0-24", "quiet.whole_day"),
        ("6-18 18-6", "quiet.whole_day"),
    ],
)
def test_what_is_no_quiet_time_is_refused_by_name(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_quiet(typed)
    assert (refused.value.code, refused.value.params["field"]) == (code, "quiet")
    assert stored_quiet(typed) == ()


def test_a_span_over_midnight_is_one() -> None:
    quiet = read_quiet("22-8")
    assert [is_quiet(quiet, wall(f"23T{hour}:00"), ZONE) for hour in ("21", "22", "23")] == [
        False,
        True,
        True,
    ]
    assert after_quiet(quiet, wall("23T23:30"), ZONE) == wall("24T08:00")
    assert after_quiet(quiet, wall("24T07:59"), ZONE) == wall("24T08:00")
    assert after_quiet(read_quiet("10-12 12-15"), wall("24T10:30"), ZONE) == wall("24T15:00")


def test_the_next_moment_is_when_we_are_open_and_he_may_be_rung() -> None:
    assert ringing_time(wall("23T09:00"), CALLS, read_quiet("8-10")) == wall("23T10:00")
    # His quiet time ends as we close for noon.
    assert ringing_time(wall("23T09:00"), CALLS, read_quiet("8-12")) == wall("23T13:30")
    assert ringing_time(wall("23T17:30"), CALLS, read_quiet("17-9")) == wall("24T09:00")
    assert ringing_time(wall("23T09:00"), CALLS) == wall("23T09:00")


def test_who_may_only_be_rung_when_we_are_closed_stands_behind_his_quiet_time() -> None:
    assert ringing_time(wall("23T09:00"), CALLS, read_quiet("8-19")) == wall("23T19:00")


@given(
    spans=st.lists(
        st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda span: span[0] != span[1]),
        max_size=4,
    ),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
)
def test_no_moment_found_is_quiet_or_earlier_than_wanted(spans: list[tuple[int, int]], at: datetime) -> None:
    text = quiet_text(tuple(spans))
    quiet = stored_quiet(text)
    wanted = at.replace(tzinfo=UTC)
    found = ringing_time(wanted, RoundTheClock(ZONE), quiet)
    assert wanted <= found <= wanted + timedelta(days=2)
    assert not is_quiet(quiet, found, ZONE)
