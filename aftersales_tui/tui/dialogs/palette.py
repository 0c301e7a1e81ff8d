"""Finds a command by what it is called; the way to it for whoever has forgotten its key."""

from collections.abc import Iterator, Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.text import narrow
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.registry import COMMANDS
from aftersales_tui.tui.dialogs.dialog import WIDER, Dialog
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines, folded
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row

LINES = 10
SENTENCE = 2
"""Lines below the list for what the command under the cursor does, in full."""
NAME = 24
"""Cells that a name gets at most."""


class Palette(Dialog[str]):
    """Answers the id of the command that was chosen.

    It filters as one types, at once and in the same order as the keys, so that a name typed ahead with Enter behind
    it does what it says; a Chinese input method's text is taken as any other.
    """

    def __init__(self, commands: Sequence[str]) -> None:
        """``commands`` are ids, in the order in which they are shown."""
        super().__init__("palette.title", "palette.hint")
        self.add_class(WIDER)
        self._commands = [COMMANDS[name] for name in commands]

    def compose_body(self) -> Iterator[Widget]:
        """The field and what it finds."""
        yield Line(id="sought")
        name = min(NAME, max((cell_len(command.label) for command in self._commands), default=1))
        key = max((cell_len(_keys(command)) for command in self._commands), default=1)
        columns = (Column("", name), Column("", key), Column("", 20, grow=1, rank=1))
        found = Rows(columns, "palette.nothing", header=False)
        found.can_focus = False
        found.styles.height = LINES
        yield found
        does = Lines(id="does")
        does.styles.height = SENTENCE
        yield does

    @on(events.Mount)
    def _begin(self) -> None:
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._find(event.value)

    @on(Input.Submitted)
    def _chosen(self, event: Input.Submitted) -> None:
        event.stop()
        self._find(event.value)
        key = self.query_one(Rows).key
        if key is not None:
            self.dismiss(self._commands[key].id)

    @on(Rows.Opened)
    def _clicked(self, event: Rows.Opened) -> None:
        event.stop()
        self.dismiss(self._commands[event.key].id)

    @on(events.Key)
    def _arrows(self, event: events.Key) -> None:
        if event.key in {"up", "down"}:
            event.stop()
            self.query_one(Rows).do_cursor(event.key)

    @on(events.Resize)
    @on(Rows.Moved)
    def _tell(self) -> None:
        """What the command under the cursor does, where its line is too short for it."""
        key = self.query_one(Rows).key
        said = "" if key is None else self._commands[key].help
        width = self.text_width(self.app.size.width)
        self.query_one("#does", Lines).show(((line, "dim"),) for line in folded(said, width)[:SENTENCE])

    def _find(self, text: str) -> None:
        words = narrow(text).casefold().split()
        self.query_one(Rows).show(
            [
                Row(place, (command.label, _keys(command), command.help), ("strong", "", "dim"))
                for place, command in enumerate(self._commands)
                if _fits(command, words)
            ]
        )


def _keys(command: Command) -> str:
    return key_label(command.key) if command.key else ""


def _fits(command: Command, words: Sequence[str]) -> bool:
    text = " ".join((command.label, command.help, command.id, _keys(command))).casefold()
    return all(word in text for word in words)
