"""A list taken out of the shop by keys, as it is shown."""

import csv
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.exchange.guard import guarded
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.imports import Order
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


def _room(app: DeskApp) -> str:
    return type(app.screen).__name__.casefold()


async def test_every_list_goes_out_as_it_stands_on_its_screen(make_app: MakeApp, tmp_path: Path) -> None:
    """Its rows are those of the screen, in their order; where ``x`` is another verb, or is typed, others do it."""
    app, path = make_app(), tmp_path / "customers.csv"
    path.write_text("name,phone\n=CMD(),13911112222\n", "utf-8")

    def shown() -> list[list[str]]:
        cells = [list(row.cells) for row in app.screen.query_one(Rows).rows]
        return [[guarded(cell) for cell in row] for row in cells]

    async def leaves(name: str, key: str = "x", least: int = 1) -> None:
        await until(pilot, lambda: _room(app).startswith(room) and len(shown()) >= least)
        await until(pilot, lambda: not app.type_ahead._holds)
        before, file = shown(), tmp_path / name
        await pilot.press(key)
        await asked(app, pilot, str(file))
        await asked(app, pilot, "audit")
        await until(pilot, lambda: str(file) in status(app))
        assert rows(file)[1:] == before, name

    async with app.run_test(size=(160, 40)) as pilot:
        await opened(app, pilot)
        run = await app.bridge.run(lambda desk: desk.imports.begin(Order("customers", path)))
        await app.bridge.run(lambda desk: run.step(desk.act()))
        for room, key, least in (
            *(("register", "x", 1), ("people", "x", 1), ("handover", "x", 0), ("imports", "X", 1)),
            *(("messages", "x", 0), ("visitors", "x", 0), ("duplicates", "X", 0)),
        ):
            app.travel.to(room)
            await leaves(f"{room}.csv", key, least)
        room = "search"
        app.travel.to(room, query="CMD")
        await until(pilot, lambda: any("'=CMD()" in row for row in shown()))
        await leaves("found.csv", "ctrl+x")
        (whose, *_) = await app.bridge.run(lambda desk: desk.intake.callers("13800138000"))
        for page in ("tickets", "timeline"):
            app.travel.to("customer", customer_id=whose.customer_id, page=page)
            room = "customer"
            await leaves(f"{page}.csv")
