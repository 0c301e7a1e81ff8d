"""Engineers: what they can mend, when they work, and what they already have to do (D2)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, literal_column, select

from aftersales_tui.domain.appointment import Busy, Window
from aftersales_tui.store.tables import Absence, Shift, StaffSkill, StaffZone, Ticket, Visit

SKILL: Any = StaffSkill.__table__  # type: ignore[attr-defined]
ZONE: Any = StaffZone.__table__  # type: ignore[attr-defined]
SHIFT: Any = Shift.__table__  # type: ignore[attr-defined]
ABSENCE: Any = Absence.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]

_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_SKILLS = (
    select(SKILL.c.staff_id, SKILL.c.skill)
    .where(SKILL.c.shop_id == _SHOP)
    .order_by(SKILL.c.staff_id, SKILL.c.skill)
)
_ZONES = (
    select(ZONE.c.staff_id, ZONE.c.zone).where(ZONE.c.shop_id == _SHOP).order_by(ZONE.c.staff_id, ZONE.c.zone)
)
_SHIFTS = select(SHIFT.c.staff_id, SHIFT.c.weekday, SHIFT.c.start_minute, SHIFT.c.end_minute).where(
    SHIFT.c.shop_id == _SHOP, SHIFT.c.staff_id.in_(_IDS)
)
_VISITS = (
    select(VISIT.c.engineer_id, VISIT.c.starts_at, VISIT.c.ends_at, TICKET.c.number, TICKET.c.id)
    .join(TICKET, (TICKET.c.shop_id == VISIT.c.shop_id) & (TICKET.c.id == VISIT.c.ticket_id))
    .where(
        VISIT.c.shop_id == _SHOP,
        VISIT.c.engineer_id.in_(_IDS),
        VISIT.c.ends_at > bindparam("start"),
        VISIT.c.starts_at < bindparam("end"),
        VISIT.c.active == literal_column("1"),
    )
)
_ABSENCES = select(ABSENCE.c.staff_id, ABSENCE.c.starts_at, ABSENCE.c.ends_at, ABSENCE.c.reason).where(
    ABSENCE.c.shop_id == _SHOP,
    ABSENCE.c.staff_id.in_(_IDS),
    ABSENCE.c.ends_at > bindparam("start"),
    ABSENCE.c.starts_at < bindparam("end"),
)


class Job(NamedTuple):
    """Something that keeps an engineer busy, with the ticket it belongs to; 0 for time off."""

    busy: Busy
    ticket_id: int


def skills(connection: Connection, shop_id: int) -> dict[int, tuple[str, ...]]:
    """What each engineer can mend."""
    return _grouped(connection.execute(_SKILLS, {"shop": shop_id}).all())


def zones(connection: Connection, shop_id: int) -> dict[int, tuple[str, ...]]:
    """Where each engineer works."""
    return _grouped(connection.execute(_ZONES, {"shop": shop_id}).all())


def _grouped(rows: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for staff_id, word in rows:
        found[staff_id].append(word)
    return {staff_id: tuple(words) for staff_id, words in found.items()}


def shifts(
    connection: Connection, shop_id: int, ids: Sequence[int]
) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """The weekly spans of these engineers: weekday to minutes of the day."""
    found: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for staff_id, weekday, start, end in connection.execute(_SHIFTS, {"shop": shop_id, "ids": list(ids)}):
        found[staff_id][weekday].append((start, end))
    return found


def jobs(
    connection: Connection, shop_id: int, ids: Sequence[int], start: datetime, end: datetime
) -> dict[int, list[Job]]:
    """The visits and absences of these engineers between two instants."""
    found: dict[int, list[Job]] = defaultdict(list)
    values = {"shop": shop_id, "ids": list(ids), "start": start, "end": end}
    for staff_id, begins, ends, number, ticket_id in connection.execute(_VISITS, values):
        found[staff_id].append(Job(Busy("visit", Window(begins, ends), f"T-{number}"), ticket_id))
    for staff_id, begins, ends, reason in connection.execute(_ABSENCES, values):
        found[staff_id].append(Job(Busy("absence", Window(begins, ends), reason), 0))
    return found
