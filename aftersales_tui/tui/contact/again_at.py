"""Asks when the customer wants to be called again (B2)."""

from collections.abc import Iterator
from datetime import datetime

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import moment
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.says import instant_word


class AgainAt(Dialog[datetime]):
    """One field for a time as it is said; Enter takes it."""

    def __init__(self) -> None:
        super().__init__("contact.again.title", "contact.again.hint")

    def compose_body(self) -> Iterator[Widget]:
        """The time."""
        yield Spoken[datetime](self._understand, self._word, "contact.again.example")

    def _understand(self, text: str) -> datetime:
        desk = self.desk_app.bridge.desk
        if desk is None or not text.strip():
            raise Invalid("when.not_understood", text=text)
        return moment(text, self.desk_app.now(), self.desk_app.zone, desk.words)

    def _word(self, at: datetime) -> str:
        return instant_word(at, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        due: datetime | None = self.query_one(Spoken).meant
        if due is not None:
            self.dismiss(due)
