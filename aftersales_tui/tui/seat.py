"""A seat: a named place at the desk that one window holds at a time (C12)."""

import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import IO

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.paths import state_dir

MOST = 64
"""Windows of one machine that get a place of their own."""
FOLDER = "seats"
_PLAIN = r"(?a:[\w-]{1,40})"


class Seat:
    """A seat that was taken; it is free again when the process ends, however it ends.

    Attributes:
        name: As the frame and the feed show it.
    """

    def __init__(self, name: str, lock: IO[bytes] | None = None, file: Path | None = None) -> None:
        """Make a seat.

        Args:
            lock: Open as long as it is taken.
            file: Where the lock lies; what this seat remembers is kept beside it.
        """
        self.name = name
        self._lock = lock
        self._file = file

    def first_of_day(self, what: str, today: date) -> bool:
        """Whether this is the first time on that day that it is asked at this seat, across windows and restarts.

        Where nothing can be kept, such as on a read-only disk, it always is.
        """
        if self._file is None:
            return True
        kept = self._file.with_suffix(f".{what}")
        try:
            if kept.is_file() and kept.read_text("utf-8") == today.isoformat():
                return False
            kept.write_text(today.isoformat(), "utf-8")
        except (OSError, UnicodeDecodeError):
            pass
        return True

    def leave(self) -> None:
        """Let the next window have it."""
        if self._lock is not None:
            self._lock.close()


def take_seat(wished: str = "", folder: Path | None = None) -> Seat:
    """Take the wished seat, or the next one that is free: ``front``, ``front-2``; without a wish ``1``, ``2``.

    Where no lock can be had at all, such as on a read-only disk, the wished name is taken without one: a window
    that cannot lock must still take calls.

    Args:
        wished: The name in the settings; may be empty.
        folder: Where the locks lie; the state folder unless told.
    """
    names = list(islice(_names(wished), MOST))
    try:
        place = folder if folder is not None else state_dir() / FOLDER
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in names:
            file = place / f"{_file_name(name)}.lock"
            lock = _locked(file)
            if lock is not None:
                return Seat(name, lock, file)
    except (OSError, Unavailable):
        pass
    return Seat(names[0])


def _names(wished: str) -> Iterator[str]:
    if wished:
        yield wished
        yield from (f"{wished}-{number}" for number in count(2))
    else:
        yield from map(str, count(1))


def _file_name(name: str) -> str:
    """A file name for any seat name; two names never share one on a disk that ignores case."""
    if re.fullmatch(_PLAIN, name) and name == name.lower():
        return name
    from hashlib import sha256

    return "x" + sha256(name.encode()).hexdigest()[:16]


def _locked(file: Path) -> IO[bytes] | None:
    """The open file with the lock on it; ``None`` when another process, or this one, has it."""
    lock = file.open("a+b")
    try:
        _lock(lock.fileno())
    except OSError:
        lock.close()
        return None
    return lock


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
