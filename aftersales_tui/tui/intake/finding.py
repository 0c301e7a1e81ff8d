"""Finding the caller while somebody types, and what is open for him already (C3, C10)."""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from aftersales_tui.domain.intake import Fact, Field
from aftersales_tui.i18n import say
from aftersales_tui.lexicon.phones import digits_of, looks_like_phone, split_extension
from aftersales_tui.tui.intake.call import BOXES, SOUGHT, Call
from aftersales_tui.tui.intake.seeking import Seeking
from aftersales_tui.tui.intake.standing import spoken
from aftersales_tui.tui.intake.ways import after_taking
from aftersales_tui.tui.widgets.status import saying
from aftersales_tui.views.callers import CallerMatch, DeviceView, OpenTicket

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.tui.intake.sheet_screen import SheetScreen

TAIL = 7
"""Last digits by which two writings of one number are told to be the same."""
OTHERS_PAUSE = 0.15
"""Seconds without a key before a look for open tickets."""


def having(text: str, found: Iterable[CallerMatch]) -> frozenset[int]:
    """The customers among those found who have the very number that was typed, written in whatever form."""
    tail = digits_of(split_extension(text)[0])[-TAIL:]
    if len(tail) < TAIL:
        return frozenset()
    return frozenset(
        match.customer_id
        for match in found
        if match.matched == "phone" and digits_of(split_extension(match.phone)[0]).endswith(tail)
    )


class Finding:
    """Asks the desk and hands what it answers to the call in hand.

    Attributes:
        others: Looks for open tickets of the same phone, device or address.
    """

    def __init__(self, screen: "SheetScreen") -> None:
        self._screen = screen
        self._callers = Seeking(self._look_for_callers, self._report)
        self.others = Seeking(self._look_for_others, self._report, OTHERS_PAUSE)

    def stop(self) -> None:
        """Nobody waits for an answer any more: the call goes with whoever took it."""
        self._callers.stop()
        self.others.stop()

    def begin(self, call: Call) -> None:
        """Another call is in hand."""
        self._callers.stop()
        if call.sheet.customer_id:
            if call.file is None:
                self._screen.in_background(self._read_file(call))
        elif call.here in SOUGHT and call.text(call.here).strip():
            self.typed(call.text(call.here))
        self.others.soon()

    def read_again(self, call: Call) -> None:
        """The caller's file was changed: what is known of him is read anew, what stands in the form stays."""
        self._screen.in_background(self._read_file(call))

    def typed(self, text: str) -> None:
        """Something that may name the caller was typed, or another than the one who was taken."""
        call = self._screen.call
        if not self._may_name(call, call.here):
            return
        if text.strip():
            self._callers.soon()
        else:
            self._callers.stop()
            call.matches = ()

    def enter(self, box: str) -> None:
        """Enter was pressed: take what is marked, or go on; keys wait while the answer is still to come."""
        call = self._screen.call
        choice = call.marked_choice()
        due = self._callers.is_due and self._may_name(call, box)
        if due or isinstance(choice, CallerMatch):
            held = ExitStack()
            held.enter_context(self._screen.desk_app.type_ahead.hold())
            self._screen.in_background(self._enter_when_found(call, box, held))
        elif isinstance(choice, DeviceView):
            self._take_device(call, choice, box)
        else:
            self._pass(call, box)

    @staticmethod
    def _may_name(call: Call, box: str) -> bool:
        """Whether a box tells who it is; of a known caller the serial tells which of his devices (C3)."""
        return box in SOUGHT and not (call.sheet.customer_id and box == Field.SERIAL)

    async def settle(self, call: Call) -> None:
        """Make sure that whoever was taken is the caller, before the call is saved."""
        sheet = spoken(call)
        if sheet.customer_id and await self._screen.desk_app.bridge.run(
            lambda desk: desk.intake.another(sheet)
        ):
            self._forget(call)

    def _forget(self, call: Call) -> None:
        """It is somebody else, by his name or number: what the file has told of the other one goes."""
        name = call.file.name if call.file else ""
        call.forget()
        if call is self._screen.call:
            self._screen.form.fill({box: call.text(box) for box in BOXES})
            self._screen.desk_app.tell(saying("intake.another", name=name))
            self.others.soon()
            self._screen.touch()
            self._screen.refresh_keys()

    async def _enter_when_found(self, call: Call, box: str, held: ExitStack) -> None:
        with held:
            await self._callers.now()
            choice = call.marked_choice()
            if isinstance(choice, CallerMatch):
                await self.take(call, choice.customer_id, choice.device_id, box, choice.person)
            else:
                self._pass(call, box)

    async def take(
        self, call: Call, customer_id: int, device_id: int, box: str = Field.CALLER, person: str = ""
    ) -> None:
        """It is he: his file fills what it can, to be confirmed (C3).

        Args:
            call: The call that is his.
            customer_id: Who he is.
            device_id: What it is about; 0 where that is not known.
            box: The box that led to him.
            person: Who of a company it is; empty for the customer himself.
        """
        file = await self._screen.desk_app.bridge.run(lambda desk: desk.intake.caller(customer_id))
        call.take(file, box, person)
        devices = [one for one in file.devices if device_id in (0, one.device_id)]
        if len(devices) == 1:
            call.take_device(devices[0])
        self._filled(call, Field.CALLER)

    def _take_device(self, call: Call, device: DeviceView, box: str) -> None:
        call.take_device(device)
        self._filled(call, box)

    def _filled(self, call: Call, box: str) -> None:
        """Show what came from the file, and go to the first thing it does not tell."""
        screen = self._screen
        if call is not screen.call:
            return
        screen.form.fill({name: call.text(name) for name in BOXES})
        self.others.soon()
        screen.touch()
        screen.refresh_keys()
        following = after_taking(call, box)
        if following is None:
            return
        if not screen.is_mounted:
            # The form is only being built; it begins where its call says.
            call.here = following
        screen.form.go(following)

    def _pass(self, call: Call, box: str) -> None:
        """Nobody known: a number typed for the name goes where numbers stand; then on to the next field."""
        screen = self._screen
        text = call.text(box).strip()
        if box == Field.CALLER and looks_like_phone(text) and not call.text(Field.PHONE).strip():
            met = call.met.get(box, frozenset())
            call.write(Field.PHONE, text)
            call.write(Field.CALLER, "")
            call.met[Field.PHONE] = met
            screen.form.fill({Field.PHONE: text, Field.CALLER: ""})
            self.others.soon()
            screen.touch()
            return
        screen.go_on_from(box)

    async def _look_for_callers(self) -> None:
        call, box = self._screen.call, self._screen.call.here
        text, sheet = call.text(box), spoken(call)

        def look(desk: "Desk") -> tuple[tuple[CallerMatch, ...], bool]:
            return desk.intake.callers(text), desk.intake.another(sheet)

        answer = await self._screen.desk_app.bridge.latest("callers", look)
        if answer is None or call.text(box) != text or call.sheet.customer_id != sheet.customer_id:
            return
        found, another = answer
        call.met[box] = having(text, found)
        if another:
            self._forget(call)
        taken = call.sheet.customer_id
        call.matches = tuple(match for match in found if match.customer_id != taken)
        # A known caller's second number may be another customer's too: there Enter takes nobody unasked.
        call.found_in, call.marked = box, -1 if taken and box != Field.CALLER else 0
        self._screen.repaint()

    async def _look_for_others(self) -> None:
        call, screen = self._screen.call, self._screen
        sheet = call.sheet
        own, zone = (call.file.address, call.file.zone) if call.file else ("", "")
        number = {Fact.PHONE}
        said = "" if Field.ADDRESS in call.unconfirmed else call.text(Field.ADDRESS)

        def look(desk: "Desk") -> tuple[tuple[OpenTicket, ...], bool | None, frozenset[Fact]]:
            # In the lane, and by whoever takes a call: a desk at rest has no use for it.
            from aftersales_tui.lexicon.places import same_place

            compared = same_place(own, said, zone) if own and said.strip() else None
            return desk.intake.same(sheet), compared, desk.intake.implausible(sheet) & number

        answer = await screen.desk_app.bridge.latest("others", look)
        if answer is None or call is not screen.call:
            return
        call.same, call.same_place, doubtful = answer
        call.implausible = (call.implausible - number) | doubtful
        if call.same_place is None:
            screen.form.line(Field.ADDRESS).note("")
        else:
            word = say("intake.address.same" if call.same_place else "intake.address.differs")
            screen.form.line(Field.ADDRESS).note(word, "good" if call.same_place else "bad")
        screen.repaint()

    async def _read_file(self, call: Call) -> None:
        """A call taken up again brings its caller's file with it."""
        call.file = await self._screen.desk_app.bridge.run(
            lambda desk: desk.intake.caller(call.sheet.customer_id)
        )
        if call is self._screen.call:
            self.others.soon()
            self._screen.repaint()

    def _report(self, error: Exception) -> None:
        self._screen.desk_app.trouble.report(error)
