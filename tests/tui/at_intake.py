"""What the tests of the call sheet do again and again."""

from textual.pilot import Pilot

from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.intake.form import SheetForm, SheetLine
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.widgets.lines import Lines
from tests.tui.steps import until


def sheet(app: DeskApp) -> IntakeScreen:
    """The call sheet, in front or under a dialog."""
    return next(screen for screen in reversed(app.screen_stack) if isinstance(screen, IntakeScreen))


def box(app: DeskApp, name: str) -> SheetLine:
    return sheet(app).query_one(SheetForm).line(name)


def here(app: DeskApp) -> str:
    focused = app.screen.focused
    return focused.box if isinstance(focused, SheetLine) else ""


def lines(app: DeskApp, name: str) -> str:
    """A block of lines of the sheet, as it will be when the fingers have rested for a moment."""
    sheet(app).repaint()
    return sheet(app).query_one(f"#{name}", Lines).text


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*text)


async def at_sheet(app: DeskApp, pilot: Pilot[None]) -> None:
    """Wait for the store, then press F2."""
    await until(pilot, lambda: app.bridge.desk is not None)
    await pilot.press("f2")
    await until(pilot, lambda: here(app))


async def found(app: DeskApp, pilot: Pilot[None]) -> None:
    """Wait until the lookup has answered."""
    await until(pilot, lambda: sheet(app).call.matches)
