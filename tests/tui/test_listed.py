"""A list taken out of the shop by keys, as it is shown."""

import csv
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.widgets.line import Line
from tests.tui.called_back import advised
from tests.tui.steps import opened, rows_of, status, until

MakeApp = Callable[..., DeskApp]


async def asked(app: DeskApp, pilot: Pilot[None], text: str) -> None:
    await until(pilot, lambda: isinstance(app.screen, Ask) and app.screen.query_one(Line).has_focus)
    app.screen.query_one(Line).value = text
    await pilot.press("enter")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def test_the_queue_goes_out_in_its_order_with_a_reason(make_app: MakeApp, tmp_path: Path) -> None:
    app, path = make_app(language="zh_CN"), tmp_path / "queue.csv"
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        shown = [row.cells[1] for row in rows_of(app).rows]
        await pilot.press("x")
        await asked(app, pilot, str(path))
        await asked(app, pilot, "周会")
        await until(pilot, lambda: str(path) in status(app))
        heads, *found = rows(path)
        assert heads[:2] == ["剩余", "单号"]
        assert [row[1] for row in found] == shown


async def test_the_narrowing_is_kept(make_app: MakeApp, other: Desk, tmp_path: Path) -> None:
    app, path = make_app(), tmp_path / "queue.csv"
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        all_rows = len(rows_of(app).rows)
        await pilot.press("colon", *"queue kind:complaint".replace(" ", "~"))
        line = app.screen.query_one(Line)
        line.value = "queue kind:complaint"
        await pilot.press("enter")
        await until(pilot, lambda: rows_of(app).rows == ())
        await pilot.press("x")
        await asked(app, pilot, str(path))
        await asked(app, pilot, "check")
        await until(pilot, path.exists)
        assert len(rows(path)) == 1
        assert all_rows > 0


async def test_the_people_to_contact_go_out_and_a_file_that_is_there_stays(
    make_app: MakeApp, other: Desk, tmp_path: Path
) -> None:
    advised(other, "周五")
    app, path = make_app(), tmp_path / "contacts.csv"
    path.write_text("mine")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        await pilot.press("f4")
        await until(pilot, lambda: len(rows_of(app).rows) == 1)
        for name, reason in ((str(path), "x"), (str(tmp_path / "new.csv"), "x")):
            await pilot.press("x")
            await asked(app, pilot, name)
            await asked(app, pilot, reason)
        await until(pilot, (tmp_path / "new.csv").exists)
        assert path.read_text() == "mine"
        assert rows(tmp_path / "new.csv")[1][2] == "周五"
