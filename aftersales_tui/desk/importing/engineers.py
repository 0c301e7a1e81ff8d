"""The shop's people out of a file (A3, A7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.work import Look, Work, fill, own_id
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import weekly_shifts
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.pinyin import sounds
from aftersales_tui.store import bulk, tables
from aftersales_tui.views.imports import Fault

ENGINEER = "engineer"
COLUMNS = ("name", "role", "phone", "in_trade_since", "schooling", "trainings", "note")


class Engineers:
    """Takes in the people who work here."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """Shifts that nobody understands are left out."""
        faults = []
        for text in row.values.get("shifts", ()):
            try:
                weekly_shifts(text, self._shop.words)
            except DomainError as error:
                faults.append(Fault(row.line, "shifts", text, error))
        return tuple(faults)

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """People that came from here, and those who are called the same."""
        known = bulk.people(look.connection, look.shop.shop_id)
        named = {row.line: known.get(name_key(row.values["name"]), 0) for row in rows}
        met = {line: staff_id for line, staff_id in named.items() if staff_id}
        return {**look.apart("engineers", rows, met), **look.ours(tables.Staff, rows)}

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:  # noqa: ARG002 (they stand alone)
        """A person belongs to nobody."""
        return {}

    def named(self, row: Foreign, now: datetime) -> None:
        """A person belongs to nobody."""

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New people."""
        for row in rows:
            staff_id = own_id(row.source_id, work.deed.now) or work.new_id(work.deed.now, row.line)
            told = {"role": ENGINEER, **_told(row)}
            work.chunk.put(
                tables.Staff,
                id=staff_id,
                name_key=name_key(told["name"]),
                initials=sounds(told["name"]),
                **told,
            )
            for table, values in self._equipment(row):
                work.chunk.put(table, staff_id=staff_id, **values)
            work.remember("engineers", row.source_id, staff_id, row.digest, is_new=True)

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What the row tells; skills, zones and shifts are added."""
        own = work.deed.held(tables.Staff, record_id)
        fill(own, _told(row))
        own.name_key, own.initials = name_key(own.name), sounds(own.name)
        for table, values in self._equipment(row):
            bulk.add(work.connection, table, {"shop_id": self._shop.shop_id, "staff_id": record_id, **values})
        work.chunk.touch(tables.Staff, record_id)

    def _equipment(self, row: Foreign) -> list[tuple[Any, dict[str, Any]]]:
        told = row.values
        found: list[tuple[Any, dict[str, Any]]] = []
        found += ((tables.StaffSkill, {"skill": skill}) for skill in told.get("skills", ()))
        found += ((tables.StaffZone, {"zone": zone}) for zone in told.get("zones", ()))
        week: dict[tuple[int, int], int] = {}
        for text in told.get("shifts", ()):
            try:
                for weekday, start, end in weekly_shifts(text, self._shop.words):
                    week[weekday, start] = end
            except DomainError:
                continue  # told by ``check``
        found += (
            (tables.Shift, {"weekday": weekday, "start_minute": start, "end_minute": end})
            for (weekday, start), end in week.items()
        )
        return found


def _told(row: Foreign) -> dict[str, Any]:
    told = {name: row.values[name] for name in COLUMNS if row.values.get(name)}
    return told | ({"active": int(not row.values["has_left"])} if "has_left" in row.values else {})
