"""Brings a store to the schema this program writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.filling import CHUNK, Filling, begin, is_whole
from aftersales_tui.store.look import APPLICATION_ID, SCHEMA

HEAD = "0005"
"""The newest migration; compared at start so that Alembic is only imported when a store is behind."""
INDEXED = "0004"
"""The migration since which the search index is made as it is now; that of an older store is made anew."""
UPGRADE_LOCK = 0x41465453
OURS = frozenset({"shop", "feed", "caller_key"})
"""Tables by which a server's database is known as ours; a revision's number alone could be anybody's."""


def revision(connection: Connection) -> str:
    """The migration a store is at; empty for a fresh one.

    Raises:
        Unavailable: ``store.foreign`` or ``store.foreign_database`` where somebody else's tables are.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return ""
    if not tables >= OURS | {"alembic_version"}:
        if connection.dialect.name == "sqlite":
            raise Unavailable("store.foreign", path=_place(connection))
        raise Unavailable("store.foreign_database", path=_place(connection))
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def in_metadata(_thing: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Whether a table is one of the metadata; the search index is none, and FTS5's own tables least of all."""
    return not (kind == "table" and (name or "").startswith("search_"))


def upgrade(engine: Engine, tell: Callable[[float], None] | None = None, chunk: int = CHUNK) -> None:
    """Run the missing migrations in one transaction, and fill the search index in as many as it takes.

    A migration that dies half way leaves nothing behind; of the index what was committed stays, and the next opening
    goes on from there.

    Args:
        engine: Of the store.
        tell: Told how far the filling is, as a share of 1; what it raises ends it.
        chunk: Records of one transaction of the filling.

    Raises:
        Unavailable: ``store.newer`` when the store is ahead of this program, ``store.foreign_database`` when a
            server's database holds somebody else's tables.
    """
    filling = Filling(chunk, tell or (lambda _: None))
    writer = engine.execution_options(write=True, in_turn=True)
    with writer.connect() as connection, _as_writer(connection):
        with _turn(connection):
            left = _bring_up(connection, filling)
        begun = left
        while left:
            with _turn(connection):
                left = filling.step(connection)
                if not left:
                    _sign(connection)
    if begun:
        filling.tell(1.0)


@contextmanager
def _as_writer(connection: Connection) -> Iterator[None]:
    """What SQLite is told outside of transactions: tables may be made anew under those that refer to them."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        _outside_transaction(connection, "PRAGMA foreign_keys=ON")
    _outside_transaction(connection, "PRAGMA journal_mode=WAL")


@contextmanager
def _turn(connection: Connection) -> Iterator[None]:
    """A transaction in which nobody else brings this store up to date."""
    with connection.begin():
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
            # The lock is waited for as long as any other; what follows may take long in a large shop.
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield


def _bring_up(connection: Connection, filling: Filling) -> bool:
    """Do the schema's steps; whether the search index is still to be filled."""
    at = revision(connection)
    if at > HEAD:
        raise Unavailable("store.newer", path=_place(connection), schema=at, ours=HEAD)
    if at < HEAD:
        _migrate(connection)
        if (
            connection.dialect.name == "sqlite"
            and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        ):
            raise Unavailable("store.damaged", path=_place(connection))
        # By today's tables: not before the last migration has made them so.
        if at < INDEXED:
            begin(connection)
    if is_whole(connection):
        _sign(connection)
        return False
    filling.look(connection)
    return True


def _sign(connection: Connection) -> None:
    """Mark the file as ours and of this schema, in the transaction that made it so; a marked one stays."""
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA:
        return
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def _place(connection: Connection) -> str:
    return str(connection.engine.url.database or "")


def _outside_transaction(connection: Connection, statement: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(statement)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
