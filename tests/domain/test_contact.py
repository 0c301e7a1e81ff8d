"""Results of a contact, and when to try again (B1, B2)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.calendar import BusinessCalendar, DayKind, OpeningHours, RoundTheClock
from aftersales_tui.domain.contact import (
    Effect,
    NextContact,
    Reason,
    Result,
    RetryRule,
    Wait,
    next_try,
)
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.promise import Allowance
from aftersales_tui.domain.quiet import ringing_time

ZONE = ZoneInfo("Asia/Shanghai")


def plain(day: date) -> DayKind:
    return "ordinary"


WEEK = OpeningHours((((510, 720), (810, 1080)),) * 5 + (((540, 720),), ()))
CALLS = BusinessCalendar(WEEK, ZONE, plain, within=((480, 1260),))
RULE = RetryRule(
    id="B2",
    waits=(Wait(timedelta(hours=2)), Wait(None)),
    tries=4,
    last=Effect.ASK_SUPERVISOR,
    noon=720,
    morning=570,
    afternoon=900,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("tries", "rung", "again"),
    [
        (1, "2026-07-06 09:00", "2026-07-06 11:00"),
        (1, "2026-07-06 17:00", "2026-07-07 09:30"),
        (2, "2026-07-06 11:00", "2026-07-07 15:00"),
        (3, "2026-07-07 15:00", "2026-07-08 09:30"),
        (2, "2026-07-10 11:00", "2026-07-13 15:00"),
        (2, "2026-07-10 15:00", "2026-07-11 09:30"),
        (2, "2026-07-11 15:00", "2026-07-13 09:30"),
    ],
)
def test_the_next_try_is_at_another_time_of_day(tries: int, rung: str, again: str) -> None:
    assert next_try(RULE, tries, at(rung), CALLS) == at(again)


def test_after_the_last_try_the_rule_says_what_follows() -> None:
    assert next_try(RULE, 4, at("2026-07-06 09:00"), CALLS) is None
    assert next_try(RULE, 9, at("2026-07-06 09:00"), CALLS) is None


def test_a_shop_open_by_mornings_only_tries_when_it_can() -> None:
    mornings = BusinessCalendar(OpeningHours((((510, 720),),) * 7), ZONE, plain)
    assert next_try(RULE, 2, at("2026-07-06 09:00"), mornings) == at("2026-07-08 08:30")


def test_nobody_is_rung_outside_the_hours_and_closing_time_is_in_time() -> None:
    assert ringing_time(at("2026-07-06 18:00"), CALLS) == at("2026-07-06 18:00")
    assert ringing_time(at("2026-07-06 18:01"), CALLS) == at("2026-07-07 08:30")
    assert ringing_time(at("2026-07-06 12:30"), CALLS) == at("2026-07-06 13:30")


def test_a_contact_falls_due_in_open_hours() -> None:
    check = NextContact("P5", "advice_check", "advice", Allowance(timedelta(hours=2)), "business")
    assert check.due_at(at("2026-07-06 16:00"), CALLS, CALLS) == at("2026-07-06 18:00")
    assert check.due_at(at("2026-07-06 17:30"), CALLS, CALLS) == at("2026-07-07 10:00")
    assert check.due_at(at("2026-07-06 17:30"), RoundTheClock(ZONE), CALLS) == at("2026-07-07 08:30")


def test_a_reason_knows_its_own_results_only() -> None:
    reason = Reason("callback", (Result("reached", Effect.DONE), Result("refused", Effect.CLOSE)), RULE)
    assert reason.result("refused").effect is Effect.CLOSE
    with pytest.raises(Invalid) as refusal:
        reason.result("works")
    assert refusal.value.code == "contact.not_a_result"
    assert refusal.value.params["known"] == ("reached", "refused")


@given(
    st.integers(0, 3),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),
)
def test_the_next_try_is_later_and_in_the_hours(tries: int, rung: datetime) -> None:
    found = next_try(RULE, tries, rung, CALLS)
    assert found is not None
    assert found > rung
    assert ringing_time(found, CALLS) == found
