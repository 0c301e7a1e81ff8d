"""Writes tables into files that other programs read: CSV, xlsx, JSON lines."""

import csv
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TextIO

from aftersales_tui.domain.errors import Invalid, Refused, Unavailable
from aftersales_tui.exchange.guard import guarded

MOST_XLSX_ROWS = 1_048_576
"""A sheet has no more; the heading is one of them."""


class Format(StrEnum):
    """What a file is written as; also its ending."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class Sheet(Protocol):
    """A table that is being written."""

    def row(self, cells: Sequence[str]) -> None:
        """Add a row; as many cells as there are headings."""


def format_of(path: Path, wished: str = "") -> Format:
    """The format of a file: the wished one, else what its ending says.

    Raises:
        Invalid: ``export.format`` for one nobody here can write.
    """
    name = (wished or path.suffix.removeprefix(".")).casefold()
    try:
        return Format(name)
    except ValueError:
        raise Invalid("export.format", given=name, known=tuple(Format), field="format") from None


@contextmanager
def written(path: Path, form: Format, heads: Sequence[str], names: Sequence[str]) -> Iterator[Sheet]:
    """A file that is there whole when all went well, and not at all when it did not; only its owner can read it.

    Args:
        path: Must not be there yet: nothing of anybody's is overwritten.
        form: As what it is written.
        heads: The headings, for people.
        names: The same for programs, the keys in JSON lines.

    Raises:
        Refused: ``export.exists``.
        Unavailable: ``export.unwritable``.
        Invalid: ``export.too_long`` for more rows than a sheet holds.
    """
    require_free(path)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with _SHEETS[form](fresh, heads, names) as sheet:
            yield sheet
        require_free(path)
        fresh.rename(path)
    except OSError as error:
        raise Unavailable("export.unwritable", path=str(path), why=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def write(
    path: Path, form: Format, heads: Sequence[str], names: Sequence[str], rows: Iterator[Sequence[str]]
) -> int:
    """Write rows as they come; answers how many. As ``written``."""
    count = 0
    with written(path, form, heads, names) as sheet:
        for cells in rows:
            sheet.row(cells)
            count += 1
    return count


def require_free(path: Path) -> None:
    """Make sure that nothing would be overwritten.

    Raises:
        Refused: ``export.exists``.
    """
    # ``Path.exists`` fails for a name that is too long; whoever makes the file tells what is wrong with it.
    if os.path.lexists(path):
        raise Refused("export.exists", path=str(path))


class _Csv:
    """A byte order mark tells spreadsheets that it is UTF-8; each cell is kept from being a formula."""

    def __init__(self, out: TextIO) -> None:
        self._writer = csv.writer(out)

    def row(self, cells: Sequence[str]) -> None:
        self._writer.writerow(list(map(guarded, cells)))


@contextmanager
def _csv(path: Path, heads: Sequence[str], names: Sequence[str]) -> Iterator[Sheet]:  # noqa: ARG001 (one form for all)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        sheet = _Csv(out)
        sheet.row(heads)
        yield sheet


class _Lines:
    def __init__(self, out: TextIO, names: Sequence[str]) -> None:
        self._out, self._names = out, names

    def row(self, cells: Sequence[str]) -> None:
        record = dict(zip(self._names, cells, strict=True))
        self._out.write(json.dumps(record, ensure_ascii=False) + "\n")


@contextmanager
def _lines(path: Path, heads: Sequence[str], names: Sequence[str]) -> Iterator[Sheet]:  # noqa: ARG001 (one form for all)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        yield _Lines(out, names)


class _Xlsx:
    """Every cell is written as text: nothing in it is ever reckoned, linked or rounded."""

    def __init__(self, sheet: Any) -> None:
        self._sheet, self._at = sheet, 0

    def row(self, cells: Sequence[str]) -> None:
        if self._at >= MOST_XLSX_ROWS:
            raise Invalid("export.too_long", most=MOST_XLSX_ROWS)
        for column, text in enumerate(cells):
            if text:
                self._sheet.write_string(self._at, column, text)
        self._at += 1


@contextmanager
def _xlsx(path: Path, heads: Sequence[str], names: Sequence[str]) -> Iterator[Sheet]:  # noqa: ARG001 (one form for all)
    from xlsxwriter import Workbook

    plainly = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(str(path), {**plainly, "constant_memory": True, "tmpdir": str(path.parent)})
    sheet = _Xlsx(book.add_worksheet())
    sheet.row(heads)
    yield sheet
    book.close()


_SHEETS = {Format.CSV: _csv, Format.XLSX: _xlsx, Format.JSONL: _lines}
