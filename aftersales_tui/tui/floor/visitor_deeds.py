"""What can be done at the front door, with the visitor under the cursor (C13)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.visitor import Came, State, may
from aftersales_tui.tui.bridge import fresh_id
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.floor import VISITORS
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.tui.floor.greeting import DURING_CALL, caller_waits, sentences
from aftersales_tui.tui.floor.visitor_dialog import VisitorDialog, Written
from aftersales_tui.tui.ticket_deeds import TicketDeeds
from aftersales_tui.views.act import Act
from aftersales_tui.views.floor import VisitorRow
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

NAME_LIMIT = 120
CHANNEL = "visitor"
NEEDS: Mapping[str, Came] = {
    "visitor_arrive": Came.ARRIVED,
    "visitor_receive": Came.RECEIVED,
    "visitor_leave": Came.LEFT,
    "visitor_call": Came.LEFT,
    "visitor_off": Came.NOT,
}
"""What has to be possible with a visitor for a verb to be offered; whoever may leave is here."""


class VisitorDeeds(TicketDeeds, FloorScreen):
    """Lends the visitors' book its verbs; the screen tells who is under the cursor."""

    scopes: ClassVar[tuple[str, ...]] = (VISITORS,)

    typed: dict[bool, dict[str, str]]
    being_taken: dict[int, int]

    def view(self) -> VisitorRow | None:
        """The visitor under the cursor."""
        raise NotImplementedError

    def can(self, command: Command) -> bool:
        """Whether a verb makes sense with the visitor under the cursor."""
        view = self.view()
        if command.id == "visitor_ticket":
            return view is not None and bool(view.ticket_id)
        if command.id == "visitor_call" and view is not None and view.ticket_id:
            return False
        if command.id in NEEDS:
            return view is not None and may(State(view.state), NEEDS[command.id])
        return super().can(command)

    async def do_visitor_walk_in(self) -> None:
        """Somebody nobody has announced has come in."""
        written = await self._ask(announced=False)
        if written is not None:
            guest = Guest(**written.texts)
            self._do(lambda desk, act: desk.visitors.walk_in(act, guest), self.typed[False].clear)

    async def do_visitor_announce(self) -> None:
        """Somebody will come."""
        written = await self._ask(announced=True)
        if written is not None and written.at is not None:
            guest, at = Guest(**written.texts), written.at
            self._do(lambda desk, act: desk.visitors.announce(act, guest, at), self.typed[True].clear)

    def do_visitor_arrive(self) -> None:
        """He has come; from now on he waits."""
        view = self._chosen()
        self._do(lambda desk, act: desk.visitors.arrive(act, view.visitor_id, view.version))

    async def do_visitor_receive(self) -> None:
        """His host receives him, or somebody in his place."""
        view = self._chosen()
        question = Ask("visitors.receive.title", view.host, limit=NAME_LIMIT, name=view.name)
        by = await self.app.push_screen_wait(question)
        if by:
            self._do(lambda desk, act: desk.visitors.receive(act, view.visitor_id, view.version, by))

    def do_visitor_leave(self) -> None:
        """He has gone."""
        view = self._chosen()
        self._do(lambda desk, act: desk.visitors.leave(act, view.visitor_id, view.version))

    def do_visitor_off(self) -> None:
        """He will not come."""
        view = self._chosen()
        self._do(lambda desk, act: desk.visitors.call_off(act, view.visitor_id, view.version))

    def do_visitor_call(self) -> None:
        """Write down what he has come for, on the form of a call, his name already in it."""
        view, call_id = self._chosen(), fresh_id()
        self.being_taken[call_id] = view.visitor_id
        self.desk_app.travel.to("call", caller=view.name, channel=CHANNEL, call_id=call_id)

    def do_visitor_ticket(self) -> None:
        """Open what was written down for him."""
        self.desk_app.open_ticket(self._chosen().ticket_id)

    def do_undo(self) -> None:
        """Take back the last entry of this person (A4)."""
        self._do(lambda desk, act: desk.undoing.undo(act, desk.feed.last_mine(act)))

    async def do_visitor_day(self) -> None:
        """The book of another day."""
        raise NotImplementedError

    async def offer(self) -> None:
        """Everything that can be done with him, by digits: an input method swallows letters."""
        view = self._chosen()
        verbs = [one for one in self.my_commands() if one.id in {*NEEDS, "visitor_ticket"}]
        choices = [Choice(one.id, one.label, key_label(one.key) if one.key else "") for one in verbs]
        if choices:
            chosen = await self.app.push_screen_wait(Menu("visitors.menu.title", choices, name=view.name))
            if chosen:
                await self.action_run_command(chosen)

    async def _ask(self, *, announced: bool) -> Written | None:
        first = " ".join(sentences(self.desk_app, DURING_CALL)) if caller_waits(self.desk_app) else ""
        kept = self.typed[announced]
        dialog = VisitorDialog(kept, announced=announced, first="" if announced else first)
        return await self.app.push_screen_wait(dialog)

    def _chosen(self) -> VisitorRow:
        view = self.view()
        if view is None:
            raise LookupError("a verb on a visitor was let through without one")
        return view

    def _do(self, verb: "Callable[[Desk, Act], Receipt]", then: Callable[[], None] = lambda: None) -> None:
        """Do a verb; the next key waits until the list shows it. Then what was typed for it is not needed any more."""
        self.desk_app.write(verb, then=lambda _: then(), hold=True)
