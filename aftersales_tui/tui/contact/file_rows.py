"""The keys on a line of the list that has no ticket: a clock of a customer's file (B4, U3).

What a file can do works here too: a note, another time. Every other verb needs a ticket, and says so.
"""

from typing import TYPE_CHECKING, ClassVar

from textual import events

from aftersales_tui.domain.contact import Effect, Reason
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.registry import COMMANDS, in_scope
from aftersales_tui.tui.commands.ticket_row import TICKET_ROW
from aftersales_tui.tui.contact.again_at import AgainAt
from aftersales_tui.tui.contact.columns import why_word
from aftersales_tui.tui.contact.script import Told
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.ticket.second_try import SecondTry
from aftersales_tui.tui.widgets.status import BAD, saying
from aftersales_tui.views.callers import ContactRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

NOTE_LIMIT = 4000
WORK = frozenset({"memo", "reschedule", "row_menu"})
"""Verbs that a customer's file can do as well as a ticket."""


class FileRows(SecondTry):
    """Lends the list its verbs where there is no ticket; the screen tells the line, and writes what came of it."""

    scopes: ClassVar[tuple[str, ...]] = ()

    def line_in_hand(self) -> ContactRow | None:
        """The line under the cursor."""
        return None

    def record(self, contact: ContactRow, came: Told) -> None:
        """Write down what came of a contact."""

    def can(self, command: Command) -> bool:
        """Whether a verb may be done with the line, ticket or none."""
        if command.where == TICKET_ROW and self._of_file() is not None:
            return command.id in WORK
        return super().can(command)

    async def do_memo(self) -> None:
        """Add a note, to the file where there is no ticket."""
        view = self._of_file()
        if view is None:
            await super().do_memo()
            return
        question = Ask("file.note.title", limit=NOTE_LIMIT, about=(view.customer_id, 0), name=view.whom)
        text = await self._screen.app.push_screen_wait(question)
        if text:
            self._write(
                lambda desk, act: desk.customers.note(act, view.customer_id, text),
                lambda _: question.refused(self.desk_app, text),
            )

    async def do_reschedule(self) -> None:
        """Agree another window; where there is no ticket, another time for the call."""
        view = self._of_file()
        if view is None:
            await super().do_reschedule()
            return
        result = _another_time(self._desk.policy.reason(view.reason, view.about))
        if not result:
            self.desk_app.tell(saying("contact.no_other_time", BAD))
            return
        at = await self._screen.app.push_screen_wait(AgainAt())
        if at is not None:
            self.record(view, Told(result, again_at=at))

    async def do_row_menu(self) -> None:
        """Offer the verbs by digits, for those whose letters an input method swallows."""
        view = self._of_file()
        if view is None:
            await super().do_row_menu()
            return
        entries = [COMMANDS["goto_ticket"], *(command for command in self.my_commands() if command.menu)]
        choices = [Choice(one.id, self._label(one), key_label(one.key)) for one in entries]
        menu = Menu("row_menu.title", choices, number=view.whom, about=why_word(view))
        chosen = await self._screen.app.push_screen_wait(menu)
        if chosen:
            await self.action_run_command(chosen)

    def on_key(self, event: events.Key) -> None:
        """A key of a verb that only a ticket has is not dead: it says what is missing, and what works instead.

        By its name, for Textual collects decorated handlers from nodes alone.
        """
        if self._of_file() is None:
            return
        own = self.desk_app.settings.keymap
        for command in in_scope(TICKET_ROW):
            keys = own[command.id].split(",") if command.id in own else command.keys
            if event.key in keys and not self.can(command):
                event.stop()
                event.prevent_default()
                self.desk_app.tell(saying("contact.needs_ticket", BAD, verb=command.label))
                return

    def _of_file(self) -> ContactRow | None:
        view = self.line_in_hand()
        return view if view is not None and not view.ticket_id else None

    @staticmethod
    def _label(command: Command) -> str:
        return say("contact.open_file") if command.id == "goto_ticket" else command.label

    @property
    def _desk(self) -> "Desk":
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise LookupError("a line is shown without a desk")
        return desk


def _another_time(reason: Reason) -> str:
    """The result by which a contact is put off: one that moves the date in the file, else one that only rings later."""
    for effect in (Effect.POSTPONE, Effect.AGAIN_AT):
        found = next((one.id for one in reason.results if one.effect is effect), "")
        if found:
            return found
    return ""
