"""Taking back one's last deed, on every screen where deeds are done (A4)."""

from typing import ClassVar

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.ticket_row import UNDOING


class Undoing(Commanded):
    """Lends a screen the key that takes back."""

    scopes: ClassVar[tuple[str, ...]] = (UNDOING,)

    def do_undo(self) -> None:
        """Take back the last entry of this person (A4)."""
        self.desk_app.write(lambda desk, act: desk.feed.undo(act, desk.feed.last_mine(act)), hold=True)
