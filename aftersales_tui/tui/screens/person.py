"""A person's card: every field one key away from being changed (A3, A7)."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.errors import DomainError, Stale
from aftersales_tui.domain.staff import ROLES
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.confirm import YES, Confirm
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.people.card import COLUMNS, card_lines, field_of
from aftersales_tui.tui.people.deeds import InHand, PersonDeeds, role_word
from aftersales_tui.tui.people.edit import EditField
from aftersales_tui.tui.people.fields import BY_NAME, CardField, Context
from aftersales_tui.tui.record_screen import RecordScreen
from aftersales_tui.tui.staff_words import off_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import BAD, Said
from aftersales_tui.views.staff import PersonCard, TimeOff

MOST_TOLD = 2
"""Changes of another seat that the one line there is tells."""


class PersonScreen(PersonDeeds, RecordScreen):
    """Enter on a line changes it, takes time off away, or opens the visit's ticket."""

    scopes: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self._view: PersonCard | None = None
        self._rows = Rows(COLUMNS, "people.opening", header=False)

    def compose_body(self) -> Iterator[Widget]:
        """The lines."""
        yield self._rows

    def arrive(self, staff_id: int = 0, **_: Any) -> None:
        """Show a person."""
        self.come_to(staff_id)

    def in_hand(self) -> InHand | None:
        """The person of the card."""
        view = self._view
        return None if view is None else InHand(view.staff_id, view.version, view.name, view.active)

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        view, key = self._view, message.key
        if view is None:
            return
        name = field_of(key)
        off = next((one for one in view.time_off if one.absence_id == key), None)
        if name:
            field = BY_NAME[name]
            self._begin(lambda keys: self._edit(keys, view, field, field.text(view)))
        elif off is not None:
            self._begin(lambda keys: self._cancel(keys, view, off))
        elif any(visit.ticket_id == key for visit in view.visits):
            self.desk_app.open_ticket(key)

    def _begin(self, work: Callable[[ExitStack], Awaitable[None]]) -> None:
        """Some work that opens a dialog; keys wait until it lets go of them, when the dialog stands."""
        keys = ExitStack()
        keys.enter_context(self.desk_app.type_ahead.hold())

        async def done() -> None:
            with keys:
                await work(keys)

        self.desk_app.run_worker(self.desk_app.trouble.guarded(done()), exit_on_error=False)

    async def _edit(self, keys: ExitStack, view: PersonCard, field: CardField, text: str) -> None:
        """Ask what is to stand there, and write it; refused, the question comes back with what was typed."""
        desk = self.desk_app.bridge.desk
        if desk is None:
            return
        context = Context(desk.words, self.desk_app.now())
        if field.name == "role":
            roles = [Choice(role, role_word(role)) for role in ROLES]
            dialog: Menu | EditField = Menu("people.role.title", roles, name=view.name)
        else:
            dialog = EditField(view.name, field, text, lambda typed: field.understand(typed, context))
        answer = self.app.push_screen(dialog, wait_for_dismiss=True)
        keys.close()
        typed = await answer
        if typed is None or typed.strip() == field.text(view).strip():
            return
        record, _ = field.understand(typed, context)

        def failed(error: DomainError) -> bool:
            self._begin(lambda keys: self._once_more(keys, error, field, typed))
            return True

        self.desk_app.write(
            lambda desk, act: desk.roster.edit(act, view.staff_id, view.version, record),
            failed=failed,
            hold=True,
        )

    async def _once_more(self, keys: ExitStack, error: DomainError, field: CardField, typed: str) -> None:
        """Say why it was refused, read the card as it is now, and ask again: nothing typed is lost."""
        await self.look_again()
        view = self._view
        if view is None:
            return
        if isinstance(error, Stale):
            seen = int(str(error.params["seen"]))
            self.desk_app.tell(Said(lambda: self._changed(view, seen), BAD))
        else:
            self.desk_app.trouble.report(error)
        if field.name != "role":
            await self._edit(keys, view, field, typed)

    def _changed(self, view: PersonCard, seen: int) -> str:
        """Who has changed the card, when and how."""
        zone = self.desk_app.zone
        rows = view.timeline[-max(1, view.version - seen) :][-MOST_TOLD:]
        changes = "; ".join(
            say(
                "ticket.changed",
                who=row.who,
                at=f"{row.entered_at.astimezone(zone):%H:%M}",
                what=deed_sentence(row, zone),
            )
            for row in rows
        )
        return say("people.stale", changes=changes)

    async def _cancel(self, keys: ExitStack, view: PersonCard, off: TimeOff) -> None:
        """Take time off away, once that is confirmed."""
        when = off_word(off.start, off.end, self.desk_app.now(), self.desk_app.zone)
        question = Confirm("people.off.cancel", name=view.name, off=when)
        answer = self.app.push_screen(question, wait_for_dismiss=True)
        keys.close()
        if await answer == YES:
            self.desk_app.write(
                lambda desk, act: desk.roster.cancel_time_off(act, off.absence_id, view.version), hold=True
            )

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    async def look(self) -> None:
        """Read the card."""
        staff_id = self.record_id
        self._view = await self.desk_app.bridge.run(lambda desk: desk.roster.card(staff_id))

    def paint(self) -> None:
        """Show the card's lines."""
        if self._view is not None:
            lines = card_lines(self._view, self.desk_app.now(), self.desk_app.zone)
            self._rows.show(list(lines))
