"""Ways into the books of the front room, and looks into the store."""

from textual.pilot import Pilot

from aftersales_tui.bootstrap import fresh_id
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.views.floor import VisitorRow
from tests.tui.steps import opened, rows_of, until

PLACES = {"register": "1", "messages": "2", "visitors": "3", "handover": "4"}


async def at_book(app: DeskApp, pilot: Pilot[None], book: str, rows: int = -1) -> None:
    """Go to a book by F9 and its digit, and wait for its lines."""
    await opened(app, pilot)
    await pilot.press("f9", PLACES[book])
    await until(
        pilot, lambda: isinstance(app.screen, FloorScreen) and app.screen.rows.empty != "floor.opening"
    )
    if rows >= 0:
        await until(pilot, lambda: len(rows_of(app).rows) == rows)


def slip(desk: Desk, whom: str, words: str, caller: str = "钱七") -> int:
    """A message slip; answers its ticket's id."""
    answers = {Field.CALLER: caller, Field.PHONE: "13700137000", Field.FAULT: words}
    sheet = CallSheet(fresh_id(), "message", "phone", desk.now(), answers, for_whom=whom)
    return desk.intake.save(desk.act(), sheet).ticket_id


def visitor(desk: Desk, name: str) -> VisitorRow:
    """A visitor as he stands in the book."""
    return next(row for row in desk.visitors.book() if row.name == name)


def full(app: DeskApp) -> str:
    """What stands below the list."""
    assert isinstance(app.screen, FloorScreen)
    return app.screen.detail.text


def heading(app: DeskApp) -> str:
    """What stands above it."""
    assert isinstance(app.screen, FloorScreen)
    return app.screen.heading.render().plain
