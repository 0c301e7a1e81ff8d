"""The commands that work on every screen."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from aftersales_tui import i18n
from aftersales_tui.settings import save_setting
from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.frame import APP, MORE
from aftersales_tui.tui.widgets.status import BAD, NOTHING

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host


class Frame(Commanded):
    """What the app itself can be asked for."""

    scopes: ClassVar[tuple[str, ...]] = (APP,)

    def settle(self) -> None:
        """Take back a complaint: the next thing is being done, and it may no longer be true."""
        if self._app.said.style == BAD:
            self._app.tell(NOTHING)

    def can_go(self, where: str) -> bool:
        """Whether there is such a screen, and it is not the one in front."""
        app = self._app
        return app.travel.knows(where) and not app.screen.is_modal and not app.travel.is_at(where)

    def do_go(self, where: str) -> None:
        """To another screen."""
        self._app.travel.to(where)

    def can_more(self) -> bool:
        """Whether there is any screen without a key of its own, and no dialog is open."""
        return not self._app.screen.is_modal and any(map(self._app.travel.knows, MORE))

    async def do_more(self) -> None:
        """Offer the screens that have no key of their own, by digits."""
        from aftersales_tui.tui.dialogs.row_menu import Choice, Menu

        doors = [door for door in MORE if self._app.travel.knows(door)]
        choices = [
            Choice(door, i18n.say(f"command.go.{door}"), i18n.say(f"command.go.{door}.help"), explains=True)
            for door in doors
        ]
        chosen = await self._app.push_screen_wait(Menu("more.title", choices))
        if chosen:
            self._app.travel.to(chosen)

    def can_help(self) -> bool:
        """Whether no dialog is open; those say their keys themselves."""
        return not self._app.screen.is_modal

    async def do_help(self) -> None:
        """Show the keys of the present screen."""
        from aftersales_tui.tui.screens.help import HelpScreen

        await self._app.push_screen_wait(HelpScreen(self._app.screen))

    async def do_switch_person(self) -> None:
        """Let another person sit down at this seat."""
        from aftersales_tui.tui.switching import switch_person

        await switch_person(self._app)

    def can_palette(self) -> bool:
        """Whether no dialog is open but the command line, which can be set aside for it."""
        screen = self._app.screen
        return not screen.is_modal or hasattr(screen, "set_aside")

    async def do_palette(self) -> None:
        """Find a command by its name and do it."""
        from aftersales_tui.tui.commands.commanded import commands_here
        from aftersales_tui.tui.dialogs.palette import Palette

        set_aside = getattr(self._app.screen, "set_aside", None)
        line = set_aside() if set_aside else ""
        here = {command.id: node for command, node in commands_here(self._app.screen) if command.palette}
        chosen = await self._app.push_screen_wait(Palette(tuple(here)))
        if chosen:
            await here[chosen].action_run_command(chosen)
        elif line:
            self._app.travel.to("command_line", text=line)

    def can_shift_note(self) -> bool:
        """Whether no dialog is open."""
        return not self._app.screen.is_modal

    async def do_shift_note(self) -> None:
        """Write a note for the next shift, about the ticket in hand if there is one (A1)."""
        from aftersales_tui.tui.floor.notes import write_note

        await write_note(self._app)

    def do_quit(self) -> None:
        """Close the desk; what was typed is kept as a draft."""
        self._app.keep_drafts()
        self._app.exit()

    async def do_language(self, language: str) -> None:
        """Speak another language, now and at the next start; nothing that was typed is touched."""
        i18n.use(language)
        self._app.retranslate()
        await asyncio.to_thread(save_setting, "language", language)

    async def do_theme(self, theme: str) -> None:
        """Wear other colours, now and at the next start."""
        self._app.wear(theme)
        await asyncio.to_thread(save_setting, "theme", theme)

    @property
    def _app(self) -> "Host":
        return cast("Host", self)
