"""Opens the shop's store, making or upgrading it where needed; what is not ours stays as it is, byte for byte."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.driver import is_url
from aftersales_tui.store.engine import Store, place_of, plain_errors, postgres_engine, sqlite_engine
from aftersales_tui.store.look import REVISION, Kind, look

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a file while it is at work on it."""


def open_store(database: str | Path, shop_id: int = 1, tell: Callable[[float], None] | None = None) -> Store:
    """Open a store, making or upgrading it where needed.

    Args:
        database: A path, or a ``postgresql://`` URL.
        shop_id: Which shop of the store this desk serves.
        tell: Told how far the upgrade of a large store is, as a share of 1. What it raises ends the upgrade; the next
            opening goes on where it stopped.

    Raises:
        Unavailable: With a sentence's code; a file that is not ours, newer or damaged is left as it was.
    """
    if isinstance(database, str) and is_url(database):
        engine = postgres_engine(database)
        with _given_up(engine), plain_errors(place_of(engine)):
            _upgrade(engine, tell)
        return Store(engine, shop_id)
    path = Path(database)
    found = look(path)
    if found.kind is Kind.ABSENT:
        _create(path)
    engine = sqlite_engine(path)
    with _given_up(engine), plain_errors(str(path)):
        if found.kind is not Kind.CURRENT:
            _upgrade(engine, tell)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT name FROM shop LIMIT 1").all()
            _require_present(connection, str(path))
    return Store(engine, shop_id)


def _require_present(connection: Connection, place: str) -> None:
    """Refuse a store whose migrations and whose file's header tell of two schemas."""
    at = str(connection.exec_driver_sql("SELECT max(version_num) FROM alembic_version").scalar() or "")
    if at > REVISION:
        raise Unavailable("store.newer", path=place, schema=at, ours=REVISION)
    if at != REVISION:
        raise Unavailable("store.damaged", path=place)


@contextmanager
def _given_up(engine: Engine) -> Iterator[None]:
    """Let go of every connection when the opening fails."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _upgrade(engine: Engine, tell: Callable[[float], None] | None = None) -> None:
    from aftersales_tui.store.migrations.run import upgrade

    upgrade(engine, tell)


def _create(path: Path) -> None:
    """Make a store beside its place and move it there whole: a half-made one is never seen, by anybody.

    An empty file that lies there already is shut to others and left for SQLite to fill, in one transaction of its
    own.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{random.randrange(1 << 30)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            _shut(path)
            return
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with plain_errors(str(path)):
            _fill(fresh)
        with suppress(FileExistsError):
            place(fresh, path)
    except OSError as error:
        raise Unavailable("store.unwritable", path=str(path), why=error.strerror or "") from error
    finally:
        for leftover in (fresh, *(Path(f"{fresh}{end}") for end in BESIDE)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _shut(path: Path) -> None:
    """Make an empty file the owner's alone before customers stand in it; what SQLite lays beside it follows it."""
    if os.name == "posix" and not path.stat().st_size:
        path.chmod(0o600)


def _fill(fresh: Path) -> None:
    engine = sqlite_engine(fresh)
    try:
        _upgrade(engine)
    finally:
        engine.dispose()


def place(fresh: Path, path: Path) -> None:
    """Move a finished store to its path unless another process was first; theirs then is the store.

    Raises:
        FileExistsError: When something lies there already.
    """
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        fresh.rename(path)
