"""Time off as it is told (A3, D2)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import absence, leading_absence
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 7, 29, 10, 20, tzinfo=ZONE)
"""A Wednesday."""


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("明天", "07-30 00:00", "07-31 00:00"),
        ("today", "07-29 00:00", "07-30 00:00"),
        ("明天全天", "07-30 00:00", "07-31 00:00"),
        ("昨天", "07-28 00:00", "07-29 00:00"),
        ("明天下午", "07-30 13:00", "07-30 18:00"),
        ("fri 9-12", "07-31 09:00", "07-31 12:00"),
        ("9-12", "07-29 09:00", "07-29 12:00"),
        ("明天到周五", "07-30 00:00", "08-01 00:00"),
        ("tomorrow to friday", "07-30 00:00", "08-01 00:00"),
        ("mon-wed", "08-03 00:00", "08-06 00:00"),
        ("8月1日到5日", "08-01 00:00", "08-06 00:00"),
        ("8月1日-8月5日", "08-01 00:00", "08-06 00:00"),
        ("8/1-8/5", "08-01 00:00", "08-06 00:00"),
        ("8-1 至 8-5", "08-01 00:00", "08-06 00:00"),
        ("下周", "08-03 00:00", "08-10 00:00"),
        ("next month", "08-01 00:00", "09-01 00:00"),
        ("3天", "07-29 00:00", "08-01 00:00"),
        ("明天起3天", "07-30 00:00", "08-02 00:00"),
        ("明天開始兩天", "07-30 00:00", "08-01 00:00"),
        ("tomorrow for 2 weeks", "07-30 00:00", "08-13 00:00"),
        ("2小时", "07-29 10:20", "07-29 12:20"),
        ("3天后", "08-01 00:00", "08-02 00:00"),
        ("明天15:00到周五12:00", "07-30 15:00", "07-31 12:00"),
        ("明天下午到周五上午", "07-30 13:00", "07-31 12:00"),
        ("周五晚上10点到周六早上6点", "07-31 22:00", "08-01 06:00"),
    ],
)
def test_from_when_until_when(text: str, start: str, end: str) -> None:
    window = absence(text, NOW, ZONE, WORDS)
    assert (window.start, window.end) == (at(start), at(end))


@pytest.mark.parametrize("text", ["", "病假", "明天病假", "2027", "明天到", "15:00", "fri to nowhere", "-"])
def test_what_is_no_time_off_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="not_understood"):
        absence(text, NOW, ZONE, WORDS)


@pytest.mark.parametrize(
    ("text", "start", "end", "why"),
    [
        ("明天 病假", "07-30 00:00", "07-31 00:00", "病假"),
        ("明天病假", "07-30 00:00", "07-31 00:00", "病假"),
        ("明天到周五 年假 回老家", "07-30 00:00", "08-01 00:00", "年假 回老家"),
        ("fri 9-12 dentist at 10", "07-31 09:00", "07-31 12:00", "dentist at 10"),
        ("tomorrow", "07-30 00:00", "07-31 00:00", ""),
    ],
)
def test_a_line_begins_with_the_time_and_the_reason_follows(
    text: str, start: str, end: str, why: str
) -> None:
    window, rest = leading_absence(text, NOW, ZONE, WORDS)
    assert (window.start, window.end, rest) == (at(start), at(end), why)


def test_a_line_without_any_time_is_refused() -> None:
    with pytest.raises(Invalid, match="not_understood"):
        leading_absence("病假 明天", NOW, ZONE, WORDS)


def test_an_end_before_its_beginning_is_refused() -> None:
    with pytest.raises(Invalid, match="ends_before_start"):
        absence("明天到昨天", NOW, ZONE, WORDS)


def test_a_day_on_which_the_clock_changes_is_whole() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    window = absence("tomorrow", datetime(2026, 10, 24, 12, tzinfo=berlin), berlin, WORDS)
    assert window.length.total_seconds() == 25 * 3600
