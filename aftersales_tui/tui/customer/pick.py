"""A field whose value is one of a few: by its digit, or by Left and Right."""

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from aftersales_tui.domain.text import narrow
from aftersales_tui.tui.widgets.cells import cell_len, fit

_WAYS = {"left": -1, "right": 1, "space": 1}


class Pick(Widget, can_focus=True):
    """Shows what can be chosen, the chosen one in brackets; where the width is short, that one alone."""

    COMPONENT_CLASSES = {"pick--chosen"}
    DEFAULT_CSS = "Pick { height: 1; width: 1fr; }"

    class Entered(Message):
        """Enter was pressed: on to the next field."""

        def __init__(self, pick: "Pick") -> None:
            super().__init__()
            self.pick = pick

    def __init__(self, choices: Sequence[tuple[Any, str]], value: Any, *, id: str | None = None) -> None:
        """Make the field.

        Args:
            choices: Values and their words, in the order of their digits.
            value: The one that is chosen at first.
            id: In the form.
        """
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._place = next((i for i, (one, _) in enumerate(choices) if one == value), 0)

    @property
    def value(self) -> Any:
        """The value that is chosen."""
        return self._choices[self._place][0]

    def choose(self, place: int) -> None:
        """Choose another; round at the ends."""
        self._place = place % len(self._choices)
        self.refresh()

    def render(self) -> Content:
        """The choices with their digits."""
        words = [f"{place} {word}" for place, (_, word) in enumerate(self._choices, 1)]
        look, width = self.get_visual_style("pick--chosen"), self.size.width
        if sum(cell_len(word) + 2 for word in words) > width:
            chosen = f"[{words[self._place]}] /{len(words)}"
            return Content.styled(fit(chosen, width) if cell_len(chosen) > width else chosen, look)
        pieces = [
            Content.styled(f"[{word}]", look) if place == self._place else Content(f" {word} ")
            for place, word in enumerate(words)
        ]
        return Content("").join(pieces)

    @on(events.Key)
    def _by_key(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        if len(digit) == 1 and digit.isdecimal() and 1 <= int(digit) <= len(self._choices):
            self.choose(int(digit) - 1)
        elif event.key in _WAYS:
            self.choose(self._place + _WAYS[event.key])
        elif event.key == "enter":
            self.post_message(self.Entered(self))
        else:
            return
        event.stop()
        event.prevent_default()

    @on(events.Click)
    def _point(self) -> None:
        self.choose(self._place + 1)
