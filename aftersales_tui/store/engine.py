"""An open store: how it is read and written, and what a driver's complaints mean (facts of SQLite and PostgreSQL)."""

import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlmodel import Session

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.driver import BUSY_MS, prepare, sqlite_driver

if TYPE_CHECKING:
    import sqlite3

POSTGRES_OPTIONS = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10000,
    "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000",
}
"""Without these a network partition hangs a seat for longer than a caller waits."""
LOCK_PATIENCE = 10.0
"""Seconds a writer waits for its turn at a SQLite file."""
LONG_UNUSED = 1.0
"""Seconds after which a held connection to a server is asked whether it is still there; a round trip."""
CLOSING_PATIENCE = 2.0
"""Seconds that closing waits for a read under way in another thread."""
BUSY_STATES = frozenset({"40P01", "55P03", "57014", "40001"})
"""PostgreSQL's codes of a deadlock, of locks and statements that took too long, and of clashing transactions."""

GONE_STATES = frozenset({"42P01", "42703"})
"""PostgreSQL's codes of a table and a column that are not there."""
_SWEPT = "SELECT 1 FROM counter WHERE shop_id = 0 AND name = 'sweep:file'"
"""As ``sweeping`` marks it."""
_NO_TABLE = re.compile(r"^no such (table|column)")
_NOT_LET_IN = re.compile(
    r"^connection failed.*FATAL: +((?!.*(?:starting up|shutting down|recovery|too many|slots are reserved)).*)"
)
"""What a server that is there answers to an address it does not serve; waiting would not help."""


class _Reader:
    """One thread's connection, held open between its reads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.busy = threading.Lock()
        self.used_at = time.monotonic()

    @property
    def usable(self) -> bool:
        return not (self.connection.closed or self.connection.invalidated)

    def drop(self) -> None:
        """Throw the connection away: the next read opens a new one."""
        if not self.connection.closed:
            self.connection.invalidate()
            self.connection.close()


class Store:
    """An open store: sessions for reading and for writing.

    Attributes:
        engine: SQLAlchemy's engine; ``desk`` and ``store`` alone may touch it.
        shop_id: The shop this desk serves.
    """

    def __init__(self, engine: Engine, shop_id: int = 1) -> None:
        self.engine = engine
        self.shop_id = shop_id
        self._place = place_of(engine)
        self._writer = engine.execution_options(write=True, in_turn=True)
        self._local = threading.local()
        self._readers: list[_Reader] = []

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction of its own thread, held open between reads, that sees one moment.

        A read inside a read shares its moment. After a lost connection the next read opens a new one.

        Raises:
            Unavailable: ``store.away``, ``store.damaged`` and so on.
        """
        with plain_errors(self._place):
            reader = self._reader()
        if reader.connection.in_transaction():
            yield reader.connection
            return
        try:
            with plain_errors(self._place), reader.busy, reader.connection.begin():
                yield reader.connection
            reader.used_at = time.monotonic()
        except Unavailable as error:
            reader.drop()
            if error.code == "store.lost":
                raise Unavailable("store.away", **error.params) from error
            raise

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """A connection for one long read in a transaction of its own; it is not held afterwards.

        Raises:
            Unavailable: ``store.away``, ``store.damaged`` and so on.
        """
        with plain_errors(self._place), self.engine.connect() as connection, connection.begin():
            yield connection

    def _reader(self) -> _Reader:
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is not None and not self._answers(reader):
            reader.drop()
        if reader is None or not reader.usable:
            reader = self._local.reader = _Reader(self.engine.connect())
            self._readers = [*(one for one in self._readers if one.usable), reader]
        return reader

    def _answers(self, reader: _Reader) -> bool:
        """Whether a connection that was long unused is still there; a server may have been restarted meanwhile."""
        fresh = time.monotonic() - reader.used_at < LONG_UNUSED
        if self.is_sqlite or fresh or not reader.usable or reader.connection.in_transaction():
            return True
        dialect, raw = self.engine.dialect, reader.connection.connection.dbapi_connection
        try:
            return raw is not None and dialect.do_ping(raw)
        except dialect.loaded_dbapi.Error:
            return False

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one write transaction; committed at the end, rolled back on any error.

        Raises:
            Unavailable: ``store.busy``, ``store.away``, ``store.full``; ``store.sweeping`` while the file is written
                anew because somebody was erased; ``store.lost`` when the connection broke and nobody knows whether
                the commit was done.
        """
        try:
            with (
                plain_errors(self._place),
                Session(self._writer, autoflush=False, expire_on_commit=False) as session,
            ):
                yield session
                session.commit()
        except Unavailable as error:
            if error.code == "store.busy" and self._is_swept():
                raise Unavailable("store.sweeping", **error.params) from error
            raise

    def _is_swept(self) -> bool:
        """Whether another seat is sweeping the file after an erasing; whoever has waited in vain asks."""
        if not self.is_sqlite:
            return False
        with self.reading() as connection:
            return connection.exec_driver_sql(_SWEPT).first() is not None

    def close(self) -> None:
        """Let go of every connection, those of other threads included."""
        for reader in self._readers:
            if reader.busy.acquire(timeout=CLOSING_PATIENCE):
                reader.connection.close()
                reader.busy.release()
        self._readers = []
        self.engine.dispose()


def place_of(engine: Engine) -> str:
    """Where a store is, as a sentence names it: the file, or the server's address without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database or "")
    return engine.url.set(drivername="postgresql").render_as_string()


def _is_busy(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in BUSY_STATES:
        return True
    words = str(error.orig)
    return "locked" in words or "busy" in words


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turn what a driver says of a store at some place that is away or broken into the desk's own errors."""
    try:
        yield
    except DBAPIError as error:
        meant = _meaning(error, place)
        if meant is None:
            raise
        raise meant from error


def _is_missing_table(error: DBAPIError) -> bool:
    """Whether a table or column of ours is gone from a store whose schema was the right one when it was opened."""
    if getattr(error.orig, "sqlstate", None) in GONE_STATES:
        return True
    return isinstance(error, OperationalError) and bool(_NO_TABLE.search(str(error.orig)))


def _meaning(error: DBAPIError, path: str) -> Unavailable | None:
    """What a driver's words say about the store; nothing for a fault in our own words to it."""
    why = next(iter(str(error.orig).strip().splitlines()), "")
    if error.connection_invalidated:
        return Unavailable("store.lost", why=why)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    if _is_busy(error):
        return Unavailable("store.busy", why=why)
    if not_let_in := _NOT_LET_IN.search(why):
        return Unavailable("store.not_let_in", path=path, why=not_let_in[1])
    if "malformed" in why or "not a database" in why or _is_missing_table(error):
        return Unavailable("store.damaged", path=path, why=why)
    if "is full" in why or "No space left" in why:
        return Unavailable("store.full", path=path, why=why)
    if "readonly" in why or "read-only" in why:
        return Unavailable("store.unwritable", path=path, why=why)
    if isinstance(error, OperationalError | InterfaceError):
        return Unavailable("store.away", why=why)
    return None


def _take_turn(raw: Any, how: str) -> None:
    """Begin a write; where another seat is at it, again after a random moment.

    The driver's own waiting grows longer with each attempt and lets the unlucky starve.
    """
    driver, patience = sqlite_driver(), time.monotonic() + LOCK_PATIENCE
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute(how)
                return
            except driver.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > patience:
                    raise
            time.sleep(random.uniform(0.001, 0.01))
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def sqlite_engine(path: Path) -> Engine:
    """An engine on a SQLite file.

    Python's own BEGIN comes before changes only, which loses updates between a read and the write that follows:
    the engine begins every transaction itself, a writer's with the lock taken at once.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        module=sqlite_driver(),
        pool_size=4,
        connect_args={"timeout": 5},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: "sqlite3.Connection", _record: Any) -> None:
        prepare(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        raw: Any = connection.connection.driver_connection
        how = "BEGIN IMMEDIATE" if options.get("write") else "BEGIN"
        try:
            if options.get("in_turn"):
                _take_turn(raw, how)
            else:
                raw.execute(how)
        except sqlite_driver().Error as error:
            raise OperationalError(how, None, error) from error

    return engine


def postgres_engine(url: str) -> Engine:
    """An engine on a PostgreSQL server, through psycopg."""
    rest = url.split(":", 1)[1]
    return create_engine(
        f"postgresql+psycopg:{rest}", connect_args=POSTGRES_OPTIONS, pool_size=4, pool_pre_ping=True
    )
