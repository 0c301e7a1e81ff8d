"""The pages of the list of people to contact, and what of it is held."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.tui.contact.columns import contact_line
from aftersales_tui.tui.widgets.rows import Edge, Rows
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page, PageKey

PAGE = 100
"""Rows read at a time."""
LAST = PageKey(FAR_FUTURE + timedelta(days=1), 0)
"""Behind every row."""
Read = Callable[[PageKey | None, int, PageKey | None], Awaitable[Page[ContactRow] | None]]


@dataclass
class Held:
    """The contacts that the list holds.

    Attributes:
        rows: The list.
        read: Reads a page; ``None`` when a later wish has overtaken it.
        leaving: Contacts whose result is being written; they are off the list until that is done or refused.
    """

    rows: Rows
    read: Read
    leaving: set[int] = field(default_factory=set)
    _views: dict[int, ContactRow] = field(default_factory=dict)
    _more_after: bool = False

    def view(self, contact_id: int | None) -> ContactRow | None:
        """A contact as it was read last."""
        return self._views.get(contact_id or 0)

    def know(self, view: ContactRow) -> None:
        """Take over what this window has just made of a contact, ahead of the next reading."""
        if view.contact_id in self._views:
            self._views[view.contact_id] = view

    async def again(self, now: datetime, zone: tzinfo) -> bool:
        """Read the held stretch anew; whether it was: a later wish may have overtaken this one."""
        held = self.rows.rows
        after = None
        if held and self.rows.more_before:
            first = _key(self._views[held[0].key])
            after = PageKey(first.at, first.record_id - 1)
        page = await self.read(after, max(PAGE, len(held)), None)
        if page is not None:
            self._views = {view.contact_id: view for view in page.rows}
            self._more_after = page.more_after
            self._show([view.contact_id for view in page.rows], page.more_before, now, zone)
        return page is not None

    async def more(self, edge: Edge, now: datetime, zone: tzinfo) -> None:
        """Read the page that the list asks for."""
        held = self.rows.rows
        after = _key(self._views[held[-1].key]) if edge == "after" and held else None
        before = LAST if edge == "last" else None
        if edge == "before" and held:
            before = _key(self._views[held[0].key])
        page = await self.read(after, PAGE, before)
        if page is None:
            return
        self._views |= {view.contact_id: view for view in page.rows}
        more = page.more_before if edge in {"before", "last"} else page.more_after
        if edge != "before":
            self._more_after = page.more_after if edge != "last" else False
        shown = [view for view in page.rows if view.contact_id not in self.leaving]
        self.rows.extend([contact_line(view, now, zone) for view in shown], edge, more)

    def hide(self, contact_id: int, now: datetime, zone: tzinfo) -> None:
        """Take a line off at once; the next is then under the cursor."""
        self.leaving.add(contact_id)
        self._show([row.key for row in self.rows.rows], self.rows.more_before, now, zone)

    def paint(self, keys: tuple[int, ...], now: datetime, zone: tzinfo) -> None:
        """Say these lines again where they stand; only what has changed is painted."""
        for key in keys:
            self.rows.patch(contact_line(self._views[key], now, zone))

    def _show(self, keys: list[int], before: bool, now: datetime, zone: tzinfo) -> None:
        shown = [contact_line(self._views[key], now, zone) for key in keys if key not in self.leaving]
        self.rows.show(shown, before=before, after=self._more_after)


def _key(view: ContactRow) -> PageKey:
    return PageKey(view.due_at, view.contact_id)
