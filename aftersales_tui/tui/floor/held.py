"""The pages of a list of the front room, and what of them is held."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.tui.widgets.rows import Edge, Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.tickets import Page, PageKey

PAGE = 100
"""Rows read at a time."""
LAST = PageKey(FAR_FUTURE + timedelta(days=1), 0)
"""Behind every row."""
V = TypeVar("V")


@dataclass
class Held(Generic[V]):
    """The views that a list holds.

    Attributes:
        rows: The list.
        read: Reads a page (after, limit, before); ``None`` when a later wish has overtaken it.
        place: Where a view stands in the order of all; its id is the key of its line.
        line: How a view reads.
    """

    rows: Rows
    read: Callable[[PageKey | None, int, PageKey | None], Awaitable[Page[V] | None]]
    place: Callable[[V], PageKey]
    line: Callable[[V], Row]
    _views: dict[int, V] = field(default_factory=dict)

    def view(self, key: int | None) -> V | None:
        """A view as it was read last."""
        return self._views.get(key or 0)

    async def again(self) -> bool:
        """Read the held stretch anew; whether it was: a later wish may have overtaken this one."""
        held, after = self.rows.rows, None
        if held and self.rows.more_before:
            first = self.place(self._views[held[0].key])
            after = PageKey(first.at, first.record_id - 1)
        page = await self.read(after, max(PAGE, len(held)), None)
        if page is not None:
            self._views = self._keyed(page.rows)
            self.rows.show(list(map(self.line, page.rows)), before=page.more_before, after=page.more_after)
        return page is not None

    async def anew(self) -> bool:
        """Read from the first row on: something else is wanted than before."""
        page = await self.read(None, PAGE, None)
        if page is not None:
            self._views = self._keyed(page.rows)
            self.rows.extend(list(map(self.line, page.rows)), "first", page.more_after)
        return page is not None

    async def more(self, edge: Edge) -> None:
        """Read the page that the list asks for."""
        held = self.rows.rows
        after = self.place(self._views[held[-1].key]) if edge == "after" and held else None
        before = LAST if edge == "last" else None
        if edge == "before" and held:
            before = self.place(self._views[held[0].key])
        page = await self.read(after, PAGE, before)
        if page is None:
            return
        self._views |= self._keyed(page.rows)
        more = page.more_before if edge in {"before", "last"} else page.more_after
        self.rows.extend(list(map(self.line, page.rows)), edge, more)

    def paint(self, keys: Iterable[int]) -> None:
        """Say these lines again where they stand; only what has changed is painted."""
        for key in keys:
            self.rows.patch(self.line(self._views[key]))

    def _keyed(self, views: Iterable[V]) -> dict[int, V]:
        return {self.place(view).record_id: view for view in views}
