"""Brings a store to the schema this program writes."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from aftersales_tui.domain.errors import Unavailable
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


def upgrade(engine: Engine, tell: Callable[[float], None] | None = None) -> None:
    """Run the missing migrations in one transaction; one that dies half way leaves nothing behind.

    Args:
        engine: Of the store.
        tell: Told how far the longest part is, the search index; what it raises ends all and leaves nothing behind.

    Raises:
        Unavailable: ``store.newer`` when the store is ahead of this program, ``store.foreign_database`` when a
            server's database holds somebody else's tables.
    """
    writer = engine.execution_options(write=True)
    with writer.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
                _bring_up(connection, tell)
            return
        _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if _bring_up(connection, tell):
                    _sign(connection)
        finally:
            _outside_transaction(connection, "PRAGMA foreign_keys=ON")
        _outside_transaction(connection, "PRAGMA journal_mode=WAL")


def _bring_up(connection: Connection, tell: Callable[[float], None] | None) -> bool:
    """Whether anything had to be done."""
    at = revision(connection)
    if at == HEAD:
        return False
    if at > HEAD:
        raise Unavailable("store.newer", path=_place(connection), schema=at, ours=HEAD)
    _migrate(connection)
    if at < INDEXED:
        _index(connection, tell)
    return True


def _index(connection: Connection, tell: Callable[[float], None] | None) -> None:
    """Fill the search index, by today's tables: not before the last migration has made them so."""
    from aftersales_tui.store.search import rebuild, unheard

    for (shop_id,) in connection.exec_driver_sql("SELECT shop_id FROM shop").all():
        rebuild(connection, shop_id, tell or unheard)


def _sign(connection: Connection) -> None:
    """Mark the file as ours and of this schema, in the transaction that made it so."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Unavailable("store.damaged", path=_place(connection))
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
