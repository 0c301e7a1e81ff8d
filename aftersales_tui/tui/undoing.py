"""Taking back one's last deed, the same on every screen on which something is written (A4)."""

from typing import ClassVar

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.ticket_row import UNDO


class Undoing(Commanded):
    """Lends a screen the key that takes the last entry of this person back."""

    scopes: ClassVar[tuple[str, ...]] = (UNDO,)

    def do_undo(self) -> None:
        """Take back the last entry of this person."""
        self.desk_app.write(lambda desk, act: desk.undoing.undo(act, desk.feed.last_mine(act)), hold=True)
