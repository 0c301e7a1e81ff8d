"""One file on its way in, chunk by chunk: each is one transaction, and what is committed stays.

Wherever it breaks off, by a key, a full disk or ``kill -9``, it goes on behind the last chunk that was committed.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from aftersales_tui.desk.importing.ahead import Ahead, unswept
from aftersales_tui.desk.importing.erased import CODE as ERASED
from aftersales_tui.desk.importing.erased import left_out
from aftersales_tui.desk.importing.foreign import Foreign, Reading, Rejected
from aftersales_tui.desk.importing.going_on import kept
from aftersales_tui.desk.importing.homecoming import Homecoming
from aftersales_tui.desk.importing.preview import opens, shown
from aftersales_tui.desk.importing.work import Look, Taker, Work
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Refused
from aftersales_tui.exchange.headings import Match
from aftersales_tui.exchange.reading import Line, Table, digest_of, lines
from aftersales_tui.store import bulk, tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.foreign_ids import is_told
from aftersales_tui.views.act import Act
from aftersales_tui.views.imports import CANCELLED, DONE, RUNNING, Fault, Order, Outcome, Tally

CHUNK = 2000
"""Rows of one transaction: as long as one takes, half a second and more, other seats wait at a store in a file."""
GIVE_WAY = 0.011
"""Seconds between two of them: whoever waits tries again at least every ten milliseconds."""
SHOWN = 8
"""First rows that are shown as they would be."""
TOLD = 50
"""Warnings and refused rows that are told at once."""
MOST_LEFT_OUT = 100_000
"""Values left out are kept for their file up to here; the tally counts all of them."""
MOST_REJECTS = 20_000
"""A file of which so many rows are refused is not the table it is taken for."""


class Refusal(NamedTuple):
    """A refused row: what is wrong with it, and its cells as they were read."""

    fault: Fault
    cells: tuple[str, ...]


class LeftOut(NamedTuple):
    """A value that was left out of a row, or is to be verified; the row itself went in.

    Attributes:
        known_as: By which the row is known again; empty where the file tells it.
    """

    fault: Fault
    cells: tuple[str, ...]
    known_as: str


class _Weighed(NamedTuple):
    """What is to be done with the rows of a chunk."""

    new: list[Foreign]
    changed: list[tuple[int, Foreign]]
    met: list[tuple[int, Foreign]]
    same: int
    refused: dict[int, Fault]


class ImportRun:
    """An import under way, or its dry run.

    Attributes:
        outcome: What has come of it so far.
        refusals: The rows that were refused, in order.
        left_out: The values that were left out of the rows that went in, in order.
        original: The headings as the file has them.
        path: Of the file.
        order: What was wished for.
    """

    def __init__(
        self,
        shop: Shop,
        order: Order,
        table: Table,
        matches: tuple[Match, ...],
        reading: Reading,
        taker: Taker,
        *,
        dry: bool,
    ) -> None:
        self._shop = shop
        self.order = order
        self._table = table
        self._matches = matches
        self._reading = reading
        self._taker = taker
        self._home = Homecoming(order.kind, matches)
        self._lines = lines(table)
        self._waiting: list[Foreign | Refusal] = []
        self._chunks = Ahead(self._next_chunk)
        self._seen: dict[str, str] = {}
        self.original = table.headings
        self.path = table.path
        self._began = shop.clock()
        self.refusals: list[Refusal] = []
        self.left_out: list[LeftOut] = []
        unmapped = tuple(match.heading for match in matches if not match.column)
        self.outcome = Outcome(
            0, order.kind, order.source, table.path.name, dry, RUNNING, Tally(), unmapped=unmapped
        )

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.outcome.state != RUNNING

    def go_on_from(self, batch_id: int, tally: Tally) -> None:
        """Begin behind the rows that an earlier run has committed; their refusals are found once more."""
        self.outcome = replace(self.outcome, batch_id=batch_id, tally=tally)
        for line in islice(self._lines, tally.rows):
            found = self._read(line)
            if isinstance(found, Refusal):
                self.refusals.append(found)
            else:
                self._keep_left_out(found.faults, {found.line: found})

    def step(self, act: Act) -> Outcome:
        """Take in the next chunk.

        Args:
            act: Who reads the file in; each chunk is a write of its own.

        Raises:
            Refused: ``import.elsewhere`` when another seat has gone on with this batch; ``import.too_many_rejects``.
            DomainError: What is wrong with the file further down, or with the store; what is committed stays.
        """
        with unswept():
            return self._step(act)

    def _step(self, act: Act) -> Outcome:
        rows, over = self._chunks.take()
        if self.outcome.batch_id:
            time.sleep(GIVE_WAY)
        good = [one for one in rows if isinstance(one, Foreign)]
        bad = [one for one in rows if isinstance(one, Refusal)]
        if self.outcome.dry:
            weighed = self._weigh_dry(good)
            opened, late = 0, list[Fault]()
        else:
            weighed, work = self._commit(act, good, bad, over=over)
            opened, late = work.opened, work.faults
        self._count(rows, good, bad, weighed, (opened, late), over=over)
        if len(self.refusals) > MOST_REJECTS:
            raise Refused("import.too_many_rejects", limit=MOST_REJECTS)
        return self.outcome

    def cancel(self, act: Act) -> Outcome:
        """Stop here; what is committed stays and can be gone on with."""
        batch_id = self.outcome.batch_id
        if batch_id and not self.outcome.dry:
            stop(self._shop, act, batch_id)
        self.outcome = replace(self.outcome, state=CANCELLED)
        return self.outcome

    def _next_chunk(self) -> tuple[list[Foreign | Refusal], bool]:
        """The next rows, and whether they are the last. A row that names a record again waits for the next chunk."""
        rows, self._waiting = self._waiting, []
        ids = {one.source_id: one.digest for one in rows if isinstance(one, Foreign)}
        for line in self._lines:
            found = self._read(line)
            if isinstance(found, Foreign) and ids.setdefault(found.source_id, found.digest) != found.digest:
                self._waiting = [found]
                return rows, False
            rows.append(found)
            if len(rows) >= CHUNK:
                return rows, False
        return rows, True

    def _read(self, line: Line) -> Foreign | Refusal:
        try:
            row = self._reading.row(line)
            more = self._taker.check(row)
        except Rejected as rejected:
            return Refusal(rejected.fault, line.cells)
        return replace(row, faults=(*row.faults, *more)) if more else row

    def _weigh(self, look: Look, rows: list[Foreign]) -> _Weighed:
        erased = left_out(look, self.order.kind, self._taker, rows)
        rows = [row for row in rows if row.line not in erased]
        known = look.known(self.order.kind, (row.source_id for row in rows))
        fresh = list({row.source_id: row for row in rows if row.source_id not in known}.values())
        home, strange = self._home.parted(look, fresh)
        refused = dict(self._taker.unlinked(look, strange))
        strange = [row for row in strange if row.line not in refused]
        met = {**self._taker.met(look, strange), **home}
        changed = {
            row.source_id: (known[row.source_id].record_id, row)
            for row in rows
            if row.source_id in known and known[row.source_id].digest != row.digest
        }
        new = [row for row in strange if row.line not in met]
        same = len(rows) - len(new) - len(changed) - len(met) - len(refused)
        there = [(met[row.line], row) for row in fresh if row.line in met]
        return _Weighed(new, list(changed.values()), there, same, {**refused, **erased})

    def _weigh_dry(self, rows: list[Foreign]) -> _Weighed:
        """As ``_weigh``, with the rows of the chunks before counted as if they were in."""
        with self._shop.reading() as connection:
            look = Look(connection, self._shop, self.order.source)
            unseen = [row for row in rows if row.source_id not in self._seen]
            weighed = self._weigh(look, unseen)
        again = [row for row in rows if row.source_id in self._seen]
        changed = [(0, row) for row in again if self._seen[row.source_id] != row.digest]
        self._seen.update({row.source_id: row.digest for row in rows if row.line not in weighed.refused})
        return weighed._replace(
            changed=[*weighed.changed, *changed], same=weighed.same + len(again) - len(changed)
        )

    def _commit(
        self, act: Act, good: list[Foreign], bad: list[Refusal], *, over: bool
    ) -> tuple[_Weighed, Work]:
        done: list[tuple[_Weighed, Work]] = []
        batch_id = self.outcome.batch_id or self._shop.new_id(self._shop.clock())

        def body(deed: Deed) -> None:
            look = Look(deed.connection, self._shop, self.order.source)
            weighed = self._weigh(look, good)
            tally = self._tally(len(good) + len(bad), len(bad), weighed)
            self._book(deed, batch_id, tally, over=over)
            work = Work(
                self._shop, deed, bulk.Chunk(deed.connection, self._shop.shop_id), batch_id, self.order.source
            )
            self._take(work, weighed)
            if over:
                # The deed bears the moment when its chunk began; the rows of it have been taken since.
                bulk.end_book(deed.connection, self._shop.shop_id, batch_id, self._shop.clock())
            done[:] = [(weighed, work)]
            deed.subject, deed.ticket = batch_id, None
            deed.params = self._params(weighed, len(bad))
            if not over:
                bulk.while_committing(deed.session, self._chunks.begin)

        self._shop.perform(act, "import", body)
        if not done:
            raise Refused("import.elsewhere")
        self.outcome = replace(self.outcome, batch_id=batch_id)
        weighed, work = done[0]
        return weighed, work

    def _take(self, work: Work, weighed: _Weighed) -> None:
        kind = self.order.kind
        if weighed.new:
            self._taker.make(work, weighed.new)
        for record_id, row in weighed.met:
            work.remember(kind, row.source_id, record_id, row.digest, is_new=False)
        for record_id, row in (*weighed.met, *weighed.changed):
            self._taker.change(work, record_id, row)
        digests = {row.source_id: row.digest for _, row in weighed.changed}
        bulk.remember(work.connection, self._shop.shop_id, kind, self.order.source, digests)
        work.chunk.write()

    def _book(self, deed: Deed, batch_id: int, tally: Tally, *, over: bool) -> None:
        """Write down how far the batch has come; with its first chunk it is made."""
        counts = {
            "rows_done": tally.rows,
            "rows_new": tally.new,
            "rows_same": tally.same,
            "rows_changed": tally.changed,
            "rows_rejected": tally.rejected,
        }
        state = DONE if over else RUNNING
        if not self.outcome.batch_id:
            bulk.book(deed.connection, self._batch(deed, batch_id, state, counts))
            return
        batch = deed.held(tables.ImportBatch, batch_id)
        if batch.rows_done != self.outcome.tally.rows:
            raise Refused("import.elsewhere")
        batch.state = state
        for name, count in counts.items():
            setattr(batch, name, count)

    def _batch(self, deed: Deed, batch_id: int, state: str, counts: Mapping[str, int]) -> dict[str, Any]:
        return {
            "shop_id": self._shop.shop_id,
            "id": batch_id,
            "version": 1,
            "kind": self.order.kind,
            "source": self.order.source,
            "file_name": self._table.path.name,
            "digest": digest_of(self._table.path),
            "mapping": kept(self.order, self._table, self._matches),
            "state": state,
            "staff_id": deed.act.staff_id,
            "started_at": self._began,
            "ended_at": None,
            **counts,
        }

    def _tally(self, rows: int, bad: int, weighed: _Weighed) -> Tally:
        before = self.outcome.tally
        return before._replace(
            rows=before.rows + rows,
            new=before.new + len(weighed.new),
            same=before.same + weighed.same,
            changed=before.changed + len(weighed.changed) + len(weighed.met),
            rejected=before.rejected + bad + len(weighed.refused),
        )

    def _params(self, weighed: _Weighed, bad: int) -> dict[str, str]:
        return {
            "file": self._table.path.name,
            "table": self.order.kind,
            "new": str(len(weighed.new)),
            "changed": str(len(weighed.changed) + len(weighed.met)),
            "rejected": str(bad + len(weighed.refused)),
        }

    def _count(
        self,
        rows: list[Foreign | Refusal],
        good: list[Foreign],
        bad: list[Refusal],
        weighed: _Weighed,
        more: tuple[int, list[Fault]],
        *,
        over: bool,
    ) -> None:
        by_line = {row.line: row for row in good}
        # Of somebody who was erased nothing is written down once more, not even into the file of refused rows.
        late = [
            Refusal(fault, () if fault.error.code == ERASED else by_line[line].cells)
            for line, fault in weighed.refused.items()
        ]
        self.refusals += sorted((*bad, *late), key=lambda one: one.fault.line)
        opened, found_late = more
        faults = [*(fault for row in good for fault in row.faults), *found_late]
        faults = sorted(
            (fault for fault in faults if fault.line not in weighed.refused), key=lambda fault: fault.line
        )
        self._keep_left_out(faults, by_line)
        tally = self._tally(len(rows), len(bad), weighed)
        warnings = self.outcome.tally.warnings + len(faults)
        if self.outcome.dry:
            opened = sum(1 for row in weighed.new if opens(self.order.kind, row))
        last = rows[-1] if rows else None
        line = 0 if last is None else last.line if isinstance(last, Foreign) else last.fault.line
        self.outcome = replace(
            self.outcome,
            state=DONE if over else RUNNING,
            tally=tally._replace(warnings=warnings, open=self.outcome.tally.open + opened),
            first=self.outcome.first or tuple(shown(row) for row in good[:SHOWN]),
            rejects=tuple(one.fault for one in self.refusals[:TOLD]),
            share=1.0 if over else min(1.0, line / max(1, self._table.length)),
        )

    def _keep_left_out(self, faults: Iterable[Fault], rows: Mapping[int, Foreign]) -> None:
        """Keep what was left out for people: the first of it to be told at once, all of it for its file."""
        room = MOST_LEFT_OUT - len(self.left_out)
        for fault in islice(faults, room):
            row = rows[fault.line]
            known_as = "" if is_told(row.source_id) else row.source_id
            # Else it would keep every row of its chunk, by the frames it came through.
            fault.error.__traceback__ = fault.error.__context__ = fault.error.__cause__ = None
            self.left_out.append(LeftOut(fault, row.cells, known_as))
        told = tuple(one.fault for one in self.left_out[:TOLD])
        self.outcome = replace(self.outcome, warnings=told)


def stop(shop: Shop, act: Act, batch_id: int) -> None:
    """Mark a batch as cancelled, unless it is over."""

    def body(deed: Deed) -> None:
        batch = deed.held(tables.ImportBatch, batch_id)
        if batch.state != RUNNING:
            raise Refused("import.over")
        batch.state = CANCELLED
        deed.subject = batch_id
        deed.params = {"file": batch.file_name, "rows": str(batch.rows_done)}

    shop.perform(act, "import_cancel", body)
