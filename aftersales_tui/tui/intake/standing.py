"""How far a call has come, by what its kind needs and what the caller himself has said (C1, C2)."""

from dataclasses import replace

from aftersales_tui.domain.intake import (
    CallSheet,
    Coverage,
    Fact,
    Question,
    asked,
    coverage,
    doubtful,
    facts_needed,
    missing,
)
from aftersales_tui.tui.intake.call import FOR_WHOM, MESSAGE, Call


def needed(call: Call) -> tuple[Fact, ...]:
    """The facts this kind of call needs."""
    return facts_needed(visit=call.visit)


def lacking(call: Call) -> tuple[Fact, ...]:
    """Those of them that are not there or cannot be right, in the order they are asked for."""
    return missing(call.sheet.answers, call.implausible, needed(call))


def wrong(call: Call) -> frozenset[Fact]:
    """Facts that are written down but cannot be right."""
    return doubtful(call.sheet.answers) | call.implausible


def put(call: Call) -> frozenset[Question]:
    """The questions that were asked; what the file alone tells was not."""
    return asked(call.sheet.answers, call.sheet.asked, call.unconfirmed)


def far(call: Call) -> Coverage:
    """The figures at the bottom of the form; to a message belongs also whom it is for (C7)."""
    figures = coverage(call.sheet, call.implausible, needed(call), call.unconfirmed)
    if call.sheet.kind != MESSAGE:
        return figures
    told = bool(call.text(FOR_WHOM).strip())
    return figures._replace(known=figures.known + told, facts=figures.facts + 1)


def spoken(call: Call) -> CallSheet:
    """The sheet without what nobody but the file has told."""
    said = {name: text for name, text in call.sheet.answers.items() if name not in call.unconfirmed}
    return replace(call.sheet, answers=said)
