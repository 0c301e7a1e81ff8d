"""The line at the bottom: the keys that work here."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from aftersales_tui.tui.commands.command import key_label
from aftersales_tui.tui.commands.commanded import commands_here
from aftersales_tui.tui.widgets.cells import cell_len

if TYPE_CHECKING:
    from textual.events import Click

    from aftersales_tui.tui.commands.command import Command

FIRST = ("help", "go_on", "back", "go.call")
"""Named before all others: who knows these is never lost, and a ringing phone is always answered."""


class KeyStrip(Widget):
    """Names as many keys as fit, the most needed first; a click does what the key does."""

    COMPONENT_CLASSES = {"keystrip--key"}
    DEFAULT_CSS = "KeyStrip { height: 1; }"

    _places: "list[tuple[int, int, Command]]"
    _shown: "list[Command] | None" = None

    def look_again(self) -> None:
        """Paint anew if other keys work than are shown."""
        if self.commands() != self._shown:
            self.refresh()

    def commands(self) -> "list[Command]":
        """The commands the strip would name, in order; under a dialog, which names its own, there are none."""
        if self.app.screen is not self.screen:
            return []
        here = [command for command, _ in commands_here(self.screen) if command.show and command.keys]
        here.sort(key=lambda command: FIRST.index(command.id) if command.id in FIRST else len(FIRST))
        return here

    def render(self) -> Content:
        """Key and word of each, whole ones only."""
        key_style = self.get_visual_style("keystrip--key")
        keymap = self.app._keymap
        line, at = Content(""), 0
        self._places = []
        self._shown = self.commands()
        for command in self._shown:
            key = key_label(keymap.get(command.id, command.key).partition(",")[0])
            text = f" {key} {command.label} "
            width = cell_len(text)
            if at + width > self.size.width:
                break
            self._places.append((at, at + width, command))
            line += Content.styled(f" {key}", key_style) + Content(f" {command.label} ")
            at += width
        return line

    async def on_click(self, event: "Click") -> None:
        """Do the command under the mouse."""
        for start, end, command in self._places:
            if start <= event.x < end:
                for found, node in commands_here(self.screen):
                    if found is command:
                        await node.action_run_command(command.id)
                        return
