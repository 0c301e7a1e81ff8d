"""Message slips 留言单 that nobody has passed on yet (C7)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import on

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.ticket import Event, Status, possible_events
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.floor import MESSAGES
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.tui.floor.held import Held
from aftersales_tui.tui.floor.message_lines import COLUMNS, message_line
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.ticket.second_try import SecondTry
from aftersales_tui.tui.ticket_deeds import InHand
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.floor import MessageRow
from aftersales_tui.views.tickets import Page, PageKey

MINE, SOMEBODY, EVERY = "mine", "somebody", "every"


class MessagesScreen(SecondTry, Listed, FloorScreen):
    """What was said for somebody of the shop; one key when he has it."""

    scopes: ClassVar[tuple[str, ...]] = (MESSAGES,)

    def __init__(self) -> None:
        super().__init__(COLUMNS, "messages.nothing")
        self._whom = ""
        self._slips = Held[MessageRow](self.rows, self._page, _place, self._line)

    def arrive(self, whom: str | None = None, **_: Any) -> None:
        """Come to the messages, those for one person where the command line has named one."""
        if whom is not None:
            self._whom = whom
        super().arrive()

    async def read(self) -> bool:
        """Read the held stretch anew."""
        return await self._slips.again()

    def paint(self) -> None:
        """Let the time left go on."""
        self._slips.paint(self.rows.visible_keys())

    def head(self) -> None:
        """For whom."""
        self.heading.to("messages.heading" if self._whom else "messages.heading_all", whom=self._whom)

    def full(self) -> Iterator[tuple[str, str]]:
        """The words of the slip in full."""
        view = self._slips.view(self.rows.key)
        if view is not None:
            yield say("messages.slip", whom=view.for_whom, caller=view.caller, phone=view.phone), "strong"
            yield view.words, ""

    def in_hand(self) -> InHand | None:
        """The ticket of the slip under the cursor."""
        view = self._slips.view(self.rows.key)
        if view is None:
            return None
        title = " / ".join(filter(None, (view.for_whom, view.caller, view.words)))
        number, status = view.number, Status(view.status)
        return InHand(view.ticket_id, view.version, number, status, title, view.to_verify, None, None)

    def listing(self) -> Listing:
        """The slips that are shown, to the last."""
        from aftersales_tui.tui import listings

        return listings.messages(self._whom, self.desk_app.now(), self.desk_app.zone)

    def can_passed_on(self) -> bool:
        """Whether the slip under the cursor would be settled by that."""
        view = self._slips.view(self.rows.key)
        return view is not None and not view.visit and Event.ANSWER in possible_events(Status(view.status))

    def do_passed_on(self) -> None:
        """The person has his message; the line goes."""
        ticket = self._held()
        self.desk_app.write(
            lambda desk, act: desk.messages.passed_on(act, ticket.ticket_id, self._version(ticket)), hold=True
        )

    async def do_message_filter(self) -> None:
        """Only the slips for one person."""
        desk = self.desk_app.bridge.desk
        me = desk.people.me().name if desk else ""
        entries = [
            Choice(MINE, say("messages.mine"), me),
            Choice(SOMEBODY, say("messages.somebody"), self._whom),
            Choice(EVERY, say("filter.nothing")),
        ]
        chosen = await self.app.push_screen_wait(Menu("filter.title", entries))
        whom: str | None = {MINE: me, EVERY: ""}.get(chosen or "")
        if chosen == SOMEBODY:
            whom = await self.app.push_screen_wait(Ask("messages.somebody", self._whom))
        if whom is not None:
            self._whom = whom
            self.head()
            with self.desk_app.type_ahead.hold():
                await self._slips.anew()
                self.show_full()
                self.refresh_keys()

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._slips.more(message.edge)), exit_on_error=False)

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        self.desk_app.open_ticket(message.key)

    def _line(self, view: MessageRow) -> Row:
        return message_line(view, self.desk_app.now(), self.desk_app.zone)

    async def _page(
        self, after: PageKey | None, limit: int, before: PageKey | None
    ) -> Page[MessageRow] | None:
        whom = self._whom
        return await self.desk_app.bridge.latest(
            "messages", lambda desk: desk.messages.page(whom, after, limit, before)
        )


def _place(view: MessageRow) -> PageKey:
    return PageKey(view.urgent_at or FAR_FUTURE, view.ticket_id)
