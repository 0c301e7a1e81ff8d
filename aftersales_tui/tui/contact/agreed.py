"""Asks when the customer wants us to come (B1)."""

from collections.abc import Iterator

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import window
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.says import window_word


class Agreed(Dialog[str]):
    """One field for a time as it is said; Enter takes the words, once they can be understood."""

    def __init__(self) -> None:
        super().__init__("contact.agreed.title", "contact.agreed.hint")

    def compose_body(self) -> Iterator[Widget]:
        """The time."""
        yield Spoken[Window](self._understand, self._word, "spoken.window")

    def _understand(self, text: str) -> Window:
        desk = self.desk_app.bridge.desk
        if desk is None or not text.strip():
            raise Invalid("when.not_understood", text=text)
        length = desk.policy.dispatch.window
        return window(text, self.desk_app.now(), self.desk_app.zone, desk.words, length)

    def _word(self, meant: Window) -> str:
        return window_word(meant.start, meant.end, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one(Spoken).meant is not None:
            self.dismiss(event.value.strip())
