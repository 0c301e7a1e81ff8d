"""Erasing a customer from all that this machine holds: the store and the drafts; nothing here needs Textual (U4)."""

from typing import TYPE_CHECKING

from aftersales_tui.paths import state_dir
from aftersales_tui.tui.drafts import FOLDER, forget

LONGEST_SWEEP = 15
"""Seconds for which seats at work can wait to save; the file of a larger store is written anew after hours."""

if TYPE_CHECKING:
    from concurrent.futures import Future

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.store.erase import Sighting
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.mergers import ErasurePreview
    from aftersales_tui.views.tickets import Receipt


def is_swept_later(seen: "ErasurePreview") -> bool:
    """Whether the store is too large to be swept while the shop is at work."""
    return seen.seconds > LONGEST_SWEEP


def look(desk: "Desk", seen: "ErasurePreview") -> "Future[Sighting]":
    """Begin to look for what tells of a customer while his name is being typed; in a large shop it takes seconds."""
    from concurrent.futures import ThreadPoolExecutor

    thread = ThreadPoolExecutor(1, "erasing")
    looking = thread.submit(desk.erasing.look, seen.file.customer_id)
    thread.shutdown(wait=False)
    return looking


def erase(
    desk: "Desk",
    act: "Act",
    seen: "ErasurePreview",
    name: str,
    reason: str,
    looking: "Future[Sighting] | None" = None,
) -> "Receipt":
    """Erase a customer, and his drafts of this machine; ``desk.erasing.sweep`` is still to be done.

    Args:
        desk: Of the shop.
        act: Who answers for it.
        seen: As it was shown.
        name: Typed by him.
        reason: Why.
        looking: What ``look`` has begun; waited for where it takes longer than the typing.

    Raises:
        DomainError: As ``Erasing.erase``.
    """
    found = looking.result() if looking else None
    receipt = desk.erasing.erase(act, seen.file, name, reason, found)
    forget(state_dir() / FOLDER, seen.customers, seen.phones)
    return receipt
