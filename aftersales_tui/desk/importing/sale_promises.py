"""Promises made at the sale, out of a file (U3)."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk.file_clocks import NOTHING, Changed, keep_clocks
from aftersales_tui.desk.importing.foreign import Foreign, Rejected
from aftersales_tui.desk.importing.owned import owned, owner_named, require_owner, without_owner
from aftersales_tui.desk.importing.work import Look, Named, Work, fill, own_id
from aftersales_tui.domain.customer import PROMISES
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.store import tables
from aftersales_tui.views.imports import Fault

OTHER = PROMISES[-1]


class SalePromises:
    """Takes in what was promised; each promise belongs to a customer."""

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """Nothing promised, and promised to nobody, are refused."""
        if not (row.values.get("promised") or row.values.get("promise_words")):
            raise Rejected(Fault(row.line, "promised", "", Refused("import.no_promise")))
        require_owner(row)
        return ()

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Promises that came from here."""
        return look.ours(tables.SalePromise, rows)

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
        """Promises to nobody we know."""
        return without_owner(look, rows)

    def named(self, row: Foreign, now: datetime) -> Named:
        """To whom it was promised."""
        return owner_named(row, now)

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New promises, open or kept."""
        of = owned(work, rows)
        for row in rows:
            told, now = row.values, work.deed.now
            promise_id = own_id(row.source_id, now) or work.new_id(told.get("due_at") or now, row.line)
            due_at, done_at = told.get("due_at"), told.get("kept_at")
            work.chunk.put(
                tables.SalePromise,
                id=promise_id,
                customer_id=of[row.line][0],
                device_id=of[row.line][1],
                what=told.get("promised") or OTHER,
                words=told.get("promise_words", ""),
                due_at=milliseconds(due_at) if due_at else None,
                done_at=milliseconds(done_at) if done_at else None,
                done_words=told.get("kept_words", ""),
            )
            work.remember("promises", row.source_id, promise_id, row.digest, is_new=True)
        dated = [row for row in rows if row.values.get("due_at") and not row.values.get("kept_at")]
        if dated:
            # The list of contacts is kept true to what is in the store.
            work.chunk.write()
            for customer_id in sorted({of[row.line][0] for row in dated}):
                self._keep_clocks(work, customer_id)

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What the row tells; to whom it was promised stays, and what was kept is not open again."""
        told = row.values
        own = work.deed.held(tables.SalePromise, record_id)
        due_at, said = own.due_at, (own.what, own.words)
        fill(own, {"what": told.get("promised"), "words": told.get("promise_words")})
        fill(own, {"due_at": told.get("due_at"), "done_at": told.get("kept_at")})
        fill(own, {"done_words": told.get("kept_words")})
        work.chunk.touch(tables.SalePromise, record_id)
        mine, none = frozenset({record_id}), frozenset[int]()
        changed = Changed(
            mine if own.due_at != due_at else none, mine if (own.what, own.words) != said else none
        )
        self._keep_clocks(work, own.customer_id, changed)

    @staticmethod
    def _keep_clocks(work: Work, customer_id: int, changed: Changed = NOTHING) -> None:
        """Have what is promised for a date stand on the list of contacts (B4)."""
        keep_clocks(work.shop, work.deed, work.deed.held(tables.Customer, customer_id), changed)
