"""The shop's people in words: weekly shifts, time off, what was changed on a card. Nothing here needs Textual."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.week import clock, grouped, read
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import day_word, instant_word, span_word

ONE_DAY = timedelta(days=1)
BETWEEN = ", "


def shifts_word(week: Iterable[tuple[int, int, int]]) -> str:
    """Weekly shifts as they can be typed again: ``Mon-Fri 8:30-18:00, Sat 9:00-12:00``; empty for none."""
    parts = []
    for runs, spans in grouped(week):
        days = " ".join(
            _day(first) if first == last else f"{_day(first)}-{_day(last)}" for first, last in runs
        )
        hours = " ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
        parts.append(f"{days} {hours}")
    return BETWEEN.join(parts)


def _day(weekday: int) -> str:
    return say(f"day.week.{weekday}")


def off_word(start: datetime, end: datetime, now: datetime, zone: tzinfo) -> str:
    """Time off as it is said: ``tomorrow``, ``tomorrow 9-12``, ``tomorrow - 08-05``."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if _midnight(first) and _midnight(last):
        begins, ends = day_word(start, now, zone), day_word(end - ONE_DAY / 2, now, zone)
        return begins if begins == ends else f"{begins} - {ends}"
    if first.date() == (end - timedelta(seconds=1)).astimezone(zone).date():
        return f"{day_word(start, now, zone)} {span_word(start, end, zone)}"
    return f"{instant_word(start, now, zone)} - {instant_word(end, now, zone)}"


def _midnight(wall: datetime) -> bool:
    return not (wall.hour or wall.minute)


def value_word(field: str, text: str) -> str:
    """What stands on a card now, out of what the feed keeps of it."""
    if field == "shifts":
        text = shifts_word(read(text))
    elif field == "role":
        text = say(f"role.{text}")
    return text or say("people.empty")


def changed_word(params: Mapping[str, str]) -> str:
    """What was changed on a card: ``phone 139, skills fridge, washer``."""
    fields = params["fields"].split(",")
    return BETWEEN.join(
        f"{say(f'person.{field}')} {value_word(field, params[f'to_{field}'])}" for field in fields
    )
