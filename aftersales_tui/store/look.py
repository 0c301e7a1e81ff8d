"""Looks at a store file before anybody opens it for writing, and changes not a byte of it.

Everything is told from the file's first hundred bytes: whether it is SQLite, whose it is (``application_id``) and
which schema it has (``user_version``). Setting a journal mode first would already have rewritten a stranger's file.
"""

import struct
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from aftersales_tui.domain.errors import Unavailable

APPLICATION_ID = 0x41465453
"""Marks a SQLite file as ours: the letters AFTS."""
SCHEMA = 4
"""The schema this program writes: the number of the newest migration."""
REVISION = f"{SCHEMA:04d}"
"""The same as the migrations name it; a table of the store tells it too."""
LOGS = ("-wal", "-journal")
"""What SQLite keeps beside a file and plays into it when it is opened next."""
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_PAGE_ONE = 65536


class Kind(StrEnum):
    """What lies at a path."""

    ABSENT = "absent"
    CURRENT = "current"
    OLDER = "older"


class Found(NamedTuple):
    """What was seen: the kind, and the schema number where it is one of ours."""

    kind: Kind
    schema: int


def look(path: Path) -> Found:
    """Tell what lies at a path; before this process has it open, for closing a file lets go of SQLite's locks on it.

    Raises:
        Unavailable: ``store.not_a_file``, ``store.unreadable``, ``store.damaged``, ``store.foreign``,
            ``store.newer`` or ``store.orphan``; the file is as it was.
    """
    name = str(path)
    try:
        if not path.exists():
            _require_no_orphan(path, LOGS)
            return Found(Kind.ABSENT, 0)
        if not path.is_file():
            raise Unavailable("store.not_a_file", path=name)
        with path.open("rb") as file:
            header = file.read(_HEADER)
        size = path.stat().st_size
    except OSError as error:
        raise Unavailable("store.unreadable", path=name, why=error.strerror or "") from error
    if not size:
        _require_no_orphan(path, LOGS[:1])
        return Found(Kind.ABSENT, 0)
    if not header.startswith(_MAGIC):
        raise Unavailable("store.foreign", path=name)
    if len(header) < _HEADER:
        raise Unavailable("store.damaged", path=name)
    schema, application = struct.unpack_from(">I", header, 60)[0], struct.unpack_from(">I", header, 68)[0]
    if application != APPLICATION_ID:
        raise Unavailable("store.foreign", path=name)
    if schema > SCHEMA:
        raise Unavailable("store.newer", path=name, schema=schema, ours=SCHEMA)
    if not _whole(header, size):
        raise Unavailable("store.damaged", path=name)
    return Found(Kind.CURRENT if schema == SCHEMA else Kind.OLDER, schema)


def _require_no_orphan(path: Path, logs: tuple[str, ...]) -> None:
    """Refuse to make a store beside the log of one that is gone: SQLite would play that log into the new one.

    What was saved last may stand in it alone, so it is not ours to remove either. A store that another process is
    making has its file before it has a log.
    """
    for log in (path.with_name(path.name + end) for end in logs):
        if log.exists() and log.stat().st_size and not (path.exists() and path.stat().st_size):
            raise Unavailable("store.orphan", path=str(path), log=log.name)


def _whole(header: bytes, size: int) -> bool:
    """Whether the file is as long as its header says; it may be longer while another process adds to it."""
    page = struct.unpack_from(">H", header, 16)[0]
    page = _PAGE_ONE if page == 1 else page
    changes, pages, counted_at = (struct.unpack_from(">I", header, place)[0] for place in (24, 28, 92))
    # The count of pages is only true as of the change that counted them.
    told = pages if changes == counted_at else 1
    return page >= 512 and size % page == 0 and size >= max(told, 1) * page
