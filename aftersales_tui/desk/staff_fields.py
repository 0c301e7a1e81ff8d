"""The lists on a person's card, put in place of the former ones row by row, and what is told of a change (A7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from aftersales_tui.domain.text import clean
from aftersales_tui.domain.week import Week, written
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.keys import Record
from aftersales_tui.store.queries import engineers

WORD_LIMIT = 60
LIMITS: Mapping[str, int] = {
    "name": 120,
    "role": 20,
    "phone": 60,
    "schooling": 200,
    "trainings": 2000,
    "note": 2000,
}
"""Characters that the fields of one text hold."""
BETWEEN = ", "
"""Stands between the words of a list in the sentence about it."""


def kept_words(said: Sequence[str], field: str) -> tuple[str, ...]:
    """Each word once, cleaned."""
    return tuple(filter(None, dict.fromkeys(clean(word, WORD_LIMIT, field) for word in said)))


def replace_words(deed: Deed, staff_id: int, lists: Mapping[str, tuple[str, ...] | None]) -> dict[str, str]:
    """Write skills and zones; answers those that differ, as the feed tells them.

    Args:
        deed: That holds the person.
        staff_id: The person.
        lists: ``skills`` and ``zones``; ``None`` leaves one as it is.
    """
    told = {}
    for name, words in lists.items():
        if words is None:
            continue
        table, column = _LISTS[name]
        had = _had(name, deed.connection, deed.shop_id).get(staff_id, ())
        if set(had) == set(words):
            continue
        row = {"shop_id": deed.shop_id, "staff_id": staff_id}
        for gone in sorted(set(had) - set(words)):
            deed.unmake(table, {**row, column: gone})
        for new in words:
            if new not in had:
                deed.put(table.made(**row, **{column: new}))
        told[name] = BETWEEN.join(words)
    return told


def replace_week(deed: Deed, staff_id: int, week: Week | None) -> dict[str, str]:
    """Write the weekly shifts; answers them when they differ, as the feed tells them."""
    weekly = engineers.shifts(deed.connection, deed.shop_id, [staff_id]).get(staff_id, {})
    had = {(day, *span) for day, spans in weekly.items() for span in spans}
    if week is None or had == set(week):
        return {}
    for span in sorted(had - set(week)):
        deed.unmake(tables.Shift, _shift(deed, staff_id, span))
    for span in week:
        if span not in had:
            deed.put(tables.Shift.made(**_shift(deed, staff_id, span)))
    return {"shifts": written(week)}


def changed_words(told: Mapping[str, str]) -> dict[str, str]:
    """What the sentence about a change fills in: which fields, and what each says now."""
    return {"fields": ",".join(told), **{f"to_{field}": text for field, text in told.items()}}


_LISTS: Mapping[str, tuple[type[Record], str]] = {
    "skills": (tables.StaffSkill, "skill"),
    "zones": (tables.StaffZone, "zone"),
}


def _had(name: str, connection: Connection, shop_id: int) -> dict[int, tuple[str, ...]]:
    return engineers.skills(connection, shop_id) if name == "skills" else engineers.zones(connection, shop_id)


def _shift(deed: Deed, staff_id: int, span: tuple[int, int, int]) -> dict[str, Any]:
    weekday, start, end = span
    return {
        "shop_id": deed.shop_id,
        "staff_id": staff_id,
        "weekday": weekday,
        "start_minute": start,
        "end_minute": end,
    }
