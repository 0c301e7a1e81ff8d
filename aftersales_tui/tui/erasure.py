"""Erasing a customer from all that this machine holds: the store and the drafts; nothing here needs Textual (U4)."""

from typing import TYPE_CHECKING

from aftersales_tui.paths import state_dir
from aftersales_tui.tui.drafts import FOLDER, forget

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.mergers import ErasurePreview
    from aftersales_tui.views.tickets import Receipt


def erase(desk: "Desk", act: "Act", seen: "ErasurePreview", name: str, reason: str) -> "Receipt":
    """Erase a customer, and his drafts of this machine; ``desk.erasing.sweep`` is still to be done.

    Args:
        desk: Of the shop.
        act: Who answers for it.
        seen: As it was shown.
        name: Typed by him.
        reason: Why.

    Raises:
        DomainError: As ``Erasing.erase``.
    """
    receipt = desk.erasing.erase(act, seen.file, name, reason)
    forget(state_dir() / FOLDER, seen.customers, seen.phones)
    return receipt
