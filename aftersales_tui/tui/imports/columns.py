"""The columns of a file as the screen lists them, and what came of a try or an import below."""

from collections.abc import Iterator

from aftersales_tui.i18n import say, say_n
from aftersales_tui.tui.imports.words import (
    column_word,
    fault_words,
    how_word,
    kind_word,
    state_words,
    tally_words,
)
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.lines import TextLine
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.imports import DONE, RUNNING, FileView, Outcome

COLUMNS = (
    Column("import.head.theirs", 14, grow=1, most=28),
    Column("import.head.ours", 14, grow=1, most=24),
    Column("import.head.how", 10, rank=1),
    Column("import.head.first", 20, grow=4),
)
FAULTS = 3
"""Refused rows and warnings that are told on the screen; the file of rejects has them all."""
BETWEEN = " | "
LOOKS = {"near": "soon", "told": "good", "exact": ""}


def file_rows(file: FileView) -> list[Row]:
    """A line for each column of the file."""
    return [
        Row(
            place,
            (one.heading, column_word(one.column), how_word(one), BETWEEN.join(filter(None, one.samples))),
            ("strong", LOOKS[one.how] if one.column else "dim", LOOKS.get(one.how, ""), "dim"),
        )
        for place, one in enumerate(file.columns, 1)
    ]


def head_lines(file: FileView, *, keep_rest: bool) -> Iterator[TextLine]:
    """Which file, how it is written, as what it is taken."""
    written = file.encoding or file.form
    yield ((say("import.file", file=file.path.name, written=written, kind=kind_word(file.kind)), "strong"),)
    rest = say("import.rest.kept") if keep_rest else say("import.rest.left")
    yield ((say("import.source", source=file.source), "dim"), (f"  {rest}", "dim"))


def outcome_lines(outcome: Outcome) -> Iterator[TextLine]:
    """What a try has found, or how far an import has come."""
    if outcome.state == RUNNING:
        yield ((f"{outcome.share:4.0%} ", "strong"), (tally_words(outcome.tally), ""))
        return
    look = "good" if outcome.state == DONE and not outcome.tally.rejected else "soon"
    yield ((state_words(outcome), look),)
    yield ((tally_words(outcome.tally), look),)
    if outcome.tally.open:
        yield ((say_n("import.opens", outcome.tally.open), ""),)
    for fault in (*outcome.rejects, *outcome.warnings)[:FAULTS]:
        yield ((fault_words(fault), "dim"),)
    if outcome.tally.warnings:
        yield ((say_n("import.warned", outcome.tally.warnings), "dim"),)
    if outcome.dry:
        yield ((say("import.go_on_hint"), "strong"),)
