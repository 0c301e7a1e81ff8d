"""Whom an import leaves out: customers who were erased, with their devices and their tickets (U4).

Of the ids by which such a person once came in, digests are left in the store; a row whose id has one of them is his.
An export of ours knows him by our own id, whose record still says that it was erased.
"""

from collections.abc import Mapping
from typing import Final

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.owners import goes_by
from aftersales_tui.desk.importing.work import Look, Taker, own_id
from aftersales_tui.domain.errors import Refused
from aftersales_tui.store import bulk, tables
from aftersales_tui.store.foreign_ids import gone
from aftersales_tui.store.keys import Keyed
from aftersales_tui.views.imports import Fault

CODE: Final = "import.erased"
TABLES: Final[Mapping[str, type[Keyed]]] = {
    "customers": tables.Customer,
    "devices": tables.Device,
    "tickets": tables.Ticket,
    "promises": tables.SalePromise,
}
WITHOUT_TRACE = frozenset({"notes"})
"""Kinds of which nothing is left of an erased customer: they are known by him alone."""


def left_out(look: Look, kind: str, taker: Taker, rows: list[Foreign]) -> dict[int, Fault]:
    """The rows of people who were erased, by their line."""
    if kind not in TABLES and kind not in WITHOUT_TRACE:
        return {}
    found = _known_as_ours(look, kind, rows)
    if bulk.any_gone(look.connection, look.shop.shop_id, look.source):
        found |= _known_by_digest(look, kind, taker, rows)
    return {line: Fault(line, "", "", Refused("import.erased")) for line in found}


def _known_as_ours(look: Look, kind: str, rows: list[Foreign]) -> set[int]:
    """Rows with an id of ours, or of a customer by an id of ours, that is an erased one's."""
    now = look.shop.clock()
    asked = {kind: {row.line: own_id(row.source_id, now) for row in rows}} if kind in TABLES else {}
    if kind != "customers":
        asked["customers"] = {row.line: own_id(row.values.get("customer_id", ""), now) for row in rows}
    found: set[int] = set()
    for of, ids in asked.items():
        wanted = [own for own in ids.values() if own]
        erased = bulk.erased(look.connection, look.shop.shop_id, TABLES[of], wanted)
        found |= {line for line, own in ids.items() if own in erased}
    return found


def _known_by_digest(look: Look, kind: str, taker: Taker, rows: list[Foreign]) -> set[int]:
    now = look.shop.clock()
    asked = {kind: {row.line: gone(kind, look.source, row.source_id) for row in rows}}
    named = [one for row in rows if (one := taker.named(row, now))]
    if named:
        asked["customers"] = {
            one.line: gone("customers", look.source, key) for one in named if (key := goes_by(look.shop, one))
        }
    found: set[int] = set()
    for of, digests in asked.items():
        known = look.known(of, digests.values())
        found |= {line for line, digest in digests.items() if digest in known}
    return found
