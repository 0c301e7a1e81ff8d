"""Which earlier ticket each ticket of a file repeats: known by the file's ids, in whatever order the rows stand."""

from collections.abc import Mapping, Sequence

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.work import Work
from aftersales_tui.store import bulk_parts, tables

COLUMN = "repeat_of"


class Repeats:
    """Links the repeats of one file."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def note(self, row: Foreign) -> None:
        """Remember what a row repeats; rows before a break are noted once more when the file is gone on with."""
        told = row.values.get(COLUMN)
        if told and told != row.source_id:
            self._told[row.source_id] = told

    def firsts(self, work: Work, rows: Sequence[Foreign], ids: Mapping[int, int]) -> dict[int, int]:
        """The tickets that rows repeat, by the line of the row, as far as they are there or come with these.

        Tickets of chunks before, whose first one comes only now, are linked where they lie.

        Args:
            rows: New tickets.
            ids: That they get, by their line.
        """
        if not self._told:
            return {}
        made = {row.source_id: ids[row.line] for row in rows}
        self._link_waiting(work, made)
        asked = {row.line: self._told[row.source_id] for row in rows if row.source_id in self._told}
        known = work.look.referred(tables.Ticket, "tickets", set(asked.values()) - made.keys())
        found = {line: made.get(first) or known.get(first, 0) for line, first in asked.items()}
        return {line: first for line, first in found.items() if first}

    def of(self, work: Work, row: Foreign) -> int:
        """The ticket that a row of a known one repeats; 0 for none."""
        told = row.values.get(COLUMN, "")
        return work.look.referred(tables.Ticket, "tickets", [told]).get(told, 0) if told else 0

    def _link_waiting(self, work: Work, made: Mapping[str, int]) -> None:
        waiting = {own: first for own, first in list(self._told.items()) if first in made and own not in made}
        known = work.look.referred(tables.Ticket, "tickets", waiting)
        firsts = {known[own]: made[first] for own, first in waiting.items() if own in known}
        bulk_parts.repeats(work.connection, work.shop.shop_id, firsts)
