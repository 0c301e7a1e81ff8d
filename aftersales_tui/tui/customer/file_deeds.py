"""What can be done with a customer's file, the same on the file and on a device's card (U1, U2, U3)."""

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.screen import Screen

from aftersales_tui.domain.customer import Part
from aftersales_tui.tui.commands.command import key_label
from aftersales_tui.tui.commands.customer import FILE
from aftersales_tui.tui.customer.form import RecordForm
from aftersales_tui.tui.customer_deeds import CustomerDeeds
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.views.customers import CustomerFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt

NOTE_LIMIT = 4000


class OnFile(NamedTuple):
    """The record that keys are meant for, as the screen shows it.

    Attributes:
        device_id: The device that a note or a promise would be about; 0 for the customer himself.
    """

    file: CustomerFile
    part: Part
    record_id: int
    record: Any
    device_id: int


class FileDeeds(CustomerDeeds):
    """Lends a screen the verbs on a file, and those on the customer himself; the screen overrides ``on_file``."""

    scopes: ClassVar[tuple[str, ...]] = (FILE,)

    def on_file(self) -> OnFile | None:
        """What is in hand; ``None`` while nothing is read yet."""
        return None

    def customer_in_hand(self) -> int:
        """The customer whose file it is; 0 for none."""
        held = self.on_file()
        return held.file.customer_id if held else 0

    def can_change(self) -> bool:
        """Whether a record is in hand."""
        held = self.on_file()
        return held is not None and held.record is not None

    async def do_change(self) -> None:
        """Change the record in hand."""
        held = self._held()
        if held.record is not None:
            await self._fill_in(held.part, held.record_id, held.record)

    def can_file_note(self) -> bool:
        """Whether a file is in hand."""
        return self.on_file() is not None

    async def do_file_note(self) -> None:
        """Write a note about the customer, or the device in hand."""
        held = self._held()
        about = (held.file.customer_id, held.device_id)
        question = Ask("file.note.title", limit=NOTE_LIMIT, about=about, name=held.file.name)
        text = await self._screen.app.push_screen_wait(question)
        if text:
            self.desk_app.write(
                lambda desk, act: desk.customers.note(act, held.file.customer_id, text, held.device_id),
                failed=lambda _: question.refused(self.desk_app, text),
            )

    def can_file_call(self) -> bool:
        """Whether a file is in hand."""
        return self.on_file() is not None

    def do_file_call(self) -> None:
        """Take a call of his: the sheet opens with everything filled in that the file tells (C3)."""
        held = self._held()
        self.desk_app.travel.to("call", customer_id=held.file.customer_id, device_id=held.device_id)

    def can_promise_made(self) -> bool:
        """Whether a file is in hand."""
        return self.on_file() is not None

    async def do_promise_made(self) -> None:
        """Write down something that was promised at the sale (U3)."""
        await self._fill_in(Part.PROMISE, 0, None, device_id=self._held().device_id or None)

    async def do_file_menu(self) -> None:
        """Offer the verbs by digits, for those whose letters an input method swallows."""
        held = self._held()
        entries = [command for command in self.my_commands() if command.menu]
        choices = [Choice(command.id, command.label, key_label(command.key)) for command in entries]
        menu = Menu("file.menu.title", choices, name=held.file.name)
        chosen = await self._screen.app.push_screen_wait(menu)
        if chosen:
            await self.action_run_command(chosen)

    def can_file_menu(self) -> bool:
        """Whether a file is in hand."""
        return self.on_file() is not None

    async def _fill_in(self, part: Part, record_id: int, record: Any, **preset: Any) -> None:
        form = RecordForm(self._held().file, part, record_id, record, **preset)
        await self._screen.app.push_screen_wait(form)

    def _held(self) -> OnFile:
        held = self.on_file()
        if held is None:
            raise LookupError("a verb on a file was let through without one")
        return held

    def _write(self, verb: "Callable[[Desk, Act], Receipt]") -> None:
        self.desk_app.write(verb)

    @property
    def _screen(self) -> Screen[None]:
        return cast("Screen[None]", self)
