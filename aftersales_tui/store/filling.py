"""A store of before gets its search index in chunks, each committed with the mark of how far it came (issue 3).

A million tickets take minutes. Whoever is stopped, by a key or a power cut, loses one chunk; the next opening goes on
behind the last mark. While a mark is there the store counts as one of before, so that nobody sits down at it: a file
keeps the number of its old schema, a server's marks are looked for at each opening.

Marks are rows of ``counter``, of which every schema has the table. Two who open the store at once take turns: each
reads the marks anew with the lock in hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from aftersales_tui.store.kinds import KINDS

CHUNK = 20_000
"""Records of one transaction: some seconds, so that a stop costs little and the index is not left in shreds."""
ALMOST = 0.99
"""The share that is told while the lists of the last records are merged: some seconds in a large shop."""
MARK = "fill:"
"""In front of the kind in the name of a mark; its value is the id of the last record that is in the index."""
NOTHING = -1
"""Below every id."""
WHOLE = (1 << 63) - 1
"""Above every id: all records of the kind are in, and its lists are still to be merged."""

_MARKS = text(f"SELECT shop_id, name, value FROM counter WHERE name LIKE '{MARK}%'")
_FORGET_ALL = text(f"DELETE FROM counter WHERE name LIKE '{MARK}%'")
_SHOPS = text("SELECT shop_id FROM shop ORDER BY shop_id")
_SET = text("INSERT INTO counter (shop_id, name, value) VALUES (:shop, :name, :value)")
_MOVE = text("UPDATE counter SET value = :value WHERE shop_id = :shop AND name = :name")
_FORGET = text("DELETE FROM counter WHERE shop_id = :shop AND name = :name")


class _Mark(NamedTuple):
    """How far a kind of records of a shop is in the index."""

    shop_id: int
    place: int
    after: int

    @property
    def kind(self) -> str:
        return KINDS[self.place]

    @property
    def key(self) -> dict[str, Any]:
        return {"shop": self.shop_id, "name": MARK + self.kind}


def begin(connection: Connection) -> None:
    """Empty the index of every shop and mark it as to be filled, in the transaction of the schema's steps."""
    # Whoever only opens a store that is filled never needs the index.
    from aftersales_tui.store.search import empty

    connection.execute(_FORGET_ALL)
    for (shop_id,) in connection.execute(_SHOPS).all():
        empty(connection, shop_id)
        for kind in KINDS:
            connection.execute(_SET, {"shop": shop_id, "name": MARK + kind, "value": NOTHING})


def is_whole(connection: Connection) -> bool:
    """Whether nothing is left to be filled in."""
    return not _marks(connection)


def _marks(connection: Connection) -> list[_Mark]:
    """What is still to be done, in its order."""
    return sorted(
        _Mark(row[0], KINDS.index(row[1].removeprefix(MARK)), row[2]) for row in connection.execute(_MARKS)
    )


@dataclass
class Filling:
    """One opening's part of the work.

    Attributes:
        chunk: Records of one transaction.
        tell: Told how far all of it is, as a share of 1; what it raises ends the transaction.
    """

    chunk: int
    tell: Callable[[float], None]
    _done: int = 0
    _total: int = 0

    def look(self, connection: Connection) -> None:
        """Count what there is to do, and what an opening before this one has done."""
        marks = {(mark.shop_id, mark.kind): mark.after for mark in _marks(connection)}
        for (shop_id,) in connection.execute(_SHOPS).all():
            for kind in KINDS:
                count = text(f'SELECT count(*) FROM "{kind}" WHERE shop_id = :shop AND id <= :id')
                after = marks.get((shop_id, kind), WHOLE)
                self._total += connection.execute(count, {"shop": shop_id, "id": WHOLE}).scalar_one()
                self._done += connection.execute(count, {"shop": shop_id, "id": after}).scalar_one()
        self._tell(0)

    def step(self, connection: Connection) -> bool:
        """Do the next chunk, in a transaction of its own; whether there is more to do."""
        from aftersales_tui.store.search import fill, settle

        mark = next(iter(_marks(connection)), None)
        if mark is None:
            return False
        if mark.after == WHOLE:
            settle(connection, mark.kind)
            connection.execute(_FORGET, mark.key)
            return not is_whole(connection)
        last = fill(connection, mark.shop_id, mark.kind, mark.after, self.chunk, self._tell)
        connection.execute(_MOVE, {**mark.key, "value": WHOLE if last is None else last})
        return True

    def _tell(self, more: int) -> None:
        self._done += more
        self.tell(min(ALMOST, self._done / self._total) if self._total else ALMOST)
