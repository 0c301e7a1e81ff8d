"""Which columns a list shows at a width, and how wide each."""

from collections.abc import Sequence
from typing import NamedTuple

GAP = 1
"""Cells between two columns."""


class Column(NamedTuple):
    """A column of a list.

    Attributes:
        label: Catalog key of its heading.
        width: Cells it needs at least.
        grow: Its share of the cells that are left over; 0 for a column that needs no more.
        most: Cells beyond which it does not grow; 0 for no end.
        right: Whether it stands at its right edge, as numbers do.
        rank: 0 is always shown; of the others the highest go first where the width is short.
    """

    label: str
    width: int
    grow: int = 0
    most: int = 0
    right: bool = False
    rank: int = 0


def widths(columns: Sequence[Column], cells: int) -> tuple[int, ...]:
    """The cells each column gets; 0 for one that is left out.

    Args:
        columns: From left to right.
        cells: What there is, the gaps between the columns included.
    """
    kept = list(range(len(columns)))
    while len(kept) > 1 and _needed(columns, kept) > cells:
        least = max(kept, key=lambda index: (columns[index].rank, index))
        if columns[least].rank == 0:
            break
        kept.remove(least)
    given = [columns[index].width if index in kept else 0 for index in range(len(columns))]
    _share(columns, given, kept, cells - _needed(columns, kept))
    return tuple(given)


def _needed(columns: Sequence[Column], kept: Sequence[int]) -> int:
    return sum(columns[index].width for index in kept) + GAP * (len(kept) - 1)


def _share(columns: Sequence[Column], given: list[int], kept: Sequence[int], left: int) -> None:
    """Hand out the cells that are left over, by share, to those that can still grow."""
    while left > 0:
        growing = [i for i in kept if columns[i].grow and not 0 < columns[i].most <= given[i]]
        if not growing:
            return
        total = sum(columns[i].grow for i in growing)
        before = left
        for i in growing:
            room = columns[i].most - given[i] if columns[i].most else left
            more = min(room, left, max(1, before * columns[i].grow // total))
            given[i] += more
            left -= more
