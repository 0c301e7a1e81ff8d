"""A pseudo-terminal with one of our small apps in it."""

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
F2, F12 = "\x1bOQ", "\x1b[24~"
START = (
    "from aftersales_tui.tui.ime import prepare_environment; prepare_environment();"
    "from tests.tui.terminal_apps import main; main()"
)
LIMIT = 20.0
"""Seconds until a test gives up; reached only when something is broken."""


def command(app: str, result: Path) -> list[str]:
    """The command line that starts one of the apps as the program's entry does: the environment first."""
    return [sys.executable, "-c", START, app, str(result)]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which no setting of whoever runs the tests changes the keyboard or the colours."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "ESCDELAY", "PYTEST"))
    }
    return inherited | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "40", **(more or {})}


class Terminal:
    """Starts an app of ``terminal_apps`` and plays the terminal for it.

    Attributes:
        painted: All bytes the app has written so far.
        result: The file the app writes its fields into.
    """

    def __init__(self, app: str, folder: Path, more: Mapping[str, str] | None = None) -> None:
        self.painted = b""
        self.result = folder / "result"
        self._master, self.line = os.openpty()
        fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self._before = termios.tcgetattr(self.line)
        self.process = subprocess.Popen(
            command(app, self.result),
            stdin=self.line,
            stdout=self.line,
            stderr=self.line,
            cwd=ROOT,
            env=environment(more),
            start_new_session=True,
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()
        os.close(self.line)

    def type(self, keys: str | bytes) -> None:
        """Write all keys in one go, as a barcode wand does."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def read_until(self, enough: Callable[[bytes], bool]) -> bytes:
        """Read until the bytes painted so far are enough, or the app has ended.

        Raises:
            TimeoutError: The app neither painted it nor ended.
        """
        deadline = time.monotonic() + LIMIT
        while not enough(self.painted):
            ready, _, _ = select.select([self._master], [], [], 0.02)
            if ready:
                self.painted += os.read(self._master, 65536)
            elif self.process.poll() is not None:
                break
            if time.monotonic() > deadline:
                raise TimeoutError(self.painted[-500:])
        return self.painted

    def wait_for(self, text: str | bytes) -> bytes:
        """Read until this has been painted."""
        wanted = text.encode() if isinstance(text, str) else text
        return self.read_until(lambda painted: wanted in painted)

    def start(self) -> None:
        """Read until the first frame is there and keys are read."""
        self.wait_for(b"\x1b[?2004h")
        self.wait_for(b"\x1b[48;")

    def end(self) -> int:
        """Read on until the app has ended; its exit status."""
        self.read_until(lambda _painted: False)
        return self.process.wait(LIMIT)

    def is_restored(self) -> bool:
        """Whether the line echoes and buffers as before the app."""
        return bool(termios.tcgetattr(self.line)[3] == self._before[3])

    def hang_up(self) -> None:
        """The window is closed."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
