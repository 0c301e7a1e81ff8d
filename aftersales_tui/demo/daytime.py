"""When people ring: in the waking hours of the shop's wall clock, counted back from now."""

from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.calendar import wall_instant

WAKES, SLEEPS = 8 * 60, 21 * 60
WAKING = SLEEPS - WAKES
"""Minutes of a day in which calls come."""


def back(now: datetime, minutes: float, zone: tzinfo) -> datetime:
    """The instant so many waking minutes before now; at night they are counted from the evening before."""
    wall = now.astimezone(zone)
    at = min(max(wall.hour * 60 + wall.minute + wall.second / 60, WAKES), SLEEPS) - WAKES - minutes
    days, rest = divmod(at, WAKING)
    whole = int(rest)
    moment = wall_instant(wall.date() + timedelta(days=int(days)), WAKES + whole, zone)
    return min(moment + timedelta(seconds=int((rest - whole) * 60)), now)
