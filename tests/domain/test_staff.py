"""Roles, years in the trade, weekly spans on one line (A3, A7, D7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.staff import HEADS, ROLES, SENT, Role, role_of, year_began
from aftersales_tui.domain.week import checked, clock, grouped, read, written

WORKING = tuple((day, 510, 1080) for day in range(5))


def test_the_seven_roles_and_who_of_them_heads_and_who_is_sent() -> None:
    assert [role.value for role in ROLES] == [
        "clerk",
        "dispatcher",
        "head",
        "engineer",
        "accountant",
        "supervisor",
        "owner",
    ]
    assert {"head", "supervisor", "owner"} == HEADS
    assert {"engineer"} == SENT


def test_a_role_is_known_by_its_id_and_by_what_it_is_called() -> None:
    assert role_of(" Engineer ", {}) is Role.ENGINEER
    assert role_of("技术员", {"技术员": "engineer"}) is Role.ENGINEER
    with pytest.raises(Invalid, match="no_role"):
        role_of("king", {"技术员": "engineer"})


@pytest.mark.parametrize(("text", "year"), [("", 0), ("2009", 2009), ("12", 2014), ("0", 2026)])
def test_the_year_he_began(text: str, year: int) -> None:
    assert year_began(text, 2026) == year


@pytest.mark.parametrize("text", ["2027", "1900", "long ago", "-3", "二十", "100", "20099"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="bad_year"):
        year_began(text, 2026)


def test_like_days_stand_together() -> None:
    week = (*WORKING, (6, 540, 720), (6, 780, 960))
    assert grouped(week) == ((((0, 4),), ((510, 1080),)), (((6, 6),), ((540, 720), (780, 960))))
    assert grouped([(0, 1, 2), (2, 1, 2), (3, 1, 2)]) == ((((0, 0), (2, 3)), ((1, 2),)),)
    assert grouped(()) == ()


def test_a_span_over_midnight_is_shown_by_the_clock_of_the_next_day() -> None:
    assert [clock(minute) for minute in (0, 510, 1440, 1800)] == ["0:00", "8:30", "24:00", "6:00"]


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ([(0, 540, 720), (0, 700, 800)], "shifts_overlap"),
        ([(0, 1320, 1800), (1, 300, 700)], "shifts_overlap"),
        ([(6, 1320, 1800), (0, 300, 700)], "shifts_overlap"),
        ([(0, 720, 540)], "bad_shift"),
        ([(7, 540, 720)], "bad_shift"),
        ([(0, 1440, 1500)], "bad_shift"),
    ],
)
def test_spans_that_cannot_be_are_refused(week: list[tuple[int, int, int]], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        checked(week)


def test_spans_may_touch_also_over_sunday_night() -> None:
    week = ((0, 0, 480), (0, 480, 700), (6, 1200, 1440))
    assert checked(reversed(week)) == week


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 700), st.integers(701, 2880))))
def test_a_week_is_read_back_as_it_was_written(week: set[tuple[int, int, int]]) -> None:
    assert read(written(week)) == tuple(sorted(week))
