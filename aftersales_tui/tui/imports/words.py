"""Imports in words: columns, faults, tallies."""

import os
from collections.abc import Iterable, Iterator, Sequence
from filecmp import cmp
from itertools import count as counting
from itertools import groupby, islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.i18n import has, say, say_n
from aftersales_tui.paths import store_dir
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.views.imports import ColumnView, Fault, Outcome, Tally, Undoing

if TYPE_CHECKING:
    from aftersales_tui.desk.importing.run import ImportRun, LeftOut

ADDED = ("line", "column", "value", "reason", "row")
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
    return say_n(
        "import.tally",
        tally.rows,
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
    told = say_n("import.undone", undoing.removed)
    if not undoing.kept:
        return told
    names = ", ".join(undoing.names[:NAMES_TOLD])
    return f"{told} {say_n('import.undone.kept', undoing.kept, names=names)}"


def reason_words(fault: Fault) -> str:
    """Why something of a row cannot be taken; the field at fault is called as the column is."""
    field = str(fault.error.params.get("field", ""))
    if not has(f"column.{field}"):
        return sentence(fault.error)
    told = {name: str(value) for name, value in fault.error.params.items()}
    return say(f"error.{fault.error.code}", **{**told, "field": column_word(field)})


def fault_words(fault: Fault) -> str:
    """A fault of a row in one sentence."""
    return say("import.fault", line=fault.line, column=_heading_word(fault), reason=reason_words(fault))


def _heading_word(fault: Fault) -> str:
    return column_word(fault.heading) if has(f"column.{fault.heading}") else fault.heading


def alike_words(faults: Iterable[Fault], shown: int) -> Iterator[str]:
    """Many faults in few sentences: of each kind in each column the first ones, the rest of them as a number.

    Args:
        faults: In order.
        shown: How many of one kind are told in full.
    """
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.heading, fault.error.code), []).append(fault)
    for same in alike.values():
        yield from map(fault_words, same[:shown])
        if len(same) > shown:
            yield say("import.more_alike", count=len(same) - shown, column=_heading_word(same[0]))


def rejects_beside(path: Path) -> Path:
    """Where the refused rows of a file go unless told otherwise."""
    return path.with_name(f"{path.stem}.{REJECTS}")


def file_rejects(run: "ImportRun", wished: Path | None = None) -> Path | None:
    """Write what was refused and left out, if anything was; answers where it lies.

    A file that lies there already stays: somebody may be mending rows in it. One that says the very same is not
    written a second time. A folder that cannot be written to is gone round by the folder of the shop's store.

    Args:
        run: An import that is over, or a try.
        wished: Where; beside the source unless told.

    Raises:
        Unavailable: ``import.unwritable``.
    """
    if not (run.refusals or run.left_out):
        return None
    path = wished or rejects_beside(run.path)
    try:
        return _written_once(path, run)
    except Unavailable:
        elsewhere = store_dir() / path.name
        if elsewhere.parent == path.parent:
            raise
        return _written_once(elsewhere, run)


def _written_once(path: Path, run: "ImportRun") -> Path:
    """Write them under the first name of this kind that is free, unless one before it says the same already."""
    before = list(takewhile(os.path.lexists, _names(path)))
    free = next(islice(_names(path), len(before), None))
    write_rejects(free, run)
    same = next((one for one in before if one.is_file() and cmp(one, free, shallow=False)), None)
    if same is not None:
        free.unlink()
    return same or free


def _names(path: Path) -> Iterator[Path]:
    """Names of one kind: ``a.rejects.csv``, ``a.rejects-2.csv``."""
    stem = path.name.removesuffix(path.suffix)
    yield path
    yield from (path.with_name(f"{stem}-{count}{path.suffix}") for count in counting(2))


def write_rejects(path: Path, run: "ImportRun") -> None:
    """Write the refused rows, and those of which a value was left out, with their reasons.

    Mended, the file is read in like the first one. A row that went in bears what it is known by, so that it changes
    the record it has become instead of making another.

    Raises:
        Unavailable: ``import.unwritable``.
    """
    from aftersales_tui.exchange.headings import KNOWN_AS, OURS
    from aftersales_tui.exchange.reading import write_csv

    heads = (*run.original, *(f"{OURS}{say(f'import.reject.{name}')}" for name in ADDED), KNOWN_AS)
    width = len(run.original)
    went_in, rejected = say("import.row.in"), say("import.row.out")

    def line_of(one: "LeftOut") -> int:
        return one.fault.line

    def row(cells: tuple[str, ...], faults: Sequence[Fault], became: str, known_as: str) -> tuple[str, ...]:
        padded = (*cells, *([""] * width))[:width]
        headings, values = (
            " / ".join(texts) for texts in zip(*((one.heading, one.value) for one in faults), strict=True)
        )
        reasons = " ".join(map(reason_words, faults))
        return (*padded, str(faults[0].line), headings, values, reasons, became, known_as)

    rows = [row(one.cells, [one.fault], rejected, "") for one in run.refusals]
    # A row of which two values were left out stands there once: read in twice, it would undo what was mended in it.
    by_line = groupby(sorted(run.left_out, key=line_of), line_of)
    for same in (list(several) for _, several in by_line):
        rows.append(row(same[0].cells, [one.fault for one in same], went_in, same[0].known_as))
    write_csv(path, heads, sorted(rows, key=lambda cells: int(cells[width])))
