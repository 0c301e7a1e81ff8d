"""Promises the customer a call (C6)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import moment
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.widgets.line import Line

SOON = "+30m"
"""What an empty field means: the promise made most often."""


class Promised(NamedTuple):
    """A call that was promised."""

    due_at: datetime
    words: str


class CallbackDialog(Dialog[Promised]):
    """When, as it is said; then what about; Enter goes from the one to the other and on."""

    def __init__(self, number: int) -> None:
        """``number`` is the ticket's; 0 for a call that is none yet."""
        super().__init__("callback.title", "callback.hint", number=number_word(number) if number else "")

    def compose_body(self) -> Iterator[Widget]:
        """The time and the words."""
        yield Spoken[datetime](self._understand, self._word, "spoken.moment", id="when")
        yield Line(placeholder=say("callback.words"), id="words")

    def _understand(self, text: str) -> datetime:
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise Invalid("when.not_understood", text=text)
        return moment(text.strip() or SOON, self.desk_app.now(), self.desk_app.zone, desk.words)

    def _word(self, at: datetime) -> str:
        return instant_word(at, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted, "#when Line")
    def _timed(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one(Spoken).meant is not None:
            self.query_one("#words", Line).focus()

    @on(Input.Submitted, "#words")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        due: datetime | None = self.query_one(Spoken).meant
        if due is not None:
            self.dismiss(Promised(due, event.value.strip()))
