"""The call register on the screen (C9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.tui.floor.register_lines import printed
from aftersales_tui.tui.screens.base import SMALLEST
from aftersales_tui.tui.screens.register import RegisterScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.views.floor import RegisterFilter, RegisterRow
from tests.tui.at_floor import at_book, full, heading
from tests.tui.conftest import call
from tests.tui.steps import burst, cells, opened, rows_of, status, until

MakeApp = Callable[..., DeskApp]
TIME, NUMBER, STRUCK, CALLER = range(4)
"""The template has two calls of this Wednesday (0:20, 9:20) and two of Tuesday (4:20, 14:20)."""


async def test_the_calls_of_today_in_order_and_all_days_the_newest_first(make_app: MakeApp) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "register", 2)
        assert cells(app, CALLER) == ["Ann Lee", "赵六"]
        assert heading(app) == "叫修登记簿：今天 2026-07-29 周三"
        assert full(app).startswith("Ann Lee / 13800138000 / 中山路 8 号")
        await pilot.press("f", "2")
        await until(pilot, lambda: len(rows_of(app).rows) == 4)
        assert cells(app, CALLER) == ["Ann Lee", "赵六", "张三", "李四"]
        assert cells(app, TIME) == ["07-29 00:20", "07-29 09:20", "07-28 04:20", "07-28 14:20"]
        await pilot.press("f", "1", "昨", "天", "enter")
        await until(pilot, lambda: cells(app, CALLER) == ["张三", "李四"])
        assert "2026-07-28" in heading(app)


async def test_a_line_is_struck_off_by_another_seat_and_the_cursor_stays(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "register", 2)
        await pilot.press("down")
        here = rows_of(app).key
        first = other.register.page(RegisterFilter(other.register.today()), None, 1).rows[0]
        ticket = other.dispatch.ticket(first.ticket_id)
        other.visits.answer(other.act(), ticket.ticket_id, ticket.version, "done")
        call(other, "新来的", 0)
        await until(pilot, lambda: cells(app, STRUCK) == ["x", "", ""])
        assert rows_of(app).rows[0].styles[NUMBER] == "dim"
        assert rows_of(app).key == here


async def test_enter_typed_ahead_opens_the_ticket_and_esc_comes_back_to_its_line(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        burst(app, "f9", "1", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen))
        assert cells(app, CALLER)[1] == "赵六"
        assert rows_of(app).key == rows_of(app).rows[1].key


async def test_it_is_narrowed_by_operator_and_by_outcome_and_says_so(make_app: MakeApp, other: Desk) -> None:
    call(other, "小王接的", 0.5)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_book(app, pilot, "register", 3)
        await pilot.press("f", "3", "3")
        await until(pilot, lambda: cells(app, CALLER) == ["小王接的"])
        assert "小王" in heading(app)
        await pilot.press("f", "4")
        await until(pilot, lambda: app.screen.is_modal)
        await pilot.press("2")
        await until(pilot, lambda: not app.screen.is_modal and not rows_of(app).rows)
        assert rows_of(app).render_line(1).text.startswith("No call in this part")
        await pilot.press("f", "5")
        await until(pilot, lambda: len(rows_of(app).rows) == 3)


async def written_to(app: DeskApp, pilot: Pilot[None], file: Path) -> None:
    """Ask for the printed page; its long name is put in at once, as if pasted."""
    await pilot.press("w")
    await until(pilot, lambda: isinstance(app.screen, Ask))
    assert app.screen.query_one(Line).value == "register-2026-07-29.txt"
    app.screen.query_one(Line).value = str(file)
    await pilot.press("enter")


async def test_the_printed_page_lines_up_with_han_characters(make_app: MakeApp, tmp_path: Path) -> None:
    app, file = make_app(language="zh_CN"), tmp_path / "页.txt"
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "register", 2)
        await written_to(app, pilot, file)
        await until(pilot, lambda: file.exists() and "登记簿已写入" in status(app))
        lines = file.read_text("utf-8").splitlines()
        assert lines[0] == "张记电器  叫修登记簿"
        assert lines[1].startswith("今天 2026-07-29 周三   共 2 行")
        heads, rule, *rows = lines[3:]
        edges = [i for i in range(1, len(rule)) if rule[i - 1 : i + 1] == " -"]
        assert len(edges) == 9
        for line in (heads, *rows):
            for edge in edges:
                before = next((n for n in range(len(line) + 1) if cell_len(line[:n]) >= edge), None)
                assert before is not None
                assert cell_len(line[:before]) == edge, line
        assert len(rows) == 2
        await written_to(app, pilot, tmp_path / "none" / "x")
        await until(pilot, lambda: "写不了" in app.said.text())


def test_paper_loses_nothing_and_tells_where_a_day_begins() -> None:
    street = "南山区科技园北区清华信息港综合楼三号电梯上来右转尽头靠窗的那一间"
    row = RegisterRow(
        1, 2, 1042, datetime(2026, 7, 29, 1, tzinfo=UTC), "repair", "phone", "in", "张三", street, "13800138000",
        "冰箱", "BCD-215", "press the third button from the left and it hums all night", "", "new", False, "小林",
    )  # fmt: skip
    before = row._replace(started_at=row.started_at - timedelta(days=1), address="短")
    at = datetime(2026, 7, 29, 9, tzinfo=UTC)
    lines = list(printed("店", "all", [row, before], at, UTC))
    table = lines[3:]
    assert "~" not in "".join(lines)
    assert {line[:10] for line in table} >= {"2026-07-28"}
    assert sum("2026-07-29" in line for line in table) == 1
    begins = cell_len(table[0][: table[0].index("Address")])
    folded = "".join(
        "".join(one for at, one in enumerate(line) if begins <= cell_len(line[:at]) < begins + 24)
        for line in table[4 : 4 + 3]
    )
    assert folded.replace(" ", "") == street
    words = " ".join(line.split("  ")[-1].strip() for line in table[4 : 4 + 3])
    assert words == row.fault
    (alone,) = (list(printed("店", "one", [row], at, UTC)),)
    assert not any(line.startswith("2026-07-29") for line in alone[3:])


async def test_every_book_is_reached_by_its_verb_and_fills_the_smallest_screen(
    make_app: MakeApp, other: Desk
) -> None:
    width, height = SMALLEST
    other.handover.note(other.act(), "门禁坏了，走后门，钥匙在前台抽屉里" * 5)
    app = make_app(language="zh_TW")
    async with app.run_test(size=(width, height)) as pilot:
        await opened(app, pilot)
        for verb, book in (
            ("登記簿", "Register"),
            ("留言", "Messages"),
            ("來訪", "Visitors"),
            ("交接", "Handover"),
        ):
            await pilot.press("colon", *verb, "enter")
            await until(pilot, partial(is_at, app, book))
            await until(pilot, lambda: read_by_now(app))
            rows = rows_of(app)
            assert {rows.render_line(y).cell_length for y in range(4)} == {width}
            assert app.screen.query_one("#detail").region.bottom <= height - 2
            assert rows.region.height >= 10


def is_at(app: DeskApp, book: str) -> bool:
    return type(app.screen).__name__ == f"{book}Screen"


def read_by_now(app: DeskApp) -> bool:
    """Whether the book has its lines."""
    return isinstance(app.screen, FloorScreen) and app.screen.rows.empty != "floor.opening"
