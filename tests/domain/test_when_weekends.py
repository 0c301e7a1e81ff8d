"""Weekends as people say them, on each of the days on which it makes a difference.

Decided as a Chinese operator means it. On a Sunday 周六 is the coming Saturday, for yesterday's is over, while 周末
and 周日 are today as long as it is still possible. 这周末 is what is left of this weekend, and nothing but it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import weekly_shifts
from aftersales_tui.domain.when import day, moment, window
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY, SATURDAY, SATURDAY_NIGHT, SUNDAY, SUNDAY_NIGHT = (
    datetime(2026, 11, date, hour, 20, tzinfo=SHANGHAI)
    for date, hour in ((26, 10), (28, 10), (28, 21), (29, 10), (29, 21))
)
OVER = "when.past"


def starts(text: str, now: datetime) -> str:
    try:
        found = window(text, now, SHANGHAI, WORDS, timedelta(hours=2)).start.astimezone(SHANGHAI)
    except DomainError as error:
        return error.code
    return f"{found:%m-%d %H}"


@pytest.mark.parametrize(
    ("text", "thursday", "saturday", "saturday_night", "sunday", "sunday_night"),
    [
        ("周六下午", "11-28 13", "11-28 13", "12-05 13", "12-05 13", "12-05 13"),
        ("周日下午", "11-29 13", "11-29 13", "11-29 13", "11-29 13", "12-06 13"),
        ("周末下午", "11-28 13", "11-28 13", "11-29 13", "11-29 13", "12-05 13"),
        ("週末下午", "11-28 13", "11-28 13", "11-29 13", "11-29 13", "12-05 13"),
        ("weekend afternoon", "11-28 13", "11-28 13", "11-29 13", "11-29 13", "12-05 13"),
        ("周六日下午", "11-28 13", "11-28 13", "11-29 13", "11-29 13", "12-05 13"),
        ("这周末下午", "11-28 13", "11-28 13", "11-29 13", "11-29 13", OVER),
        ("这周六下午", "11-28 13", "11-28 13", OVER, OVER, OVER),
        ("下周末下午", "12-05 13", "12-05 13", "12-05 13", "12-05 13", "12-05 13"),
        ("next weekend 2pm", "12-05 14", "12-05 14", "12-05 14", "12-05 14", "12-05 14"),
        ("12月6号周末 14:00", "12-06 14", "12-06 14", "12-06 14", "12-06 14", "12-06 14"),
    ],
)
def test_a_weekend_is_the_day_of_it_that_can_still_be_meant(
    text: str, thursday: str, saturday: str, saturday_night: str, sunday: str, sunday_night: str
) -> None:
    told = [starts(text, now) for now in (THURSDAY, SATURDAY, SATURDAY_NIGHT, SUNDAY, SUNDAY_NIGHT)]
    assert told == [thursday, saturday, saturday_night, sunday, sunday_night]


def test_a_moment_at_the_weekend_is_today_on_a_sunday() -> None:
    found = moment("周末下午3点", SUNDAY, SHANGHAI, WORDS)
    assert f"{found.astimezone(SHANGHAI):%m-%d %H:%M}" == "11-29 15:00"


def test_what_was_bought_at_the_weekend_was_bought_on_the_day_of_it_that_is_nearest() -> None:
    days = [day("周末", now, SHANGHAI, WORDS).date.day for now in (THURSDAY, SATURDAY, SUNDAY)]
    assert days == [22, 28, 29]
    assert day("上周末", THURSDAY, SHANGHAI, WORDS).date.day == 21


def test_shifts_at_the_weekend_are_on_both_days() -> None:
    both = ((5, 540, 720), (6, 540, 720))
    assert weekly_shifts("周末 9-12", WORDS) == weekly_shifts("weekend 9-12", WORDS) == both
    assert [shift[0] for shift in weekly_shifts("fri-weekend 9-12", WORDS)] == [4, 5, 6]
