"""Visits out of a file: those before the last one, which the ticket itself tells (U2, D2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aftersales_tui.desk.importing.foreign import Foreign, Rejected
from aftersales_tui.desk.importing.ticket_rows import ENDINGS, received_at, status_of, window_of
from aftersales_tui.desk.importing.work import Look, Work, own_id
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.domain.ticket import is_open
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.store import bulk, bulk_parts, tables
from aftersales_tui.store.foreign_ids import NUMBERED, gone
from aftersales_tui.views.imports import Fault

VISIT_ID = "visit_id"
_FIGURES = "T-#"


class Meant(NamedTuple):
    """The ticket and the engineer of a row; 0 for what nobody knows."""

    ticket_id: int
    engineer_id: int


class Visits:
    """Takes in visits; each belongs to a ticket and to somebody who works here."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """A visit without ticket, engineer or time is none."""
        told = row.values
        for group in (("ticket_id", "ticket_number"), ("engineer", "engineer_id"), ("visit_from",)):
            if not any(told.get(name) for name in group):
                raise Rejected(Fault(row.line, group[0], "", Refused("import.no_visit")))
        return ()

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Visits that came from here, and the one of the same ticket, engineer and time that no other row is."""
        meant = self._meant(look, rows)
        known = bulk_parts.visits_of(
            look.connection, look.shop.shop_id, {one.ticket_id for one in meant.values()}
        )
        by_time = {(one.ticket_id, one.engineer_id, one.starts_at): one.visit_id for one in known}
        alike = {row.line: by_time.get((*meant[row.line], row.values["visit_from"]), 0) for row in rows}
        met = {line: visit_id for line, visit_id in alike.items() if visit_id}
        return {**look.apart("visits", rows, met), **look.ours(tables.Visit, rows)}

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
        """Visits of a ticket or by a person nobody knows, and those of a customer who was erased."""
        meant = self._meant(look, rows)
        erased = bulk.erased(
            look.connection, look.shop.shop_id, tables.Ticket, {one.ticket_id for one in meant.values()}
        )
        digests = {row.line: gone("tickets", look.source, _ticket_told(row)) for row in rows}
        left = look.known("tickets", digests.values())
        found: dict[int, Fault] = {}
        for row in rows:
            ticket_id, engineer_id = meant[row.line]
            if ticket_id in erased or digests[row.line] in left:
                found[row.line] = Fault(row.line, "", "", Refused("import.erased"))
            elif not ticket_id:
                told = _ticket_told(row)
                found[row.line] = Fault(
                    row.line, "ticket_id", told, Refused("import.no_such_ticket", id=told)
                )
            elif not engineer_id:
                told = row.values.get("engineer") or row.values["engineer_id"]
                error = Refused("import.no_such_engineer", given=told)
                found[row.line] = Fault(row.line, "engineer", told, error)
        return found

    def named(self, row: Foreign, now: datetime) -> None:
        """A visit belongs to a ticket."""

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New visits: they are over, whatever came of them."""
        meant = self._meant(work.look, rows)
        for row in rows:
            told, at = row.values, row.values["visit_from"]
            visit_id = own_id(row.source_id, work.deed.now) or work.new_id(at, row.line)
            filled = self._filled(row)
            outcome_at = filled.pop("outcome_at")
            work.chunk.put(
                tables.Visit,
                id=visit_id,
                ticket_id=meant[row.line].ticket_id,
                engineer_id=meant[row.line].engineer_id,
                starts_at=milliseconds(at),
                ends_at=milliseconds(max(told.get("visit_to") or at, at)),
                active=0,
                outcome_at=milliseconds(outcome_at) if outcome_at else None,
                **filled,
            )
            work.remember("visits", row.source_id, visit_id, row.digest, is_new=True)
            if at > work.deed.now:
                work.faults.append(Fault(row.line, "visit_from", "", Refused("import.visit_ahead")))

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What came of it; whose it was and when is told by its ticket."""
        bulk_parts.fill_visit(work.connection, work.shop.shop_id, record_id, self._filled(row))

    def _filled(self, row: Foreign) -> dict[str, Any]:
        """What came of a visit, as one of our outcomes and in words; what is none of ours is words."""
        told = row.values
        outcome, words = told.get("outcome", ""), told.get("outcome_words", "")
        if outcome not in self._shop.policy.outcomes and outcome not in ENDINGS:
            outcome, words = "", "\n".join(filter(None, (outcome, words)))
        return {
            "outcome": outcome,
            "outcome_at": told.get("outcome_at"),
            "words": words,
            "override_reason": told.get("override_reason", ""),
        }

    def _meant(self, look: Look, rows: Iterable[Foreign]) -> dict[int, Meant]:
        """Ticket and engineer of each row, by the file's ids, else by number and name."""
        rows = list(rows)
        keys = {row.line: _tickets_told(row) for row in rows}
        tickets = look.referred(tables.Ticket, "tickets", (key for told in keys.values() for key in told))
        ids = {row.line: row.values.get("engineer_id", "") for row in rows}
        by_id = look.referred(tables.Staff, "engineers", ids.values())
        by_name = bulk.people(look.connection, look.shop.shop_id) if rows else {}
        return {
            row.line: Meant(
                next((tickets[key] for key in keys[row.line] if key in tickets), 0),
                by_id.get(ids[row.line]) or by_name.get(name_key(row.values.get("engineer", "")), 0),
            )
            for row in rows
        }


class LastVisits:
    """Which ids the rows of tickets tell for their last visits, so that a file of visits is known to mean them."""

    def __init__(self, work: Work, rows: Sequence[Foreign]) -> None:
        """Look them up for the tickets of one chunk."""
        told = {row.line: row.values[VISIT_ID] for row in rows if VISIT_ID in row.values}
        own = {line: visit_id for line, key in told.items() if (visit_id := own_id(key, work.deed.now))}
        taken = bulk.there(work.connection, work.shop.shop_id, tables.Visit, own.values()) if own else ()
        self._ids = {line: visit_id for line, visit_id in own.items() if visit_id not in taken}
        self._known = set(work.look.known("visits", told.values())) if told else set[str]()

    def made(self, work: Work, row: Foreign, engineer: int) -> int:
        """The id of a ticket's last visit: the one told, where it is one of ours and free; 0 where nobody went.

        It is noted as none that its batch has made: it goes with its ticket.
        """
        if not engineer or not (window_of(row) or not is_open(status_of(row, engineer))):
            return 0
        visit_id = self._ids.get(row.line) or work.new_id(received_at(row, work.deed.now), row.line)
        told = row.values.get(VISIT_ID, "")
        if told and told not in self._known:
            self._known.add(told)
            work.remember("visits", told, visit_id, "", is_new=False)
        return visit_id


def _ticket_told(row: Foreign) -> str:
    told: str = row.values.get("ticket_id") or row.values.get("ticket_number", "")
    return told


def _tickets_told(row: Foreign) -> tuple[str, ...]:
    """By what a row names its ticket: an id of the file, or the number that served a ticket without one."""
    number = row.values.get("ticket_number", "")
    if row.values.get("ticket_id"):
        return (row.values["ticket_id"],)
    return number, f"{NUMBERED}{number.upper().lstrip(_FIGURES)}"
