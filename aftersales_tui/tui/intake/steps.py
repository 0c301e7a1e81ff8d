"""What follows when a call was saved: the next step of its kind (C6, C7, C8, C11)."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete

from aftersales_tui.domain.intake import Fact, Field, missing
from aftersales_tui.domain.text import visible
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.dialogs.callback import CallbackDialog
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.intake.call import Call
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.widgets.status import GOOD, saying
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from textual.screen import Screen

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.policy.rules import Policy
    from aftersales_tui.tui.host import Host

WORDS = 2000


class StepMenu(Menu):
    """The next steps of a kind of call; one that a rule bars stays in sight and says what it needs."""

    def __init__(self, receipt: Receipt, steps: Sequence[str], barred: dict[str, str]) -> None:
        """Make the menu.

        Args:
            receipt: Of the call that was saved.
            steps: In the policy's order; Enter takes the first.
            barred: What a step still needs, by step.
        """
        choices = [Choice(step, say(f"step.{step}"), barred.get(step, "")) for step in steps]
        super().__init__("intake.step.title", choices, number=number_word(receipt.number))
        self._barred = barred

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Answer, unless the step is barred."""
        if result in self._barred:
            self.complain("intake.step.barred", needs=self._barred[result])
            return AwaitComplete()
        return super().dismiss(result)


def barred_steps(call: Call, policy: "Policy") -> dict[str, str]:
    """The steps that the gate of C2 bars, with the facts they wait for."""
    if not policy.dispatch.require_before_dispatch:
        return {}
    lacking = [
        fact for fact in missing(call.sheet.answers, call.implausible) if fact in policy.dispatch.facts
    ]
    needs = ", ".join(say(f"fact.{fact}") for fact in lacking)
    return {"dispatch": say("intake.step.needs", facts=needs)} if needs else {}


class NextStep:
    """Offers the next step and does it."""

    def __init__(self, screen: "Screen[None]", app: "Host") -> None:
        self._screen = screen
        self._app = app

    async def offer(self, call: Call, receipt: Receipt, shown: Callable[[], None]) -> None:
        """Ask what comes next; Esc leaves the ticket where it is, in the queue.

        Args:
            call: The call that was saved.
            receipt: Of the saving.
            shown: Called when the menu stands and may be typed into.
        """
        desk = self._app.bridge.desk
        if desk is None:
            return
        menu = StepMenu(receipt, desk.policy.kind(call.sheet.kind).steps, barred_steps(call, desk.policy))
        chosen: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        await self._app.push_screen(menu, chosen.set_result)
        shown()
        step = await chosen
        if step is not None and step != "queue":
            await getattr(self, f"_{step}")(call, receipt)

    def _write(self, verb: "Callable[[Desk, Act], Receipt]") -> None:
        self._app.write(verb)

    async def _words(self, title: str, receipt: Receipt) -> str | None:
        question = Ask(title, limit=WORDS, about=receipt.ticket_id, number=number_word(receipt.number))
        return await self._app.push_screen_wait(question)

    async def _dispatch(self, call: Call, receipt: Receipt) -> None:
        lacking: tuple[Fact, ...] = missing(call.sheet.answers, call.implausible)
        title = " / ".join(
            visible(text) for name in (Field.CALLER, Field.PRODUCT, Field.FAULT) if (text := call.text(name))
        )
        plan = await self._app.push_screen_wait(
            AssignDialog(receipt.ticket_id, receipt.number, title, tuple(fact.value for fact in lacking))
        )
        if plan is not None:
            self._write(
                lambda desk, act: desk.dispatch.assign(
                    act, receipt.ticket_id, receipt.version, plan.engineer_id, plan.window, plan.override
                )
            )

    async def _advice(self, call: Call, receipt: Receipt) -> None:  # noqa: ARG002
        words = await self._words("intake.step.advice", receipt)
        if words:
            self._write(lambda desk, act: desk.visits.advise(act, receipt.ticket_id, receipt.version, words))

    async def _answered(self, call: Call, receipt: Receipt) -> None:  # noqa: ARG002
        words = await self._words("intake.step.answered", receipt)
        if words:
            self._write(lambda desk, act: desk.visits.answer(act, receipt.ticket_id, receipt.version, words))

    async def _callback(self, call: Call, receipt: Receipt) -> None:  # noqa: ARG002
        told = await self._app.push_screen_wait(CallbackDialog(receipt.number))
        if told is not None:
            self._write(
                lambda desk, act: desk.contacts.promise(act, receipt.ticket_id, told.due_at, told.words)
            )

    async def _message(self, call: Call, receipt: Receipt) -> None:
        """A slip that names the person lies in the queue already; any other is given a name (C7)."""
        if call.sheet.for_whom.strip():
            self._app.tell(
                saying("intake.slip.kept", GOOD, number=number_word(receipt.number), whom=call.sheet.for_whom)
            )
            return
        whom = await self._words("intake.step.message", receipt)
        if whom:
            self._write(lambda desk, act: desk.intake.message(act, receipt.ticket_id, receipt.version, whom))
