"""A page of text that can be scrolled by its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.lists import ROWS
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.lines import Lines, TextLine, folded

GAP = " "
WHEEL = 3
"""Lines per notch of the mouse wheel."""
MORE = " v"
"""Marks a page that goes on below."""
NARROWEST = 12
"""Cells an entry's text gets at least; where the columns leave fewer, it goes below them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of an entry: its text in just so many cells."""

    text: str
    width: int
    look: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a page: columns, and a text that is folded beside them where it is long."""

    cells: tuple[Cell, ...] = ()
    text: str = ""
    look: str = ""

    def lines(self, width: int) -> Iterator[TextLine]:
        """The entry on a page of that many cells."""
        used = sum(cell.width + len(GAP) for cell in self.cells)
        head = tuple((fit(cell.text, cell.width) + GAP, cell.look) for cell in self.cells)
        if used and width - used < NARROWEST:
            yield head
            head, used = ((GAP * 2, ""),), 2
            if not self.text:
                return
        first, *rest = folded(self.text, max(1, width - used))
        yield (*head, (first, self.look))
        yield from (((GAP * used, ""), (line, self.look)) for line in rest)


class Paper(Commanded, Lines, can_focus=True):
    """Shows entries from the first one on; the cursor keys of a list scroll it."""

    scopes: ClassVar[tuple[str, ...]] = (ROWS,)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._written: list[TextLine] = []
        self._top = 0

    @property
    def written(self) -> str:
        """All of the page, what is scrolled away included."""
        return "\n".join("".join(text for text, _ in line).rstrip() for line in self._written)

    def write(self, entries: Sequence[Entry], *, from_top: bool = False) -> None:
        """Show these entries; the page stays where it was scrolled to unless it is another one."""
        if from_top:
            self._top = 0
        if from_top or self._entries != tuple(entries):
            self._entries = tuple(entries)
            self._lay_out()

    def can_open(self) -> bool:
        """There is nothing behind a line."""
        return False

    def do_open(self) -> None:
        """Never called: ``can_open``."""

    def do_cursor(self, way: str) -> None:
        """Scroll: ``down``, ``up``, ``page_down``, ``page_up``, ``first``, ``last``."""
        page = max(1, self.size.height - 1)
        steps = {"down": 1, "up": -1, "page_down": page, "page_up": -page}
        ends = {"first": 0, "last": len(self._written)}
        self._scroll(ends[way] if way in ends else self._top + steps[way])

    def _lay_out(self) -> None:
        self._written = [line for entry in self._entries for line in entry.lines(self.size.width)]
        self._scroll(self._top)

    def _scroll(self, top: int) -> None:
        self._top = max(0, min(top, len(self._written) - self.size.height))
        end = self._top + self.size.height
        seen = self._written[self._top : end]
        self.show([*seen[:-1], self._goes_on(seen[-1])] if seen and end < len(self._written) else seen)

    def _goes_on(self, line: TextLine) -> TextLine:
        """A line with a mark at its end: there is more below."""
        room, pieces = max(0, self.size.width - cell_len(MORE)), []
        for text, look in line:
            wide = min(room, cell_len(text))
            pieces.append((fit(text, wide), look))
            room -= wide
        return (*pieces, (" " * room, ""), (MORE, "strong"))

    @on(events.Resize)
    def _fold_again(self) -> None:
        self._lay_out()
        self.refresh()

    @on(events.MouseScrollDown)
    def _roll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(self._top + WHEEL)

    @on(events.MouseScrollUp)
    def _roll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(self._top - WHEEL)
