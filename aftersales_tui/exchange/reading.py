"""A table in a file as rows of plain text: CSV in any usual dialect, and xlsx.

Whatever is wrong with a file is told in one sentence before anything of it is used; a file made to harm (a zip that
unpacks to gigabytes, a field without an end, a million columns) is refused while it is still small.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from aftersales_tui.domain.errors import Invalid, Unavailable
from aftersales_tui.domain.text import clean, visible
from aftersales_tui.exchange import encodings
from aftersales_tui.exchange.guard import unguarded

MOST_COLUMNS = 200
LARGEST_FIELD = 100_000
"""Characters; a quote that is never closed swallows the rest of the file up to here and no further."""
LARGEST_UNPACKED = 400 << 20
"""Bytes that an xlsx may unpack to; the largest honest sheet of a million rows stays below."""
LONGEST_HEADING = 200
"""Characters of a heading that are kept; two that begin alike bear their places."""
TITLE_LINES = 5
"""A sheet may begin with a title over its table; so many lines are looked at for the headings."""
DELIMITERS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"SQLite format 3\x00",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


class Line(NamedTuple):
    """One row of a table: the line of the file it begins on, counted from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that is known to hold a table.

    Attributes:
        path: Of the file.
        form: ``csv`` or ``xlsx``.
        encoding: Of a CSV file; empty for xlsx.
        delimiter: What parts the cells of a CSV file.
        headings: The first line of the table, trimmed; the ends that are blank are left off.
        heading_line: Where it stands.
        length: Lines of the file, for telling how much of it is behind us.
    """

    path: Path
    form: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    heading_line: int
    length: int


def open_table(path: Path, encoding: str = "") -> Table:
    """Look at a file: what it is, how it is written, and what its columns are called.

    Args:
        path: Of the file.
        encoding: As ``encodings.called`` takes it; empty to find out.

    Raises:
        Invalid: ``import.not_found``, ``import.not_a_table``, ``import.not_text``, ``import.empty``,
            ``import.no_header``, ``import.too_wide``, ``import.field_too_long``, ``import.zip_too_large``,
            ``import.sheet_unreadable``, ``import.no_encoding``, ``import.wrong_encoding``.
        Unavailable: ``import.locked``.
    """
    with _plain_errors(path):
        with path.open("rb") as file:
            head = file.read(4096)
        if not head.strip():
            raise Invalid("import.empty", file=path.name)
        if head.startswith(_OLE) or head.startswith(_OTHERS):
            raise Invalid("import.not_a_table", file=path.name)
        if head.startswith(_ZIP):
            form, written, delimiter = "xlsx", "", ""
        else:
            form = "csv"
            written = encodings.called(encoding) if encoding else encodings.encoding_of(path)
            delimiter = _delimiter(path, written)
        found = _headings(path, form, written, delimiter)
        length = _length(path, form)
    return Table(path, form, written, delimiter, found.cells, found.number, length)


def lines(table: Table) -> Iterator[Line]:
    """The rows under the headings; blank ones are left out. Text files' guard against formulas is taken off.

    Raises:
        Invalid: As ``open_table``, when what is wrong stands further down.
    """
    with _plain_errors(table.path):
        for line in _every(table.path, table.form, table.encoding, table.delimiter):
            if line.number > table.heading_line and any(map(str.strip, line.cells)):
                yield Line(line.number, _bare(table.form, line.cells))


def _bare(form: str, cells: Iterable[str]) -> tuple[str, ...]:
    """The cells without their guard; a sheet's have none, for there a text is marked as one."""
    return tuple(map(unguarded, cells)) if form == "csv" else tuple(cells)


def _length(path: Path, form: str) -> int:
    if form == "xlsx":
        return sum(1 for _ in _sheet(path))
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _headings(path: Path, form: str, encoding: str, delimiter: str) -> Line:
    """The first line with more than one cell filled, else the first that has any."""
    seen: list[Line] = []
    for line in _every(path, form, encoding, delimiter):
        cells = list(map(_heading, line.cells))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            seen.append(Line(line.number, tuple(cells)))
        if len(seen) == TITLE_LINES or (seen and _filled(seen[-1]) > 1):
            break
    if not seen:
        raise Invalid("import.empty", file=path.name)
    found = next((line for line in seen if _filled(line) > 1), seen[0])
    if _looks_like_data(found.cells):
        raise Invalid("import.no_header", file=path.name, first=", ".join(found.cells)[:80])
    return found


def _heading(cell: str) -> str:
    """A heading as it can be shown, named and kept, whatever somebody has written there."""
    text = " ".join(unguarded(cell).split())
    try:
        return clean(text, LARGEST_FIELD, "heading")[:LONGEST_HEADING]
    except Invalid:
        return visible(text)[:LONGEST_HEADING]


def _filled(line: Line) -> int:
    return sum(map(bool, line.cells))


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a line holds numbers or dates where headings ought to be."""
    return any(sum(map(str.isdigit, cell)) >= 5 and not any(map(str.isalpha, cell)) for cell in cells if cell)


def _every(path: Path, form: str, encoding: str, delimiter: str) -> Iterator[Line]:
    return _sheet(path) if form == "xlsx" else _csv(path, encoding, delimiter)


def _csv(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    with path.open(encoding=encodings.codec(encoding), newline="") as file:
        # The limit is one for the whole process: it is set where it counts, whoever else has moved it.
        csv.field_size_limit(LARGEST_FIELD)
        reader = csv.reader(file, delimiter=delimiter)
        begins = 1
        try:
            for cells in reader:
                _require_width(path, cells, begins)
                yield Line(begins, tuple(cells))
                begins = reader.line_num + 1
        except csv.Error as error:
            raise Invalid("import.field_too_long", file=path.name, line=begins) from error


def _delimiter(path: Path, encoding: str) -> str:
    """What stands most often outside of quotes on the first lines."""
    with path.open(encoding=encodings.codec(encoding), newline="") as file:
        head = file.read(8192)
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted, parted = False, False
    for character in head:
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in counts:
            counts[character] += 1
            parted = True
        elif character in "\r\n" and parted:
            break
    return max(DELIMITERS, key=lambda one: counts[one])


def _sheet(path: Path) -> Iterator[Line]:
    """The rows of the first sheet that holds any."""
    from python_calamine import CalamineError, CalamineWorkbook

    _require_small(path)
    try:
        book = CalamineWorkbook.from_path(path)
        # By their places: what people call their sheets is no name to rely on.
        for place in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(place)
            if not sheet.height:
                continue
            first = sheet.start[0] + 1 if sheet.start else 1
            _require_width(path, range(sheet.total_width), first)
            for number, row in enumerate(sheet.iter_rows(), 1):
                yield Line(number, tuple(map(_plain, row)))
            return
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Invalid("import.sheet_unreadable", file=path.name, why=str(error)[:120]) from error


def _require_small(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Invalid("import.sheet_unreadable", file=path.name, why=str(error)[:120]) from error
    if unpacked > LARGEST_UNPACKED:
        raise Invalid(
            "import.zip_too_large", file=path.name, size=unpacked >> 20, limit=LARGEST_UNPACKED >> 20
        )


def _require_width(path: Path, cells: Sequence[Any], line: int) -> None:
    if len(cells) > MOST_COLUMNS:
        raise Invalid("import.too_wide", file=path.name, line=line, limit=MOST_COLUMNS)


def _plain(value: Any) -> str:
    """A cell of a sheet as it would stand in a CSV file."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        at = value.replace(microsecond=0)
        return at.date().isoformat() if at.time() == time() else at.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    """What the operating system and the decoders complain of, as sentences of ours."""
    try:
        yield
    except FileNotFoundError as error:
        raise Invalid("import.not_found", file=str(path)) from error
    except IsADirectoryError as error:
        raise Invalid("import.not_a_table", file=path.name or str(path)) from error
    except PermissionError as error:
        raise Unavailable("import.locked", file=path.name) from error
    except UnicodeError as error:
        raise Invalid("import.wrong_encoding", file=path.name) from error
    except OSError as error:
        raise Unavailable("import.unreadable", file=path.name, why=error.strerror or "") from error


def digest_of(path: Path) -> str:
    """SHA-256 of a file, by which a broken-off import is known again.

    Raises:
        Invalid: As ``open_table``.
    """
    import hashlib

    with _plain_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table that spreadsheet programs open as it is meant; the file stands there whole or not at all.

    Raises:
        Unavailable: ``import.unwritable``.
    """
    from aftersales_tui.exchange.guard import guarded

    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([guarded(cell) for cell in row] for row in (headings, *rows))
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Unavailable("import.unwritable", file=str(path), why=error.strerror or "") from error
