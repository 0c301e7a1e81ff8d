"""What a command writes: sentences and tables for people, JSON for programs, errors beside them."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from typing import TextIO

from aftersales_tui.cli.exit_codes import exit_code
from aftersales_tui.cli.plain import plain
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.text import visible
from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import refusal

GAP = "  "
WIDEST = 40
"""Cells a column is padded to; what is longer stands whole and moves what is behind it on its line."""

_IN_SHELL: Mapping[str, str] = {"store.away": "cli.store_away", "store.lost": "cli.store_lost"}
"""Errors of which the sentence for the screens would promise what only they do: to keep what was typed."""


class ReaderGone(Exception):
    """Whoever read the output has enough of it; not an ``OSError``, which Typer would end the program for."""


class Output:
    """The two streams of a command.

    Attributes:
        as_json: Whether a program reads it.
        zone: The shop's, in which every instant is written.
    """

    def __init__(
        self, as_json: bool = False, out: TextIO | None = None, err: TextIO | None = None, zone: tzinfo = UTC
    ) -> None:
        self.as_json = as_json
        self.zone = zone
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def line(self, text: str) -> None:
        """One sentence; control characters that somebody once stored show as pictures."""
        self._write(self._out, visible(text))

    def block(self, text: str) -> None:
        """Several lines as they are."""
        self._write(self._out, visible(text, multiline=True))

    def record(self, value: object) -> None:
        """One value as one line of JSON."""
        self._write(self._out, self._json(value))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows under their headings, in columns counted in terminal cells; nothing is ever cut."""
        from rich.cells import cell_len

        shown = [[visible(cell) for cell in row] for row in (heads, *rows)]
        last = len(heads) - 1
        wide = [min(WIDEST, max(cell_len(row[i]) for row in shown)) for i in range(last)]
        for row in shown:
            cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, wide, strict=False)]
            self._write(self._out, GAP.join([*cells, row[last]]).rstrip())

    def complain(self, text: str) -> None:
        """One sentence beside the output."""
        self._write(self._err, visible(text))

    def error(self, error: DomainError, done_before: int = 0) -> int:
        """Say what went wrong beside the output; answers the exit code.

        Args:
            error: Of the desk.
            done_before: How many steps of the same command were written before it, and stay so.
        """
        code = exit_code(error)
        said = say(_IN_SHELL[error.code]) if error.code in _IN_SHELL else refusal(error, self.zone)
        if done_before:
            said = say("cli.steps_stand", why=said)
        if self.as_json:
            told = {"code": error.code, "exit": code, "params": error.params, "sentence": said}
            told |= {"done_before": done_before} if done_before else {}
            self._write(self._err, self._json({"error": told}))
        else:
            self.complain(said)
        return code

    def _json(self, value: object) -> str:
        # A terminal of another encoding would show question marks; escapes mean the same to every reader.
        utf8 = (self._out.encoding or "utf-8").casefold().replace("-", "") == "utf8"
        return json.dumps(plain(value, self.zone), ensure_ascii=not utf8)

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        try:
            stream.write(text + "\n")
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        except BrokenPipeError as error:
            raise ReaderGone from error
