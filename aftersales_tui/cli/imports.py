"""Reading in other programs' tables from the shell: ``aftersales import ...``."""

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import BY_CLASS, INTERRUPTED, OK
from aftersales_tui.cli.output import Output
from aftersales_tui.cli.session import Session, session
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.i18n import say, say_n
from aftersales_tui.tui.imports.words import (
    alike_words,
    column_word,
    file_rejects,
    how_word,
    kind_word,
    outcome_words,
    reason_words,
    tally_words,
    undone_words,
)
from aftersales_tui.views.imports import CANCELLED, BatchView, Fault, FileView, Order, Outcome, Tally

if TYPE_CHECKING:
    from aftersales_tui.desk.importing.run import ImportRun

ALIKE_TOLD = 3
"""Refused rows and values left out of one kind that are written out; all of them go to the file."""
FIRST_CELLS = 24


def file_options() -> dict[str, Any]:
    """The parameters of reading a file in, as Typer wants them; made when the language is known."""

    def text(flag: str, words: str) -> Any:
        return Annotated[
            str | None,
            typer.Option(flag, help=say(f"cli.import.{words}"), metavar=say(f"cli.import.{words}.value")),
        ]

    def many(flag: str, words: str) -> Any:
        return Annotated[
            list[str] | None,
            typer.Option(flag, help=say(f"cli.import.{words}"), metavar=say(f"cli.import.{words}.value")),
        ]

    def yes(flag: str, words: str) -> Any:
        return Annotated[bool | None, typer.Option(flag, help=say(f"cli.import.{words}"))]

    return {
        "file": Annotated[str | None, typer.Argument(metavar=say("cli.import.file"), show_default=False)],
        "map": many("--map", "map"),
        "status": many("--status", "status"),
        "source": text("--source", "source"),
        "dry_run": yes("--dry-run", "dry_run"),
        "encoding": text("--encoding", "encoding"),
        "zone": text("--zone", "zone"),
        "rejects": text("--rejects", "rejects"),
        "keep_rest": yes("--keep-rest", "keep_rest"),
    }


def batch_argument() -> Any:
    """The id of a batch."""
    return Annotated[str | None, typer.Argument(metavar=say("cli.import.batch"), show_default=False)]


def take_in(
    kind: str,
    choices: Choices,
    file: str | None = None,
    map: list[str] | None = None,
    status: list[str] | None = None,
    source: str | None = None,
    dry_run: bool | None = None,
    encoding: str | None = None,
    zone: str | None = None,
    rejects: str | None = None,
    keep_rest: bool | None = None,
) -> int:
    """Read a file in, or tell what would happen."""
    if not file:
        raise Invalid("cli.import.no_file")
    order = Order(
        kind,
        Path(file),
        source or "",
        encoding or "",
        zone or "",
        mapping=pairs(map or ()),
        statuses=pairs(status or ()),
        keep_rest=bool(keep_rest),
    )
    with _trying(choices) if dry_run else session(choices) as here:
        if dry_run and not choices.as_json:
            _show_file(here.output, here.desk.imports.look(order))
        run = here.desk.imports.begin(order, dry=bool(dry_run))
        return _finish(here, run, Path(rejects) if rejects else None)


@contextmanager
def _trying(choices: Choices) -> Iterator[Session]:
    """A desk for a try: where there is no store yet, that of an empty shop, which is gone again afterwards."""
    from aftersales_tui.bootstrap import database_of

    where = database_of(choices.settings())
    if "://" in str(where) or Path(where).exists():
        with session(choices) as here:
            yield here
        return
    with (
        TemporaryDirectory(prefix="aftersales-") as folder,
        session(replace(choices, database=str(Path(folder) / Path(where).name))) as here,
    ):
        if not choices.as_json:
            here.output.line(say("import.no_store_yet", file=where))
        yield here


def resume(choices: Choices, batch: str | None = None) -> int:
    """Go on with an import that was broken off."""
    with session(choices) as here:
        run = here.desk.imports.resume(_id(batch) if batch else 0)
        return _finish(here, run, None)


def list_batches(choices: Choices) -> int:
    """The imports, the latest first."""
    with session(choices) as here:
        found = here.desk.imports.batches()
        if choices.as_json:
            here.output.record(found)
        elif found:
            heads = tuple(
                say(f"import.head.{name}") for name in ("id", "started", "table", "file", "state", "counts")
            )
            here.output.table(heads, [_batch(one, here.output) for one in found])
        else:
            here.output.line(say("cli.nothing"))
    return OK


def undo(choices: Choices, batch: str | None = None) -> int:
    """Take a batch back; what somebody has touched since stays and is named."""
    if not batch:
        raise Invalid("cli.import.no_batch")
    with session(choices) as here:
        undoing = here.desk.imports.undo(_id(batch))
        while not undoing.outcome.over:
            undoing.step(here.desk.act())
        if choices.as_json:
            here.output.record(undoing.outcome)
        else:
            here.output.line(undone_words(undoing.outcome))
    return OK


def pairs(told: "list[str] | tuple[()]") -> Mapping[str, str]:
    """``theirs=ours`` as a mapping; ``@FILE`` takes one from each line of a file.

    Raises:
        Invalid: ``cli.import.bad_pair``, ``cli.import.no_such_file``.
    """
    found: dict[str, str] = {}
    for text in _lines(told):
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs.strip():
            raise Invalid("cli.import.bad_pair", given=text[:80])
        found[theirs.strip()] = ours.strip()
    return found


def _lines(told: "list[str] | tuple[()]") -> Iterator[str]:
    for text in told:
        if not text.startswith("@") or ("=" in text and not Path(text[1:]).exists()):
            # A heading may begin with the sign, too.
            yield text
            continue
        try:
            yield from (line for line in Path(text[1:]).read_text("utf-8-sig").splitlines() if line.strip())
        except (OSError, UnicodeError) as error:
            raise Invalid("cli.import.no_such_file", file=text[1:]) from error


def _finish(here: Session, run: "ImportRun", rejects: Path | None) -> int:
    """Do all chunks, stop between two of them when asked to, and tell what came of it."""
    with _stopping() as stopped:
        while not run.over:
            run.step(here.desk.act())
            _progress(run.outcome)
            if stopped and not run.over:
                run.cancel(here.desk.act())
        # What came in stands in many short lists, which the next searches would all look through.
        while not (run.outcome.dry or stopped) and here.desk.tidy():
            pass
    _progress(None)
    beside = file_rejects(run, rejects) if rejects or not run.outcome.dry else None
    if here.output.as_json:
        here.output.record(as_record(run.outcome, beside))
    else:
        _tell(here.output, run, beside)
        wished = (rejects or run.path).parent
        if beside is not None and beside.parent != wished:
            here.output.line(say("import.elsewhere_written", folder=wished))
    if run.outcome.state == CANCELLED:
        return INTERRUPTED
    return BY_CLASS[Invalid] if nothing_came_of(run.outcome.tally) else OK


def nothing_came_of(tally: Tally) -> bool:
    """Whether no row was taken and some were refused: to a script that is a failure."""
    return bool(tally.rejected) and not (tally.new or tally.same or tally.changed)


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """Ctrl+C is noted and lets the chunk under way be committed; a second one ends the program."""
    pressed: list[int] = []

    def note(number: int, _frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _progress(outcome: Outcome | None) -> None:
    """How far it is, on one line of a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        return
    told = "" if outcome is None else f"{outcome.share:4.0%}  {tally_words(outcome.tally)}"
    sys.stderr.write(f"\r\x1b[K{told[:100]}")
    sys.stderr.flush()


def _show_file(output: Output, file: FileView) -> None:
    written = file.encoding or file.form
    output.line(say("import.file", file=file.path.name, written=written, kind=kind_word(file.kind)))
    heads = tuple(say(f"import.head.{name}") for name in ("theirs", "ours", "how", "first"))
    rows = [
        (one.heading, column_word(one.column), how_word(one), " | ".join(one.samples)) for one in file.columns
    ]
    output.table(heads, rows)


def _short(text: str) -> str:
    """As much of a value as a look at it needs; a mark says that it goes on."""
    return text if len(text) <= FIRST_CELLS else f"{text[: FIRST_CELLS - 1]}~"


def _tell(output: Output, run: "ImportRun", rejects: Path | None) -> None:
    outcome = run.outcome
    if outcome.dry and outcome.first:
        names = list(dict.fromkeys(name for row in outcome.first for name in row))
        rows = [
            tuple(_short(row.get(name, "").replace("\n", " ")) for name in names) for row in outcome.first
        ]
        output.table(tuple(map(column_word, names)), rows)
    for heading in outcome.unmapped:
        column = outcome.suggested.get(heading)
        if column:
            output.line(say("import.may_be", heading=heading, column=column_word(column), name=column))
    left = [heading for heading in outcome.unmapped if heading not in outcome.suggested]
    if left:
        output.line(say("import.unmapped", headings=", ".join(left)))
    faults = [*(one.fault for one in run.refusals), *(one.fault for one in run.left_out)]
    for sentence in alike_words(faults, ALIKE_TOLD):
        output.line(sentence)
    output.line(outcome_words(outcome))
    if outcome.tally.open:
        output.line(say_n("import.opens", outcome.tally.open))
    if outcome.tally.warnings:
        output.line(say_n("import.warned", outcome.tally.warnings))
    if rejects is not None:
        output.line(say("import.rejects_at", file=rejects))


def as_record(outcome: Outcome, rejects: Path | None) -> dict[str, object]:
    """An outcome for programs."""
    return {
        "batch_id": outcome.batch_id,
        "kind": outcome.kind,
        "source": outcome.source,
        "file": outcome.file_name,
        "dry": outcome.dry,
        "state": outcome.state,
        "tally": outcome.tally,
        "unmapped": outcome.unmapped,
        "suggested": outcome.suggested,
        "first": outcome.first,
        "rejects": [_fault(one) for one in outcome.rejects],
        "warnings": [_fault(one) for one in outcome.warnings],
        "rejects_file": str(rejects) if rejects else "",
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "line": fault.line,
        "column": fault.heading,
        "value": fault.value,
        "code": fault.error.code,
        "reason": reason_words(fault),
    }


def _batch(one: BatchView, output: Output) -> tuple[str, ...]:
    return (
        str(one.batch_id),
        f"{one.started_at.astimezone(output.zone):%Y-%m-%d %H:%M}",
        kind_word(one.kind),
        one.file_name,
        say(f"import.batch.{one.state}"),
        tally_words(one.tally),
    )


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise Invalid("cli.import.bad_batch", given=text[:40])
    return int(text)
