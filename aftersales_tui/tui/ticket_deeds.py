"""What can be done with the ticket in hand, the same on every screen that has one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.screen import Screen

from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.ticket_row import TICKET_ROW
from aftersales_tui.tui.undoing import Undoing

if TYPE_CHECKING:
    from datetime import datetime

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.domain.errors import DomainError
    from aftersales_tui.domain.ticket import Status
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt

WordedVerb = Callable[["Act", int, int, str], "Receipt"]
OverriddenVerb = Callable[["Desk", "Act", str], "Receipt"]


class InHand(NamedTuple):
    """The ticket that keys are meant for, as the screen shows it.

    Attributes:
        version: What the screen saw.
        title: One line that tells people which ticket it is.
        to_verify: The facts still missing (C2).
    """

    ticket_id: int
    version: int
    number: int
    status: "Status"
    title: str
    to_verify: tuple[str, ...]
    window_start: "datetime | None"
    window_end: "datetime | None"


def _at(act: "Act", happened_at: "datetime | None") -> "Act":
    """The deed as one that happened then; none for now (P8)."""
    return act._replace(happened_at=happened_at) if happened_at else act


class TicketDeeds(Undoing):
    """Lends a screen the verbs on its ticket; only what the transition table allows is offered.

    The screen overrides ``in_hand``. Each dialog is imported when it opens: the queue has these verbs, and no start
    pays for them.
    """

    scopes: ClassVar[tuple[str, ...]] = (TICKET_ROW,)

    def in_hand(self) -> InHand | None:
        """The ticket under the cursor or on the screen; ``None`` for none."""
        return None

    def can(self, command: Command) -> bool:
        """Whether the transition table allows a verb on the ticket in hand."""
        if command.where != TICKET_ROW:
            return super().can(command)
        ticket = self.in_hand()
        if ticket is None:
            return False
        from aftersales_tui.tui.allowed import allowed

        return allowed(command.id, ticket)

    async def do_assign(self) -> None:
        """Choose window and engineer, and send him."""
        from aftersales_tui.tui.dialogs.assign import AssignDialog

        ticket = self._held()
        plan = await self._screen.app.push_screen_wait(
            AssignDialog(ticket.ticket_id, ticket.number, ticket.title, ticket.to_verify)
        )
        if plan is not None:
            self._write_overridable(
                lambda desk, act, override: desk.dispatch.assign(
                    act, ticket.ticket_id, self._version(ticket), plan.engineer_id, plan.window, override
                ),
                plan.override,
            )

    async def do_status(self) -> None:
        """Set where the ticket stands."""
        from aftersales_tui.domain.ticket import Status
        from aftersales_tui.tui.dialogs.happened import HappenedDialog
        from aftersales_tui.tui.dialogs.status import EARLIER, StatusMenu
        from aftersales_tui.tui.says import instant_word
        from aftersales_tui.tui.sentences import number_word

        ticket, app = self._held(), self.desk_app
        at, when = None, ""
        chosen: str | None = EARLIER
        while chosen == EARLIER:
            chosen = await app.push_screen_wait(StatusMenu(ticket.number, ticket.status, when))
            if chosen == EARLIER:
                told = await app.push_screen_wait(
                    HappenedDialog("happened.title", number=number_word(ticket.number))
                )
                at = told or at
                when = instant_word(at, app.now(), app.zone) if at else ""
        if chosen is not None:
            status = Status(chosen)
            self._write(
                lambda desk, act: desk.visits.status(
                    _at(act, at), ticket.ticket_id, self._version(ticket), status
                )
            )

    async def do_outcome(self) -> None:
        """Record how the visit went (V3)."""
        from aftersales_tui.tui.dialogs.outcome import OutcomeDialog

        ticket = self._held()
        told = await self._screen.app.push_screen_wait(OutcomeDialog(ticket.number))
        if told is not None:
            self._write(
                lambda desk, act: desk.visits.outcome(
                    _at(act, told.at), ticket.ticket_id, self._version(ticket), told.outcome, told.words
                )
            )

    async def do_reschedule(self) -> None:
        """Agree another window, with the reason."""
        from aftersales_tui.tui.dialogs.reschedule import RescheduleDialog

        ticket = self._held()
        told = await self._screen.app.push_screen_wait(RescheduleDialog(ticket.number))
        if told is not None:
            self._write_overridable(
                lambda desk, act, override: desk.dispatch.reschedule(
                    act, ticket.ticket_id, self._version(ticket), told.window, told.reason, override
                ),
                "",
            )

    async def do_callback(self) -> None:
        """Promise the customer a call (C6)."""
        from aftersales_tui.tui.dialogs.callback import CallbackDialog

        ticket = self._held()
        told = await self._screen.app.push_screen_wait(CallbackDialog(ticket.number))
        if told is not None:
            self._write(
                lambda desk, act: desk.contacts.promise(act, ticket.ticket_id, told.due_at, told.words)
            )

    async def do_memo(self) -> None:
        """Add a note."""
        from aftersales_tui.tui.dialogs.ask import Ask
        from aftersales_tui.tui.sentences import number_word

        ticket = self._held()
        question = Ask("memo.title", about=ticket.ticket_id, number=number_word(ticket.number))
        words = await self._screen.app.push_screen_wait(question)
        if words:
            self._write(
                lambda desk, act: desk.dispatch.memo(act, ticket.ticket_id, words),
                lambda _: question.refused(self.desk_app, words),
            )

    async def do_verify(self) -> None:
        """Ask for what is still missing, fact by fact; Esc keeps what was answered so far (C2)."""
        from aftersales_tui.domain.intake import BOXES, FACT_FIELDS, Fact
        from aftersales_tui.i18n import say
        from aftersales_tui.tui.dialogs.ask import Ask

        ticket = self._held()
        told = {}
        for fact in map(Fact, ticket.to_verify):
            field = FACT_FIELDS[fact]
            question = Ask(
                "verify.title",
                limit=BOXES[field].limit,
                about=(ticket.ticket_id, fact),
                fact=say(f"fact.{fact}"),
                ticket=ticket.title,
            )
            answer = await self._screen.app.push_screen_wait(question)
            if not answer:
                break
            told[field] = answer
        if told:
            self._write(
                lambda desk, act: desk.intake.amend(act, ticket.ticket_id, self._version(ticket), told)
            )

    async def do_answer(self) -> None:
        """Answered, or a message passed on: nothing more is to be done."""
        await self._close_with("answer.title", lambda desk: desk.visits.answer)

    async def do_advise(self) -> None:
        """Record advice given by phone; the check that it helped falls due by itself (C8)."""
        await self._close_with("advise.title", lambda desk: desk.visits.advise)

    async def do_reopen(self) -> None:
        """Back to the queue."""
        await self._close_with("reopen.title", lambda desk: desk.visits.reopen)

    async def do_close(self) -> None:
        """Nothing more is wanted."""
        await self._close_with("close.title", lambda desk: desk.visits.close)

    async def _close_with(self, title: str, verb: "Callable[[Desk], WordedVerb]") -> None:
        """Do a verb that takes nothing but words."""
        from aftersales_tui.tui.dialogs.ask import Ask
        from aftersales_tui.tui.sentences import number_word

        ticket = self._held()
        question = Ask(title, about=ticket.ticket_id, number=number_word(ticket.number))
        words = await self._screen.app.push_screen_wait(question)
        if words:
            self._write(
                lambda desk, act: verb(desk)(act, ticket.ticket_id, self._version(ticket), words),
                lambda _: question.refused(self.desk_app, words),
            )

    async def do_row_menu(self) -> None:
        """Offer the verbs by digits, for those whose letters an input method swallows."""
        from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
        from aftersales_tui.tui.sentences import number_word

        ticket = self._held()
        entries = [command for command in self.my_commands() if command.menu]
        choices = [Choice(command.id, command.label, key_label(command.key)) for command in entries]
        chosen = await self._screen.app.push_screen_wait(
            Menu("row_menu.title", choices, number=number_word(ticket.number), about=ticket.title)
        )
        if chosen:
            await self.action_run_command(chosen)

    @property
    def _screen(self) -> Screen[None]:
        return cast("Screen[None]", self)

    def _held(self) -> InHand:
        ticket = self.in_hand()
        if ticket is None:
            raise LookupError("a verb on a ticket was let through without one")
        return ticket

    def _version(self, ticket: InHand) -> int:
        return self.desk_app.bridge.version(ticket.ticket_id, ticket.version)

    def _write(
        self,
        verb: "Callable[[Desk, Act], Receipt]",
        refused: "Callable[[DomainError], bool] | None" = None,
    ) -> None:
        """Do a verb; ``refused`` may deal with what the desk refuses (``Host.write``).

        Keys typed ahead wait: on a ticket that stands otherwise now, a digit of its menu means another thing.
        """
        self.desk_app.write(verb, failed=refused, hold=True)

    def _write_overridable(self, verb: OverriddenVerb, override: str) -> None:
        """Do a verb; when a rule refuses that a reason may lift, ask for the reason and do it again (D2)."""
        from aftersales_tui.tui.sentences import sentence

        def refused(error: "DomainError") -> bool:
            if not error.params.get("overridable") or override:
                return False
            again = self.desk_app.trouble.guarded(self._override(verb, sentence(error, self.desk_app.zone)))
            self.desk_app.run_worker(again, exit_on_error=False)
            return True

        self._write(lambda desk, act: verb(desk, act, override), refused)

    async def _override(self, verb: OverriddenVerb, why: str) -> None:
        from aftersales_tui.tui.dialogs.ask import Ask

        reason = await self._screen.app.push_screen_wait(Ask("override.title", why=why))
        if reason:
            self._write_overridable(verb, reason)
