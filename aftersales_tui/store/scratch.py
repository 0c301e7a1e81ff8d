"""Stores that can be made anew at any time, such as the demo shop's: built fast, shown whole, removed when free."""

import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import event

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.engine import Store
from aftersales_tui.store.keys import Record, defaults_of
from aftersales_tui.store.look import Kind, look
from aftersales_tui.store.opening import BESIDE, open_store, place
from aftersales_tui.store.search import merge_all, refresh
from aftersales_tui.store.texts import PARTS, TELLING

LEFT_BEHIND = 3600
"""Seconds after which a half-made store belongs to nobody any more."""
_UNFINISHED = ".making"


@contextmanager
def building(path: Path, shop_id: int = 1) -> Iterator[Store]:
    """A new store to be filled; at the end it lies at ``path``, whole, and after an error nothing does.

    Nothing waits for the disk meanwhile: a power cut only costs a store that is made anew. If another process was
    first, its store stays.

    Raises:
        Unavailable: ``store.unwritable`` when the folder takes no file.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(path.parent)
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        store = open_store(fresh, shop_id)
        try:
            _make_hasty(store)
            yield store
            with store.writing() as session:
                merge_all(session.connection())
        finally:
            store.close()
        with suppress(FileExistsError):
            place(fresh, path)
    except OSError as error:
        raise Unavailable("store.unwritable", path=str(path), why=error.strerror or "") from error
    finally:
        _remove(fresh)


def pour(store: Store, rows: Mapping[type[Record], Sequence[Mapping[str, object]]]) -> None:
    """Write rows of several tables in one transaction, parents first.

    Args:
        store: A store that is being built.
        rows: By table; the rows of one name the same columns, the others get what a new record has there. They
            hold what the store holds: instants as milliseconds, JSON as text. Turning each value into that would
            take longer than writing it.
    """
    with store.writing() as session:
        connection = session.connection()
        for record, found in rows.items():
            if found:
                statement, values_of = _adding(record, tuple(found[0]))
                connection.exec_driver_sql(statement, [values_of(row) for row in found])
        refresh(connection, store.shop_id, _searched(rows))


def _searched(rows: Mapping[type[Record], Sequence[Mapping[str, object]]]) -> dict[str, set[int]]:
    """The ids of what the search is to find, by table; parts of a customer by the customer's."""
    found: dict[str, set[int]] = {}
    for record, some in rows.items():
        name = str(record.__tablename__)
        if name in TELLING:
            key = "customer_id" if name in PARTS else "id"
            found.setdefault("customer" if name in PARTS else name, set()).update(
                int(str(row[key])) for row in some
            )
    return found


@cache
def _adding(record: type[Record], told: tuple[str, ...]) -> tuple[str, Callable[[Any], Any]]:
    """The statement that adds a row, and what takes a row's values in its order."""
    rest = {name: value for name, value in defaults_of(record).items() if name not in told}
    names = ", ".join((*told, *rest))
    marks = ", ".join(
        (*("?" * len(told)), *("NULL" if value is None else repr(value) for value in rest.values()))
    )
    return f"INSERT INTO {record.__tablename__} ({names}) VALUES ({marks})", itemgetter(*told)


def amend(store: Store, record: type[Record], rows: Sequence[Mapping[str, object]]) -> None:
    """Change rows of a table in one transaction; each names its whole key and the columns that change, all the same."""
    table: Any = record.__table__  # type: ignore[attr-defined]
    if not rows:
        return
    keys = table.primary_key.columns.keys()
    changed = ", ".join(f"{name} = :{name}" for name in rows[0] if name not in keys)
    own = " AND ".join(f"{name} = :{name}" for name in keys)
    with store.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE {table.name} SET {changed} WHERE {own}", list(rows))


def discard(path: Path) -> bool:
    """Remove a store of ours unless somebody has it open; tells whether it is gone.

    Leaving the write-ahead mode needs the file for oneself alone, so it fails while any seat is at it.
    """
    driver: Any = sqlite_driver()
    try:
        if look(path).kind is Kind.ABSENT:
            return not path.exists()
        connection = driver.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
        try:
            left = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            connection.close()
    except (Unavailable, driver.Error):
        return False
    return left == ("delete",) and _remove(path)


def _make_hasty(store: Store) -> None:
    @event.listens_for(store.engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    # What was connected before still waits for the disk.
    store.engine.dispose()


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed while building has left."""
    for leftover in folder.glob(f".*{_UNFINISHED}"):
        with suppress(OSError):
            if leftover.stat().st_mtime < time.time() - LEFT_BEHIND:
                _remove(leftover)


def _remove(path: Path) -> bool:
    """Remove a store's files; one that the system holds stays."""
    try:
        # The store itself goes last: a log without its store would be taken for somebody's lost work.
        for file in (*(path.with_name(path.name + end) for end in BESIDE), path):
            file.unlink(missing_ok=True)
    except OSError:
        return False
    return True
