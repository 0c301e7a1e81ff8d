"""Files with somebody's data in them: readable by whoever asked for them alone, and never in place of another file."""

import os
from pathlib import Path

from aftersales_tui.domain.errors import Refused, Unavailable


def require_new(path: Path) -> None:
    """Make sure that a file can be made here, before anybody does work for it.

    Raises:
        Refused: ``export.exists``.
        Unavailable: ``export.unwritable``.
    """
    # ``Path.exists`` and ``Path.is_dir`` fail for a name that is too long.
    if not path.name or os.path.lexists(path):
        raise Refused("export.exists", path=str(path))
    if not os.access(path.parent, os.W_OK) or not path.parent.is_dir():
        raise Unavailable("export.unwritable", path=str(path), why=str(path.parent))


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, for its owner's eyes alone.

    Raises:
        Refused: ``export.exists``: what lies there stays as it is.
        Unavailable: ``export.unwritable``; nothing is left behind.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused("export.exists", path=str(path)) from error
    except OSError as error:
        raise Unavailable("export.unwritable", path=str(path), why=error.strerror or "") from error
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(text.encode("utf-8"))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unavailable("export.unwritable", path=str(path), why=error.strerror or "") from error
