"""A box over the screen that asks for something and answers it."""

from collections.abc import Coroutine, Iterator
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.frame import SCREEN
from aftersales_tui.tui.dialogs.glass import Glass
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.widgets.word import Word

T = TypeVar("T")
WIDTH, WIDE = 76, 116
"""Cells of a box where the screen is that wide; of one with the class ``WIDER``. The style sheet says the same."""
WIDER = "-wide"
BESIDE = 8
"""Cells that are left on each side of a box at least: of less one sees but odd signs and halves of words, so the box
takes the whole width instead."""
WHOLE = "-whole"
FRAME = 4
"""Cells of a box beside its text."""


class Dialog(Commanded, Glass["T | None"], Generic[T]):
    """Answers what was asked for, or ``None`` when left by Esc.

    A subclass composes ``compose_body`` and calls ``dismiss`` with the answer.
    """

    scopes: ClassVar[tuple[str, ...]] = (SCREEN,)

    def __init__(self, title: str, hint: str = "", **params: Any) -> None:
        """Make the box.

        Args:
            title: Catalog key of its first line.
            hint: Catalog key of its last line, the keys that work in it; empty for none.
            params: Fill the placeholders of the title.
        """
        super().__init__()
        self._title_words = title, params
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Title, body, what is wrong, hint."""
        title, params = self._title_words
        self._span(self.app.size.width)
        with Vertical(id="box"):
            yield Word(title, classes="title", **params)
            yield from self.compose_body()
            yield Word("", id="wrong", classes="wrong")
            if self._hint:
                yield Word(self._hint, classes="hint")

    def compose_body(self) -> Iterator[Widget]:
        """What is asked."""
        yield from ()

    def complain(self, key: str, **params: object) -> None:
        """Say what is wrong with what was typed; an empty key takes it back."""
        self.query_one("#wrong", Word).to(key, **params)

    def hold_keys_while(self, work: Coroutine[Any, Any, None]) -> None:
        """Fetch something; keys typed meanwhile wait until it is there."""
        held = holding(self.desk_app.type_ahead, work)
        self.desk_app.run_worker(self.desk_app.trouble.guarded(held), exit_on_error=False)

    def text_width(self, screen: int) -> int:
        """Cells of a line in the box, on a screen of so many."""
        return max(1, (screen if self._takes_whole(screen) else self._width) - FRAME)

    @property
    def _width(self) -> int:
        return WIDE if self.has_class(WIDER) else WIDTH

    def _takes_whole(self, screen: int) -> bool:
        return screen < self._width + 2 * BESIDE

    def _span(self, screen: int) -> None:
        self.set_class(self._takes_whole(screen), WHOLE)

    @on(events.Resize)
    def _resized(self, event: events.Resize) -> None:
        self._span(event.size.width)

    def do_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
