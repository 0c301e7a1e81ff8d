"""What the keys of a screen do (F1)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import events, on
from textual.screen import Screen
from textual.widget import Widget

from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.commanded import commands_here
from aftersales_tui.tui.dialogs.dialog import WIDER, Dialog
from aftersales_tui.tui.ticket.paper import Cell, Entry, Paper
from aftersales_tui.tui.widgets.cells import cell_len

KEY, NAME = 16, 20
"""Cells that the keys and the names get at most."""
AROUND = 6
"""Lines of the screen that are no keys: border, title, what is wrong, hint."""


class HelpScreen(Dialog[None]):
    """Every key that works on the screen it was asked for, with its name and a sentence; long ones are folded."""

    AUTO_FOCUS: ClassVar[str] = "Paper"

    def __init__(self, about: Screen[Any]) -> None:
        """``about`` is the screen whose keys are told, and its ``help_rows``, where it has some, behind them."""
        super().__init__("help.title", "help.hint")
        self.add_class(WIDER)
        here = [command for command, _ in commands_here(about) if command.keys]
        self._lines = [(self._keys(command), command.label, command.help) for command in here]
        more = getattr(about, "help_rows", None)
        self._lines += [("", name, sentence) for name, sentence in (more() if more is not None else ())]

    def compose_body(self) -> Iterator[Widget]:
        """The list of keys."""
        yield Paper()

    def _entries(self) -> Iterator[Entry]:
        key, name = (
            min(most, max((cell_len(line[place]) for line in self._lines), default=1))
            for place, most in enumerate((KEY, NAME))
        )
        for keys, label, sentence in self._lines:
            yield Entry((Cell(keys, key, "strong"), Cell(label, name)), sentence)

    @on(events.Resize)
    def _lay_out(self, event: events.Resize) -> None:
        entries = tuple(self._entries())
        width = self.text_width(event.size.width)
        needed = sum(len(list(entry.lines(width))) for entry in entries)
        paper = self.query_one(Paper)
        paper.styles.height = max(1, min(needed, event.size.height - AROUND))
        paper.write(entries)

    @on(events.Key)
    def _done(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.dismiss(None)

    def _keys(self, command: Command) -> str:
        keys = self.app._keymap.get(command.id, ",".join(command.keys)).split(",")
        return " ".join(key_label(key) for key in keys)
