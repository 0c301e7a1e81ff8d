"""What can be done at the front door, with the visitor under the cursor (C13)."""

from abc import abstractmethod
from typing import ClassVar

from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.visitor import DEEDS, State
from aftersales_tui.tui.bridge import fresh_id
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.floor import VISITORS
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.tui.floor.greeting import DURING_CALL, caller_waits, sentences
from aftersales_tui.tui.floor.visitor_dialog import VisitorDialog, Written
from aftersales_tui.tui.ticket_deeds import TicketDeeds
from aftersales_tui.views.floor import VisitorRow

NAME_LIMIT = 120
CHANNEL = "visitor"


class VisitorDeeds(TicketDeeds, FloorScreen):
    """Lends the visitors' book its verbs; the screen tells who is under the cursor."""

    scopes: ClassVar[tuple[str, ...]] = (VISITORS,)

    typed: dict[bool, dict[str, str]]
    being_taken: dict[int, int]

    @abstractmethod
    def view(self) -> VisitorRow | None:
        """The visitor under the cursor; ``None`` in an empty book."""

    def can(self, command: Command) -> bool:
        """Whether a verb makes sense with the visitor under the cursor."""
        need, view = DEEDS.get(command.id), self.view()
        if need is not None:
            return view is not None and need.is_met(State(view.state), ticket=bool(view.ticket_id))
        return super().can(command)

    async def do_visitor_walk_in(self) -> None:
        """Somebody nobody has announced has come in."""
        written = await self._ask(announced=False)
        if written is not None:
            guest = Guest(**written.texts)
            self._write_held(lambda desk, act: desk.visitors.walk_in(act, guest), self.typed[False].clear)

    async def do_visitor_announce(self) -> None:
        """Somebody will come."""
        written = await self._ask(announced=True)
        if written is not None and written.at is not None:
            guest, at = Guest(**written.texts), written.at
            self._write_held(lambda desk, act: desk.visitors.announce(act, guest, at), self.typed[True].clear)

    def do_visitor_arrive(self) -> None:
        """He has come; from now on he waits."""
        view = self._chosen()
        self._write_held(lambda desk, act: desk.visitors.arrive(act, view.visitor_id, view.version))

    async def do_visitor_receive(self) -> None:
        """His host receives him, or somebody in his place."""
        view = self._chosen()
        question = Ask("visitors.receive.title", view.host, limit=NAME_LIMIT, name=view.name)
        by = await self.app.push_screen_wait(question)
        if by:
            self._write_held(lambda desk, act: desk.visitors.receive(act, view.visitor_id, view.version, by))

    def do_visitor_leave(self) -> None:
        """He has gone."""
        view = self._chosen()
        self._write_held(lambda desk, act: desk.visitors.leave(act, view.visitor_id, view.version))

    def do_visitor_off(self) -> None:
        """He will not come."""
        view = self._chosen()
        self._write_held(lambda desk, act: desk.visitors.call_off(act, view.visitor_id, view.version))

    def do_visitor_call(self) -> None:
        """Write down what he has come for, on the form of a call, his name already in it."""
        view, call_id = self._chosen(), fresh_id()
        self.being_taken[call_id] = view.visitor_id
        self.desk_app.travel.to("call", caller=view.name, channel=CHANNEL, call_id=call_id)

    def do_visitor_ticket(self) -> None:
        """Open what was written down for him."""
        self.desk_app.open_ticket(self._chosen().ticket_id)

    @abstractmethod
    async def do_visitor_day(self) -> None:
        """Show the book of another day."""

    async def offer(self) -> None:
        """Everything that can be done with him, by digits: an input method swallows letters."""
        view = self._chosen()
        verbs = [one for one in self.my_commands() if one.id in DEEDS]
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
