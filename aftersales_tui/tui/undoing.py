"""Taking back one's last deed, the same on every screen on which something is written (A4)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.ticket_row import UNDO

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt


class Undoing(Commanded):
    """Lends a screen the key that takes the last entry of this person back, and the way it writes."""

    scopes: ClassVar[tuple[str, ...]] = (UNDO,)

    def do_undo(self) -> None:
        """Take back the last entry of this person."""
        self._write_held(lambda desk, act: desk.undoing.undo(act, desk.feed.last_mine(act)))

    def _write_held(
        self, verb: "Callable[[Desk, Act], Receipt]", then: Callable[[], None] = lambda: None
    ) -> None:
        """Do a verb as the screen does them; a screen with a way of its own overrides it.

        The next key waits until the screen shows what was done.

        Args:
            then: Called when it is done, such as to forget what was typed for it.
        """
        self.desk_app.write(verb, then=lambda _: then(), hold=True)
