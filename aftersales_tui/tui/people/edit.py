"""Asks for what is to stand in a field of a person's card (A7)."""

from collections.abc import Callable, Iterator

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.people.fields import CardField, Understood
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word


class EditField(Dialog[str]):
    """One field; what is understood of it stands below while it is typed. Empty means that there is nothing."""

    def __init__(
        self, name: str, field: CardField, text: str, understand: Callable[[str], Understood]
    ) -> None:
        """Make the question.

        Args:
            name: Whose card it is.
            field: Which field.
            text: What stands in it at first.
            understand: What a text means.
        """
        super().__init__(
            "people.edit.title", "people.edit.hint", name=name, field=say(f"person.{field.name}")
        )
        self._field = field
        self._text = text
        self._means = understand

    def compose_body(self) -> Iterator[Widget]:
        """The field and what is understood of it."""
        yield Line(self._text, placeholder=say(self._field.hint), max_length=self._field.limit)
        yield Word("", id="echo")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._hear(event.value)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        if self._hear(event.value):
            self.dismiss(event.value)

    def _hear(self, text: str) -> bool:
        """Say what is understood; whether anything is."""
        echo = self.query_one("#echo", Word)
        try:
            _, said = self._means(text)
        except Invalid as error:
            echo.to("")
            self.complain("spoken.wrong", why=sentence(error))
            return False
        echo.to("people.edit.list" if said else "", what=said)
        self.complain("")
        return True
