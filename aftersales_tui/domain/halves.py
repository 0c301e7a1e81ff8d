"""The windows a dispatcher offers first: the next half-days in which the shop is open (D2)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import Stretch, wall_instant

DAYS = 30
"""So far ahead half-days are looked for; a shop that is closed longer offers none."""


def half_days(
    now: datetime,
    zone: tzinfo,
    halves: Sequence[tuple[int, int]],
    open_between: Callable[[datetime, datetime], Iterator[Stretch]],
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
