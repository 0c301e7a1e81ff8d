"""The whole store, row by row, for comparing it before and after."""

from typing import Any

from sqlalchemy import select

from aftersales_tui.store.keys import Record
from tests.desk.day import Day

ONLY_GROW = {"feed", "counter"}


def whole(day: Day) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that only grow; versions, which only grow too, are left out."""
    shop: Any = day.desk.dispatch._shop
    found = {}
    with shop.reading() as connection:
        for name, table in Record.metadata.tables.items():
            if name not in ONLY_GROW:
                columns = [column for column in table.c if column.name != "version"]
                rows = connection.execute(select(*columns)).all()
                found[name] = sorted((tuple(map(repr, row)) for row in rows), key=str)
    return found


def add(day: Day, *rows: Any) -> None:
    """Put records into the store past the desk: what the verbs of other rooms would have written."""
    shop: Any = day.desk.dispatch._shop
    with shop.store.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


def ask(day: Day, statement: str) -> list[tuple[Any, ...]]:
    """The answer to a question in SQL."""
    shop: Any = day.desk.dispatch._shop
    with shop.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]
