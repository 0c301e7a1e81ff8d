"""A customer is erased at another seat while his call stands in a form here: he does not come back (U4, C12)."""

from collections.abc import Callable
from pathlib import Path

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.intake import Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.erasure import erase
from aftersales_tui.tui.screens.queue import QueueScreen
from tests.tui.at_intake import at_sheet, box, found, here, sheet, typed
from tests.tui.steps import status, until
from tests.tui.test_intake import ZHOU, known
from tests.tui.test_switching import files

MakeApp = Callable[..., DeskApp]


async def test_open_and_parked_calls_are_emptied_of_him_and_no_draft_comes_back(
    make_app: MakeApp, other: Desk, tmp_path: Path
) -> None:
    ticket = other.dispatch.ticket(known(other))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "2222")
        await pilot.press("enter")
        await until(pilot, lambda: here(app) == Field.FAULT)
        await pilot.press("ctrl+n")
        await typed(pilot, "neighbour of 139 1111 2222")
        await pilot.press("ctrl+n")
        await typed(pilot, "139-1111-2222")
        await found(app, pilot)
        await until(pilot, lambda: sum("2222" in text for text in files(tmp_path)) == 3)
        seen = other.erasing.preview(ticket.customer_id)
        erase(other, other.act(), seen, seen.file.name, "asked for by letter")
        await until(pilot, lambda: "erased just now" in status(app))
        assert box(app, "caller").value == ""
        await typed(pilot, "x")
        await until(pilot, lambda: any('"x"' in text for text in files(tmp_path)))
        assert [call.text("caller") for call in sheet(app).calls.all()] == ["x"]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
    told = "".join(files(tmp_path))
    assert len(files(tmp_path)) == 1
    assert not any(secret in told for secret in ("1111", ZHOU[Field.CALLER]))
