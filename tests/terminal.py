"""A terminal for tests that run the installed app as people do: through a pty, by keys, reading the screen."""

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS: Mapping[str, str] = {
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F5": "\x1b[15~",
    "F9": "\x1b[20~",
    "F10": "\x1b[21~",
    "F12": "\x1b[24~",
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "PgUp": "\x1b[5~",
    "PgDn": "\x1b[6~",
    "Home": "\x1b[H",
    "End": "\x1b[F",
}
"""Keys by the name printed on them, as a terminal sends them."""


class Terminal:
    """A program in a pseudo terminal of its own.

    Attributes:
        pid: Its process.
        raw: Every byte it has written.
        spawned: When it was started, on the monotonic clock, in seconds.
        heard: When its last byte arrived.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
        typed: str = "",
    ) -> None:
        """Start a program.

        Args:
            argv: What to run.
            columns: Width in cells.
            lines: Height in cells.
            env: Variables on top of this process's own.
            typed: What lies in the terminal's queue before the program has drawn anything.
        """
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, lines)
        self._lines = [""] * lines
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.spawned = self.heard = time.monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.execvp(argv[0], list(argv))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if typed:
            self.enter(typed)

    def enter(self, text: str) -> float:
        """Type text as it stands; answers when."""
        return self.send(text.encode())

    def send(self, rest: bytes) -> float:
        """Type bytes, whether they are text or not; answers when."""
        at = time.monotonic()
        while rest:
            rest = rest[os.write(self._fd, rest) :]
        return at

    def press(self, *keys: str) -> float:
        """Press keys by name, or one character each; answers when the first went out."""
        return self.enter("".join(KEYS.get(key, key) for key in keys))

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within a time; whether it wrote anything."""
        ready, _, _ = select.select([self._fd], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        if not data:
            return False
        self.heard = time.monotonic()
        self.raw += data
        # pyte does not know the private sequences some terminals answer; they draw nothing.
        self._stream.feed(self._decoder.decode(data))
        return True

    def settle(self, quiet: float = 0.05, most: float = 5.0) -> float:
        """Read until nothing has come for a while; answers when the last byte came."""
        end = time.monotonic() + most
        while time.monotonic() < end and self.read(quiet):
            pass
        return self.heard

    def rows(self) -> list[str]:
        """The screen, line by line, without the blanks at the ends."""
        buffer, width = self._screen.buffer, self._screen.columns
        for line in self._screen.dirty:
            self._lines[line] = "".join(buffer[line][column].data for column in range(width)).rstrip()
        self._screen.dirty.clear()
        return list(self._lines)

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows())

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = 10.0) -> float:
        """Read until the screen shows something; answers when its last byte came.

        Raises:
            TimeoutError: With the screen as it was, when it never came.
        """
        shown = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + seconds
        while not shown(self.text()):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{wanted!r} never came\n{self.text()}")
            self.read(min(left, 0.2))
        return self.heard

    def wait_end(self, seconds: float = 10.0) -> int:
        """Read until the program ends; answers its exit code, negative for a signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise TimeoutError(f"still running\n{self.text()}")

    def kill(self, sent: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal; after SIGKILL the process is gone when this returns."""
        if self.pid:
            os.kill(self.pid, sent)
            if sent is signal.SIGKILL:
                os.waitpid(self.pid, 0)
                self.pid = 0

    def modes(self) -> int:
        """The line's local modes: whether it echoes, buffers and makes signals."""
        return int(termios.tcgetattr(self._fd)[3])

    def memory(self) -> float:
        """The program's proportional set size in MiB, as Linux counts it."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._fd)
