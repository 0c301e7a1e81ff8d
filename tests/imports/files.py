"""Small files and short words for the tests of imports."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.importing.run import ImportRun
from aftersales_tui.views.imports import Order, Outcome, Undoing

Cells = Mapping[str, str]


def table(path: Path, rows: Sequence[Cells], encoding: str = "utf-8") -> Path:
    """A CSV file of these rows; the headings are those of all of them."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    return path


def all_of(desk: Desk, run: ImportRun) -> Outcome:
    """Every chunk of a run."""
    while not run.over:
        run.step(desk.act())
    return run.outcome


def take(desk: Desk, kind: str, path: Path, *, dry: bool = False, **more: Any) -> Outcome:
    """Read a file in."""
    return all_of(desk, desk.imports.begin(Order(kind, path, **more), dry=dry))


def take_back(desk: Desk, batch_id: int) -> Undoing:
    """Take a batch back."""
    undo = desk.imports.undo(batch_id)
    while not undo.outcome.over:
        undo.step(desk.act())
    return undo.outcome


def stored(desk: Desk, statement: str) -> list[Any]:
    """What a statement answers of the shop's store, row by row."""
    shop: Any = desk.dispatch._shop
    with shop.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def count(desk: Desk, name: str, where: str = "1 = 1") -> int:
    """How many rows a table has."""
    return int(stored(desk, f"SELECT count(*) FROM {name} WHERE {where}")[0][0])
