"""The status line: what the last write did, or what went wrong."""

from collections.abc import Callable
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.commanded import commands_here
from aftersales_tui.tui.commands.ticket_row import UNDO
from aftersales_tui.tui.widgets.cells import fit

PLAIN, GOOD, BAD = "", "good", "bad"


class Said(NamedTuple):
    """Something the desk has said; it stays until the next, or until the screen on which it was said is left.

    Attributes:
        text: Says it in whatever language is spoken when it is asked.
        style: ``PLAIN``, ``GOOD`` for a write that was done, ``BAD`` for one that was not.
        may_be_undone: Whether a key takes it back; that is said on the screens on which it does.
    """

    text: Callable[[], str]
    style: str = PLAIN
    may_be_undone: bool = False


def saying(key: str, style: str = PLAIN, **params: object) -> Said:
    """A sentence of the catalog, said again after each switch of language."""
    return Said(lambda: say(key, **params), style)


NOTHING = Said(str)


class StatusLine(Widget):
    """One line that is always there, so that nothing jumps when something is said."""

    COMPONENT_CLASSES = {"status--good", "status--bad"}
    DEFAULT_CSS = "StatusLine { height: 1; }"

    said: Said = NOTHING

    def show(self, said: Said) -> None:
        """Say something; it stays until the next."""
        self.said = said
        self.refresh()

    def render(self) -> Content:
        """The sentence, cut to the width, with a mark besides the colour when it is bad news."""
        text = self.said.text()
        if not text:
            return Content("")
        if self.said.may_be_undone and self._has_undo():
            text = f"{text}  {say('frame.undo_hint')}"
        mark = "! " if self.said.style == BAD else "  "
        style = f"status--{self.said.style}" if self.said.style else ""
        line = fit(mark + text, self.size.width)
        return Content.styled(line, self.get_visual_style(style)) if style else Content(line)

    def _has_undo(self) -> bool:
        """Whether the key for undo works here: in a form it would type its letter."""
        writing = self.screen.focused
        for command, _ in commands_here(self.screen):
            if command.id == UNDO:
                return writing is None or not writing.check_consume_key(command.key, command.key)
        return False
