"""Agrees another window with the customer (D6)."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import window
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.says import window_word
from aftersales_tui.tui.widgets.line import Line


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A new window and why."""

    window: Window
    reason: str


class RescheduleDialog(Dialog[Rescheduled]):
    """The window as it is said, then the reason; Enter goes from the one to the other and on."""

    def __init__(self, number: int) -> None:
        """``number`` is the ticket's."""
        super().__init__("reschedule.title", "reschedule.hint", number=number_word(number))

    def compose_body(self) -> Iterator[Widget]:
        """The window and the reason."""
        yield Spoken[Window](self._understand, self._word, "spoken.window", id="window")
        yield Line(placeholder=say("reschedule.reason"), id="reason")

    def _understand(self, text: str) -> Window:
        desk = self.desk_app.bridge.desk
        if desk is None or not text.strip():
            raise Invalid("when.not_understood", text=text)
        length = desk.policy.dispatch.window
        return window(text, self.desk_app.now(), self.desk_app.zone, desk.words, length)

    def _word(self, meant: Window) -> str:
        return window_word(meant.start, meant.end, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted, "#window Line")
    def _timed(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one(Spoken).meant is not None:
            self.query_one("#reason", Line).focus()

    @on(Input.Submitted, "#reason")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        meant: Window | None = self.query_one(Spoken).meant
        if meant is not None and event.value.strip():
            self.dismiss(Rescheduled(meant, event.value.strip()))
        else:
            self.complain("dialog.empty")
