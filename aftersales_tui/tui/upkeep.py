"""What the app does for the store while it is opened and when nobody types."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from aftersales_tui.domain.errors import DomainError, Unavailable
from aftersales_tui.tui.widgets.status import NOTHING, saying

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host

QUIET = 1.0
"""Seconds without a key before the store is looked after, and after each key that comes in between."""
PAUSE = 0.05
"""Seconds between two steps: another seat's write must not wait for several of them."""
_tended: "WeakKeyDictionary[Host, int]" = WeakKeyDictionary()
"""The last entry of the feed when nothing was left to do."""


def telling_upgrade(app: "Host") -> Callable[[float], None]:
    """What says on the status line how far a store of before is brought up to date; called in the desk's lane.

    It raises ``store.upgrade_stopped`` when the app is being left: the next start goes on from there.
    """
    shown = -1

    def tell(share: float) -> None:
        nonlocal shown
        if app.bridge.is_closed:
            raise Unavailable("store.upgrade_stopped")
        percent = int(share * 100)
        if percent != shown:
            shown = percent
            said = saying("upkeep.upgrading", percent=percent) if share < 1 else NOTHING
            app.call_later(app.tell, said)

    return tell


def tend(app: "Host") -> None:
    """Look after the store as long as nobody types."""
    if app.bridge.desk is not None:
        app.run_worker(tending(app), group="upkeep", exclusive=True, exit_on_error=False)


async def tending(app: "Host") -> None:
    """Go on step by step until a key comes or nothing is left; a store that is away is told by other verbs."""
    with suppress(DomainError):
        latest = await app.bridge.run(lambda desk: desk.feed.latest())
        # What lies there at the start can wait for the first save: a desk at rest opens no second way into the store.
        _tended.setdefault(app, latest)
        while latest != _tended.get(app) and app.type_ahead.is_quiet(QUIET):
            if not await app.bridge.run(lambda desk: desk.tidy()):
                _tended[app] = latest
            await asyncio.sleep(PAUSE)
