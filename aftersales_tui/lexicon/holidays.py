"""Public holidays and moved working days of the shop's country (P8).

Mainland China comes from ``chinese_calendar`` with its moved working days (调休), every other country from
``holidays``. Both are heavy: they are imported when a date is asked, and a year is worked out once. A year or
a country that no list knows follows the plain week; ``Almanac.known`` tells, so that a screen can warn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from aftersales_tui.domain.calendar import DayKind

YEAR_UNKNOWN = "calendar.year_unknown"
"""The code of the warning, with ``year`` and ``country``: holidays of that year are not counted."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Almanac:
    """What kind of day a date is in one country.

    Attributes:
        country: ISO 3166 code, such as ``CN``, ``TW`` or ``HK``.
        overrides: Days on which the shop itself says whether it works; they win.
    """

    country: str
    overrides: Mapping[date, bool] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """An ordinary day of the week, a holiday, or a weekend day worked in exchange; never an error."""
        works = self.overrides.get(day)
        if works is not None:
            if not works:
                return "holiday"
            return "worked" if day.weekday() >= SATURDAY else "ordinary"
        return (_marked(self.country, day.year) or {}).get(day, "ordinary")

    def known(self, year: int) -> bool:
        """Whether the holidays of that year are known, to a list or to the shop; if not, show ``YEAR_UNKNOWN``."""
        told = any(day.year == year for day in self.overrides)
        return told or _marked(self.country, year) is not None


@cache
def _marked(country: str, year: int) -> Mapping[date, DayKind] | None:
    """The days of a year that differ from the plain week; nothing when no list knows the year."""
    found = _mainland(year) if country == "CN" else _elsewhere(country, year)
    return None if found is None else dict(found)


def _mainland(year: int) -> Iterator[tuple[date, DayKind]] | None:
    import chinese_calendar

    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        return None

    def marked() -> Iterator[tuple[date, DayKind]]:
        for day in _days_of(year):
            off, name = chinese_calendar.get_holiday_detail(day)
            if off and name is not None:
                yield day, "holiday"
            elif not off and day.weekday() >= SATURDAY:
                yield day, "worked"

    return marked()


def _elsewhere(country: str, year: int) -> Iterator[tuple[date, DayKind]] | None:
    import holidays

    try:
        listed = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return None
    if not listed.start_year <= year <= listed.end_year:
        return None

    def marked() -> Iterator[tuple[date, DayKind]]:
        for day in _days_of(year):
            if day in listed:
                yield day, "holiday"
            elif listed.is_weekend(day) and listed.is_working_day(day):
                yield day, "worked"

    return marked()


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
