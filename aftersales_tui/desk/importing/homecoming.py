"""An export of ours that comes home: its rows are known to be the records they were written from.

A record goes out under the id that another program once gave it. Read back under the name of the file, that id says
nothing; but what the row says is what an export would write of the record now. So each row is held to that: one that
is the same is passed over, and one that differs changes its record, if it is plainly the same one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from aftersales_tui.desk.exports import shaping
from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.work import Look, own_id
from aftersales_tui.exchange.headings import Match
from aftersales_tui.exchange.layouts import LAYOUTS, Column
from aftersales_tui.store import bulk, bulk_parts
from aftersales_tui.store.foreign_ids import is_told
from aftersales_tui.store.queries import exports

ANCHORS: Mapping[str, tuple[str, ...]] = {
    "engineers": ("name", "phone"),
    "customers": ("name", "phones", "address"),
    "devices": ("serial", "customer_name"),
    "tickets": ("received_at",),
    "visits": ("visit_from",),
    "promises": ("promise_words", "customer_name"),
    "notes": ("written_at", "note"),
}
"""Of a row that differs one of these must still be the same: two shops give the same small ids to other people."""
Shaped = Callable[[Column, Any], str]


class Home(NamedTuple):
    """What was recognised.

    Attributes:
        met: The records of the lines that say something else of them than they do themselves.
        strange: The rows that nobody knows; those that say of a record what it says itself are neither.
    """

    met: Mapping[int, int]
    strange: list[Foreign]


class Homecoming:
    """Recognises the rows of one file, where it has every column of an export."""

    def __init__(self, kind: str, matches: Sequence[Match]) -> None:
        places = {match.column: place for place, match in enumerate(matches) if match.column}
        self._kind = kind
        self._places = [places.get(column.name, -1) for column in LAYOUTS[kind]]
        self._anchors = [place for place, column in enumerate(LAYOUTS[kind]) if column.name in ANCHORS[kind]]
        self._is_export = min(self._places) >= 0 and len(places) == len(LAYOUTS[kind])

    def parted(self, look: Look, rows: list[Foreign]) -> Home:
        """Which of our records rows are that are known by no id of their file, and which of them none."""
        found = self._candidates(look, rows) if self._is_export and rows else {}
        if not found:
            return Home({}, rows)
        written: dict[int, tuple[str, ...]] = {}
        ids = list(dict.fromkeys(found.values()))
        for start in range(0, len(ids), bulk.AT_ONCE):
            some = ids[start : start + bulk.AT_ONCE]
            written |= exports.some(look.connection, look.shop.shop_id, self._kind, some, shaping(look.shop))
        same: set[int] = set()
        met: dict[int, int] = {}
        for row in rows:
            record_id = found.get(row.line, 0)
            ours, theirs = written.get(record_id), self._cells(row)
            if ours is None:
                continue
            if [cell.strip() for cell in ours] == theirs:
                same.add(row.line)
            elif own_id(row.source_id, look.shop.clock()) or self._is_it(ours, theirs):
                met[row.line] = record_id
        return Home(met, [row for row in rows if row.line not in same and row.line not in met])

    def _cells(self, row: Foreign) -> list[str]:
        return [row.cells[place].strip() if place < len(row.cells) else "" for place in self._places]

    def _is_it(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        return any(ours[place] and ours[place].strip() == theirs[place] for place in self._anchors)

    def _candidates(self, look: Look, rows: Iterable[Foreign]) -> dict[int, int]:
        """By line: the one record that any program has given the row's id, else the one whose own id it is."""
        told = {row.line: row.source_id for row in rows if is_told(row.source_id)}
        named = bulk_parts.by_any_source(look.connection, look.shop.shop_id, self._kind, told.values())
        mine = {line: own for line, key in told.items() if (own := own_id(key, look.shop.clock()))}
        return {
            line: named.get(key) or mine.get(line, 0)
            for line, key in told.items()
            if key in named or line in mine
        }
