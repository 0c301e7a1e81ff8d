"""Taking the last change back by an entry that reverses it (A4)."""

from contextlib import nullcontext
from typing import Any

from aftersales_tui.desk.agenda import require_free
from aftersales_tui.desk.file_clocks import keep_clocks
from aftersales_tui.desk.findable import kept_findable
from aftersales_tui.desk.partings import MERGE, is_wholesale, part, require_untouched
from aftersales_tui.desk.progress import retime
from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.staff_rules import require_still_right
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import NotFound, Refused
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed, stored_value, subject_of
from aftersales_tui.store.keys import Keyed, Record, Versioned
from aftersales_tui.store.queries import feed
from aftersales_tui.store.queries.callers import ERASED
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import FINAL_DEEDS, Receipt

TABLES: tuple[type[Keyed], ...] = (
    tables.Ticket,
    tables.Visit,
    tables.Contact,
    tables.Interval,
    tables.Promise,
    tables.Call,
    tables.Device,
    tables.Customer,
    tables.Person,
    tables.Phone,
    tables.Address,
    tables.SalePromise,
    tables.Note,
    tables.NotSame,
    tables.Visitor,
    tables.HandoverNote,
    tables.Takeover,
    tables.Staff,
    tables.Absence,
)
"""What undoable deeds change."""
ROWS: tuple[type[Record], ...] = (tables.StaffSkill, tables.StaffZone, tables.Shift)
"""Rows without an id of their own: they come and go whole, and are never changed."""


class Undoing:
    """Writes reversing entries."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def undo(self, act: Act, seq: int) -> Receipt:
        """Take an entry back while nothing has touched its records since.

        Raises:
            NotFound: ``undo.nothing``.
            Refused: ``undo.touched`` when a later entry belongs to the same ticket; ``undo.final`` for a deed that is
                not undone; ``merge.touched`` and ``erase.over`` for files of customers; ``dispatch.clash`` when the
                engineer has been given other work since.
        """
        return self._shop.perform(act, "undo", lambda deed: self._undo(deed, seq))

    def _undo(self, deed: Deed, seq: int) -> None:
        entry = feed.entry(deed.connection, self._shop.shop_id, seq)
        if entry is None:
            raise NotFound("undo.nothing")
        if entry.verb in FINAL_DEEDS:
            raise Refused("undo.final", verb=entry.verb)
        # Locked before looking: whoever touches the ticket in this moment waits, or is seen.
        own = deed.find(tables.Ticket, entry.subject)
        _require_person(deed, own.customer_id if own else entry.subject)
        single = [change for change in entry.changes if not is_wholesale(change)]
        for change in single:
            if change["before"] is not None and change["after"] is not None:
                deed.held(_table(change["table"]), change["id"])
        if entry.verb == MERGE:
            require_untouched(deed, entry, seq)
        newest, by = feed.last_of(deed.connection, self._shop.shop_id, entry.subject)
        if newest != seq:
            raise Refused("undo.touched", by=by)
        # A merge has told which keys it moved; they go back with what it moved.
        findable = nullcontext() if entry.verb == MERGE else kept_findable(self._shop, deed, entry.subject)
        with findable:
            for change in reversed(single):
                self._reverse(deed, change, entry.subject)
        for change in filter(is_wholesale, entry.changes):
            part(deed, change)
        require_still_right(self._shop, deed, entry.changes)
        if own is not None:
            self._require_still_free(deed, own)
            retime(self._shop, deed, own)
        elif (customer := deed.find(tables.Customer, entry.subject)) is not None:
            # An entry of a store of before tells of the file alone, and its dates stand on the list all the same.
            keep_clocks(self._shop, deed, customer)
        deed.subject, deed.undoes = entry.subject, seq
        deed.params = {**entry.params, "verb": entry.verb}

    def _reverse(self, deed: Deed, change: dict[str, Any], entry_of: int) -> None:
        if change["before"] is None:
            self._require_untouched(deed, _any_table(change["table"]), change)
            deed.unmake(_any_table(change["table"]), change["after"])
            return
        if change["after"] is None:
            _remake(deed, _any_table(change["table"]), change["before"])
            return
        table = _table(change["table"])
        row = deed.held(table, change["id"])
        subject = subject_of(row)
        if (
            subject != entry_of
            and isinstance(row, Versioned)
            and row.version != change["after"].get("version")
        ):
            # A record of another subject may have been touched under that one since, and the entry still be its last.
            raise Refused("undo.touched", by=feed.last_of(deed.connection, self._shop.shop_id, subject)[1])
        for column, value in change["before"].items():
            if column != "version":
                setattr(row, column, stored_value(table, column, value))

    @staticmethod
    def _require_untouched(deed: Deed, table: type[Record], change: dict[str, Any]) -> None:
        """A note of the handover book that somebody has taken over is his: it cannot be made undone any more (A1)."""
        if table is tables.HandoverNote:
            note = deed.held(tables.HandoverNote, change["id"])
            if note.taken_by is not None:
                raise Refused("undo.touched", by=deed.get(tables.Staff, note.taken_by).name)

    def _require_still_free(self, deed: Deed, own: tables.Ticket) -> None:
        """A visit that comes back must not meet one that was given to its engineer in the meantime (D2)."""
        if own.visit_id is None:
            return
        visit = deed.held(tables.Visit, own.visit_id)
        engineer = deed.held(tables.Staff, visit.engineer_id)
        window = Window(visit.starts_at, visit.ends_at)
        require_free(self._shop, deed, engineer, window, own.id, visit.override_reason, shifts=False)


def _require_person(deed: Deed, customer_id: int | None) -> None:
    """Refuse to bring back what was written about somebody who has been erased since (U4)."""
    customer = deed.find(tables.Customer, customer_id) if customer_id else None
    if customer is not None and customer.state == ERASED:
        raise Refused("erase.over")


def _remake(deed: Deed, table: type[Record], before: dict[str, Any]) -> None:
    """Bring back a record that the deed that is being undone had removed."""
    deed.put(table.made(**{column: stored_value(table, column, value) for column, value in before.items()}))


def _any_table(name: str) -> type[Record]:
    return next((rows for rows in ROWS if rows.__tablename__ == name), None) or _table(name)


def _table(name: str) -> type[Keyed]:
    made: type[Keyed] | None = next((t for t in TABLES if t.__tablename__ == name), None)
    if made is None:
        raise NotFound("undo.nothing")
    return made
