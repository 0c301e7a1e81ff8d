"""The rows a list holds: a window on a long list, with a cursor that stays on its row."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a list.

    Attributes:
        key: Its number, by which it is known while the list changes.
        cells: Plain text, one per column.
        styles: The look of each cell, by name; shorter than ``cells`` where the rest is plain.
    """

    key: int
    cells: tuple[str, ...]
    styles: tuple[str, ...] = ()


class RowWindow:
    """A bounded stretch of a list.

    Attributes:
        limit: Rows held at most.
        rows: Those held now, in order.
        more_before: Whether there are more in front of them; ``more_after`` behind them.
        cursor: The index of the row in hand; 0 in an empty window.
        top: The index of the first row on the screen.
    """

    def __init__(self, limit: int, rows: Sequence[Row] = (), cursor: int = 0, top: int = 0) -> None:
        self.limit = limit
        self.rows = list(rows)
        self.more_before = self.more_after = False
        self.cursor, self.top = cursor, top

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def index(self, key: int) -> int | None:
        """Where a row stands; ``None`` when it is not held."""
        return next((index for index, row in enumerate(self.rows) if row.key == key), None)

    def replace(self, rows: Sequence[Row], more_before: bool, more_after: bool, page: int) -> None:
        """Hold other rows; the cursor stays on its row, or goes to the nearest one that is still there.

        It stays at its height on the screen, too, but at the head of the list: who looks at the most urgent rows wants
        to see a new one that comes before them.
        """
        at_head = self.top == 0 and not self.more_before
        wanted = [row.key for row in (*self.rows[self.cursor :], *reversed(self.rows[: self.cursor]))]
        height = self.cursor - self.top
        self.rows, self.more_before, self.more_after = list(rows), more_before, more_after
        places = {row.key: index for index, row in enumerate(self.rows)}
        found = next((places[key] for key in wanted if key in places), min(self.cursor, len(self.rows) - 1))
        self.cursor = max(0, found)
        self.top = 0 if at_head else self.cursor - height
        self.reveal(page)

    def extend(self, rows: Sequence[Row], edge: str, more: bool) -> None:
        """Take a page at one side and drop what is too much at the other."""
        if edge in {"first", "last"}:
            self.rows = list(rows)
            self.more_before, self.more_after = edge == "last" and more, edge == "first" and more
            self.cursor = self.top = 0 if edge == "first" else max(0, len(self.rows) - 1)
            return
        held = {row.key for row in self.rows}
        fresh = [row for row in rows if row.key not in held]
        if edge == "after":
            self.rows += fresh
            self.more_after = more
            self._drop_head(len(self.rows) - self.limit)
        else:
            self.rows[:0] = fresh
            self.cursor += len(fresh) if held else 0
            self.top += len(fresh) if held else 0
            self.more_before = more
            if len(self.rows) > self.limit:
                del self.rows[self.limit :]
                self.more_after = True

    def move(self, index: int, page: int) -> None:
        """Put the cursor on a row, the nearest one there is."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self.reveal(page)

    def reveal(self, page: int) -> None:
        """Scroll as little as possible so that the cursor is on the screen and the screen is full."""
        page = max(1, page)
        self.top = min(self.top, self.cursor, max(0, len(self.rows) - page))
        self.top = max(0, self.top, self.cursor - page + 1)

    def _drop_head(self, count: int) -> None:
        # What is on the screen stays: the cursor stands near the other end when a page is asked for.
        count = min(count, self.top)
        if count > 0:
            del self.rows[:count]
            self.cursor -= count
            self.top -= count
            self.more_before = True
