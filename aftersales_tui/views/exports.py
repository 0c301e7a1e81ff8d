"""A table that goes out of the shop."""

from collections.abc import Iterator
from typing import NamedTuple


class Table(NamedTuple):
    """One table.

    Attributes:
        kind: Which one.
        names: The columns as the program calls them.
        rows: Its rows, read as they are asked for; each has as many cells as there are columns.
    """

    kind: str
    names: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]
