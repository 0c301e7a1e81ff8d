"""Instants as people say them; now is Wednesday 25 November 2026, 10:20 in Shanghai."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.when import happened, moment
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=SHANGHAI).astimezone(UTC)

CHINESE = {
    "2小时后": "11-25 12:20",
    "两小时后": "11-25 12:20",
    "半小时后": "11-25 10:50",
    "半个小时后": "11-25 10:50",
    "一个半小时后": "11-25 11:50",
    "1小时30分钟后": "11-25 11:50",
    "过半小时": "11-25 10:50",
    "一刻钟后": "11-25 10:35",
    "2小时内": "11-25 12:20",
    "明天下午3点": "11-26 15:00",
    "明天下午三点半": "11-26 15:30",
    "明早八点半": "11-26 08:30",
    "周五上午": "11-27 08:00",
    "周5下午": "11-27 13:00",
    "下周一": "11-30 08:00",
    "下下周三": "12-09 08:00",
    "这周五": "11-27 08:00",
    "3点半": "11-25 15:30",
    "３点半": "11-25 15:30",
    "１５：３０": "11-25 15:30",
    "两点一刻": "11-25 14:15",
    "1点零五分": "11-25 13:05",
    "十二点半": "11-25 12:30",
    "12月24日上午9点": "12-24 09:00",
    "今晚8点": "11-25 20:00",
    "今晚12点": "11-26 00:00",
    "今晚1点": "11-26 01:00",
    "凌晨3点": "11-26 03:00",
    "中午1点": "11-25 13:00",
    "后天": "11-27 08:00",
    "大后天上午10点": "11-28 10:00",
    "月底": "11-30 08:00",
    "下个月3号下午两点": "12-03 14:00",
    "十五号上午九点": "12-15 09:00",
    "31号": "12-31 08:00",
    "5点前": "11-25 17:00",
    "3天后下午2点": "11-28 14:00",
    "3日后": "11-28 10:20",
    "周末下午": "11-28 13:00",
    "上午9点": "11-26 09:00",
    # As a shop in Taiwan writes it.
    "兩小時後": "11-25 12:20",
    "半個小時後": "11-25 10:50",
    "15分鐘後": "11-25 10:35",
    "後天早上10點": "11-27 10:00",
    "明天下午3點半": "11-26 15:30",
    "下午3時半": "11-25 15:30",
    "週五下午": "11-27 13:00",
    "下禮拜三下午2點": "12-02 14:00",
    "下個月底": "12-31 08:00",
    "12月24號晚上7點": "12-24 19:00",
    "傍晚": "11-25 17:00",
    "3點以後": "11-25 15:00",
}

ENGLISH = {
    "+2h": "11-25 12:20",
    "+30m": "11-25 10:50",
    "+1h30m": "11-25 11:50",
    "1.5h": "11-25 11:50",
    "in 2 hours": "11-25 12:20",
    "in half an hour": "11-25 10:50",
    "an hour and a half": "11-25 11:50",
    "two and a half hours": "11-25 12:50",
    "in a couple of hours": "11-25 12:20",
    "within 2 hours": "11-25 12:20",
    "two hours later": "11-25 12:20",
    "a week from now": "12-02 10:20",
    "in 3 days at 10am": "11-28 10:00",
    "tomorrow 3pm": "11-26 15:00",
    "Tomorrow at 3 p.m.": "11-26 15:00",
    "3 a.m. tomorrow": "11-26 03:00",
    "tomorrow 3": "11-26 15:00",
    "fri 14:00": "11-27 14:00",
    "FRIDAY": "11-27 08:00",
    "wed 9:00": "12-02 09:00",
    "wed 14:00": "11-25 14:00",
    "next fri": "12-04 08:00",
    "friday next week": "12-04 08:00",
    "monday morning": "11-30 08:00",
    "9 in the morning tomorrow": "11-26 09:00",
    "15:30": "11-25 15:30",
    "3:30": "11-25 15:30",
    "03:30": "11-26 03:30",
    "9:00": "11-26 09:00",
    "at 8 tonight": "11-25 20:00",
    "noon": "11-25 12:00",
    "tomorrow at noon": "11-26 12:00",
    "midnight": "11-26 00:00",
    "half past 3": "11-25 15:30",
    "quarter to 4": "11-25 15:45",
    "5 o’clock": "11-25 17:00",
    "12-24 9:00": "12-24 09:00",
    "12/24": "12-24 08:00",
    "24th of december": "12-24 08:00",
    "thu 24 dec": "12-24 08:00",
    "december 24 9:00": "12-24 09:00",
    "at 9 on dec 3": "12-03 09:00",
    "2026-11-25T15:00": "11-25 15:00",
    "2026-12-01 15:30:00": "12-01 15:30",
    "day after tomorrow 10am": "11-27 10:00",
    "before noon": "11-25 12:00",
    "end of month": "11-30 08:00",
    "end of next month": "12-31 08:00",
    "next month": "12-01 08:00",
    "today 1430": "11-25 14:30",
    # The morning runs since 8: the next full hour in it.
    "this morning": "11-25 11:00",
}

NOT_UNDERSTOOD = [
    "", "   ", "hello", "3", "1430", "周3点", "fri fri", "fri 24 dec", "2月30日", "13月1日", "25:00", "7:60",
    "-2h", "半天后", "half a day", "明天后天", "14-16", "today 14-16", "2-4pm", "tomorrow after lunch", "去年",
    "周五前", "monkey", "3点点", "+", "+2", "@", "后", "5点前前的", "五六点", "99999999h",
    "9999年", "+9999 years", "x" * 500,
    "明天 [/]", "tomorrow\x00", "\ud800",
]  # fmt: skip

PAST = [
    "today 9:00",
    "今天9点",
    "昨天下午3点",
    "yesterday",
    "2024-05-03",
    "2小时前",
    "2 days ago",
    "上周五",
    "last month",
]


def shown(instant: datetime) -> str:
    return f"{instant.astimezone(SHANGHAI):%m-%d %H:%M}"


@pytest.mark.parametrize(("text", "expected"), [*CHINESE.items(), *ENGLISH.items()])
def test_an_instant_is_understood(text: str, expected: str) -> None:
    due = moment(text, NOW, SHANGHAI, WORDS)
    assert shown(due) == expected
    assert due.tzinfo is UTC
    assert due >= NOW


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_no_instant_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        moment(text, NOW, SHANGHAI, WORDS)
    assert refused.value.code == "when.not_understood"
    assert text.startswith(str(refused.value.params["text"]))


@pytest.mark.parametrize("text", PAST)
def test_a_named_day_that_is_over_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        moment(text, NOW, SHANGHAI, WORDS)
    assert (refused.value.code, refused.value.params) == ("when.past", {"text": text})


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(CHINESE) >= 40
    assert len(ENGLISH) >= 40
    assert len(NOT_UNDERSTOOD) + len(PAST) >= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:10", "11-24 14:10"),
        ("9点10分", "11-25 09:10"),
        ("10分钟前", "11-25 10:10"),
        ("昨天下午3点", "11-24 15:00"),
        ("fri 14:00", "11-20 14:00"),
        ("11-20 9:00", "11-20 09:00"),
        ("half an hour ago", "11-25 09:50"),
    ],
)
def test_what_happened_is_the_latest_time_that_fits(text: str, expected: str) -> None:
    assert shown(happened(text, NOW, SHANGHAI, WORDS)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("today 15:00", "when.in_future"),
        ("+2h", "when.in_future"),
        ("yesterday", "when.not_understood"),
        ("9-10", "when.not_understood"),
        ("soon", "when.not_understood"),
    ],
)
def test_what_has_not_happened_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        happened(text, NOW, SHANGHAI, WORDS)
    assert refused.value.code == code


def test_an_hour_that_the_clock_skips_moves_forward() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    due = moment("tomorrow 02:30", now, BERLIN, WORDS)
    assert f"{due.astimezone(BERLIN):%m-%d %H:%M}" == "03-28 03:00"


def test_an_hour_that_the_clock_shows_twice_is_the_first() -> None:
    due = moment("2026-10-25 02:30", datetime(2026, 10, 24, 12, tzinfo=UTC), BERLIN, WORDS)
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_are_real_and_days_are_of_the_calendar_when_the_clock_changes() -> None:
    now = datetime(2027, 3, 27, 22, tzinfo=BERLIN)
    assert moment("+24h", now, BERLIN, WORDS) - now == timedelta(hours=24)
    assert moment("+1d", now, BERLIN, WORDS) - now == timedelta(hours=23)


def test_the_day_is_that_of_the_shop_and_not_of_utc() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert shown(moment("today 15:00", late, SHANGHAI, WORDS)) == "11-26 15:00"


def test_now_without_a_zone_is_no_instant() -> None:
    with pytest.raises(TypeError):
        moment("+2h", datetime(2026, 11, 25, 10, 20), SHANGHAI, WORDS)
