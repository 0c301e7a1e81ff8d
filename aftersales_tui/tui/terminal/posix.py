"""The driver for Linux and macOS: reads what a terminal really sends. Not importable on Windows."""

import os
import select
import signal
from codecs import getincrementaldecoder
from time import monotonic
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from aftersales_tui.tui.terminal.parser import GuardedParser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual._xterm_parser import XTermParser
    from textual.message import Message

IDLE = 0.1
"""Seconds between two looks at whether the app is leaving."""


def keyboard_decoder() -> "Callable[[bytes], str]":
    """Decodes the bytes of a keyboard: a character may come in pieces, a byte that is no UTF-8 becomes U+FFFD.

    A paste from a GBK window holds such bytes; with Textual's strict decoder one of them ends the program.
    """
    return getincrementaldecoder("utf-8")("replace").decode


class PatientDriver(LinuxDriver):
    """Textual's driver with another reading loop; a test fails when the loop it replaces changes.

    A byte that is not UTF-8 does no harm, an escape in a paste does not end it, a lone Esc is told apart when its
    time is over instead of at the next tenth of a second, and a terminal that is gone counts as hung up instead of
    being read for ever.
    """

    def run_input_thread(self) -> None:
        """Read keys until the app leaves, in a thread of its own."""
        parser, decode = GuardedParser(self._debug), keyboard_decoder()
        while not self.exit_event.is_set():
            readable, _, _ = select.select([self.fileno], [], [], _wait(parser))
            if readable:
                read = self._read()
                if read is None:
                    # The handler of this signal saves the drafts; without one it ends the process.
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                # An empty text, after half a character, would tell the parser that the input has ended.
                if text := decode(read):
                    self._hand_on(parser.feed(text))
            self._hand_on(parser.tick())

    def _hand_on(self, messages: "Iterable[Message]") -> None:
        for message in messages:
            self.process_message(message)

    def _read(self) -> bytes | None:
        """What was typed, or ``None`` if there is no terminal any more."""
        try:
            return os.read(self.fileno, 4096) or None
        except BlockingIOError:
            # Another program that shares the terminal made it non-blocking and was quicker.
            return b""
        except OSError:
            return None


def _wait(parser: "XTermParser") -> float:
    """Seconds to wait for bytes: no longer than until an unfinished sequence has to be taken for an Esc."""
    due = parser._timeout_time
    return IDLE if due is None else min(IDLE, max(0.0, due - monotonic()))
