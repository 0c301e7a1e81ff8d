"""Forms and notes that were left by Esc with something typed in them: Esc loses nothing.

They hold customers' names and numbers, belong to this window, and go to no file.
"""

from collections.abc import Hashable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from textual.app import App

MOST = 20
"""Forms remembered; the oldest goes first."""
Which = tuple[Hashable, ...]
"""Tells a form from all others: a file's by customer, part and record (0 for a new one), a note by its question."""


class Left(NamedTuple):
    """A form as it was left.

    Attributes:
        before: The fields as they stood when it was opened first: what another seat has changed since is a clash.
        typed: What stood in each field: a text, or the value that was chosen.
    """

    before: dict[str, Any]
    typed: dict[str, Any]


_left: "WeakKeyDictionary[App[Any], dict[Which, Left]]" = WeakKeyDictionary()


def leave(app: App[Any], which: Which, form: Left) -> None:
    """Remember a form."""
    forms = _left.setdefault(app, {})
    forms.pop(which, None)
    forms[which] = form
    for old in list(forms)[:-MOST]:
        del forms[old]


def take_up(app: App[Any], which: Which) -> Left | None:
    """A form that was left, once."""
    return _left.get(app, {}).pop(which, None)


def forget(app: App[Any]) -> None:
    """Let go of all: another person sits down here."""
    _left.pop(app, None)
