"""The fields of two files side by side, and what stays of them in one (U4)."""

from collections.abc import Mapping
from typing import Any

from aftersales_tui.store import tables
from aftersales_tui.views.mergers import BOTH, LEFT, RIGHT, MergeField

FIELDS = ("name", "kind", "tier", "note", "do_not_call", "quiet", "contact_months")
JOINED = frozenset({"note"})
"""Fields in which both may stay, one under the other."""
LEAST_DIGITS = 5
"""A name of so many digits and no letter is a number: that of a caller who gave no name."""
ALONG = {"contact_months": "contact_at"}
"""Columns that go with another."""


def fields_of(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[MergeField, ...]:
    """Every field of the kept file and of the other one."""
    return tuple(
        MergeField(
            name,
            _shown(mine[name]),
            _shown(theirs[name]),
            bool(mine[name] and theirs[name]) and mine[name] != theirs[name],
            _side(name, mine[name], theirs[name]),
        )
        for name in FIELDS
    )


def choose(mine: tables.Customer, theirs: tables.Customer, sides: Mapping[str, str]) -> None:
    """Let the kept file have of each field what was chosen; it was called last when either was."""
    for name in FIELDS:
        left, right = getattr(mine, name), getattr(theirs, name)
        side = sides.get(name) or _side(name, left, right)
        if side == RIGHT:
            setattr(mine, name, right)
            if name in ALONG:
                setattr(mine, ALONG[name], getattr(theirs, ALONG[name]))
        elif side == BOTH and name in JOINED and left != right:
            setattr(mine, name, "\n".join(filter(None, (left, right))))
    mine.last_call_at = max(mine.last_call_at, theirs.last_call_at)


def _side(name: str, left: Any, right: Any) -> str:
    """What is kept unless somebody chooses: what there is; of two, that of the kept file; of notes, both.

    A name is more than a number that stands in for one.
    """
    if left == right or not right:
        return LEFT
    if not left or (name == "name" and _is_number(left) and not _is_number(right)):
        return RIGHT
    return BOTH if name in JOINED else LEFT


def _is_number(name: str) -> bool:
    return not any(map(str.isalpha, name)) and sum(map(str.isdigit, name)) >= LEAST_DIGITS


def _shown(value: object) -> str:
    return "" if value in ("", 0, None) else str(value)
