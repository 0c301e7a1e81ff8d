"""A batch on its way out again, chunk by chunk."""

from aftersales_tui.desk.shop import Shop
from aftersales_tui.store import bulk_undo, tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.views.act import Act
from aftersales_tui.views.imports import UNDONE, BatchView, Undoing

NAMED = 50
"""Records that stay are named up to here."""


class Undo:
    """Takes the records of one batch back.

    Attributes:
        outcome: What has come of it so far.
    """

    def __init__(self, shop: Shop, batch: BatchView) -> None:
        self._shop = shop
        self._batch = batch
        self._kinds = [kind for kind in bulk_undo.KINDS if kind in bulk_undo.MADE_BY[batch.kind]]
        self._last = -1
        self.outcome = Undoing(batch.batch_id, 0, 0, (), over=False)

    def step(self, act: Act) -> Undoing:
        """Take the next records back; each step is a write of its own, and a broken-off undo is begun anew."""
        done: list[bulk_undo.TakenBack] = []
        kind = self._kinds[0]

        def body(deed: Deed) -> None:
            batch = deed.held(tables.ImportBatch, self._batch.batch_id)
            taken = bulk_undo.take_back(deed.connection, self._shop.shop_id, batch.id, kind, self._last)
            if not taken.last and len(self._kinds) == 1:
                bulk_undo.forget_met(deed.connection, self._shop.shop_id, batch.id)
                batch.state = UNDONE
            deed.subject = batch.id
            deed.params = {
                "file": batch.file_name,
                "removed": str(taken.removed),
                "kept": str(len(taken.kept)),
            }
            done[:] = [taken]

        self._shop.perform(act, "import_undo", body)
        taken = done[0]
        self._last = taken.last
        over = False
        if not taken.last:
            self._kinds.pop(0)
            self._last = -1
            over = not self._kinds
        names = (*self.outcome.names, *taken.kept)[:NAMED]
        removed, kept = self.outcome.removed + taken.removed, self.outcome.kept + len(taken.kept)
        self.outcome = Undoing(self._batch.batch_id, removed, kept, names, over)
        return self.outcome
