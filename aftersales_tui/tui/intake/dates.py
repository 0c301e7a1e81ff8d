"""Dates as people say them, echoed as they were understood (C1)."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact, Field
from aftersales_tui.domain.when import day, window
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import window_word

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

DATED = {Field.WHEN_WANTED: Fact.WHEN_WANTED, Field.BOUGHT: Fact.BOUGHT}
"""Fields whose text is a date, and the fact that is in doubt while nobody understands it."""
_LENGTHS = {"year": 4, "month": 7, "day": 10}


def understood(desk: "Desk", name: Field, text: str, at: datetime, now: datetime, zone: tzinfo) -> str:
    """What a date says, in figures; empty for an empty text.

    Args:
        desk: Knows the words and the rules.
        name: The field.
        text: What stands in it.
        at: When it was said: "tomorrow" is the day after that.
        now: When it is read.
        zone: The shop's.

    Raises:
        Invalid: When nobody can tell; it may be saved all the same and stays to be verified.
    """
    said = text.strip()
    if not said:
        return ""
    if name is Field.BOUGHT:
        bought = day(said, at, zone, desk.words)
        return bought.date.isoformat()[: _LENGTHS[bought.precision]]
    wanted = window(said, at, zone, desk.words, desk.policy.dispatch.window)
    return window_word(wanted.start, wanted.end, now, zone)


def echo(desk: "Desk", name: Field, text: str, at: datetime, now: datetime, zone: tzinfo) -> tuple[str, bool]:
    """The note beside a date, and whether it was understood; as ``understood``."""
    try:
        meant = understood(desk, name, text, at, now, zone)
    except Invalid:
        return say("intake.echo.unclear"), False
    return (f"= {meant}" if meant not in ("", text.strip()) else ""), True
