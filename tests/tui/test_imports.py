"""A shop's sheet of customers comes in by keys alone; the list of imports goes on and takes back (issue 3)."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.importing import run as running
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens.import_file import ImportFileScreen
from aftersales_tui.tui.screens.imports import ImportsScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.views.imports import CANCELLED, DONE, UNDONE
from tests.imports.files import table
from tests.tui.at_imports import at_file, at_list
from tests.tui.steps import burst, cells, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
HEADING, OURS, HOW, FIRST = range(4)
CUSTOMERS = [
    {
        "姓名": f"赵{n}",
        "电话": f"1360013600{n}",
        "地址": f"中山路{n}号",
        "型号": "KFR",
        "购买日期": "2024-05",
        "备注信": "x",
    }
    for n in range(5)
]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return table(tmp_path / "客户.csv", CUSTOMERS, "gb18030")


def result(app: DeskApp) -> str:
    return app.screen.query_one("#import-result", Lines).text


async def test_a_sheet_in_gb18030_with_chinese_headings_comes_in_by_keys_alone(
    make_app: MakeApp, other: Desk, sheet: Path
) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot, sheet)
        assert cells(app, OURS) == ["姓名", "电话", "地址", "型号", "购买日期", "备注"]
        assert cells(app, HOW) == ["认得"] * 5 + ["猜的？"]
        assert cells(app, FIRST)[0].startswith("赵0 | 赵1")
        assert "gb18030" in app.screen.query_one("#import-head", Lines).text
        await pilot.press("f12")
        await until(pilot, lambda: "新增 5" in result(app))
        assert "没有写入" in result(app)
        assert other.imports.batches() == ()
        await pilot.press("f12")
        await until(pilot, lambda: other.imports.batches() and other.imports.batches()[0].state == DONE)
        await until(pilot, lambda: "已按客户导入" in status(app))
        (found,) = other.intake.callers("13600136003")
        assert (found.name, found.address) == ("赵3", "中山路3号")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportsScreen) and len(rows_of(app).rows) == 1)
        assert cells(app, 2) == ["客户.csv"]
        assert cells(app, 4) == ["5"]


async def test_keys_typed_ahead_of_the_file_wait_for_it(make_app: MakeApp, other: Desk, sheet: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.screen.query_one(Line).value = str(sheet)
        burst(app, "enter", "f12")
        await until(pilot, lambda: isinstance(app.screen, ImportFileScreen) and "5 new" in result(app))
        assert other.imports.batches() == ()


async def test_a_column_the_encoding_and_the_table_are_changed_by_keys(
    make_app: MakeApp, other: Desk, tmp_path: Path
) -> None:
    traditional = [
        {"姓名": f"陳{n}", "電話": f"02-2345678{n}", "地址": "板橋區", "品牌": "x"} for n in range(5)
    ]
    sheet = table(tmp_path / "客戶.csv", traditional, "cp950")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_file(app, pilot, sheet)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("1")
        await until(
            pilot, lambda: isinstance(app.screen, ImportFileScreen) and cells(app, OURS)[3] == "(left out)"
        )
        assert rows_of(app).key == 4
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("4")
        await until(
            pilot, lambda: isinstance(app.screen, ImportFileScreen) and cells(app, HEADING)[0] != "姓名"
        )
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("5")
        await until(
            pilot, lambda: isinstance(app.screen, ImportFileScreen) and cells(app, HEADING)[0] == "姓名"
        )
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("4")
        await until(
            pilot, lambda: isinstance(app.screen, ImportFileScreen) and cells(app, OURS)[0] == "Caller"
        )
        await pilot.press("t")
        await until(pilot, lambda: "5 new" in result(app))
        assert "5 tickets are open" in result(app)
        assert other.imports.batches() == ()


async def test_an_encoding_that_cannot_be_leaves_the_one_of_before(make_app: MakeApp, sheet: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot, sheet)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("3")
        await until(pilot, lambda: "cannot be read in this encoding" in status(app))
        await pilot.press("t")
        await until(pilot, lambda: "5 new" in result(app))


async def test_escape_stops_an_import_and_the_list_goes_on_with_it(
    make_app: MakeApp, other: Desk, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot, sheet)
        await pilot.press("t")
        await until(pilot, lambda: "5 new" in result(app) and "nothing was written" in result(app))
        go_on = asyncio.Event()
        run = app.bridge.run

        async def waiting(verb: object) -> object:
            if other.imports.batches():
                await go_on.wait()
            return await run(verb)  # type: ignore[arg-type]

        monkeypatch.setattr(app.bridge, "run", waiting)
        await pilot.press("f12")
        await until(pilot, other.imports.batches)
        await pilot.press("escape")
        assert isinstance(app.screen, ImportFileScreen)
        go_on.set()
        await until(pilot, lambda: other.imports.batches()[0].state == CANCELLED)
        assert 0 < other.imports.batches()[0].tally.rows < 5
        await until(pilot, lambda: "was stopped" in status(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportsScreen) and "Go on" in strip(app))
        await pilot.press("g")
        await until(pilot, lambda: other.imports.batches()[0].state == DONE)
        assert other.imports.batches()[0].tally.rows == 5


async def test_a_batch_is_taken_back_after_a_question(make_app: MakeApp, other: Desk, sheet: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot, sheet)
        await pilot.press("f12")
        await until(pilot, lambda: "nothing was written" in result(app))
        await pilot.press("f12")
        await until(pilot, lambda: "is in as customers" in status(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportsScreen) and rows_of(app).rows)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert isinstance(app.screen, Menu)
        place = [choice.id for choice in app.screen._choices].index("import_undo")
        await pilot.press(str(place + 1))
        await until(
            pilot,
            lambda: (isinstance(app.screen, Menu) and "5 new records" in app.screen._title_words[0]) or True,
        )
        await until(pilot, lambda: isinstance(app.screen, Menu) and len(app.screen._choices) == 2)
        await pilot.press("1")
        await until(pilot, lambda: "Taken back: 5 records." in status(app))
        assert other.imports.batches()[0].state == UNDONE
        assert other.intake.callers("13600136003") == ()
        await until(pilot, lambda: cells(app, 3) == ["taken back"])


@pytest.mark.parametrize(
    ("width", "height", "spoken"), [(60, 20, "zh_TW"), (60, 20, "en"), (80, 24, "zh_CN"), (120, 40, "en")]
)
async def test_every_line_fills_the_width_at_every_size(
    make_app: MakeApp, sheet: Path, width: int, height: int, spoken: str
) -> None:
    app = make_app(language=spoken)
    async with app.run_test(size=(width, height)) as pilot:
        await at_file(app, pilot, sheet)
        rows = rows_of(app)
        assert {rows.render_line(y).cell_length for y in range(7)} == {width}
        await pilot.press("t")
        await until(pilot, lambda: result(app).count("\n") >= 2)
        assert rows.region.height >= 8
        assert app.screen.query_one("#import-result").region.bottom <= height - 2
