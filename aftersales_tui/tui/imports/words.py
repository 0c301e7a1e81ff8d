"""Imports in words: columns, faults, tallies."""

from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_tui.i18n import has, say
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.views.imports import ColumnView, Fault, Outcome, Tally, Undoing

if TYPE_CHECKING:
    from aftersales_tui.desk.importing.run import ImportRun

ADDED = ("line", "column", "value", "reason")
"""What a file of refused rows tells besides the rows."""
REJECTS = "rejects.csv"
NAMES_TOLD = 12


def kind_word(kind: str) -> str:
    """A table by its name."""
    return say(f"import.kind.{kind}")


def column_word(column: str) -> str:
    """One of our columns as people call it."""
    return say(f"column.{column}") if column else say("import.left_out")


def how_word(view: ColumnView) -> str:
    """How a column was found; a suggestion is marked, for nobody has confirmed it."""
    return say(f"import.how.{view.how}") if view.how else ""


def tally_words(tally: Tally) -> str:
    """The counts in one sentence."""
    return say(
        "import.tally",
        rows=tally.rows,
        new=tally.new,
        same=tally.same,
        changed=tally.changed,
        rejected=tally.rejected,
    )


def state_words(outcome: Outcome) -> str:
    """How an import stands."""
    state = "dry" if outcome.dry else outcome.state
    return say(f"import.state.{state}", file=outcome.file_name, kind=kind_word(outcome.kind))


def outcome_words(outcome: Outcome) -> str:
    """What an import did, or would do."""
    return f"{state_words(outcome)} {tally_words(outcome.tally)}"


def undone_words(undoing: Undoing) -> str:
    """What taking a batch back did."""
    told = say("import.undone", removed=undoing.removed)
    if not undoing.kept:
        return told
    names = ", ".join(undoing.names[:NAMES_TOLD])
    return f"{told} {say('import.undone.kept', kept=undoing.kept, names=names)}"


def reason_words(fault: Fault) -> str:
    """Why something of a row cannot be taken; the field at fault is called as the column is."""
    field = str(fault.error.params.get("field", ""))
    if not has(f"column.{field}"):
        return sentence(fault.error)
    told = {name: str(value) for name, value in fault.error.params.items()}
    return say(f"error.{fault.error.code}", **{**told, "field": column_word(field)})


def fault_words(fault: Fault) -> str:
    """A fault of a row in one sentence."""
    heading = column_word(fault.heading) if has(f"column.{fault.heading}") else fault.heading
    return say("import.fault", line=fault.line, column=heading, reason=reason_words(fault))


def rejects_beside(path: Path) -> Path:
    """Where the refused rows of a file go unless told otherwise."""
    return path.with_name(f"{path.stem}.{REJECTS}")


def write_rejects(path: Path, run: "ImportRun") -> None:
    """Write the refused rows with their reasons; mended, the file is read in like the first one.

    Raises:
        Unavailable: ``import.unwritable``.
    """
    from aftersales_tui.exchange.headings import OURS
    from aftersales_tui.exchange.reading import write_csv

    heads = (*run.original, *(f"{OURS}{say(f'import.reject.{name}')}" for name in ADDED))
    width = len(run.original)

    def row(cells: tuple[str, ...], fault: Fault) -> tuple[str, ...]:
        padded = (*cells, *([""] * width))[:width]
        return (*padded, str(fault.line), fault.heading, fault.value, reason_words(fault))

    write_csv(path, heads, (row(one.cells, one.fault) for one in run.refusals))
