"""The queue (F3): every open ticket, the most urgent first (D1).

What only rows need is imported with the first of them: this screen is on every start's way to its first frame.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.widget import Widget

from aftersales_tui.tui.commands.queue import QUEUE
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.queue.narrowing import Narrowing
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.ticket_deeds import InHand, TicketDeeds
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.rows import Edge, Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.tui.widgets.word import Word

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.tui.dialogs.filter import Offered
    from aftersales_tui.views.act import Changes
    from aftersales_tui.views.tickets import QueueRow, Receipt

PAGE = 100
"""Rows read at a time."""
HELD = 300
"""Rows held at most."""

COLUMNS = (
    Column("queue.left", 8),
    Column("queue.number", 7),
    Column("queue.kind", 9, rank=6),
    Column("queue.customer", 8, grow=2, most=16),
    Column("queue.zone", 8, rank=5),
    Column("queue.product", 8, grow=1, most=18, rank=2),
    Column("queue.fault", 12, grow=9),
    Column("queue.window", 13, grow=2, most=17, rank=1),
    Column("queue.engineer", 8, grow=1, most=12),
    Column("queue.status", 9, grow=1, most=12),
    Column("queue.to_verify", 10, rank=4),
)


class QueueScreen(TicketDeeds, Listed, DeskScreen):
    """The list a dispatcher works from; its time left goes on by itself."""

    scopes: ClassVar[tuple[str, ...]] = (QUEUE,)

    def __init__(self) -> None:
        super().__init__()
        self._views: dict[int, QueueRow] = {}
        self._narrowing = Narrowing()
        self._fresh = False
        self._rows = Rows(COLUMNS, "queue.opening", limit=HELD)

    def compose_body(self) -> Iterator[Widget]:
        """The narrowing, when there is one, and the list."""
        heading = Word("", id="heading")
        heading.display = False
        yield heading
        yield self._rows

    def arrive(
        self, first_rows: "Sequence[QueueRow] | None" = None, narrowing: Narrowing | None = None, **_: Any
    ) -> None:
        """Come to the queue.

        Args:
            first_rows: Its first page as it stood before the desk was open.
            narrowing: What to narrow it to, where the command line has said so.
        """
        if narrowing is not None:
            self._narrowing = narrowing
            self._head()
            self._page(Rows.Wanted(self._rows, "first"))
        if first_rows is not None and not self._fresh and self.is_mounted:
            self._show(first_rows)

    def store_changed(self, changes: "Changes") -> None:
        """Read again what is held: a change may move a ticket to another place."""
        if changes.subjects:
            self._read_again()

    async def catch_up(self, receipt: "Receipt") -> None:
        """Show what this window has just written before the next key means it."""
        # A change heard meanwhile overtakes the reading; the next key must not meet the line as it was.
        while receipt.ticket_id and not await self._refresh_rows():
            pass

    def tick(self) -> None:
        """Let the time go on, on the lines that can be seen and say something else than before."""
        self._patch(self._rows.visible_keys())

    def retranslate(self) -> None:
        """Say the cells again that are words of the catalog."""
        self._patch([row.key for row in self._rows.rows])
        self._head()

    def in_hand(self) -> InHand | None:
        """The ticket under the cursor."""
        view = self._views.get(self._rows.key or 0)
        if view is None:
            return None
        from aftersales_tui.tui.queue.lines import in_hand

        return in_hand(view)

    def listing(self) -> Listing:
        """The queue as it is narrowed now."""
        from aftersales_tui.tui.queue.lines import listed

        return listed(COLUMNS, self._narrowing, self.desk_app.now(), self.desk_app.zone)

    async def do_filter(self) -> None:
        """Narrow the queue."""
        from aftersales_tui.tui.dialogs.filter import ask_narrowing

        with self.desk_app.type_ahead.hold():
            offered = await self.desk_app.bridge.run(_offered)
        narrowing = await ask_narrowing(self.desk_app, self._narrowing, offered)
        if narrowing is not None:
            self._narrowing = narrowing
            self._head()
            await self._read("first")

    @on(events.Mount)
    def _begin(self) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._first_read()), exit_on_error=False)

    @on(Rows.Wanted)
    def _page(self, message: Rows.Wanted) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._read(message.edge)), exit_on_error=False)

    @on(Rows.Opened)
    def _open(self, message: Rows.Opened) -> None:
        self.desk_app.open_ticket(message.key)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    def _read_again(self) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._refresh_rows()), exit_on_error=False)

    async def _first_read(self) -> None:
        await self.desk_app.bridge.opened()
        await self._refresh_rows()

    async def _refresh_rows(self) -> bool:
        """Read the held stretch anew; whether it was: only the latest of several wishes is read."""
        from aftersales_tui.tui.queue.lines import page_key_before, wanted

        held, now = self._rows.rows, self.desk_app.now()
        narrowed, limit, after = wanted(self._narrowing, now), max(PAGE, len(held)), None
        if held and self._rows.more_before:
            after = page_key_before(self._views[held[0].key])
        page = await self.desk_app.bridge.latest(
            "queue", lambda desk: desk.queue.page(narrowed, after, limit)
        )
        if page is not None and self.is_mounted:
            self._fresh = True
            self._show(page.rows, before=page.more_before, after=page.more_after)
        return page is not None or not self.is_mounted

    async def _read(self, edge: Edge) -> None:
        """Read the page that the list asks for."""
        from aftersales_tui.tui.queue.lines import LAST, page_key, wanted

        held, narrowed = self._rows.rows, wanted(self._narrowing, self.desk_app.now())
        after = before = None
        if edge == "after" and held:
            after = page_key(self._views[held[-1].key])
        elif edge == "before" and held:
            before = page_key(self._views[held[0].key])
        elif edge == "last":
            before = LAST
        page = await self.desk_app.bridge.latest(
            "queue_page", lambda desk: desk.queue.page(narrowed, after, PAGE, before)
        )
        if page is None or not self.is_mounted:
            return
        more = page.more_before if edge in {"before", "last"} else page.more_after
        self._views |= {view.ticket_id: view for view in page.rows}
        self._rows.extend(self._lines(page.rows), edge, more)
        self._forget()

    def _show(self, views: "Sequence[QueueRow]", *, before: bool = False, after: bool = False) -> None:
        self._views |= {view.ticket_id: view for view in views}
        rows = self._rows
        rows.empty = "queue.nothing" if not self._narrowing.words() else "queue.nothing_narrowed"
        rows.show(self._lines(views), before=before, after=after)
        self._forget()
        self.refresh_keys()

    def _patch(self, keys: Iterable[int]) -> None:
        for line in self._lines(self._views[key] for key in keys):
            self._rows.patch(line)

    def _lines(self, views: "Iterable[QueueRow]") -> list[Row]:
        from aftersales_tui.tui.queue.lines import queue_line

        now, zone = self.desk_app.now(), self.desk_app.zone
        return [queue_line(view, now, zone) for view in views]

    def _forget(self) -> None:
        held = {row.key for row in self._rows.rows}
        self._views = {key: view for key, view in self._views.items() if key in held}

    def _head(self) -> None:
        heading, words = self.query_one("#heading", Word), self._narrowing.words()
        heading.display = bool(words)
        heading.to("queue.narrowed", what=", ".join(words))


def _offered(desk: "Desk") -> "Offered":
    """What the queue can be narrowed by; in the desk's lane."""
    from aftersales_tui.tui.dialogs.filter import Offered

    engineers = [(one.engineer_id, one.name) for one in desk.dispatch.engineers(None)]
    me = desk.people.me()
    mine = next((one for one in engineers if one[0] == me.staff_id), (0, ""))
    return Offered(desk.intake.zones(), engineers, tuple(desk.policy.kinds), mine)
