"""One ticket (opened from a list, by its number, or from the people to contact)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.ticket import TABS, TICKET
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.record_screen import RecordScreen
from aftersales_tui.tui.ticket.next_step import next_step
from aftersales_tui.tui.ticket.pages import PAGES, Here
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.ticket.second_try import SecondTry
from aftersales_tui.tui.ticket.tabs import Tabs
from aftersales_tui.tui.ticket_deeds import InHand
from aftersales_tui.tui.widgets.lines import Lines, TextLine, folded
from aftersales_tui.views.act import Changes
from aftersales_tui.views.tickets import TicketView

MARK = " > "
"""Before the next thing to do."""


class TicketScreen(SecondTry, RecordScreen):
    """Which ticket, the one next thing to do, and a page of text for each tab.

    Three widgets hold it all, so that it opens while the operator's finger is still on the key.
    """

    scopes: ClassVar[tuple[str, ...]] = (TICKET,)
    AUTO_FOCUS = "Paper"

    def __init__(self) -> None:
        super().__init__()
        self._view: TicketView | None = None
        self._head = Lines(id="head")
        self._head_height = 2
        self._tabs = Tabs(TABS, lambda name: say(f"ticket.tab.{name}"))
        self._paper = Paper()

    def compose_body(self) -> Iterator[Widget]:
        """Head, tabs, page."""
        yield self._head
        yield self._tabs
        yield self._paper

    def arrive(self, ticket_id: int = 0, **_: Any) -> None:
        """Show a ticket."""
        self.come_to(ticket_id)

    def concerns(self, changes: Changes) -> bool:
        """Whether the ticket itself was changed."""
        return self.record_id in changes.subjects

    def tick(self) -> None:
        """Let the times go on."""
        self.paint()

    def in_hand(self) -> InHand | None:
        """The ticket that is open."""
        view = self._view
        if view is None:
            return None
        title = " / ".join(filter(None, (_who(view), _what(view), view.answers.get("fault"))))
        return InHand(
            view.ticket_id,
            view.version,
            view.number,
            Status(view.status),
            title,
            view.to_verify,
            view.window_start,
            view.window_end,
        )

    def do_tab(self, name: str) -> None:
        """Turn to a page."""
        self.paint(name)

    @on(Tabs.Chosen)
    def _tab_clicked(self, message: Tabs.Chosen) -> None:
        self.do_tab(message.name)

    async def look(self) -> None:
        """Read the ticket."""
        ticket_id = self.record_id
        self._view = await self.desk_app.bridge.run(lambda desk: desk.dispatch.ticket(ticket_id))

    def paint(self, tab: str = "") -> None:
        """Paint what has changed; on a page just turned to, from its top."""
        view, name = self._view, tab or self._tabs.open
        if view is None:
            return
        here = Here(self.desk_app.now(), self.desk_app.zone)
        counts = {"visits": len(view.visits), "calls": len(view.calls), "timeline": len(view.timeline)}
        head = self._head_lines(view)
        if len(head) != self._head_height:
            self._head_height = len(head)
            self._head.styles.height = len(head)
        self._head.show(head)
        self._tabs.show(name, counts)
        self._paper.write(tuple(PAGES[name](view, here)), from_top=bool(tab))

    def _head_lines(self, view: TicketView) -> tuple[TextLine, ...]:
        now, zone, desk = self.desk_app.now(), self.desk_app.zone, self.desk_app.bridge.desk
        visit = desk is None or view.kind not in desk.policy.kinds or desk.policy.kind(view.kind).visit
        step = next_step(view, now, zone, visit=visit)
        about = "  ".join(filter(None, (say(f"kind.{view.kind}"), _who(view), _what(view))))
        first: TextLine = (
            (f" {number_word(view.number)} ", "strong"),
            (f" {say(f'status.{view.status}')} ", "good"),
            (f" {about}", ""),
        )
        look = "late" if step.is_late(now) else "strong"
        sentence = folded(step.sentence(now, zone), max(1, self.size.width - len(MARK)))
        return first, *(
            ((MARK if place == 0 else " " * len(MARK), look), (line, look))
            for place, line in enumerate(sentence)
        )


def _who(view: TicketView) -> str:
    return " ".join(filter(None, (view.answers.get("caller"), view.answers.get("phone"))))


def _what(view: TicketView) -> str:
    return " ".join(filter(None, (view.answers.get("product"), view.answers.get("model"))))
