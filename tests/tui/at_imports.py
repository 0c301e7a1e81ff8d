"""The way to the list of imports and to a file that is to be read in."""

from pathlib import Path

from textual.pilot import Pilot

from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens.import_file import ImportFileScreen
from aftersales_tui.tui.screens.imports import ImportsScreen
from aftersales_tui.tui.widgets.line import Line
from tests.tui.steps import opened, rows_of, until


async def at_list(app: DeskApp, pilot: Pilot[None]) -> None:
    await opened(app, pilot)
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(app.screen, Menu))
    assert isinstance(app.screen, Menu)
    place = [choice.id for choice in app.screen._choices].index("imports")
    await pilot.press("1234567890"[place])
    await until(pilot, lambda: isinstance(app.screen, ImportsScreen))


async def at_file(app: DeskApp, pilot: Pilot[None], path: Path) -> None:
    await at_list(app, pilot)
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, Ask))
    app.screen.query_one(Line).value = str(path)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ImportFileScreen) and rows_of(app).rows)
