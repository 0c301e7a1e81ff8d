"""What the keys of a screen do (F1)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import events, on
from textual.screen import Screen
from textual.widget import Widget

from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.commanded import commands_here
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row


class HelpScreen(Dialog[None]):
    """Every key that works on the screen it was asked for, with its name and a sentence."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("help.key", 16),
        Column("help.name", 12, grow=1, most=20),
        Column("help.does", 30, grow=4),
    )

    def __init__(self, about: Screen[Any]) -> None:
        """``about`` is the screen whose keys are told, and its ``help_rows``, where it has some, behind them."""
        super().__init__("help.title", "help.hint")
        self._here = [command for command, _ in commands_here(about) if command.keys]
        more = getattr(about, "help_rows", None)
        self._more = list(more()) if more is not None else []

    def compose_body(self) -> Iterator[Widget]:
        """The list of keys."""
        keys = Rows(self.COLUMNS)
        keys.styles.height = min(len(self._here) + len(self._more) + 1, max(5, self.app.size.height - 8))
        yield keys

    @on(events.Mount)
    def _fill(self) -> None:
        lines = [(self._keys(command), command.label, command.help) for command in self._here]
        lines += [("", name, sentence) for name, sentence in self._more]
        self.query_one(Rows).show([Row(place, line, ("strong",)) for place, line in enumerate(lines)])

    @on(Rows.Opened)
    def _done(self) -> None:
        self.dismiss(None)

    def _keys(self, command: Command) -> str:
        keys = self.app._keymap.get(command.id, ",".join(command.keys)).split(",")
        return " ".join(key_label(key) for key in keys)
