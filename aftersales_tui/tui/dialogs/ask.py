"""Asks for one line of text."""

from collections.abc import Iterator

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.line import Line


class Ask(Dialog[str]):
    """A question with one field; Enter answers what was typed, which must not be empty."""

    def __init__(
        self,
        title: str,
        initial: str = "",
        *,
        hint: str = "dialog.ask.hint",
        limit: int = 500,
        **params: object,
    ) -> None:
        """Make the question.

        Args:
            title: Catalog key of the question.
            initial: What stands in the field at first.
            hint: Catalog key of the line below the field.
            limit: Characters the field holds.
            params: Fill the placeholders of the question.
        """
        super().__init__(title, hint, **params)
        self._initial = initial
        self._limit = limit

    def compose_body(self) -> Iterator[Widget]:
        """The field."""
        yield Line(self._initial, max_length=self._limit)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        if text:
            self.dismiss(text)
        else:
            self.complain("dialog.empty")
