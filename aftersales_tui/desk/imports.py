"""Reading in the tables of other programs: look, try without writing, take in, go on, take back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aftersales_tui.desk.importing.customers import Customers
from aftersales_tui.desk.importing.devices import Devices
from aftersales_tui.desk.importing.engineers import Engineers
from aftersales_tui.desk.importing.foreign import Reading
from aftersales_tui.desk.importing.going_on import kept
from aftersales_tui.desk.importing.notes import Notes
from aftersales_tui.desk.importing.run import ImportRun, stop
from aftersales_tui.desk.importing.sale_promises import SalePromises
from aftersales_tui.desk.importing.tickets import Tickets
from aftersales_tui.desk.importing.undoing import Undo
from aftersales_tui.desk.importing.visits import Visits
from aftersales_tui.desk.importing.work import Taker
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.text import clean, visible
from aftersales_tui.domain.ticket import Status
from aftersales_tui.exchange.headings import OURS, Headings, Match, load_headings
from aftersales_tui.exchange.layouts import LAYOUTS, ONE_OF, taken_in
from aftersales_tui.exchange.reading import Table, digest_of, lines, open_table
from aftersales_tui.exchange.values import Reader
from aftersales_tui.paths import data_dir
from aftersales_tui.store.queries import imports
from aftersales_tui.views.act import Act
from aftersales_tui.views.imports import CANCELLED, RUNNING, UNDONE, BatchView, ColumnView, FileView, Order

WORDS = "headings.toml"
COUNTS_BY_REIGN = "TW"
"""The country whose sheets write 113/5/1 for the first of May 2024."""
SAMPLES = 3
"""Values of each column that are shown before anything is taken in."""
SAMPLE_CELLS = 60
NEWEST = (1 << 63) - 1
SOURCE_LIMIT = 60
TOGETHER = "tables"
"""The other program of files that are called as our tables are, an export of ours among them."""
_AGAIN = re.compile(r"(\.rejects(-\d+)?)+$")


class Imports:
    """The verbs of reading in."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def kinds(self) -> tuple[str, ...]:
        """The tables that can be read in, in the order in which they go."""
        return tuple(LAYOUTS)

    def columns(self, kind: str) -> tuple[str, ...]:
        """The columns of a table."""
        return tuple(column.name for column in taken_in(kind))

    def look(self, order: Order) -> FileView:
        """A file as it would be taken: encoding, columns, and the first values of each.

        Args:
            order: An empty kind takes the table that the headings look like.

        Raises:
            Invalid: ``import.file_name``; as ``exchange.reading.open_table``; for a mapping that names what is not
                there.
        """
        _require_name(order.path)
        table = open_table(order.path, order.encoding)
        kind = order.kind or self._words().kind_of(table.headings)
        matches = self._words().match(kind, table.headings, order.mapping)
        rows = [line.cells for line in islice(lines(table), SAMPLES)]
        columns = tuple(
            ColumnView(*match, samples=tuple(row[place][:SAMPLE_CELLS] for row in rows if place < len(row)))
            for place, match in enumerate(matches)
            if not match.heading.startswith(OURS)
        )
        return FileView(table.path, kind, table.form, table.encoding, self._source(order), columns)

    def begin(self, order: Order, *, dry: bool = False) -> ImportRun:
        """Begin an import; one of this very file that was broken off is gone on with.

        Args:
            order: Which file, and as what.
            dry: Whether nothing is to be written.

        Raises:
            Invalid: As ``look``; ``import.nothing_mapped`` when no column is known; ``import.column_missing``.
        """
        _require_name(order.path)
        wished = replace(order, source=self._source(order))
        table = open_table(order.path, order.encoding)
        found = self._words().match(order.kind, table.headings, order.mapping)
        matches = found if order.take_near else tuple(_sure(match) for match in found)
        self._require_columns(order.kind, table, matches)
        run = self._run(wished, table, matches, dry=dry)
        suggested = {match.heading: match.column for match in found if match.how == "near"}
        run.outcome = replace(run.outcome, suggested={} if order.take_near else suggested)
        if not dry:
            self._go_on(run, wished, table, matches)
        return run

    def resume(self, batch_id: int = 0) -> ImportRun:
        """Go on with an import that was broken off or cancelled: the given one, else the latest.

        Raises:
            NotFound: ``import.nothing_to_resume``.
            Refused: ``import.file_changed`` when the file is not the same any more; ``import.over``.
            Invalid: As ``begin``.
        """
        batch, mapping, digest = self._batch(batch_id or self._latest_broken())
        if batch.state not in {RUNNING, CANCELLED}:
            raise Refused("import.over")
        path = Path(batch.path)
        if digest_of(path) != digest:
            raise Refused("import.file_changed", file=batch.file_name)
        return self.begin(_order(batch, mapping))

    def cancel(self, act: Act, batch_id: int) -> None:
        """Mark a batch that a dead program has left as cancelled.

        Raises:
            Refused: ``import.over``.
        """
        stop(self._shop, act, batch_id)

    def batches(self, below: int = NEWEST, most: int = 100) -> tuple[BatchView, ...]:
        """The imports, the latest first; a page goes on below the last id of the one before."""
        with self._shop.reading() as connection:
            return imports.batches(connection, self._shop.shop_id, below, most)

    def undo(self, batch_id: int) -> Undo:
        """Begin to take a batch back: what it has made goes, unless somebody has touched it since.

        Raises:
            NotFound: ``import.no_such_batch``.
            Refused: ``import.undone`` for one that is gone already.
        """
        batch, _, _ = self._batch(batch_id)
        if batch.state == UNDONE:
            raise Refused("import.undone")
        return Undo(self._shop, batch)

    def _run(self, order: Order, table: Table, matches: tuple[Match, ...], *, dry: bool) -> ImportRun:
        by_reign = self._shop.view.country == COUNTS_BY_REIGN
        reader = Reader(
            self._zone(order.zone), self._shop.clock(), self._shop.words, self._words(), by_reign=by_reign
        )
        for status in order.statuses.values():
            if status not in set(Status):
                raise Invalid("import.no_such_status", given=status, known=", ".join(Status))
        reading = Reading(order.kind, matches, reader, statuses=order.statuses, keep_rest=order.keep_rest)
        return ImportRun(self._shop, order, table, matches, reading, self._taker(order.kind), dry=dry)

    def _go_on(self, run: ImportRun, order: Order, table: Table, matches: tuple[Match, ...]) -> None:
        with self._shop.reading() as connection:
            found = imports.broken(
                connection, self._shop.shop_id, digest_of(table.path), order.kind, order.source
            )
        # Another mapping is another import: its rows before the break have to be read again.
        if found is not None and _same_columns(found[1], kept(order, table, matches)):
            run.go_on_from(found[0].batch_id, found[0].tally)

    def _require_columns(self, kind: str, table: Table, matches: tuple[Match, ...]) -> None:
        mapped = {match.column for match in matches if match.column}
        if not mapped:
            raise Invalid(
                "import.nothing_mapped", file=table.path.name, headings=", ".join(table.headings)[:300]
            )
        needed = [(one.name,) for one in taken_in(kind) if one.required] + list(ONE_OF.get(kind, ()))
        missing = next((group for group in needed if mapped.isdisjoint(group)), ())
        if missing:
            free = [
                match.heading for match in matches if not (match.column or match.heading.startswith(OURS))
            ]
            raise Invalid(
                "import.column_missing",
                known_columns=missing,
                headings=", ".join(table.headings)[:300],
                heading=self._words().likely(missing[0], free),
                name=missing[0],
            )

    def _taker(self, kind: str) -> Taker:
        if kind == "customers":
            return Customers(self._shop, self._words())
        if kind == "engineers":
            return Engineers(self._shop)
        if kind == "devices":
            return Devices()
        if kind == "promises":
            return SalePromises()
        if kind == "notes":
            return Notes()
        return Visits(self._shop) if kind == "visits" else Tickets(self._shop)

    def _zone(self, name: str) -> ZoneInfo:
        if not name:
            return self._shop.zone
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Invalid("import.no_such_zone", given=name[:60]) from error

    @staticmethod
    def _source(order: Order) -> str:
        # A file of refused rows belongs to the file they were refused from.
        named = order.source or _AGAIN.sub("", order.path.stem)
        if named.casefold() in LAYOUTS:
            # Files that are called as the tables are belong together: the ids of one are told in the others.
            named = TOGETHER
        return clean(named, 400, "source")[:SOURCE_LIMIT]

    @staticmethod
    def _words() -> Headings:
        return load_headings(data_dir() / "words" / WORDS)

    def _batch(self, batch_id: int) -> tuple[BatchView, dict[str, str], str]:
        with self._shop.reading() as connection:
            found = imports.batch(connection, self._shop.shop_id, batch_id)
        if found is None:
            raise NotFound("import.no_such_batch", id=batch_id)
        return found

    def _latest_broken(self) -> int:
        found = next((one for one in self.batches() if one.state in {RUNNING, CANCELLED}), None)
        if found is None:
            raise NotFound("import.nothing_to_resume")
        return found.batch_id


def _require_name(path: Path) -> None:
    """Refuse a file whose name could not be kept or shown: one out of an archive or of a disk in another encoding."""
    if visible(str(path)) != str(path):
        raise Invalid("import.file_name", file=visible(path.name))


def _sure(match: Match) -> Match:
    return match._replace(column="", how="") if match.how == "near" else match


def _same_columns(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return {**one, "!path": ""} == {**other, "!path": ""}


def _order(batch: BatchView, mapping: Mapping[str, str]) -> Order:
    return Order(
        kind=batch.kind,
        path=Path(batch.path),
        source=batch.source,
        encoding=mapping.get("!encoding", ""),
        zone=mapping.get("!zone", ""),
        mapping={heading: column for heading, column in mapping.items() if not heading.startswith("!")},
        statuses={
            heading.removeprefix("!status "): status
            for heading, status in mapping.items()
            if heading.startswith("!status ")
        },
        keep_rest=bool(mapping.get("!rest")),
    )
