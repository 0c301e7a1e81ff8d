"""By which id a record goes outside the shop, and how the rows of a table are read for its file."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, case, cast, func, literal_column, select

from aftersales_tui.store.foreign_ids import of_told
from aftersales_tui.store.tables import ImportKey
from aftersales_tui.store.types import KEY_TEXT

KEY: Any = ImportKey.__table__  # type: ignore[attr-defined]
SHOP: Any = bindparam("shop")
CHUNK = 2000
"""Rows fetched at a time: an export of everything takes no more memory than one of a page."""
Record = Mapping[str, Any]
Filled = Callable[[Connection, int, list[dict[str, Any]]], Iterator[Record]]
"""Given rows of a statement: the records of the file."""


def source_id(kind: str, table: Any, record: Any = None) -> Any:
    """The id a record goes by outside; empty for none.

    Args:
        kind: As what it came in: a device may share its own id with the customer or the ticket it came with.
        table: The table in which it is, or that refers to it.
        record: The column that refers to it; the table's own id unless told.
    """
    own = table.c.id if record is None else record
    came = (
        select(func.min(KEY.c.source_id))
        .where(
            KEY.c.shop_id == table.c.shop_id,
            KEY.c.record_id == own,
            KEY.c.kind == literal_column(f"'{kind}'"),
            of_told(KEY.c.source_id),
            KEY.c.source_id.not_in(_given_twice(kind)),
        )
        .correlate(table)
        .scalar_subquery()
    )
    return cast(case((own.is_(None), ""), else_=func.coalesce(came, cast(own, String))), KEY_TEXT)


def _given_twice(kind: str) -> Any:
    """Ids that stand for more than one record, of two programs."""
    other = KEY.alias(f"other_{kind}")
    return (
        select(other.c.source_id)
        .where(other.c.shop_id == SHOP, other.c.kind == literal_column(f"'{kind}'"))
        .group_by(other.c.source_id)
        .having(func.count(other.c.record_id.distinct()) > 1)
    )


def all_of(kind: str, table: Any, *columns: Any) -> Select[Any]:
    """Every record of a table with its id outside, in the order of that."""
    wanted = source_id(kind, table).label("source_id")
    return (
        select(wanted, table.c.id.label("own_id"), *columns).where(table.c.shop_id == SHOP).order_by(wanted)
    )


def belonging(table: Any, owner: str, order: Any, *columns: Any) -> Select[Any]:
    """What belongs to some owners, each in its order."""
    column = table.c[owner]
    mine = column.in_(bindparam("ids", expanding=True))
    ordered = (column, order, *((table.c.id,) if "id" in table.c else ()))
    return select(column.label("owner"), *columns).where(table.c.shop_id == SHOP, mine).order_by(*ordered)


def chunks(connection: Connection, statement: Select[Any], shop_id: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of a statement, some at a time."""
    # Another statement runs between two chunks, so what is read ahead is held here and not by the driver's cursor.
    found = connection.execution_options(stream_results=True, yield_per=CHUNK).execute(
        statement, {"shop": shop_id}
    )
    for part in found.mappings().partitions(CHUNK):
        yield [dict(row) for row in part]


def of(
    connection: Connection, statement: Select[Any], shop_id: int, ids: Sequence[int]
) -> Mapping[int, list[Any]]:
    """What belongs to each of some records."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement, {"shop": shop_id, "ids": list(ids)}):
        grouped[row[0]].append(row[1:])
    return grouped
