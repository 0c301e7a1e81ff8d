"""Asks for a day of a book."""

from collections.abc import Iterator
from datetime import date

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.floor.days import day_said


class DayDialog(Dialog[date]):
    """One field for a day as it is said; empty is today; Enter takes it."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "floor.day.hint")

    def compose_body(self) -> Iterator[Widget]:
        """The day."""
        yield Spoken[date](self._understand, self._word, "floor.day.example")

    def _understand(self, text: str) -> date:
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise Invalid("when.not_understood", text=text)
        return day_said(text, self.desk_app.now(), self.desk_app.zone, desk.words)

    @staticmethod
    def _word(day: date) -> str:
        return f"{day:%Y-%m-%d} {say(f'day.week.{day.weekday()}')}"

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        day: date | None = self.query_one(Spoken).meant
        if day is not None:
            self.dismiss(day)
