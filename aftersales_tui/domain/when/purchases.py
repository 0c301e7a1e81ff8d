"""When something was bought, as exactly as the customer knows it (C2)."""

from datetime import date, datetime, tzinfo
from typing import Literal, NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.days import View
from aftersales_tui.domain.when.said import Said, not_understood, read
from aftersales_tui.domain.when.spans import Span
from aftersales_tui.domain.when.wall import local_date, readable, span_day
from aftersales_tui.domain.when.words import Words, normal


class PastDate(NamedTuple):
    """A date and how much of it is known (C2).

    Attributes:
        date: The first day of the month or year if no more is known.
        precision: What is known.
    """

    date: date
    precision: Literal["day", "month", "year"]


def day(text: str, now: datetime, zone: tzinfo, words: Words) -> PastDate:
    """The day something was bought: ``2024-05-03``, 2024年5月, 去年, 3年前, ``two years ago`` (C2).

    A month or day without its year is the latest one that has begun. A week stands for its first day.

    Args:
        text: What was typed, in any of the three languages.
        now: Aware.
        zone: The shop's zone, which tells what day it is.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.not_understood``; ``when.in_future``.
    """
    today = local_date(now, zone)
    with readable(text):
        found = _year_alone(text) or _date(read(text, View(today, past=True), words), today)
        if found is None:
            raise not_understood(text)
    if found.date > today:
        raise Invalid("when.in_future", text=text)
    return found


def _year_alone(text: str) -> PastDate | None:
    """``2024``; elsewhere four digits are a clock time."""
    figures = normal(text[:8])
    if len(figures) == 4 and figures.isascii() and figures.isdigit() and figures[:2] in {"19", "20"}:
        return PastDate(date(int(figures), 1, 1), "year")
    return None


def _date(said: Said | None, today: date) -> PastDate | None:
    if said is None or said.timed:
        return None
    if said.offset is not None:
        return _ago(said.offset.span, today)
    if said.day is None:
        return None
    precision = said.day.precision
    return PastDate(said.day.dates[0], "day" if precision == "week" else precision)


def _ago(span: Span, today: date) -> PastDate | None:
    """3年前 is known to the year, ``two months ago`` to the month, 10天前 to the day."""
    if span.exact:
        return None
    then = span_day(today, span)
    if span.finest == "year":
        return PastDate(then.replace(month=1, day=1), "year")
    if span.finest == "month":
        return PastDate(then.replace(day=1), "month")
    return PastDate(then, "day")
