"""Instants, windows and stretches of time as the screens write them."""

from datetime import datetime, time, timedelta, tzinfo

from aftersales_tui.domain.appointment import Clash
from aftersales_tui.i18n import say

MINUTE = timedelta(minutes=1)
MIDNIGHT = time(0)
WEEK = 7


def left_word(due: datetime, now: datetime) -> str:
    """The time left: ``2h10``, ``12m``, ``3d04h``; ``-0h35 !`` when it is over, for those who see no red (D1)."""
    minutes = int(abs(due - now) / MINUTE)
    hours, rest = divmod(minutes, 60)
    if hours >= 100:
        word = f"{hours // 24}d"
    elif hours >= 24:
        word = f"{hours // 24}d{hours % 24:02d}h"
    else:
        word = f"{hours}h{rest:02d}"
    return f"-{word} !" if due < now else word


def day_word(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day as it is said: today, tomorrow, a weekday of the coming days, else the date."""
    there, here = at.astimezone(zone).date(), now.astimezone(zone).date()
    ahead = (there - here).days
    if ahead == 0:
        return say("day.today")
    if ahead == 1:
        return say("day.tomorrow")
    if 1 < ahead < WEEK:
        return say(f"day.week.{there.weekday()}")
    return f"{there:%m-%d}"


def instant_word(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant as it is said: ``today 14:05``."""
    return f"{day_word(at, now, zone)} {at.astimezone(zone):%H:%M}"


def span_word(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Two times of a day, without the minutes of full hours: ``14-16``, ``14:30-16``; a whole day by its word."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.time() == last.time() == MIDNIGHT:
        return say("span.all_day")
    return "-".join(f"{at:%H:%M}" if at.minute else f"{at:%H}" for at in (first, last))


def window_word(start: datetime, end: datetime, now: datetime, zone: tzinfo, *, short: bool = False) -> str:
    """A visit's window: ``today 14-16``; ``short`` leaves today out and cuts tomorrow, as a column does."""
    span = span_word(start, end, zone)
    ahead = (start.astimezone(zone).date() - now.astimezone(zone).date()).days
    if short and ahead == 0:
        return span
    day = say("day.tomorrow_short") if short and ahead == 1 else day_word(start, now, zone)
    return f"{day} {span}"


def clash_word(clash: Clash) -> str:
    """What speaks against a window, in words: ``visit T-1040``, ``off: training``."""
    return say(f"clash.{clash.kind}", label=clash.label)


def clash_with_time(clash: Clash, zone: tzinfo) -> str:
    """The same with its time, which of a missing shift is the wanted one: ``visit T-1040 14-16``."""
    if clash.kind == "off_shift":
        return clash_word(clash)
    return f"{clash_word(clash)} {span_word(clash.window.start, clash.window.end, zone)}"
