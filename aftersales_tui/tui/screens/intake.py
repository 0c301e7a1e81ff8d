"""Taking a call (F2): by 5W2H, with what is known beside it (C1 to C14)."""

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from aftersales_tui.domain.intake import Question
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.commands.intake import INTAKE
from aftersales_tui.tui.dialogs.confirm import YES, Confirm
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.intake.calls_screen import CallsScreen
from aftersales_tui.tui.intake.closing import Closing
from aftersales_tui.tui.intake.paint import question_of
from aftersales_tui.tui.intake.ways import first_of

QUIET = 1.0
"""Seconds without a key after which the tables of pinyin are loaded: other threads get no turn in the middle of it."""
PATIENCE = 10.0
"""Seconds for which keys may put that off."""
WAYS = (("phone", False), ("phone", True), ("letter", False), ("visitor", False))
"""Channel and whether we have rung, in the order in which the key goes round (C13)."""


class IntakeScreen(CallsScreen):
    """The form of a call, and what an operator can do with it."""

    scopes: ClassVar[tuple[str, ...]] = (INTAKE, FORM)

    async def prepare(self) -> None:
        """Load the tables of pinyin, in which a new caller's name is read when the call is saved."""
        desk = await self.desk_app.bridge.opened()
        await self.desk_app.type_ahead.rest(PATIENCE, QUIET)
        await asyncio.to_thread(desk.intake.warm)

    async def do_go_on(self) -> None:
        """Read back, then save, then the next step."""
        await Closing(self, self.leave).go_on()

    async def do_promise(self) -> None:
        """End the call and promise to ring back (C6)."""
        await Closing(self, self.leave).promise()

    async def do_memo_pad(self) -> None:
        """Write on the memo pad (C14)."""
        # Many a call needs none, and Textual's editor is a MiB.
        from aftersales_tui.tui.intake.memo_pad import MemoPad

        call = self.call

        def wrote(text: str) -> None:
            call.amend(memo=text)
            self.touch()

        await self.app.push_screen_wait(MemoPad(call.sheet.memo, wrote))

    def do_hold(self) -> None:
        """The caller waits; or he waits no longer (C14)."""
        self.call.hold.toggle(self.desk_app.now())
        self.touch()

    async def do_kind(self) -> None:
        """Say what kind of call it is (C11)."""
        with self.desk_app.type_ahead.hold():
            kinds = await self.desk_app.bridge.run(lambda desk: tuple(desk.policy.kinds))
        chosen = await self.app.push_screen_wait(
            Menu("intake.kind.title", [Choice(kind, say(f"kind.{kind}")) for kind in kinds])
        )
        if chosen is not None:
            self.call.amend(kind=chosen)
            self.show_call()
            self.touch()

    async def do_came(self) -> None:
        """Say when the call came: it was written on paper, and is entered afterwards (P8)."""
        from aftersales_tui.tui.dialogs.happened import HappenedDialog

        at = await self.app.push_screen_wait(HappenedDialog("intake.came.title"))
        if at is not None:
            self.came(at)
            self.show_call()
            self.touch()

    def do_channel(self) -> None:
        """Phone, we have rung, letter, visitor, and round again (C13)."""
        sheet = self.call.sheet
        place = WAYS.index((sheet.channel, sheet.outgoing)) if (sheet.channel, sheet.outgoing) in WAYS else -1
        channel, outgoing = WAYS[(place + 1) % len(WAYS)]
        self.call.amend(channel=channel, outgoing=outgoing)
        self.touch()

    def do_asked(self) -> None:
        """The present question was put, whether or not there was an answer (C1)."""
        self.call.ask(question_of(self.call.here))
        self.touch()

    def do_question(self, question: str) -> None:
        """Go to one of the seven."""
        self.form.go(first_of(Question(question), self.form.shown()))

    def can_forget_caller(self) -> bool:
        """Whether somebody was taken for the caller."""
        return bool(self.call.sheet.customer_id)

    def do_forget_caller(self) -> None:
        """It is somebody else."""
        self.call.forget()
        self.show_call()
        self.touch()

    async def do_drop_call(self) -> None:
        """Throw the sheet away: nobody there, a wrong number."""
        if not self.call.is_blank and await self.app.push_screen_wait(Confirm("intake.drop.title")) != YES:
            return
        self.call.saved = True
        self.keeper.drop(self.call.sheet.call_id)
        self.leave()

    def help_rows(self) -> Iterator[tuple[str, str]]:
        """The sentences of the script, for the help of this screen (C5)."""
        script = self.script()
        for name, sentence in script.manners.items():
            yield say(f"intake.manner.{name}"), self.filled(sentence)
        for sentence in script.do_nots:
            yield say("intake.manner.do_not"), self.filled(sentence)
        for question, prompt in script.questions.items():
            yield say(f"question.{question}"), prompt.say
