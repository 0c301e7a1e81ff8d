"""Visitors 来访: who waits, strictly by arrival, and who is to come (C13)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from aftersales_tui.domain.visitor import State
from aftersales_tui.tui.floor.day_dialog import DayDialog
from aftersales_tui.tui.floor.greeting import DURING_CALL, LATE, caller_waits, sentences
from aftersales_tui.tui.floor.visitor_deeds import VisitorDeeds
from aftersales_tui.tui.floor.visitor_lines import COLUMNS, visitor_line
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.act import Changes
from aftersales_tui.views.floor import VisitorRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class VisitorsScreen(Listed, VisitorDeeds):
    """The visitors' book of today and what is ahead, with the sentence to say to whoever is under the cursor."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, "visitors.nothing")
        self.typed = {True: {}, False: {}}
        self.being_taken = {}
        self._views: dict[int, VisitorRow] = {}
        self._day: date | None = None

    def arrive(self, **_: Any) -> None:
        """Come to today's book."""
        self._day = None
        super().arrive()

    def view(self) -> VisitorRow | None:
        """The visitor under the cursor."""
        return self._views.get(self.rows.key or 0)

    async def read(self) -> bool:
        """Read the whole book: a day's visitors are few."""
        day = self._day
        book = await self.desk_app.bridge.latest("visitors", lambda desk: desk.visitors.book(day))
        if book is None:
            return False
        self._views = {view.visitor_id: view for view in book}
        self.rows.show([visitor_line(view, self.desk_app.now(), self.desk_app.zone) for view in book])
        return True

    def paint(self) -> None:
        """Let the waiting time go on."""
        for key in self.rows.visible_keys():
            self.rows.patch(visitor_line(self._views[key], self.desk_app.now(), self.desk_app.zone))

    def store_changed(self, changes: Changes) -> None:
        """Read again; a call that was taken for a visitor may have been saved."""
        super().store_changed(changes)
        if self.being_taken:
            # The app's worker: the link is written though somebody leaves the screen meanwhile.
            self.desk_app.run_worker(self.desk_app.trouble.guarded(self._link()), exit_on_error=False)

    def head(self) -> None:
        """How many wait; or of which day the book is."""
        if self._day is None:
            waiting = sum(view.state == State.WAITING for view in self._views.values())
            self.heading.to("visitors.heading", n=waiting)
        else:
            self.heading.to("visitors.heading_day", day=f"{self._day:%Y-%m-%d}")

    def full(self) -> Iterator[tuple[str, str]]:
        """What to say: first to a caller who is on the line, then to the visitor."""
        if caller_waits(self.desk_app):
            yield from ((line, "late") for line in sentences(self.desk_app, DURING_CALL))
        view = self.view()
        if view is not None:
            late = view.late_at is not None and self.desk_app.now() >= view.late_at
            lines = sentences(self.desk_app, LATE if late else view.state, view)
            yield from ((line, "strong") for line in lines)
            yield " / ".join(filter(None, (view.name, view.company, view.phone, view.purpose))), ""

    def listing(self) -> Listing:
        """The book that is shown."""
        from aftersales_tui.tui import listings

        return listings.visitors(self._day, self.desk_app.now(), self.desk_app.zone)

    async def do_visitor_day(self) -> None:
        """The book of another day."""
        day = await self.app.push_screen_wait(DayDialog("visitors.which_day"))
        if day is not None:
            self._day = None if day == self.desk_app.now().date() else day
            with self.desk_app.type_ahead.hold():
                await self.refreshed()

    @on(Rows.Opened)
    def _opened(self) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self.offer()), exit_on_error=False)

    async def _link(self) -> None:
        """Keep with each visitor what was written down for him, as soon as that is saved."""
        for call_id, visitor_id in tuple(self.being_taken.items()):
            if await self.desk_app.bridge.run(partial(_linked, visitor_id, call_id)):
                self.being_taken.pop(call_id, None)


def _linked(visitor_id: int, call_id: int, desk: "Desk") -> bool:
    return desk.visitors.link(desk.act(), visitor_id, call_id)
