"""The one list: paints only the lines that changed, holds a window of rows, keeps the cursor on its row."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual import events, on
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.lists import ROWS
from aftersales_tui.tui.widgets.cells import fit
from aftersales_tui.tui.widgets.columns import GAP, Column, widths
from aftersales_tui.tui.widgets.window import Row, RowWindow

if TYPE_CHECKING:
    from rich.style import Style

STYLES = ("header", "cursor", "late", "soon", "dim", "good", "strong")
WHEEL = 3
"""Rows per notch of the mouse wheel."""
NEAR = 20
"""Rows before the end of the window at which the next page is asked for."""
Edge = Literal["after", "before", "first", "last"]


class Rows(Commanded, Widget, can_focus=True):
    """A list of rows that are known by a number.

    Cells are plain text; a row names a style of ``STYLES`` per cell, which the style sheet gives a look. Nothing is
    ever parsed as markup, and widths are counted in terminal cells.

    Attributes:
        empty: Catalog key of what is said when there is no row.
        part: Tells which part of a row's cell is shown in a column of so many cells, in place of its beginning.
    """

    part: Callable[[str, int], str] | None = None
    scopes: ClassVar[tuple[str, ...]] = (ROWS,)
    COMPONENT_CLASSES = {f"rows--{name}" for name in STYLES}

    class Wanted(Message):
        """Rows are needed that the window does not hold.

        Attributes:
            edge: ``after`` or ``before`` the window, or the ``first`` or ``last`` page of all.
        """

        def __init__(self, rows: "Rows", edge: Edge) -> None:
            super().__init__()
            self.rows, self.edge = rows, edge

    class Opened(Message):
        """The row under the cursor is to be opened."""

        def __init__(self, rows: "Rows", key: int) -> None:
            super().__init__()
            self.rows, self.key = rows, key

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: "Rows", key: int) -> None:
            super().__init__()
            self.rows, self.key = rows, key

    def __init__(
        self,
        columns: Sequence[Column],
        empty: str = "",
        *,
        header: bool = True,
        limit: int = 600,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make the list.

        Args:
            columns: From left to right; where the width is short the higher ranks are left out.
            empty: Catalog key of what is said when there is no row.
            header: Whether the first line names the columns.
            limit: Rows held at most; the far end is dropped beyond it.
            id: In the screen.
            classes: For the style sheet.
        """
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self.empty = empty
        self._header = 1 if header else 0
        self._held = RowWindow(limit)
        self._widths: tuple[int, ...] = ()
        self._fitted = 0
        self._asked: Edge | None = None
        self._styles: dict[tuple[str, str], Style] = {}

    @property
    def key(self) -> int | None:
        """The key of the row under the cursor; ``None`` in an empty list."""
        row = self._held.current
        return None if row is None else row.key

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows held now, in order."""
        return tuple(self._held.rows)

    @property
    def more_before(self) -> bool:
        """Whether there are rows in front of the first one held."""
        return self._held.more_before

    def wear(self, columns: Sequence[Column], empty: str) -> None:
        """Become a list of something else: other columns, and no row yet."""
        self._columns, self._widths, self.empty = tuple(columns), (), empty
        self._held = RowWindow(self._held.limit)
        self._asked = None
        self.refresh()

    def visible_keys(self) -> tuple[int, ...]:
        """The keys of the rows that are on screen, in order."""
        return tuple(row.key for row in self._held.rows[self._held.top : self._held.top + self._page])

    def show(self, rows: Sequence[Row], *, before: bool = False, after: bool = False) -> None:
        """Hold these rows instead; the cursor stays on its row (``RowWindow.replace``).

        Args:
            rows: In order.
            before: Whether there are more in front of them.
            after: Whether there are more behind them.
        """
        old = self.key
        self._asked = None
        self._held.replace(rows, before, after, self._page)
        self.refresh()
        self._moved_from(old)

    def extend(self, rows: Sequence[Row], edge: Edge, more: bool) -> None:
        """Take a page that ``Wanted`` asked for.

        Args:
            rows: In order.
            edge: The side they belong to; ``first`` and ``last`` put the cursor there.
            more: Whether there are more on that side; for ``first`` and ``last``, on the other.
        """
        self._asked = None
        old = self.key
        self._held.extend(rows, edge, more)
        self._held.reveal(self._page)
        self.refresh()
        self._moved_from(old)

    def patch(self, row: Row) -> bool:
        """Change one row where it stands and paint its line alone; ``False`` when it is not held."""
        index = self._held.index(row.key)
        if index is None:
            return False
        if self._held.rows[index] != row:
            self._held.rows[index] = row
            self._paint(index)
        return True

    def go_to(self, key: int) -> bool:
        """Put the cursor on a row; ``False`` when it is not held."""
        index = self._held.index(key)
        if index is not None:
            self._move(index)
        return index is not None

    def do_open(self) -> None:
        """Open the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Opened(self, self.key))

    def do_cursor(self, way: str) -> None:
        """Move the cursor: ``down``, ``up``, ``page_down``, ``page_up``, ``first``, ``last``."""
        held, page = self._held, max(1, self._page - 1)
        if way == "first" and held.more_before:
            self._ask("first")
        elif way == "last" and held.more_after:
            self._ask("last")
        else:
            steps = {"down": 1, "up": -1, "page_down": page, "page_up": -page}
            ends = {"first": 0, "last": len(held.rows) - 1}
            self._move(ends[way] if way in ends else held.cursor + steps[way])

    def render_line(self, y: int) -> Strip:
        """One line: the heading, a row, or the word for an empty list."""
        width = self.size.width
        if not self._widths or self._fitted != width:
            self._widths, self._fitted = widths(self._columns, width), width
        if y < self._header:
            cells = [say(column.label) if column.label else "" for column in self._columns]
            return self._line(cells, ("header",) * len(cells), "header")
        index = y - self._header + self._held.top
        if index < len(self._held.rows):
            row = self._held.rows[index]
            base = "cursor" if index == self._held.cursor else ""
            shown = row.cells if self.part is None else tuple(map(self.part, row.cells, self._widths))
            return self._line(shown, row.styles, base)
        text = say(self.empty) if self.empty and not self._held.rows and y == self._header else ""
        return Strip([Segment(fit(text, width), self._style("dim"))], width)

    @property
    def _page(self) -> int:
        return max(0, self.size.height - self._header)

    def _line(self, cells: Sequence[str], styles: Sequence[str], base: str) -> Strip:
        segments, used = [], 0
        for place, (column, width, cell) in enumerate(zip(self._columns, self._widths, cells, strict=True)):
            if not width:
                continue
            if used:
                segments.append(Segment(" " * GAP, self._style(base)))
                used += GAP
            name = styles[place] if place < len(styles) else ""
            segments.append(Segment(fit(cell, width, right=column.right), self._style(name, base)))
            used += width
        rest = self.size.width - used
        if rest > 0:
            segments.append(Segment(" " * rest, self._style(base)))
        # Cells of one look go out as one: a third of the bytes on the line to the terminal.
        return Strip(segments).adjust_cell_length(self.size.width).simplify()

    def _style(self, name: str, base: str = "") -> "Style":
        """The look of a cell on a line; kept until the style sheet or the theme changes."""
        if (style := self._styles.get((name, base))) is None:
            style = self.rich_style
            for part in dict.fromkeys((name, base)):
                if part:
                    style += self.get_component_rich_style(f"rows--{part}", partial=True)
            self._styles[name, base] = style
        return style

    def _move(self, index: int) -> None:
        held = self._held
        before, top, old = held.cursor, held.top, self.key
        held.move(index, self._page)
        if held.top != top:
            self.refresh()
        elif held.cursor != before:
            self._paint(before)
            self._paint(held.cursor)
        self._moved_from(old)

    def _moved_from(self, old: int | None) -> None:
        """Tell that the cursor is on another row, and ask for rows before they are missed."""
        if self.key is not None and self.key != old:
            self.post_message(self.Moved(self, self.key))
        held = self._held
        if held.more_after and held.cursor >= len(held.rows) - NEAR:
            self._ask("after")
        elif held.more_before and held.cursor < NEAR:
            self._ask("before")

    def _ask(self, edge: Edge) -> None:
        if self._asked != edge:
            self._asked = edge
            self.post_message(self.Wanted(self, edge))

    def _paint(self, index: int) -> None:
        y = index - self._held.top + self._header
        if self._header <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Forget looks when the theme changes."""
        self._styles.clear()
        super().notify_style_update()

    @on(events.Resize)
    def _keep_in_sight(self) -> None:
        top = self._held.top
        self._held.reveal(self._page)
        if self._held.top != top:
            self.refresh()

    @on(events.Click)
    def _point(self, event: events.Click) -> None:
        index = event.y - self._header + self._held.top
        if event.y >= self._header and index < len(self._held.rows):
            again = index == self._held.cursor
            self._move(index)
            if again:
                self.do_open()

    @on(events.MouseScrollDown)
    def _roll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._move(self._held.cursor + WHEEL)

    @on(events.MouseScrollUp)
    def _roll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._move(self._held.cursor - WHEEL)
