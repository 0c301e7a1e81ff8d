"""A PostgreSQL database that is lent to test after test, and put back as it was made before each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from tests.stores import Server

    Connection = psycopg.Connection[Any]

OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
NAMES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = %s ORDER BY 1"
OWN = {
    "pg_class": "oid",
    "pg_attribute": "attrelid",
    "pg_constraint": "oid",
    "pg_trigger": "oid",
    "pg_proc": "oid",
    "pg_namespace": "oid",
    "pg_statistic": "starelid",
    "pg_db_role_setting": "setdatabase",
}
SHAPE = " UNION ALL ".join(
    f"SELECT '{catalog}', count(*), max(xmin::text::bigint) FROM {catalog} WHERE {oid} >= 16384"
    for catalog, oid in OWN.items()
)
"""What a database is besides its rows: each change of it leaves a new version of a line in a catalogue."""
SIZE = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
GROWTH = 500_000
"""Bytes of rows of earlier tests, dead by now, that a test may find in the files: they make its reads slower."""


@dataclass(frozen=True)
class Made:
    """What a database is like when it has been made: its shape, its bytes, the rows of each table, each sequence."""

    shape: list[Any]
    size: int
    rows: dict[str, bytes]
    counters: dict[str, tuple[int, bool]]


class Lent:
    """A copy of a template. To make one for each test takes longer than most of the tests do."""

    def __init__(self, server: "Server", template: str) -> None:
        self._server = server
        self._template = template
        self._name = f"{template}_lent"
        self._made: Made | None = None
        self.url = server.url(self._name)

    def lend(self) -> str:
        """The address of the database, with nothing in it but what the template has, and nobody else at it."""
        if self._made is None:
            self._make()
        elif not self._put_back(self._made):
            self._server.sql(f"DROP DATABASE {self._name} WITH (FORCE)")
            self._make()
        return self.url

    def _make(self) -> None:
        self._server.sql(f"CREATE DATABASE {self._name} TEMPLATE {self._template} STRATEGY FILE_COPY")
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._made = Made(
                connection.execute(SHAPE).fetchall(),
                _size(connection),
                {name: _rows(connection, name) for name in _names(connection, "r")},
                {name: _counter(connection, name) for name in _names(connection, "S")},
            )

    def _put_back(self, made: Made) -> bool:
        """Bring the rows back; ``False`` if the last test has changed more than rows, or left very many."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(OTHERS)
            if _size(connection) > made.size + GROWTH or connection.execute(SHAPE).fetchall() != made.shape:
                return False
            with connection.transaction():
                # Without it each row would ask for those that it points to.
                connection.execute("SET LOCAL session_replication_role = replica")
                connection.execute(
                    sql.SQL(";").join(
                        sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in made.rows
                    )
                )
                for name, rows in made.rows.items():
                    if rows:
                        _fill(connection, name, rows)
                for name, counter in made.counters.items():
                    connection.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", (name, *counter))
        return True


def _names(connection: "Connection", kind: str) -> list[str]:
    return [name for (name,) in connection.execute(NAMES, (kind,))]


def _size(connection: "Connection") -> int:
    (size,) = connection.execute(SIZE).fetchone() or (0,)
    return int(size)


def _counter(connection: "Connection", name: str) -> tuple[int, bool]:
    read = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
    (value, called) = connection.execute(read).fetchone() or (1, False)
    return value, called


def _rows(connection: "Connection", name: str) -> bytes:
    read = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
    with connection.cursor() as cursor, cursor.copy(read) as copy:
        return b"".join(bytes(part) for part in copy)


def _fill(connection: "Connection", name: str, rows: bytes) -> None:
    write = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
    with connection.cursor() as cursor, cursor.copy(write) as copy:
        copy.write(rows)
