"""What has changed: the change feed as the windows and the undo read it (A4)."""

from aftersales_tui.desk.shop import Shop
from aftersales_tui.store.queries import feed
from aftersales_tui.views.act import Act, Changes


class Feed:
    """Reads the change feed."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def latest(self) -> int:
        """The newest entry's place in the feed."""
        with self._shop.reading() as connection:
            return feed.latest(connection, self._shop.shop_id)

    def poll(self, seq: int) -> Changes | None:
        """What has changed since a place in the feed; ``None`` for nothing. Cheap enough for every moment."""
        with self._shop.reading() as connection:
            if feed.latest(connection, self._shop.shop_id) == seq:
                return None
            return feed.since(connection, self._shop.shop_id, seq)

    def last_mine(self, act: Act) -> int:
        """The newest entry this person made at any seat; 0 for none."""
        with self._shop.reading() as connection:
            return feed.last_by(connection, self._shop.shop_id, act.staff_id)
