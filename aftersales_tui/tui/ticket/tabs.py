"""The line that names the tabs of a ticket or a file."""

from collections.abc import Callable, Sequence

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from aftersales_tui.tui.widgets.cells import cell_len, fit

AROUND = 4
"""Cells of a tab beside its word: digit, blank, and one at each side."""


class Tabs(Widget):
    """Digit, word and how many there are of each tab; a click does what the digit does."""

    COMPONENT_CLASSES = {"tabs--open"}
    DEFAULT_CSS = "Tabs { height: 1; }"

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, names: Sequence[str], word: Callable[[str], str]) -> None:
        """Make the line.

        Args:
            names: The tabs in the order of their digits.
            word: Says a tab's name in the present language.
        """
        super().__init__()
        self._word = word
        self._names = tuple(names)
        self._counts: dict[str, int] = {}
        self.open = self._names[0]

    def show(self, name: str, counts: dict[str, int]) -> None:
        """Mark the tab that is open, and tell how many entries the others have."""
        if (name, counts) != (self.open, self._counts):
            self.open, self._counts = name, counts
            self.refresh()

    def render(self) -> Content:
        """The line; the open tab stands in brackets too, for those who see no colour."""
        look = self.get_visual_style("tabs--open")
        parts = [
            Content.styled(word, look) if name == self.open else Content(word) for name, word in self._words()
        ]
        line = Content("").join(parts)
        return line + Content(" " * max(0, self.size.width - cell_len(line.plain)))

    def _words(self) -> list[tuple[str, str]]:
        """Each tab with its word; where the width is short, without the numbers of entries, then in few letters."""
        room = self.size.width // len(self._names) - AROUND
        for words in (self._worded(self._counts), self._worded({})):
            if sum(cell_len(word) for _, word in words) <= self.size.width:
                return words
        return self._worded({}, room)

    def _worded(self, counts: dict[str, int], room: int = 0) -> list[tuple[str, str]]:
        words = []
        for place, name in enumerate(self._names, 1):
            count = f" {counts[name]}" if name in counts else ""
            said = self._word(name)
            said = fit(said, room) if 0 < room < cell_len(said) else said
            word = f"{place} {said}{count}"
            words.append((name, f"[{word}]" if name == self.open else f" {word} "))
        return words

    @on(events.Click)
    def _point(self, event: events.Click) -> None:
        left = event.x
        for name, word in self._words():
            left -= cell_len(word)
            if left < 0:
                self.post_message(self.Chosen(name))
                return
