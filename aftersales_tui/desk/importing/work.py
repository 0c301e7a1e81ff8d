"""One chunk of an import on its way into the store: what every kind of record needs while it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.identity import RANDOM_BITS, milliseconds
from aftersales_tui.store import bulk
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.foreign_ids import is_told, once
from aftersales_tui.store.keys import Keyed
from aftersales_tui.store.tables import ImportKey
from aftersales_tui.views.imports import Fault

if TYPE_CHECKING:
    from aftersales_tui.desk.importing.owners import Named

OLDEST_ID = milliseconds(datetime.fromisoformat("1990-01-01T00:00:00+00:00"))


@dataclass(frozen=True, slots=True)
class Look:
    """What may be looked up while a chunk is weighed, also by a dry run.

    Attributes:
        connection: Of the reading or the write.
        shop: With its rules.
        source: The other program.
    """

    connection: Connection
    shop: Shop
    source: str

    def known(self, kind: str, source_ids: Iterable[str]) -> dict[str, bulk.Known]:
        """Which of our records some foreign ones are."""
        wanted = set(source_ids)
        before = {once(key): key for key in wanted}
        asked = wanted | before.keys()
        found = bulk.known(self.connection, self.shop.shop_id, kind, self.source, asked)
        return {before.get(key, key): known for key, known in found.items()}

    def ours(self, table: type[Keyed], rows: Iterable[Foreign]) -> dict[int, int]:
        """The records that came from here: their source id is our own."""
        ids = {row.line: own_id(row.source_id, self.shop.clock()) for row in rows}
        there = bulk.there(self.connection, self.shop.shop_id, table, filter(None, ids.values()))
        return {line: record_id for line, record_id in ids.items() if record_id in there}

    def referred(self, table: type[Keyed], kind: str, keys: Iterable[str]) -> dict[str, int]:
        """The records that ids of the other program stand for; one that is an id of ours stands for itself."""
        wanted = {key for key in keys if key}
        known = {key: one.record_id for key, one in self.known(kind, wanted).items()}
        mine = {key: own for key in wanted - known.keys() if (own := _whole_id(key))}
        there = bulk.there(self.connection, self.shop.shop_id, table, mine.values())
        return known | {key: own for key, own in mine.items() if own in there}

    def apart(self, kind: str, rows: Iterable[Foreign], met: Mapping[int, int]) -> dict[int, int]:
        """Of the records that look like the rows, those that are not another one by the file's own ids.

        Two ids of one program are two records, though they be called the same and share a number.
        """
        taken = bulk.claimed(self.connection, self.shop.shop_id, kind, self.source, met.values())
        found: dict[int, int] = {}
        for row in rows:
            record_id = met.get(row.line)
            if record_id is None or (is_told(row.source_id) and record_id in taken):
                continue
            if is_told(row.source_id):
                taken.add(record_id)
            found[row.line] = record_id
        return found


@dataclass
class Work:
    """A chunk under way.

    Attributes:
        shop: With its rules and its clock.
        deed: The write it belongs to.
        chunk: Takes the records.
        batch_id: The import.
        source: The other program.
        faults: Warnings that came up.
        opened: How many tickets now stand in the queue.
    """

    shop: Shop
    deed: Deed
    chunk: bulk.Chunk
    batch_id: int
    source: str
    faults: list[Fault] = field(default_factory=list)
    opened: int = 0
    _ids: set[int] = field(default_factory=set)

    @property
    def connection(self) -> Connection:
        """The deed's connection."""
        return self.deed.connection

    @property
    def now(self) -> int:
        """The moment of entry, in milliseconds."""
        return milliseconds(self.deed.now)

    def new_id(self, at: datetime, line: int) -> int:
        """The id of a record that belongs to an instant; those of one day keep the order of the file.

        Files often know only the day. Its many records share a millisecond then, and would meet in their few random
        bits; so each is put as many milliseconds later as its line says.
        """
        made = self.shop.new_id(at + timedelta(milliseconds=line))
        while made in self._ids:
            made += 1
        self._ids.add(made)
        return made

    def remember(self, kind: str, source_id: str, record_id: int, digest: str, *, is_new: bool) -> None:
        """Note which of our records a foreign one has become."""
        self.chunk.put(
            ImportKey,
            kind=kind,
            source=self.source,
            source_id=source_id,
            record_id=record_id,
            batch_id=self.batch_id,
            is_new=int(is_new),
            digest=digest,
        )

    @property
    def look(self) -> Look:
        """The same chunk, for looking things up."""
        return Look(self.connection, self.shop, self.source)


class Taker(Protocol):
    """Makes and changes the records of one kind."""

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """Hold a row to what the desk itself asks of such a record; answers what is left out of it.

        Raises:
            Rejected: With the reason.
        """

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """The records of ours that rows are whose source id nobody has seen yet, by the line of the row."""

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
        """The rows that belong to a record nobody knows, by their line."""

    def named(self, row: Foreign, now: datetime) -> "Named | None":
        """How a row names the customer it belongs to; ``None`` for a row that belongs to nobody."""

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """Make new records."""

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """Bring a record up to a row; what the row leaves blank stays."""


def _whole_id(key: str) -> int:
    """A text as an id; 0 for one that can be none."""
    own = int(key) if key.isascii() and key.isdigit() and len(key) < 20 else 0
    return own if own < 1 << 63 else 0


def own_id(source_id: str, now: datetime) -> int:
    """A source id that is an id of ours, from an export of this or another shop; 0 for any other."""
    if not (source_id.isascii() and source_id.isdigit() and 17 <= len(source_id) <= 19):
        return 0
    found = int(source_id)
    return found if OLDEST_ID < found >> RANDOM_BITS <= milliseconds(now) + 86_400_000 else 0


def fill(row: object, values: Mapping[str, Any]) -> None:
    """Set the columns of a held record that are told and differ."""
    for column, value in values.items():
        if value not in {"", None} and getattr(row, column) != value:
            setattr(row, column, value)
