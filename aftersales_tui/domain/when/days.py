"""Days as people say them, and the days of the calendar that may be meant."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "year"]

LEAP_CYCLE = 9
"""From one 29 February to the next it may be eight years."""


class SaidDay(NamedTuple):
    """The days that may be meant.

    Attributes:
        dates: In the order they are tried: the second is taken only when the first is over.
        precision: How exactly the day was said; coarser ones stand for their first day.
        weekday: Only the name of a weekday was said; a date beside it may still name the day.
    """

    dates: tuple[date, ...]
    precision: Precision = "day"
    weekday: bool = False


class View(NamedTuple):
    """From where a day is looked for.

    Attributes:
        today: In the shop's zone.
        past: Look back instead of ahead.
        dash_is_date: Read ``12-24`` as a date and not as hours.
    """

    today: date
    past: bool = False
    dash_is_date: bool = True


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of_month(day: date) -> date:
    """The last day of that month."""
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day some calendar months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = last_of_month(date(year, month + 1, 1))
    return last.replace(day=min(day.day, last.day))


def nearest(view: View, kth: Callable[[int], date | None], most: int) -> tuple[date, ...]:
    """The two nearest of a row of days on the side that is looked at; ``kth`` counts away from today."""
    found: list[date] = []
    for step in range(most + 1):
        day = kth(-step if view.past else step)
        if day is not None and (day <= view.today if view.past else day >= view.today):
            found.append(day)
    return tuple(found[:2])


_EDGE: dict[str, Callable[[date], date]] = {
    "": lambda first: first,
    "start": lambda first: first,
    "middle": lambda first: first.replace(day=15),
    "end": last_of_month,
}
_EDGE_MONTH = {"start": 1, "middle": 6, "end": 12}


class CalendarSaid(NamedTuple):
    """What was said of a date; the rest is found from today.

    Attributes:
        edge: ``start``, ``middle`` or ``end`` of the month, or of the year if no month was said.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""

    def days(self, view: View) -> SaidDay | None:
        """The days it stands for; none if nothing was said or the calendar has no such day."""
        if self.month is None and self.day is None:
            return self._in_year(view)
        # An edge of the month is too vague to be a day on which something was bought.
        edge = "" if view.past else self.edge
        precision: Precision = "day" if self.day is not None or edge else "month"

        def on(year: int, month: int) -> date | None:
            first = real_date(year, month, 1)
            if first is None or self.day is not None:
                return first and real_date(year, month, self.day or 1)
            return _EDGE[edge](first)

        dates = self._dates(view, on)
        return SaidDay(dates, precision) if dates else None

    def _in_year(self, view: View) -> SaidDay | None:
        if self.year is None:
            return None
        if self.edge:
            return CalendarSaid(self.year, _EDGE_MONTH[self.edge]).days(view)
        first = real_date(self.year, 1, 1)
        return SaidDay((first,), "year") if first else None

    def _dates(self, view: View, on: Callable[[int, int], date | None]) -> tuple[date, ...]:
        month = self.month
        if month is None:
            if self.year is not None:
                return ()
            first = view.today.replace(day=1)

            def in_month(step: int) -> date | None:
                there = months_later(first, step)
                return on(there.year, there.month)

            return nearest(view, in_month, 4)
        if self.year is None:
            return nearest(view, lambda step: on(view.today.year + step, month), LEAP_CYCLE)
        exact = on(self.year, month)
        return (exact,) if exact else ()
