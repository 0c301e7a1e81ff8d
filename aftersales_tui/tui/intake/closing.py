"""How a call ends: read back, saved in one transaction, and its next step (C4, C6, C10, C11)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aftersales_tui.domain.errors import DomainError, Refused
from aftersales_tui.domain.intake import CallSheet, Field, require_savable
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.callback import CallbackDialog
from aftersales_tui.tui.intake.call import Call
from aftersales_tui.tui.intake.read_back import ReadBack
from aftersales_tui.tui.intake.steps import NextStep
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.tui.intake.sheet_screen import SheetScreen


class Closing:
    """The end of the call in hand."""

    def __init__(self, screen: "SheetScreen", leave: Callable[[], None]) -> None:
        """Begin the end.

        Args:
            screen: That shows the call.
            leave: Called when all is done: on to the next call, or back.
        """
        self._screen = screen
        self._app = screen.desk_app
        self._leave = leave

    async def go_on(self) -> None:
        """Read back; when that is answered, save and offer the next step."""
        self._screen.collect()
        call = self._screen.call
        with self._app.type_ahead.hold():
            await self._screen.finding.settle(call)
        if not self._may_save(call.sheet):
            return
        dialog = await self._read_back(call)
        verdict = await dialog.answer
        try:
            if verdict is None:
                return
            call.sheet = replace(call.sheet, joins=verdict.joins, repeats=verdict.repeats)
            receipt = await self._save(call)
            if receipt is None:
                return
            if not verdict.joins:
                await NextStep(self._screen, self._app).offer(call, receipt, dialog.release)
            self._leave()
        finally:
            dialog.release()

    async def promise(self) -> None:
        """End the call with the promise to ring back: whoever it is, what it is about can wait (C6)."""
        self._screen.collect()
        call = self._screen.call
        whoever = replace(call.sheet, answers={**call.sheet.answers, Field.WANTED: say("step.callback")})
        if not self._may_save(whoever):
            return
        told = await self._app.push_screen_wait(CallbackDialog(0))
        if told is None:
            return
        if not any(call.text(name).strip() for name in (Field.FAULT, Field.WANTED)) and told.words:
            call.write(Field.WANTED, told.words)
            self._screen.form.fill({Field.WANTED: told.words})
            self._screen.touch()
        if not self._may_save(call.sheet):
            return
        receipt = await self._save(call)
        if receipt is not None:
            self._app.write(
                lambda desk, act: desk.contacts.promise(act, receipt.ticket_id, told.due_at, told.words)
            )
            self._leave()

    def _may_save(self, sheet: CallSheet) -> bool:
        """Whether enough is written down; else the field that is wanting gets the cursor."""
        try:
            require_savable(sheet)
        except Refused as error:
            self._app.trouble.report(error)
            self._to_field(error)
            return False
        return True

    async def _read_back(self, call: Call) -> ReadBack:
        """Ask the store what it knows of the same thing, and put the points on the screen."""
        screen, sheet = self._screen, call.told(self._app.now())
        with self._app.type_ahead.hold():
            call.same, call.implausible = await self._app.bridge.run(
                lambda desk: (desk.intake.same(sheet), desk.intake.implausible(sheet))
            )
            dialog = ReadBack(
                call,
                screen.script(),
                call.same,
                lambda name: screen.form.line(name).noted,
                self._app.type_ahead.hold,
            )
            await self._app.push_screen(dialog, dialog.answer.set_result)
        return dialog

    async def _save(self, call: Call) -> Receipt | None:
        """Write the call down; ``None`` when it could not be, which has been told then."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Receipt | None] = loop.create_future()
        sheet = call.told(self._app.now())

        def settle(receipt: Receipt | None) -> None:
            if not answer.done():
                answer.set_result(receipt)

        def failed(error: DomainError) -> bool:
            self._to_field(error)
            settle(None)
            return False

        def save(desk: "Desk", act: Act) -> Receipt:
            try:
                return desk.intake.save(act, sheet)
            except BaseException:
                # Also what nobody foresaw must let the keys go on.
                loop.call_soon_threadsafe(settle, None)
                raise

        self._app.write(save, settle, failed, write_id=sheet.call_id)
        receipt = await answer
        if receipt is not None:
            call.saved = True
            self._screen.keeper.drop(sheet.call_id)
        return receipt

    def _to_field(self, error: DomainError) -> None:
        field = error.params.get("field")
        if isinstance(field, str) and field in self._screen.form.shown():
            self._screen.form.go(field)
