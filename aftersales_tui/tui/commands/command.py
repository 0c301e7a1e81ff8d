"""A command: one definition that feeds key, strip, palette, help, row menu and keymap."""

from typing import NamedTuple

from aftersales_tui.i18n import say

_KEY_WORDS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "colon": ":",
    "slash": "/",
    "dollar_sign": "$",
    "exclamation_mark": "!",
    "question_mark": "?",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
_ARROWS = frozenset({"up", "down", "left", "right"})


def key_label(key: str) -> str:
    """A key as people read it: ``ctrl+p`` is ``Ctrl+P``, ``colon`` is ``:``."""
    *held, last = key.split("+")
    if last in _ARROWS:
        name = say(f"textual.arrow.{last}")
    else:
        name = _KEY_WORDS.get(last, last.upper() if len(last) > 1 or held else last)
    return "+".join([*(part.capitalize() for part in held), name])


class Command(NamedTuple):
    """Something a person can ask for by a key, in the palette, or in a menu.

    Attributes:
        id: Names it everywhere: the method ``do_<id>``, the words ``command.<id>``, the keymap. What follows a
            dot is handed to the method: ``language.en`` calls ``do_language("en")``.
        key: The default key in Textual's spelling; empty for one that stands in the palette alone.
        where: The scope whose screens or widgets have the method.
        twin: A second key, for terminals and input methods that swallow the first.
        show: Whether the strip at the bottom names it.
        priority: Whether it goes before the focused widget's own keys.
        menu: Whether the row menu lists it (``Ctrl+E``).
        palette: Whether the palette lists it; cursor keys do not belong there.
    """

    id: str
    key: str
    where: str
    twin: str = ""
    show: bool = True
    priority: bool = False
    menu: bool = False
    palette: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The default keys, the main one first; empty for a command of the palette."""
        return tuple(key for key in (self.key, self.twin) if key)

    @property
    def label(self) -> str:
        """Its short name in the present language."""
        return say(f"command.{self.id}")

    @property
    def help(self) -> str:
        """What it does, as a sentence in the present language."""
        return say(f"command.{self.id}.help")

    @property
    def verb(self) -> tuple[str, tuple[str, ...]]:
        """The method that does it, and what that is given."""
        name, _, argument = self.id.partition(".")
        return f"do_{name}", (argument,) if argument else ()
