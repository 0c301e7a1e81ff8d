"""The parser of what a terminal sends, on every platform: Textual's own, with the guard of pastes before it."""

from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser

from aftersales_tui.tui.terminal.pastes import PasteGuard

if TYPE_CHECKING:
    from textual.message import Message

NAME = XTermParser.__name__


class GuardedParser(XTermParser):
    """Makes keys and pastes of text; an escape in a paste does not end it."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._guard = PasteGuard()

    def feed(self, data: str) -> "Iterable[Message]":
        """The messages that a piece of input completes; an empty text means that there will be no more."""
        text = self._guard(data) if data else ""
        # An empty text would tell that the input has ended, when all of it waits for the rest of a mark.
        return super().feed(text) if text or not data else ()


def guard_reader(reader: ModuleType) -> None:
    """Let a module of Textual's that reads keys make our parser instead of its own.

    Textual's thread for Windows makes its parser in the middle of its loop, which cannot be replaced in part; the
    name by which it does so can.

    Raises:
        AttributeError: When that module knows no such name any more: better no start than an unguarded one.
    """
    getattr(reader, NAME)
    setattr(reader, NAME, GuardedParser)
