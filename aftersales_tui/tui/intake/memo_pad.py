"""The memo pad, one key away at any moment of a call (C14)."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import TextArea

from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.commands.intake import PAD
from aftersales_tui.tui.dialogs.dialog import Dialog


class MemoPad(Dialog[None]):
    """A page to write on; every letter is the call's at once, so that closing it in any way loses nothing."""

    scopes: ClassVar[tuple[str, ...]] = (FORM, PAD)

    def __init__(self, text: str, wrote: Callable[[str], None]) -> None:
        """Make the pad.

        Args:
            text: What stands on it.
            wrote: Told the whole text after each letter.
        """
        super().__init__("intake.memo.title", "intake.memo.hint")
        self._text = text
        self._wrote = wrote

    def compose_body(self) -> Iterator[Widget]:
        """The page."""
        yield TextArea(self._text, soft_wrap=True, compact=True, id="pad")

    def on_mount(self) -> None:
        """Write on where the text ends."""
        pad = self.query_one(TextArea)
        pad.move_cursor(pad.document.end)
        pad.focus()

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        event.stop()
        self._wrote(event.text_area.text)

    def do_go_on(self) -> None:
        """Back to the call."""
        self.dismiss(None)

    def do_close_pad(self) -> None:
        """Back to the call, by the key that opened the pad."""
        self.dismiss(None)
