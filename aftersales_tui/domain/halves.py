"""The windows a dispatcher offers first: the next half-days in which the shop is open (D2)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import takewhile

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import Stretch, wall_instant

OpenBetween = Callable[[datetime, datetime], Iterator[Stretch]]
"""The open hours between two instants, in order."""
DAYS = 30
"""So far ahead half-days are looked for; a shop that is closed longer offers none."""


def half_days(
    now: datetime,
    zone: tzinfo,
    halves: Sequence[tuple[int, int]],
    open_between: OpenBetween,
    least: timedelta,
) -> Iterator[Window]:
    """The half-days to come, in order, as far as the shop is open; a running one begins at the next full hour.

    Args:
        now: Aware.
        zone: The shop's.
        halves: Start and end of each half in minutes from midnight, in order.
        open_between: The shop's open hours.
        least: A shorter rest of a half-day is not offered.
    """
    today = now.astimezone(zone).date()
    hour = now.astimezone(zone).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    for ahead in range(DAYS):
        day = today + timedelta(days=ahead)
        for first, last in halves:
            start, end = wall_instant(day, first, zone), wall_instant(day, last, zone)
            if start < now:
                start = hour
            opened = list(open_between(start, end)) if start < end else []
            if opened and opened[-1][1] - opened[0][0] >= least:
                yield Window(opened[0][0], opened[-1][1])


def wished_halves(
    wish: Window,
    now: datetime,
    zone: tzinfo,
    halves: Sequence[tuple[int, int]],
    whole: tuple[int, int],
    open_between: OpenBetween,
    least: timedelta,
) -> tuple[Window, ...]:
    """The half-days that are meant by a wish for a day or a half of it, in order of time.

    None for a wish that names hours of its own, and once the wished time is over. On a day on which the shop is
    closed they are the whole halves: the customer has wished it, and the engineers' shifts speak for themselves.

    Args:
        wish: As it was understood.
        whole: Start and end of what a day alone means; the other arguments are those of ``half_days``.
    """
    day = wish.start.astimezone(zone).date()
    starts, ends = (
        {wall_instant(day, minute, zone) for minute in minutes}
        for minutes in zip(*halves, whole, strict=True)
    )
    if wish.start not in starts or wish.end not in ends:
        return ()
    for opened in (open_between, _always):
        coming = half_days(max(now, wall_instant(day, 0, zone)), zone, halves, opened, least)
        of_day = takewhile(lambda one: one.start.astimezone(zone).date() == day, coming)
        meant = tuple(one for one in of_day if one.overlaps(wish))
        if meant:
            return meant
    return ()


def _always(start: datetime, end: datetime) -> Iterator[Stretch]:
    yield start, end
