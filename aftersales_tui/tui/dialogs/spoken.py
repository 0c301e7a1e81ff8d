"""A field for a date as people say it, with what was understood beside it at every letter."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word

T = TypeVar("T")


class Spoken(Vertical, Generic[T]):
    """A ``Line`` whose text is understood while it is typed (C1).

    Attributes:
        meant: What the text says; ``None`` while it says nothing that can be understood.
    """

    DEFAULT_CSS = (
        "Spoken { height: auto; } Spoken > .echo { width: 1fr; } Spoken > .-wrong { color: $error; }"
    )

    class Meant(Message):
        """Another thing was understood than before."""

        def __init__(self, spoken: "Spoken[Any]") -> None:
            super().__init__()
            self.spoken = spoken

        @property
        def control(self) -> "Spoken[Any]":
            """The field."""
            return self.spoken

    def __init__(
        self,
        understand: Callable[[str], T],
        word: Callable[[T], str],
        placeholder: str,
        *,
        id: str | None = None,
    ) -> None:
        """Make the field.

        Args:
            understand: What a text says; raises ``Invalid`` when it says nothing.
            word: How that is said back.
            placeholder: Catalog key of an example, shown while the field is empty.
            id: In the dialog.
        """
        super().__init__(id=id)
        self._understand = understand
        self._word = word
        self._placeholder = placeholder
        self.meant: T | None = None

    def compose(self) -> Iterator[Widget]:
        """The field and the echo below it."""
        yield Line(placeholder=say(self._placeholder), digits=True, max_length=80)
        yield Word("", classes="echo")

    def say_again(self) -> None:
        """Understand the text once more: what it may mean has changed."""
        self._hear(self.query_one(Line).value)

    def on_mount(self) -> None:
        """Say what an empty field means."""
        self.say_again()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._hear(event.value)

    def _hear(self, text: str) -> None:
        before, echo = self.meant, self.query_one(".echo", Word)
        try:
            self.meant = self._understand(text)
        except Invalid as error:
            self.meant = None
            echo.to("spoken.wrong" if text.strip() else "spoken.nothing", why=sentence(error))
        else:
            echo.to("spoken.meant", what=self._word(self.meant))
        echo.set_class(self.meant is None and bool(text.strip()), "-wrong")
        if self.meant != before:
            self.post_message(self.Meant(self))
