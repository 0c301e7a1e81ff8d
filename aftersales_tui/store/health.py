"""Whether a store is sound, looked at without changing a byte of it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.store.driver import is_url, open_readonly, open_untouched, sqlite_driver
from aftersales_tui.store.look import REVISION, SCHEMA, Kind, look
from aftersales_tui.views.checkup import Finding, State

SAFE = (3, 51, 3)
"""The SQLite in which the race of two writing connections over the log is mended."""
MENDED = ((3, 44, 6), (3, 50, 7))
"""Older lines in which it is mended too."""
RACE_SINCE = (3, 7, 0)
SHOWN = 3
"""Complaints of a check that are told; the first ones say what the others repeat."""
_UNSWEPT = (
    "SELECT id FROM customer WHERE state = 'erased'"
    " AND EXISTS (SELECT 1 FROM counter WHERE shop_id = 0 AND name = 'sweep:file') LIMIT 1"
)
"""Somebody who was erased, where the file still is to be written anew (``sweeping``)."""
AHEAD = timedelta(minutes=5)
"""So far may the newest entry lie ahead of this machine's clock: two seats' clocks differ a little."""


def sqlite_version() -> Finding:
    """The SQLite that the driver brings, and whether it can lose what two seats write at once."""
    driver = sqlite_driver()
    told = {"driver": driver.__name__.partition(".")[0], "version": driver.sqlite_version}
    version = tuple(map(int, driver.sqlite_version.split(".")[:3]))
    if has_race(version):
        return Finding("sqlite", "race", State.WATCH, told)
    return Finding("sqlite", "linked", State.WELL, told)


def has_race(version: tuple[int, ...]) -> bool:
    """Whether a version of SQLite has the race over the write-ahead log."""
    if version >= SAFE or version < RACE_SINCE:
        return False
    return not any(version[:2] == line[:2] and version >= line for line in MENDED)


def store_health(database: str | Path, now: datetime) -> Iterator[Finding]:
    """Look at a store: whose it is, its schema, what its own checks say, who can read it, its newest entry.

    Args:
        database: A path, or a ``postgresql://`` URL.
        now: By this machine's clock.
    """
    if isinstance(database, str) and is_url(database):
        yield _server(database)
        return
    path = Path(database)
    try:
        found = look(path)
    except DomainError as error:
        yield Finding("store", "refused", State.ILL, {"code": error.code, **_words(error)})
        return
    told = {"path": str(path), "schema": str(found.schema)}
    if found.kind is Kind.ABSENT:
        yield Finding("store", "absent", State.WATCH, told)
        return
    if found.kind is Kind.OLDER:
        yield Finding("store", "older", State.WATCH, told)
        return
    yield from _file(path, now, told)


def _file(path: Path, now: datetime, told: dict[str, str]) -> Iterator[Finding]:
    driver: Any = sqlite_driver()
    try:
        with _looking(path) as connection:
            at = str(connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0] or "")
            wrong = [
                str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"
            ]
            wrong += [
                f"{row[0]} {row[1]} -> {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")
            ]
            newest = connection.execute("SELECT max(entered_at) FROM feed").fetchone()[0]
            unswept = connection.execute(_UNSWEPT).fetchone()
    except (driver.Error, OSError) as error:
        at, wrong, newest, unswept = REVISION, [str(error)], None, None
    if at > REVISION:
        yield Finding("store", "newer", State.ILL, {**told, "schema": at})
        return
    if at != REVISION:
        wrong.append(f"alembic_version {at or '-'}, user_version {SCHEMA}")
    if wrong:
        yield Finding("store", "damaged", State.ILL, {**told, "why": "; ".join(wrong[:SHOWN])})
    else:
        yield Finding("store", "sound", State.WELL, told)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("store", "readable_by_others", State.WATCH, told)
    if unswept:
        yield Finding("store", "unswept", State.WATCH, {**told, "id": str(unswept[0])})
    if newest is not None and newest > milliseconds(now + AHEAD):
        yield Finding("clock", "behind_store", State.ILL, told)


@contextmanager
def _looking(path: Path) -> Iterator[Any]:
    """A connection to a store that leaves nothing beside it, whether a seat has it open or not.

    SQLite makes a log and its index even for reading. Where a seat has the store open they are there already; where a
    seat has died, what it saved last is in the log alone, and both are looked at in a copy.
    """
    log, index, journal = (path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
    if journal.exists() or (log.exists() and index.exists()):
        with closing(open_readonly(path)) as connection:
            yield connection
        return
    if not (log.exists() and log.stat().st_size):
        with closing(open_untouched(path)) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for file in (path, log):
            shutil.copyfile(file, Path(folder) / file.name)
        with closing(open_readonly(copy)) as connection:
            yield connection


def _server(url: str) -> Finding:
    from sqlalchemy import text

    from aftersales_tui.store.engine import plain_errors, postgres_engine
    from aftersales_tui.store.filling import is_whole
    from aftersales_tui.store.migrations.run import HEAD, revision

    engine = postgres_engine(url)
    try:
        with plain_errors("PostgreSQL"), engine.connect() as connection:
            version = str(connection.execute(text("SHOW server_version")).scalar())
            at = revision(connection)
            whole = at != HEAD or is_whole(connection)
    except DomainError as error:
        return Finding("store", "refused", State.ILL, {"code": error.code, **_words(error)})
    finally:
        engine.dispose()
    told = {"version": version, "schema": at or "0", "path": "PostgreSQL"}
    if not at:
        return Finding("store", "absent", State.WATCH, told)
    if not whole:
        return Finding("store", "older", State.WATCH, told)
    if at != HEAD:
        return Finding(
            "store", "older" if at < HEAD else "newer", State.WATCH if at < HEAD else State.ILL, told
        )
    return Finding("store", "server", State.WELL, told)


def _words(error: DomainError) -> dict[str, str]:
    return {key: str(value) for key, value in error.params.items()}
