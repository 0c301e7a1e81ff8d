"""Asks for one line of text."""

from collections.abc import Hashable, Iterator
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.customer.left import Left, leave, take_up
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.status import saying

WORDS = "words"


class Ask(Dialog[str]):
    """A question with one field; Enter and F12 answer what was typed, which must not be empty."""

    scopes: ClassVar[tuple[str, ...]] = (FORM,)

    def __init__(
        self,
        title: str,
        initial: str = "",
        *,
        hint: str = "dialog.ask.hint",
        limit: int = 500,
        about: Hashable = None,
        **params: object,
    ) -> None:
        """Make the question.

        Args:
            title: Catalog key of the question.
            initial: What stands in the field at first.
            hint: Catalog key of the line below the field.
            limit: Characters the field holds.
            about: The record that the words are written about: what is left by Esc stands there again when the same
                is asked about the same; ``None`` for a question whose answer is quickly typed again.
            params: Fill the placeholders of the question.
        """
        super().__init__(title, hint, **params)
        self._initial = initial
        self._limit = limit
        self._which = (title, about)

    def compose_body(self) -> Iterator[Widget]:
        """The field; what was typed when it was left by Esc stands there again."""
        left = take_up(self.app, self._which)
        yield Line(left.typed[WORDS] if left else self._initial, max_length=self._limit)

    def refused(self, app: App[Any], text: str) -> bool:
        """What was answered could not be saved: it stands there again when the same is asked.

        Answers ``False``, for ``Host.write``: the error is still to be said.
        """
        leave(app, self._which, Left({}, {WORDS: text}))
        return False

    def do_back(self) -> None:
        """Leave; words about a record are there again when the same is asked."""
        text = self.query_one(Line).value
        if self._which[1] is not None and text.strip() and text != self._initial:
            leave(self.app, self._which, Left({}, {WORDS: text}))
            self.desk_app.tell(saying("ask.left"))
        super().do_back()

    def do_go_on(self) -> None:
        """Answer what stands in the field."""
        self._done(self.query_one(Line).value)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        self._done(event.value)

    def _done(self, value: str) -> None:
        text = value.strip()
        if text:
            self.dismiss(text)
        else:
            self.complain("dialog.empty")
