"""Small apps that the terminal tests start in a real pseudo-terminal, as ``terminal_pty.START`` says.

F12 ends an app; it writes what its fields hold into FILE.
"""

import json
import sys
import time
from pathlib import Path

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import DataTable, Header, Input, Label, OptionList, Static, TextArea, Tree

from aftersales_tui.tui.terminal.guard import GuardedApp
from aftersales_tui.tui.terminal.signals import watch_signals
from aftersales_tui.tui.typeahead import TypeAheadApp
from aftersales_tui.tui.widgets.line import Line

RESULT = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("result")
EVIL = "\x1b]0;owned\x07\x9b31m\u202e"


class Sinks(App[None]):
    """Shows a hostile text in every kind of widget."""

    BINDINGS = [("f12", "quit")]
    CSS = "DataTable, OptionList, TextArea, Tree { height: 4; } Input { height: 3; }"

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static(f"{EVIL}static", markup=False)
        yield Label(Content(f"{EVIL}label"))
        yield Static(Content.styled("linked", Style(link=f"x{EVIL}")))
        yield Input(f"{EVIL}input", placeholder=f"{EVIL}placeholder")
        yield TextArea(f"{EVIL}area")
        yield DataTable[str]()
        yield OptionList(Content(f"{EVIL}option"))
        yield Tree[None](Text(f"{EVIL}tree"))

    def on_mount(self) -> None:
        self.title = f"{EVIL}title"
        table = self.query_one(DataTable)
        table.add_column(f"{EVIL}column")
        table.add_row(f"{EVIL}cell")
        self.query_one(OptionList).border_title = f"{EVIL}border"
        self.notify(f"{EVIL}toast", markup=False)


class GuardedSinks(Sinks, GuardedApp[None]):
    """The same behind the guard."""


class Dialog(Screen[None]):
    """Opens slowly, as a screen with much in it does."""

    def compose(self) -> ComposeResult:
        time.sleep(0.05)
        with Vertical():
            yield Line(id="first")
            yield Line(id="second")


class Fields(App[None]):
    """Three fields and a dialog on F2."""

    BINDINGS = [("f2", "open"), ("f12", "done")]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(id="a")
            yield Line(id="b")
            yield Line(id="c")

    def action_open(self) -> None:
        self.push_screen(Dialog())

    def action_done(self) -> None:
        lines = [line.value for screen in self.screen_stack for line in screen.query(Line)]
        RESULT.write_text(json.dumps(lines), "utf-8")
        self.exit()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self._driver is not None:
            self._driver.write("<escape>")


class QueuedFields(Fields, TypeAheadApp[None], GuardedApp[None]):
    """The same with the queue and our driver."""


class Watched(QueuedFields):
    """Keeps its drafts when a signal comes."""

    def on_mount(self) -> None:
        watch_signals(self, self.save)

    def save(self) -> None:
        RESULT.write_text(json.dumps([line.value for line in self.query(Line)]), "utf-8")


class FailingSave(Watched):
    """Its disk is full."""

    def save(self) -> None:
        raise OSError("disk full")


class HangingSave(Watched):
    """Its disk does not answer."""

    def save(self) -> None:
        time.sleep(60)


APPS: dict[str, type[App[None]]] = {
    kind.__name__: kind
    for kind in (Sinks, GuardedSinks, Fields, QueuedFields, Watched, FailingSave, HangingSave)
}


def main() -> None:
    """Run the app named first on the command line."""
    APPS[sys.argv[1]]().run()
