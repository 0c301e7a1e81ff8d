"""Purchase dates as people say them; now is Wednesday 25 November 2026 in Shanghai."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import PastDate, day
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=SHANGHAI).astimezone(UTC)


def bought(text: str) -> str:
    """The date, as exactly as it is known."""
    found = day(text, NOW, SHANGHAI, WORDS)
    return found.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[found.precision]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年5月", "2024-05"),
        ("元旦", "2026-01-01"),
        ("去年元旦", "2025-01-01"),
        ("2024年5月3日", "2024-05-03"),
        ("二〇二四年五月三号", "2024-05-03"),
        ("24年5月", "2024-05"),
        ("98年", "1998"),
        ("05年", "2005"),
        ("去年5月", "2025-05"),
        ("去年5月3号", "2025-05-03"),
        ("去年", "2025"),
        ("去年年底", "2025-12"),
        ("前年", "2024"),
        ("大前年", "2023"),
        ("3年前", "2023"),
        ("两年前", "2024"),
        ("两年", "2024"),
        ("十年", "2016"),
        ("半年前", "2026-05"),
        ("一年半前", "2025-05"),
        ("两个月前", "2026-09"),
        ("上个月", "2026-10"),
        ("上个月5号", "2026-10-05"),
        ("10天前", "2026-11-15"),
        ("昨天", "2026-11-24"),
        ("上周五", "2026-11-20"),
        ("5月", "2026-05"),
        ("12月", "2025-12"),
        ("3号", "2026-11-03"),
        ("31号", "2026-10-31"),
        ("兩個月前", "2026-09"),
        ("民國113年5月", "2024-05"),
        ("113年5月3號", "2024-05-03"),
    ],
)
def test_a_chinese_purchase_date_is_understood(text: str, expected: str) -> None:
    assert bought(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024/5/3", "2024-05-03"),
        ("2024.5.3", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("5/3/2024", "2024-05-03"),
        ("24/12/2024", "2024-12-24"),
        ("2024-05", "2024-05"),
        ("03/2018", "2018-03"),
        ("3/2018", "2018-03"),
        ("03-2018", "2018-03"),
        ("03.2018", "2018-03"),
        ("2024", "2024"),
        ("２０２４", "2024"),
        ("May 2024", "2024-05"),
        ("3 may 2023", "2023-05-03"),
        ("May 3rd, 2023", "2023-05-03"),
        ("24th of december", "2025-12-24"),
        ("last may", "2026-05"),
        ("last december", "2025-12"),
        ("last year", "2025"),
        ("last month", "2026-10"),
        ("last friday", "2026-11-20"),
        ("last week", "2026-11-16"),
        ("two years ago", "2024"),
        ("2 years", "2024"),
        ("18 months ago", "2025-05"),
        ("2 weeks ago", "2026-11-11"),
        ("yesterday", "2026-11-24"),
        ("today", "2026-11-25"),
        ("feb 29", "2024-02-29"),
    ],
)
def test_an_english_purchase_date_is_understood(text: str, expected: str) -> None:
    assert bought(text) == expected


def test_less_than_a_day_known_is_the_first_day() -> None:
    assert day("去年", NOW, SHANGHAI, WORDS) == PastDate(date(2025, 1, 1), "year")


@pytest.mark.parametrize(
    "text", ["tomorrow", "2027", "2027-01", "下个月", "next year", "3天后", "2026-11-26"]
)
def test_a_date_in_the_future_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        day(text, NOW, SHANGHAI, WORDS)
    assert (refused.value.code, refused.value.params) == ("when.in_future", {"text": text})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1899",
        "2024-13",
        "2023-02-29",
        "2小时前",
        "昨天下午",
        "15:30",
        "双十一",
        "2024 2023",
        "0000-00-00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        day(text, NOW, SHANGHAI, WORDS)
    assert refused.value.code == "when.not_understood"


def test_today_is_that_of_the_shop_and_not_of_utc() -> None:
    late = datetime(2026, 11, 25, 20, tzinfo=UTC)
    assert day("today", late, SHANGHAI, WORDS).date == date(2026, 11, 26)
