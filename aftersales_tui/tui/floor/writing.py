"""Writes a printed page to a file; nothing here needs Textual."""

from collections.abc import Iterable
from pathlib import Path

from aftersales_tui.domain.errors import Invalid, Unavailable
from aftersales_tui.paths import typed_path


def write_page(file: str, lines: Iterable[str]) -> Path:
    """Write a page of plain text, UTF-8, and answer where it lies.

    Raises:
        Invalid: ``floor.no_file`` where the name is no file's.
        Unavailable: ``floor.not_written`` with the file and why.
    """
    if not file.strip() or "\0" in file:
        raise Invalid("floor.no_file", file=file)
    path = typed_path(file)
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise Unavailable("floor.not_written", file=str(path), reason=error.strerror or str(error)) from error
    return path.resolve()
