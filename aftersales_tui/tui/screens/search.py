"""Finding anything (``/``): customers, devices, tickets, calls and notes at once, while one types (C3)."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.search import SEARCH
from aftersales_tui.tui.intake.seeking import Seeking
from aftersales_tui.tui.listed import ListedFound
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.search.hits import around, sought
from aftersales_tui.tui.search.lines import COLUMNS, found_line, group_lines, key_of
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.act import Changes
from aftersales_tui.views.search import Found, FoundRow

HELD = 600
"""Rows held at most."""
WAYS = {"up": "up", "down": "down", "pageup": "page_up", "pagedown": "page_down"}
"""Keys that move in the list while one types."""
NOTHING = Found("", "", ())


class SearchScreen(ListedFound, DeskScreen):
    """One line to type into, and below it what was found, group by group.

    The line keeps the keys: arrows move in the list, Tab goes from group to group, Enter opens.
    """

    scopes: ClassVar[tuple[str, ...]] = (SEARCH,)
    AUTO_FOCUS = "Line"

    def __init__(self) -> None:
        super().__init__()
        self._line = Line(placeholder=say("search.hint"), id="search-for")
        self._rows = Rows(COLUMNS, "search.begin", limit=HELD)
        self._rows.can_focus = False
        self._seeking = Seeking(self._look, self._report)
        self._found, self._asked = NOTHING, ""
        self._only = ""
        self._views: dict[int, FoundRow] = {}

    def compose_body(self) -> Iterator[Widget]:
        """The line, the list."""
        yield self._line
        yield self._rows

    async def prepare(self) -> None:
        """Load what the first look needs while the first word is being typed: a tenth of a second."""
        desk = await self.desk_app.bridge.opened()

        def warm() -> None:
            # Its room is entered in the thread, too.
            desk.search.warm()

        await asyncio.to_thread(warm)

    def arrive(self, query: str = "", **_: Any) -> None:
        """Somebody looks for something; what was looked for last is there, and goes with the first letter typed."""
        self._line.focus()
        if query:
            self._only = ""
            self._line.value = query
            self._line.cursor_position = len(query)
        elif self._line.value:
            self._line.select_all()
            self._seeking.soon()

    def store_changed(self, changes: Changes) -> None:
        """Look again: something of what is shown may be another now, or be gone."""
        if self._asked and changes.subjects:
            self._seeking.soon()

    def tick(self) -> None:
        """Nothing here goes on by itself."""

    def retranslate(self) -> None:
        """Say the words of the lines again."""
        self._line.placeholder = say("search.hint")
        self._paint()

    def can_group(self, _way: str) -> bool:
        """Whether there is another group to go to."""
        return len(self._found.groups) > 1

    def do_group(self, way: str) -> None:
        """Go to the first line of the next group, or of the one before."""
        heads = [key_of(group.rows[0]) for group in self._found.groups]
        here = self._views.get(self._rows.key or 0)
        kinds = [group.kind for group in self._found.groups]
        place = kinds.index(here.kind) if here and here.kind in kinds else 0
        self._rows.go_to(heads[(place + (1 if way == "next" else -1)) % len(heads)])

    def listing(self) -> Listing:
        """What is found; of one group that is shown alone, all of it."""
        from aftersales_tui.tui import listings

        return listings.found(self._line.value, self._only, self.desk_app.now(), self.desk_app.zone)

    def can_export_found(self) -> bool:
        """Whether anything was found."""
        return bool(self._found.groups)

    def can_only(self) -> bool:
        """Whether there is a group to narrow to, or to leave."""
        return bool(self._only or self._found.groups)

    def do_only(self) -> None:
        """Show one group alone, that of the line under the cursor; or all of them again."""
        here = self._views.get(self._rows.key or 0)
        self._only = "" if self._only or here is None else here.kind
        self._look_again()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            self._seeking.soon()
        else:
            self._seeking.stop()
            self._show(NOTHING, "")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        # Held from here on: the next key is meant for what this one opens.
        keys = ExitStack()
        keys.enter_context(self.desk_app.type_ahead.hold())
        work = self.desk_app.trouble.guarded(self._open_when_found(keys))
        self.desk_app.run_worker(work, exit_on_error=False)

    @on(events.Key)
    def _move(self, event: events.Key) -> None:
        if event.key in WAYS:
            self._rows.do_cursor(WAYS[event.key])
            event.stop()
            event.prevent_default()

    @on(Rows.Opened)
    def _pointed(self, event: Rows.Opened) -> None:
        event.stop()
        self._open(self._views.get(event.key))

    @on(Rows.Wanted)
    def _further(self, event: Rows.Wanted) -> None:
        event.stop()
        last = self._views.get(self._rows.rows[-1].key) if self._rows.rows else None
        if event.edge in {"after", "last"} and last is not None:
            self.run_worker(self.desk_app.trouble.guarded(self._more(last)), exit_on_error=False)

    async def _open_when_found(self, keys: ExitStack) -> None:
        with keys:
            await self._seeking.now()
            self._open(self._views.get(self._rows.key or 0))

    def _open(self, row: FoundRow | None) -> None:
        """Go to the record: a ticket or its call to the ticket, all else to the customer's file.

        Where there are no files yet, the customer's tickets are what there is to see of him.
        """
        app = self.desk_app
        if row is None:
            return
        if row.ticket_id:
            app.open_ticket(row.ticket_id)
        elif row.customer_id and app.travel.knows("customer"):
            app.travel.to("customer", customer_id=row.customer_id, device_id=row.device_id)
        elif row.who:
            self._only = "ticket"
            self._line.value = row.who
            self._line.cursor_position = len(row.who)
            self._look_again()

    def _report(self, error: Exception) -> None:
        self.desk_app.trouble.report(error)

    def _look_again(self) -> None:
        if self._line.value.strip():
            held = ExitStack()
            held.enter_context(self.desk_app.type_ahead.hold())
            self.desk_app.run_worker(self.desk_app.trouble.guarded(self._looked(held)), exit_on_error=False)

    async def _looked(self, held: ExitStack) -> None:
        with held:
            await self._look()

    async def _look(self) -> None:
        """Ask for what stands in the line; only the answer to the latest question is shown."""
        text, only = self._line.value, self._only
        found = await self.desk_app.bridge.latest("search", lambda desk: desk.search.find(text, only))
        if found is not None and text == self._line.value and only == self._only:
            self._show(found, text)

    async def _more(self, last: FoundRow) -> None:
        """The next page of the one group that is shown."""
        text = self._asked
        rows = await self.desk_app.bridge.latest(
            "search.more", lambda desk: desk.search.more(text, last.kind, last.record_id)
        )
        if rows is not None and text == self._asked:
            now, zone = self.desk_app.now(), self.desk_app.zone
            self._views |= {key_of(row): row for row in rows}
            self._rows.extend([found_line(row, now, zone) for row in rows], "after", bool(rows))

    def _show(self, found: Found, text: str) -> None:
        anew = text != self._asked or found.kind != self._found.kind
        self._found, self._asked = found, text
        self._paint()
        if anew and self._rows.rows:
            self._rows.do_cursor("first")
        self.refresh_keys()

    def _paint(self) -> None:
        found, now, zone = self._found, self.desk_app.now(), self.desk_app.zone
        self._views = {key_of(row): row for row in found.rows}
        self._rows.part = partial(around, words=sought(found.words))
        self._rows.empty = found.nothing if self._asked.strip() else "search.begin"
        alone = found.groups[0] if found.kind and found.groups else None
        rows = [line for group in found.groups for line in group_lines(group, now, zone)]
        self._rows.show(rows, after=bool(alone and alone.more))
