"""What the register is narrowed to: a day, an operator, an outcome."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from textual.app import App

from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.floor.day_dialog import DayDialog
from aftersales_tui.tui.floor.register_lines import come_to, date_word
from aftersales_tui.views.act import StaffView
from aftersales_tui.views.floor import RegisterFilter

EVERY = "*"


class Chosen(NamedTuple):
    """What is shown of the register, with the operator's name for the heading."""

    wanted: RegisterFilter
    operator: str = ""

    def words(self) -> list[str]:
        """What it is narrowed to besides the day, in the present language."""
        outcome = self.wanted.outcome
        return [word for word in (self.operator, come_to(outcome) if outcome else "") if word]


async def ask_register(
    app: App[None], now: Chosen, operators: Sequence[StaffView], outcomes: Sequence[str], today: date
) -> Chosen | None:
    """Ask for one thing to narrow by; ``None`` when nothing was chosen."""
    wanted = now.wanted
    entries = [
        Choice("day", say("register.by_day"), date_word(wanted.day, today)),
        Choice("every_day", say("register.every_day")),
        Choice("operator", say("register.taken_by"), now.operator),
        Choice("outcome", say("register.outcome"), come_to(wanted.outcome) if wanted.outcome else ""),
        Choice("today", say("register.only_today")),
    ]
    asked = await app.push_screen_wait(Menu("filter.title", entries))
    if asked == "today":
        return Chosen(RegisterFilter(day=today))
    if asked == "every_day":
        return now._replace(wanted=wanted._replace(day=None))
    if asked == "day":
        day = await app.push_screen_wait(DayDialog("register.which_day"))
        return None if day is None else now._replace(wanted=wanted._replace(day=day))
    if asked == "operator":
        return await _operator(app, now, operators)
    return await _outcome(app, now, outcomes) if asked else None


async def _operator(app: App[None], now: Chosen, operators: Sequence[StaffView]) -> Chosen | None:
    names = {str(one.staff_id): one.name for one in operators}
    chosen = await _one_of(app, names)
    if chosen is None:
        return None
    wanted = now.wanted._replace(operator_id=int(chosen or 0))
    return Chosen(wanted, names.get(chosen, ""))


async def _outcome(app: App[None], now: Chosen, outcomes: Sequence[str]) -> Chosen | None:
    chosen = await _one_of(app, {outcome: come_to(outcome) for outcome in outcomes})
    return None if chosen is None else now._replace(wanted=now.wanted._replace(outcome=chosen))


async def _one_of(app: App[None], known: dict[str, str]) -> str | None:
    """One of these, or an empty text for all of them; ``None`` when nothing was chosen."""
    choices = [Choice(EVERY, say("filter.every")), *(Choice(value, label) for value, label in known.items())]
    chosen = await app.push_screen_wait(Menu("filter.choose", choices))
    return "" if chosen == EVERY else chosen
