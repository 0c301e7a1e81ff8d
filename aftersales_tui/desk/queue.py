"""The queue as it is read, and how much of it there is (D1)."""

from collections.abc import Sequence

from aftersales_tui.desk.shop import Shop
from aftersales_tui.store.queries import queue
from aftersales_tui.views.tickets import Counts, Page, PageKey, QueueFilter, QueueRow


class Queue:
    """Reads the queue. It is all that a desk at rest needs; whoever sends engineers is in ``Dispatch``."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def page(
        self, wanted: QueueFilter, after: PageKey | None, limit: int, before: PageKey | None = None
    ) -> Page[QueueRow]:
        """A page of the queue, the most urgent first (F3; D1)."""
        with self._shop.reading() as connection:
            return queue.queue(connection, self._shop.shop_id, wanted, limit, after, before)

    def rows(self, ids: Sequence[int]) -> tuple[QueueRow, ...]:
        """These tickets' rows as they are now; those no longer in the queue are missing."""
        with self._shop.reading() as connection:
            return queue.rows_by_id(connection, self._shop.shop_id, ids)

    def counts(self) -> Counts:
        """The counts that matter now."""
        with self._shop.reading() as connection:
            return queue.counts(connection, self._shop.shop_id, self._shop.clock())
