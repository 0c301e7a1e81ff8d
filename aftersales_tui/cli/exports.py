"""``aftersales export``: tables and lists into files, with a reason that stays in the feed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.session import Session, session
from aftersales_tui.cli.shown import CONTACTS, QUEUE, contact_cells, queue_cells
from aftersales_tui.desk.listing import contact_rows, queue_rows
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.exchange.writing import Format, format_of, require_free, write
from aftersales_tui.i18n import say
from aftersales_tui.paths import typed_path
from aftersales_tui.views.tickets import QueueFilter

ALL = "all"
Cells = tuple[str, ...]
List = Callable[[Session], tuple[Sequence[str], Iterator[Cells]]]


def export(
    choices: Choices,
    what: list[str] | None = None,
    to: str | None = None,
    form: str | None = None,
    reason: str | None = None,
) -> int:
    """Write tables or a list into files.

    Args:
        choices: Of the command line.
        what: A table of ``LAYOUTS``, ``all`` of them, or a list of ``LISTS``.
        to: The file; for ``all`` the folder.
        form: ``csv``, ``xlsx`` or ``jsonl``; else what the file's ending says, CSV for ``all``.
        reason: Why; it is personal data.
    """
    wanted = (what or [""])[0]
    if wanted not in (*LAYOUTS, *LISTS, ALL):
        raise Invalid("export.unknown", given=wanted, known=(*LAYOUTS, ALL, *LISTS))
    if not to:
        raise Invalid("export.no_file", field="to")
    path = typed_path(to)
    chosen = format_of(path, form or (Format.CSV if wanted == ALL else ""))
    files = {kind: path / f"{kind}.{chosen}" for kind in LAYOUTS} if wanted == ALL else {wanted: path}
    for file in files.values():
        require_free(file)
    with session(choices) as here:
        here.desk.exports.log(here.desk.act(), wanted, reason or "")
        with here.desk.exports.reading():
            for kind, file in files.items():
                count = (_list if kind in LISTS else _table)(here, kind, file, chosen)
                _tell(here, kind, file, count)
    return OK


def _table(here: Session, kind: str, file: Path, form: Format) -> int:
    table = here.desk.exports.table(kind)
    return write(file, form, [say(f"column.{name}") for name in table.names], table.names, table.rows)


def _list(here: Session, kind: str, file: Path, form: Format) -> int:
    names, rows = LISTS[kind](here)
    return write(file, form, [say(f"{HEADS[kind]}.{name}") for name in names], names, rows)


def _tell(here: Session, kind: str, file: Path, count: int) -> None:
    if here.output.as_json:
        here.output.record({"what": kind, "file": str(file), "rows": count})
    else:
        here.output.line(say("export.done", what=say(f"export.what.{kind}"), n=count, file=file))


def _queue(here: Session) -> tuple[Sequence[str], Iterator[Cells]]:
    shown = partial(queue_cells, now=here.desk.now(), zone=here.output.zone)
    return QUEUE, map(shown, queue_rows(here.desk, QueueFilter()))


def _contacts(here: Session) -> tuple[Sequence[str], Iterator[Cells]]:
    shown = partial(contact_cells, now=here.desk.now(), zone=here.output.zone)
    return CONTACTS, map(shown, contact_rows(here.desk))


HEADS = {"queue": "queue", "contacts": "contact"}
LISTS: dict[str, List] = {"queue": _queue, "contacts": _contacts}
"""The lists that can be written as they are shown."""
