"""The lines typed into the command line since the start; they hold customers' names and go to no file."""

from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App

MOST_REMEMBERED = 100

_remembered: "WeakKeyDictionary[App[Any], list[str]]" = WeakKeyDictionary()


def remembered(app: App[Any]) -> list[str]:
    """The lines of this window, the latest last."""
    return _remembered.get(app, [])


def remember(app: App[Any], text: str) -> None:
    """Keep a line; one that was typed before moves to the end."""
    if text.strip():
        lines = [*(line for line in remembered(app) if line != text), text]
        _remembered[app] = lines[-MOST_REMEMBERED:]


def forget(app: App[Any]) -> None:
    """Another person sits here: what the former typed is not for him."""
    _remembered.pop(app, None)
