"""Watches the change feed, so that what another window did is seen here within a moment."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Changes

PERIOD = 0.15
"""Seconds between two looks; a change is to be seen 250 ms after its commit."""


class StoreChanged(Message):
    """Something was written, here or in another window.

    Attributes:
        changes: Which tickets and contacts, and up to which place in the feed.
    """

    def __init__(self, changes: "Changes") -> None:
        super().__init__()
        self.changes = changes


class Watch:
    """A thread that asks the feed what is new, cheaply and often.

    Attributes:
        stumbled: The last error of a look; the next look may do better, so it is only remembered.
    """

    def __init__(self, desk: "Desk", tell: "Callable[[Changes], None]") -> None:
        self._desk = desk
        self._tell = tell
        self._kick = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self.stumbled: Exception | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def look_now(self) -> None:
        """Look at once: this window has just written."""
        self._kick.set()

    def stop(self) -> None:
        """End the thread; waits for a look that is under way."""
        self._over.set()
        self._kick.set()
        self._thread.join(2)

    def _look(self) -> None:
        seq: int | None = None
        while not self._over.is_set():
            try:
                seq = self._desk.feed.latest() if seq is None else self._told(seq)
            except Exception as error:
                self.stumbled = error
            self._kick.wait(PERIOD)
            self._kick.clear()

    def _told(self, seq: int) -> int:
        """Tell what is new since a place in the feed; answers the place to go on from."""
        changes = self._desk.feed.poll(seq)
        if changes is None:
            return seq
        self._tell(changes)
        return changes.seq
