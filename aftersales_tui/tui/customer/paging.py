"""The lists of a file that come page by page: its tickets and its time line (U1)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from aftersales_tui.tui.widgets.rows import Edge, Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.tickets import Page, PageKey

View = TypeVar("View")
PAGE = 60
"""Rows read at a time."""
HELD = 10_000
"""Rows such a list holds: all that one customer has, so that its head never has to be read again."""
Read = Callable[[int, PageKey | None], Awaitable[Page[View] | None]]


class Paged(Generic[View]):
    """What of such a list is held: everything from its head to where somebody has read on."""

    def __init__(
        self,
        rows: Rows,
        read: Read[View],
        line: Callable[[View], Row],
        place: Callable[[View], tuple[datetime, int]],
    ) -> None:
        """Hold nothing yet.

        Args:
            rows: The list on the screen.
            read: Reads a page behind a key; ``None`` when a later wish has overtaken it.
            line: A view as a row.
            place: Instant and id by which it is ordered.
        """
        self._rows, self._read, self._line, self._place = rows, read, line, place
        self._views: dict[int, View] = {}

    def view(self, key: int | None) -> View | None:
        """What a row shows."""
        return self._views.get(key) if key is not None else None

    async def again(self) -> None:
        """Read the held stretch anew."""
        page = await self._read(max(PAGE, len(self._views)), None)
        if page is not None:
            self._views = {self._line(view).key: view for view in page.rows}
            self._rows.show([self._line(view) for view in page.rows], after=page.more_after)

    async def more(self, edge: Edge) -> None:
        """Read the next page; for the last line, all there are before it: what one customer has is little."""
        while self._views:
            at, record_id = self._place(list(self._views.values())[-1])
            page = await self._read(PAGE, PageKey(at, record_id))
            if page is None:
                return
            self._views |= {self._line(view).key: view for view in page.rows}
            self._rows.extend([self._line(view) for view in page.rows], "after", page.more_after)
            if edge != "last" or not page.more_after:
                break
        if edge == "last":
            self._rows.do_cursor("last")

    def paint(self) -> None:
        """Say the lines again."""
        for view in self._views.values():
            self._rows.patch(self._line(view))
