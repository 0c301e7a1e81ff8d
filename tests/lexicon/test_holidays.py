"""Holidays and moved working days by country (P8)."""

import subprocess
import sys
from datetime import date

import pytest

from aftersales_tui.domain.calendar import DayKind
from aftersales_tui.lexicon.holidays import Almanac


@pytest.mark.parametrize(
    ("country", "day", "kind"),
    [
        ("CN", date(2026, 10, 1), "holiday"),
        ("CN", date(2026, 10, 3), "holiday"),
        ("CN", date(2026, 10, 10), "worked"),
        ("CN", date(2026, 10, 17), "ordinary"),
        ("CN", date(2026, 10, 8), "ordinary"),
        ("TW", date(2025, 10, 10), "holiday"),
        ("TW", date(2025, 2, 8), "worked"),
        ("TW", date(2026, 10, 1), "ordinary"),
        ("HK", date(2026, 7, 1), "holiday"),
        ("US", date(2026, 7, 4), "holiday"),
    ],
)
def test_the_kind_of_a_day(country: str, day: date, kind: DayKind) -> None:
    assert Almanac(country).kind(day) == kind


def test_the_days_of_a_moved_week() -> None:
    china = Almanac("CN")
    days = [date(2026, 10, day) for day in (5, 9, 10, 17)]
    assert [china.kind(day) for day in days] == ["holiday", "ordinary", "worked", "ordinary"]


@pytest.mark.parametrize(("country", "year"), [("CN", 2099), ("CN", 1990), ("TW", 2500), ("XX", 2026)])
def test_an_unknown_year_or_country_follows_the_plain_week_and_says_so(country: str, year: int) -> None:
    almanac = Almanac(country)
    assert not almanac.known(year)
    days = [date(year, 1, n) for n in range(1, 15)]
    assert {almanac.kind(day) for day in days} == {"ordinary"}


def test_known_years_are_known() -> None:
    assert all(Almanac(country).known(2026) for country in ("CN", "TW", "HK", "MO", "SG"))


def test_the_shops_own_days_win() -> None:
    own = Almanac("CN", {date(2026, 10, 1): True, date(2026, 10, 9): False, date(2026, 10, 17): True})
    assert own.kind(date(2026, 10, 1)) == "ordinary"
    assert own.kind(date(2026, 10, 9)) == "holiday"
    assert own.kind(date(2026, 10, 17)) == "worked"


def test_nothing_heavy_is_imported_before_a_date_is_asked() -> None:
    probe = (
        "import sys; from aftersales_tui.lexicon.holidays import Almanac; Almanac('CN');"
        "assert not {'holidays', 'chinese_calendar'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)
