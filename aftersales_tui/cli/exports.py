"""``aftersales export``: tables and lists into files, with a reason that stays in the feed."""

from pathlib import Path

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.listings import LISTS
from aftersales_tui.cli.session import Session, session
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.exchange.writing import Format, format_of, require_free, write
from aftersales_tui.i18n import say
from aftersales_tui.paths import typed_path
from aftersales_tui.tui.listing import Listing

ALL = "all"


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
        what: A table of ``LAYOUTS``, ``all`` of them, or a list of ``LISTS`` with the words that it takes.
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
        listing = LISTS[wanted](here, " ".join((what or [])[1:])) if wanted in LISTS else None
        here.desk.exports.log(here.desk.act(), listing.what if listing else wanted, reason or "")
        with here.desk.exports.reading():
            for kind, file in files.items():
                count = _list(here, listing, file, chosen) if listing else _table(here, kind, file, chosen)
                _tell(here, listing.what if listing else kind, file, count)
    return OK


def _table(here: Session, kind: str, file: Path, form: Format) -> int:
    table = here.desk.exports.table(kind)
    return write(file, form, [say(f"column.{name}") for name in table.names], table.names, table.rows)


def _list(here: Session, listing: Listing, file: Path, form: Format) -> int:
    return write(file, form, listing.heads, listing.names, listing.rows(here.desk))


def _tell(here: Session, kind: str, file: Path, count: int) -> None:
    if here.output.as_json:
        here.output.record({"what": kind, "file": str(file), "rows": count})
    else:
        here.output.line(say("export.done", what=say(f"export.what.{kind}"), n=count, file=file))
