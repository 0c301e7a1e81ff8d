"""Visit windows as people say them; now is Wednesday 25 November 2026, 10:20 in Shanghai."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import window
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=SHANGHAI).astimezone(UTC)
TWO_HOURS = timedelta(hours=2)


def said(text: str) -> str:
    found = window(text, NOW, SHANGHAI, WORDS, TWO_HOURS)
    start, end = found.start.astimezone(SHANGHAI), found.end.astimezone(SHANGHAI)
    return f"{start:%m-%d %H:%M}-{end:%H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周五上午", "11-27 08:00-12:00"),
        ("明天下午3点到5点", "11-26 15:00-17:00"),
        ("下午3-5点", "11-25 15:00-17:00"),
        ("明天9点~11点", "11-26 09:00-11:00"),
        ("周五下午2点半到4点", "11-27 14:30-16:00"),
        ("周六上午9:00-11:00", "11-28 09:00-11:00"),
        ("上午10点到3点", "11-25 10:00-15:00"),
        ("晚上10点到1点", "11-25 22:00-01:00"),
        ("十点到十二点", "11-25 10:00-12:00"),
        ("8点到10点", "11-26 08:00-10:00"),
        ("12月25日周五 9-11", "12-25 09:00-11:00"),
        ("2026年12月1日 14:00-16:00", "12-01 14:00-16:00"),
        ("明早", "11-26 08:00-12:00"),
        ("明天全天", "11-26 08:00-18:00"),
        ("明天", "11-26 08:00-18:00"),
        ("明天下午3点", "11-26 15:00-17:00"),
        ("明天下午3点以后", "11-26 15:00-18:00"),
        ("今天下午4点前", "11-25 08:00-16:00"),
        ("2小时内", "11-25 10:20-12:20"),
        ("今天上午", "11-25 08:00-12:00"),
        ("從下午2點到4點", "11-25 14:00-16:00"),
        ("明日午後2點至4點", "11-26 14:00-16:00"),
        ("下禮拜三下午", "12-02 13:00-18:00"),
        ("週四整天", "11-26 08:00-18:00"),
        ("尽快", "11-25 08:00-18:00"),
        ("儘快", "11-25 08:00-18:00"),
        ("明天尽快", "11-26 08:00-18:00"),
        ("马上", "11-25 08:00-18:00"),
        ("明天白天", "11-26 08:00-18:00"),
        ("周六日", "11-28 08:00-18:00"),
        ("周六日上午", "11-28 08:00-12:00"),
        ("下班后", "11-25 18:00-21:00"),
        ("周五下班后", "11-27 18:00-21:00"),
        ("一会儿", "11-25 11:20-13:20"),
        ("元旦", "01-01 08:00-18:00"),
        ("元旦下午", "01-01 13:00-18:00"),
        ("國慶", "10-10 08:00-18:00"),
    ],
)
def test_a_chinese_window_is_understood(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14-16", "11-25 14:00-16:00"),
        ("１４－１６", "11-25 14:00-16:00"),
        ("9-11", "11-25 09:00-11:00"),
        ("8-10", "11-26 08:00-10:00"),
        ("today 14-16", "11-25 14:00-16:00"),
        ("fri 9-11", "11-27 09:00-11:00"),
        ("tomorrow 2-4pm", "11-26 14:00-16:00"),
        ("11-1pm", "11-25 11:00-13:00"),
        ("11am-1", "11-25 11:00-13:00"),
        ("10-3", "11-25 10:00-15:00"),
        ("6-8", "11-25 18:00-20:00"),
        ("2–4 pm", "11-25 14:00-16:00"),
        ("sat 10am-12pm", "11-28 10:00-12:00"),
        ("between 2 and 4", "11-25 14:00-16:00"),
        ("from 9 till 11 on friday", "11-27 09:00-11:00"),
        ("1400-1600", "11-25 14:00-16:00"),
        ("12-24", "11-25 12:00-00:00"),
        ("12-24 9:00", "12-24 09:00-11:00"),
        ("12-24 9-11", "12-24 09:00-11:00"),
        ("12/24", "12-24 08:00-18:00"),
        ("in 2 hours", "11-25 12:20-14:20"),
        ("within 2 hours", "11-25 10:20-12:20"),
        ("in 3 days", "11-28 08:00-18:00"),
        ("15:30", "11-25 15:30-17:30"),
        ("9:00", "11-26 09:00-11:00"),
        ("tomorrow after 3pm", "11-26 15:00-18:00"),
        ("tomorrow all day", "11-26 08:00-18:00"),
        ("friday morning", "11-27 08:00-12:00"),
        ("asap", "11-25 08:00-18:00"),
        ("as soon as possible", "11-25 08:00-18:00"),
        ("ASAP, tomorrow", "11-26 08:00-18:00"),
        ("friday after work", "11-27 18:00-21:00"),
    ],
)
def test_an_english_window_is_understood(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("16-14", "window.ends_before_start"),
        ("10-9", "window.ends_before_start"),
        ("明天下午5点到下午3点", "window.ends_before_start"),
        ("today 8-10", "when.past"),
        ("today 9:00", "when.past"),
        ("昨天上午", "when.past"),
        ("2 hours ago", "when.past"),
        ("next week", "when.not_understood"),
        ("下个月", "when.not_understood"),
        ("三天内", "when.not_understood"),
        ("14-16-18", "when.not_understood"),
        ("14-25", "when.not_understood"),
        ("9-11 14:00 15:00", "when.not_understood"),
        ("wang", "when.not_understood"),
    ],
)
def test_what_is_no_window_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        said(text)
    assert refused.value.code == code


def test_a_window_in_hours_that_the_clock_skips_keeps_its_length() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = window("02:10-02:40", datetime(2027, 3, 28, 0, 30, tzinfo=berlin), berlin, WORDS, TWO_HOURS)
    assert found == Window(datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
