"""Reads a day: 下周五, ``24th of december``, 去年5月, ``2024-05-03``, 月底."""

from datetime import date, timedelta

from aftersales_tui.domain.when.days import CalendarSaid, SaidDay, View, months_later, nearest, real_date
from aftersales_tui.domain.when.tokens import Cursor
from aftersales_tui.domain.when.words import WEEKEND

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Four digits in these bounds are a year; others may be a clock time."""
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
YEARS_AHEAD = 20
"""A year of two digits lies at most so far ahead; later ones are of the last century."""


def read_day(cursor: Cursor, view: View) -> SaidDay | None:
    """A day, or the week, month or year it lies in; nothing is taken if there is none here."""
    start = cursor.at
    for read in (_relative, _weekday, _figures, _edge_of_now, _in_english, _spelled):
        said = read(cursor, view)
        if said is not None:
            return said
        cursor.at = start
    return None


def _relative(cursor: Cursor, view: View) -> SaidDay | None:
    ahead = cursor.word(cursor.words.days)
    return None if ahead is None else SaidDay((view.today + timedelta(days=ahead),))


def _unit(cursor: Cursor, unit: str) -> bool:
    """Takes the name of a unit, as in 下周 and ``next month``."""
    taken = cursor.words.units.get(cursor.text) == unit
    cursor.at += taken
    return taken


def _shifted(cursor: Cursor, unit: str) -> int | None:
    """``next week`` is 1, 上个月 is -1."""
    start = cursor.at
    shift = cursor.word(cursor.words.shifts)
    if shift is not None and (_unit(cursor, unit) or (unit == "month" and cursor.mark("month"))):
        return shift
    cursor.at = start
    return None


def _weekday_name(cursor: Cursor) -> int | None:
    named = cursor.word(cursor.words.weekdays)
    start = cursor.at
    if named is None and not cursor.text.isascii() and _unit(cursor, "week"):
        # 周5 is quicker to type than 周五; 周3点 is no weekday.
        named = cursor.value(1, 7)
        if named is None or cursor.text == ":" or cursor.mark("hour"):
            cursor.at = start
            return None
    return named


def _weekday(cursor: Cursor, view: View) -> SaidDay | None:
    monday = view.today - timedelta(days=view.today.weekday())
    week = _shifted(cursor, "week")
    shift = cursor.word(cursor.words.shifts) if week is None else week
    number = _weekday_name(cursor)
    if number is None:
        return None if week is None else SaidDay((monday + timedelta(weeks=week),), "week")
    if shift is None:
        shift = _shifted(cursor, "week")
    if number == WEEKEND:
        return SaidDay(_weekend(view, monday + timedelta(days=5), shift), weekday=shift is None)
    this = monday + timedelta(days=number - 1)
    if shift is not None:
        return SaidDay((this + timedelta(weeks=shift),))
    return SaidDay(nearest(view, lambda step: this + timedelta(weeks=step), 2), weekday=True)


def _weekend(view: View, saturday: date, shift: int | None) -> tuple[date, ...]:
    """周末 and ``weekend``: Saturday, and on Sunday today; when that is over the next day of a weekend.

    With a shift, as in 这周末, the weekend is named, and what is left of it is meant.
    """
    # Two days a week, counted from this Saturday; looking back, from this Sunday.
    first = int(view.past)
    if shift is None:
        return nearest(view, lambda step: saturday + (first + step) // 2 * WEEK + (first + step) % 2 * DAY, 4)
    both = [saturday + timedelta(weeks=shift, days=day) for day in (0, 1)]
    left = tuple(day for day in both if (day <= view.today if view.past else day >= view.today))
    return left or (both[0],)


def _figures(cursor: Cursor, view: View) -> SaidDay | None:
    """``2024-05-03``, ``20240503``, ``2024/5``, ``5/2024``, ``12/24/2024``, ``24/12``; ``12-24``, not ``2-4pm``."""
    first = cursor.number()
    if first is None or first.number is None or not first.text.isascii():
        return None
    if len(first.text) == 8:
        day = real_date(first.number // 10000, first.number // 100 % 100, first.number % 100)
        return SaidDay((day,)) if day else None
    sign = cursor.sign("-", "/", ".")
    year = cursor.value(FIRST_YEAR, LAST_YEAR) if sign and 1 <= first.number <= 12 else None
    if year is not None and view.past:
        # Behind a date to come four digits are a clock: 5-2000.
        return CalendarSaid(year, first.number).days(view)
    second = cursor.value(1, 31) if sign and year is None else None
    if second is None:
        return None
    if FIRST_YEAR <= first.number <= LAST_YEAR:
        start = cursor.at
        third = cursor.value(1, 31) if cursor.sign(sign) else None
        if third is None:
            cursor.at = start
        return CalendarSaid(first.number, second, third).days(view)
    hours = sign == "-" and (not view.dash_is_date or (cursor.last and cursor.text in cursor.words.parts))
    if sign == "." or hours:
        return None
    month, number = (second, first.number) if first.number > 12 else (first.number, second)
    whole = bool(cursor.sign(sign))
    year = cursor.value(FIRST_YEAR, LAST_YEAR) if whole else None
    if len(first.text) > len("31") or (whole and year is None):
        # 0001-01-01 is no first of January.
        return None
    return CalendarSaid(year, month, number).days(view)


def _edge_of_now(cursor: Cursor, view: View) -> SaidDay | None:
    """月底, 年初: of this month and this year."""
    for unit, month in (("month", view.today.month), ("year", None)):
        if cursor.mark(unit):
            edge = _edge(cursor)
            return CalendarSaid(view.today.year, month, None, edge).days(view) if edge else None
    return None


def _edge(cursor: Cursor) -> str:
    return next((edge for edge in ("start", "middle", "end") if cursor.mark(f"edge_{edge}")), "")


def _edge_behind(cursor: Cursor) -> str:
    """The edge after a year or month: 5月底, 去年年底."""
    start = cursor.at
    cursor.mark("year")
    edge = _edge(cursor)
    if not edge:
        cursor.at = start
    return edge


def _year(cursor: Cursor, view: View) -> int | None:
    """2024年, 24年, 113年, 民国113年, 去年, ``next year``."""
    named = cursor.word(cursor.words.years)
    shift = _shifted(cursor, "year") if named is None else named
    if shift is not None:
        return view.today.year + shift
    start = cursor.at
    era = cursor.mark("era")
    token = cursor.number()
    if token is None or token.number is None or not cursor.mark("year"):
        cursor.at = start
        return None
    # 二四年 and 24年 are a year, 十二年 and 2年 count years.
    digits = all(cursor.words.numbers.get(letter, 0) < 10 for letter in token.text) * len(token.text)
    if era or digits == 3:
        return token.number + cursor.words.year_offset
    if digits == 2:
        newest = view.today.year + (0 if view.past else YEARS_AHEAD)
        return token.number + (2000 if 2000 + token.number <= newest else 1900)
    if digits == 4:
        return token.number
    cursor.at = start
    return None


def _marked(cursor: Cursor, office: str, most: int) -> int | None:
    """A number with the word that says what it counts: 5月, 24号, ``24th``."""
    start = cursor.at
    value = cursor.value(1, most)
    if value is not None and cursor.mark(office):
        return value
    cursor.at = start
    return None


def _spelled(cursor: Cursor, view: View) -> SaidDay | None:
    """Year, month and day in this order, each with its mark: 2024年5月3日, 下个月3号, ``end of may``."""
    edge = _edge(cursor)
    if edge:
        cursor.fillers()
    year = _year(cursor, view)
    if year is not None:
        cursor.fillers()
    month = _marked(cursor, "month", 12) or cursor.word(cursor.words.months)
    if month is None and year is None:
        shift = _shifted(cursor, "month")
        if shift is not None:
            there = months_later(view.today.replace(day=1), shift)
            year, month = there.year, there.month
    cursor.mark("filler")
    if edge:
        return CalendarSaid(year, month, None, edge).days(view) if year or month else None
    day = _marked(cursor, "day", 31)
    if day is None:
        edge = _edge_behind(cursor) if year is not None or month is not None else ""
    return CalendarSaid(year, month, day, edge).days(view)


def _in_english(cursor: Cursor, view: View) -> SaidDay | None:
    """``May 3rd, 2024``, ``3 May``, ``24th of december``, ``May 2024``, ``last May``."""
    shift = cursor.word(cursor.words.shifts)
    day = _marked(cursor, "day", 31) or cursor.value(1, 31)
    if day is not None:
        # Not any filler: ``at 9 on may 3`` is no ninth of May.
        cursor.mark("of")
    month = cursor.word(cursor.words.months)
    if month is None:
        return None
    if shift is not None:
        return SaidDay((_named_month(view.today, month, shift),), "month") if day is None else None
    if day is None:
        day = _day_behind(cursor)
    start = cursor.at
    cursor.fillers()
    year = cursor.value(FIRST_YEAR, LAST_YEAR)
    if year is None:
        cursor.at = start
    return CalendarSaid(year, month, day).days(view)


def _day_behind(cursor: Cursor) -> int | None:
    """The 3 of ``may 3rd``; not that of ``may 3:00``."""
    start = cursor.at
    day = _marked(cursor, "day", 31) or cursor.value(1, 31)
    if cursor.text == ":" or cursor.text in cursor.words.parts:
        cursor.at = start
        return None
    return day


def _named_month(today: date, month: int, shift: int) -> date:
    """``last May`` is the latest May before this month, ``next May`` the first one after it."""
    passed = month < today.month if shift < 0 else month > today.month
    return date(today.year + (0 if passed else shift), month, 1)
