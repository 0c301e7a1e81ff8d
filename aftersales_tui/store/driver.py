"""The SQLite driver, and how each of its connections is set up; no SQLAlchemy, so the first page can use it too."""

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

BUSY_MS = 5000
"""How long one connection waits for another's write before it gives up and is retried."""

PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "cache_size=-8000", "wal_autocheckpoint=4000")
"""A call dirties some forty pages; every thousand pages, SQLite's default, one call in twenty-five would have to
copy the whole log back while somebody waits."""


def is_url(database: str) -> bool:
    """Whether a database setting names a server rather than a file."""
    return database.startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def sqlite_driver() -> ModuleType:
    """The driver that carries its own recent SQLite, else the interpreter's.

    Distributions link versions with a write-ahead-log race that two writing connections can hit.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        import sqlite3

        return sqlite3
    driver: ModuleType = dbapi2
    return driver


def prepare(connection: "sqlite3.Connection") -> None:
    """Set up one connection.

    The busy timeout comes first: the first opener may have to recover the log. FULL loses no acknowledged write in
    a power cut, where NORMAL lost thousands.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", *PRAGMAS):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_readonly(path: Path) -> "sqlite3.Connection":
    """A connection that cannot write: for the first page, before the store proper is open."""
    return _open(path, "mode=ro")


def open_untouched(path: Path) -> "sqlite3.Connection":
    """A connection that makes no file, not even a log beside the store; for one that nobody has open."""
    return _open(path, "mode=ro&immutable=1")


def _open(path: Path, how: str) -> "sqlite3.Connection":
    connection: sqlite3.Connection = sqlite_driver().connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_MS / 1000
    )
    return connection
