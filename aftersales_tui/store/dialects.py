"""What the two stores say in different words."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, bindparam


def insert_into(dialect: str, table: Any) -> Any:
    """An insert in the words of one store; the other's are two MiB that a shop never needs."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


@cache
def adding_once(dialect: str, table: Any) -> Any:
    """An insert that leaves a row that is already there alone."""
    return insert_into(dialect, table).on_conflict_do_nothing().inline()


def insert_once(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Store those of the rows that are not there yet."""
    connection.execute(adding_once(connection.dialect.name, table), rows)


def plainly(connection: Connection, statement: Any, *rows: Mapping[str, Any]) -> CursorResult[Any]:
    """Run a prepared statement with values that are what the store holds: numbers and text, no instants.

    Nothing has to be converted, so the driver is asked directly; that halves the time of a small statement.

    Args:
        rows: One mapping for a single run; several run it once for each.
    """
    words, in_order, fixed = _in_words(connection.dialect, statement)
    filled = [{**fixed, **row} for row in rows] if fixed else rows
    values: list[Any] = list(map(in_order, filled)) if in_order else list(filled)
    return connection.exec_driver_sql(words, values if len(values) > 1 else values[0])


@cache
def _in_words(
    dialect: Dialect, statement: Any
) -> tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]] | None, dict[str, Any]]:
    """A statement in the store's words, what puts its values in order, and those that are always the same."""
    compiled = statement.compile(dialect=dialect)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    places = tuple(compiled.positiontup or ())
    in_order = itemgetter(*places) if len(places) > 1 else (lambda row: (row[places[0]],)) if places else None
    return str(compiled), in_order, fixed


@cache
def raising(dialect: str, counter: Any) -> Any:
    """One statement that makes a counter or raises it, and tells its value."""
    made = insert_into(dialect, counter).values(shop_id=bindparam("shop"), name=bindparam("counter"), value=1)
    raised = made.on_conflict_do_update(
        index_elements=[counter.c.shop_id, counter.c.name], set_={"value": counter.c.value + 1}
    )
    return raised.returning(counter.c.value)
