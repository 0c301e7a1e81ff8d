"""The call register 叫修登记簿: every call in order, struck off when its ticket is closed (C9)."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from aftersales_tui.tui.commands.floor import REGISTER
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.floor.base import FloorScreen, OnLine
from aftersales_tui.tui.floor.held import LAST, Held
from aftersales_tui.tui.floor.narrowing import Chosen, ask_register
from aftersales_tui.tui.floor.register_lines import COLUMNS, date_word, printed, register_line
from aftersales_tui.tui.floor.writing import write_page
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import GOOD, saying
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.floor import RegisterFilter, RegisterRow
from aftersales_tui.views.tickets import Page, PageKey

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class RegisterScreen(Listed, FloorScreen):
    """The calls of a day, today's unless another is asked for; each line opens its ticket."""

    scopes: ClassVar[tuple[str, ...]] = (REGISTER,)

    def __init__(self) -> None:
        super().__init__(COLUMNS, "register.nothing")
        self._chosen: Chosen | None = None
        self._held = Held[RegisterRow](self.rows, self._page, _place, self._line)

    def arrive(self, chosen: Chosen | None = None, **_: Any) -> None:
        """Come to the register; a day that has gone by since is not today's any more."""
        self._chosen = chosen or self._chosen
        super().arrive()

    async def read(self) -> bool:
        """Read the held stretch anew."""
        return await self._held.again()

    def paint(self) -> None:
        """The lines tell nothing that goes on with the time."""

    def retranslate(self) -> None:
        """Say the lines again, too."""
        self._held.paint(row.key for row in self.rows.rows)
        super().retranslate()

    def head(self) -> None:
        """The day, and what else it is narrowed to."""
        chosen = self._now_chosen()
        what = ", ".join((date_word(chosen.wanted.day, self.desk_app.now().date()), *chosen.words()))
        self.heading.to("register.heading", what=what)

    def full(self) -> Iterator[tuple[str, str]]:
        """Who called about what, in full."""
        view = self._held.view(self.rows.key)
        if view is not None:
            yield " / ".join(filter(None, (view.caller, view.phone, view.address))), "strong"
            yield " / ".join(filter(None, (view.product, view.model, view.fault))), ""

    def in_hand(self) -> OnLine | None:
        """The ticket of the line under the cursor."""
        view = self._held.view(self.rows.key)
        return None if view is None else OnLine(view.ticket_id, view.number)

    def listing(self) -> Listing:
        """The calls that are shown, to the last."""
        from aftersales_tui.tui import listings

        return listings.register(self._now_chosen().wanted, self.desk_app.zone)

    async def do_register_filter(self) -> None:
        """Show another day, or only some of the calls."""
        with self.desk_app.type_ahead.hold():
            operators, outcomes = await self.desk_app.bridge.run(
                lambda desk: (desk.register.operators(), desk.register.outcomes())
            )
        today = self.desk_app.now().date()
        chosen = await ask_register(self.desk_app, self._now_chosen(), operators, outcomes, today)
        if chosen is not None:
            self._chosen = chosen
            self.head()
            with self.desk_app.type_ahead.hold():
                await self._held.anew()
                self.show_full()

    async def do_register_print(self) -> None:
        """Write what is shown to a file, as plain text."""
        app, wanted = self.desk_app, self._now_chosen()
        day = wanted.wanted.day or app.now().date()
        file = await app.push_screen_wait(Ask("register.print.title", f"register-{day:%Y-%m-%d}.txt"))
        if not file:
            return
        what = ", ".join((date_word(wanted.wanted.day, app.now().date()), *wanted.words()))

        def lines(desk: "Desk") -> tuple[str, ...]:
            rows = desk.register.whole(wanted.wanted)
            return tuple(printed(desk.shop.name, what, rows, desk.now(), app.zone))

        page = await app.bridge.run(lines)
        written = await asyncio.to_thread(write_page, file, page)
        app.tell(saying("register.written", GOOD, file=str(written)))

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._held.more(message.edge)), exit_on_error=False)

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        view = self._held.view(message.key)
        if view is not None:
            self.desk_app.open_ticket(view.ticket_id)

    def _now_chosen(self) -> Chosen:
        return self._chosen or Chosen(RegisterFilter(day=self.desk_app.now().date()))

    def _line(self, view: RegisterRow) -> Row:
        return register_line(view, self.desk_app.zone)

    async def _page(
        self, after: PageKey | None, limit: int, before: PageKey | None
    ) -> Page[RegisterRow] | None:
        wanted = self._now_chosen().wanted

        def read(desk: "Desk") -> Page[RegisterRow]:
            if before is LAST:
                return desk.register.last(wanted, limit)
            return desk.register.page(wanted, after, limit, before)

        return await self.desk_app.bridge.latest("register", read)


def _place(view: RegisterRow) -> PageKey:
    return PageKey(view.started_at, view.call_id)
