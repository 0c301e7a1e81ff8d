"""What becomes of a visitor, and when somebody was away."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.shift import left_off
from aftersales_tui.domain.visitor import DEEDS, ORDER, Came, State, may, standing

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
LEGAL = {
    ("announced", "arrived"): "waiting",
    ("missed", "arrived"): "waiting",
    ("announced", "not"): "missed",
    ("waiting", "received"): "received",
    ("waiting", "left"): "left",
    ("received", "left"): "left",
}


@pytest.mark.parametrize(("state", "came"), product(State, Came))
def test_a_visitor_goes_only_where_the_table_lets_him(state: State, came: Came) -> None:
    assert came.leads(state) == LEGAL.get((state.value, came.value))
    assert may(state, came) is ((state.value, came.value) in LEGAL)


@pytest.mark.parametrize(
    ("state", "ticket", "deeds"),
    [
        (State.ANNOUNCED, False, "visitor_arrive visitor_off"),
        (State.WAITING, False, "visitor_receive visitor_leave visitor_call"),
        (State.WAITING, True, "visitor_receive visitor_leave visitor_ticket"),
        (State.RECEIVED, False, "visitor_leave visitor_call"),
        (State.LEFT, True, "visitor_ticket"),
        (State.LEFT, False, ""),
        (State.MISSED, False, "visitor_arrive"),
    ],
)
def test_of_the_deeds_at_the_door_those_are_offered_that_make_sense(
    state: State, ticket: bool, deeds: str
) -> None:
    assert [name for name, need in DEEDS.items() if need.is_met(state, ticket=ticket)] == deeds.split()


def test_every_state_has_its_place_in_the_book() -> None:
    assert set(ORDER) == set(State)


@pytest.mark.parametrize(
    ("hours", "state"), [(0, State.ANNOUNCED), (11.9, State.ANNOUNCED), (12.1, State.MISSED)]
)
def test_the_day_of_the_shop_decides_who_is_missed(hours: float, state: State) -> None:
    now = NOON + timedelta(hours=hours)
    assert standing(State.ANNOUNCED, NOON, now, ZONE) is state
    assert standing(State.WAITING, NOON, now, ZONE) is State.WAITING


@pytest.mark.parametrize(
    ("hours_ago", "place"),
    [([], None), ([1, 2, 3], None), ([4], 0), ([5, 6], 0), ([1, 2, 7, 8], 2), ([1, 6, 12], 1)],
)
def test_the_last_long_gap_is_when_somebody_was_away(hours_ago: list[int], place: int | None) -> None:
    entries = [NOON - timedelta(hours=ago) for ago in hours_ago]
    assert left_off(entries, NOON, timedelta(hours=4)) == place
