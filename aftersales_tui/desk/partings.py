"""Taking a merge of two files apart again, while nobody has touched either (U4, A4)."""

from collections.abc import Mapping
from typing import Any

from aftersales_tui.domain.errors import Refused
from aftersales_tui.lexicon.keys import device_keys
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.moves import move_back
from aftersales_tui.store.packing import MOVED, unpacked
from aftersales_tui.store.queries import merging
from aftersales_tui.store.queries.feed import Told

MERGE = "merge"


def is_wholesale(change: Mapping[str, Any]) -> bool:
    """Whether a change of the feed tells of many records at once, moved from one customer to another."""
    return MOVED in change


def require_untouched(deed: Deed, entry: Told, seq: int) -> None:
    """Refuse to take a merge apart when something has happened to either file since.

    Work on a ticket does not count: it stays done, whoever's the ticket is. A new call does: nobody knows any more
    which of the two has rung.

    Raises:
        Refused: ``merge.touched`` with the name of whoever did it first.
    """
    pair = {change["id"] for change in entry.changes if change["table"] == "customer"}
    records = set().union(*(merging.file_records(deed.connection, deed.shop_id, one) for one in pair))
    for later in merging.later(deed.connection, deed.shop_id, seq):
        if later.subject in pair or any(_touches(change, pair, records) for change in later.changes):
            raise Refused("merge.touched", by=later.by)


def _touches(change: Mapping[str, Any], pair: set[int], records: set[tuple[str, int]]) -> bool:
    if change["table"] == "customer" and change["id"] in pair:
        return True
    sides = (change["before"] or {}, change["after"] or {})
    return (change["table"], change["id"]) in records or any(
        side.get("customer_id") in pair for side in sides
    )


def part(deed: Deed, change: Mapping[str, Any]) -> None:
    """Give back what a merge has moved all at once.

    Raises:
        Refused: ``merge.touched`` when one of the records is no longer where the merge has put it.
    """
    ids = unpacked(change[MOVED]) if change["table"] == "device" else []
    found = merging.serials_of(deed.connection, deed.shop_id, ids)
    if not move_back(deed, change, serial_keys(found)):
        raise Refused("merge.touched", by="")


def serial_keys(serials: list[str]) -> list[str]:
    """What devices of these serial numbers are found by."""
    return sorted(frozenset().union(*map(device_keys, serials)))
