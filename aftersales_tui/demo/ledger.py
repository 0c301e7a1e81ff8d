"""Rows on their way into the demo shop's store, many at a time.

A verb of the desk takes some milliseconds, for it looks before it writes. What is long over needs no looking: its
rows go in by the thousand, as an import would bring them.
"""

from collections.abc import Sequence
from typing import Any

from aftersales_tui.store import tables
from aftersales_tui.store.engine import Store
from aftersales_tui.store.keys import Record
from aftersales_tui.store.scratch import amend, pour

Row = dict[str, Any]
PARENTS_FIRST: tuple[type[Record], ...] = (
    tables.Absence,
    tables.Customer,
    tables.Person,
    tables.Phone,
    tables.Address,
    tables.Device,
    tables.CallerKey,
    tables.Ticket,
    tables.Call,
    tables.Interval,
    tables.Promise,
    tables.Visit,
    tables.Contact,
    tables.FeedEntry,
)


class Ledger:
    """Rows that wait to be written; values as the store holds them: instants as milliseconds, JSON as text."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[type[Record], list[Row]] = {record: [] for record in PARENTS_FIRST}

    def add(self, record: type[Record], row: Row) -> None:
        """Let a row wait; it names every column."""
        self._waiting[record].append(row)

    def write(self) -> None:
        """Write what waits in one transaction."""
        pour(self._store, self._waiting)
        for rows in self._waiting.values():
            rows.clear()

    def called_last(self, calls: Sequence[tuple[int, int]]) -> None:
        """Note when customers, by id, last called, in milliseconds."""
        shop_id = self._store.shop_id
        amend(
            self._store,
            tables.Customer,
            [{"shop_id": shop_id, "id": customer_id, "last_call_at": at} for customer_id, at in calls],
        )

    def count(self, name: str, value: int) -> None:
        """Set one of the shop's counters."""
        amend(self._store, tables.Counter, [{"shop_id": self._store.shop_id, "name": name, "value": value}])
