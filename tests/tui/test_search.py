"""Finding anything (`/`): groups as one types, Enter opens, Esc goes back to where one came from."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.search import MOST, Search
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.screens.search import SearchScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.search.hits import around, sought
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.line import Line
from tests.tui.conftest import call
from tests.tui.steps import burst, cells, opened, rows_of, strip, until

MakeApp = Callable[..., DeskApp]


def line(app: DeskApp) -> Line:
    return app.screen.query_one(Line)


def groups(app: DeskApp) -> list[str]:
    return [cell for cell in cells(app, 0) if cell]


async def looking(app: DeskApp, pilot: Pilot[None], *typed: str) -> None:
    """Go there from the queue and type."""
    await opened(app, pilot)
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.focused is line(app))
    await pilot.press(*typed)


async def test_what_is_typed_finds_groups_and_enter_opens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await looking(app, pilot, "冰", "箱")
        await until(pilot, lambda: groups(app) == ["devices 4", "tickets 4"])
        assert set(cells(app, 3)[4:]) == {"赵六", "Ann Lee", "李四", "张三"}
        assert rows_of(app).key == rows_of(app).rows[0].key
        await pilot.press("tab", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and app.screen.in_hand())
        hand = app.screen.in_hand()  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert (line(app).value, cells(app, 2)[6]) == ("冰箱", f"T-{hand.number}")
        assert rows_of(app).key == rows_of(app).rows[6].key
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SearchScreen))
        assert app.travel.is_at("queue")


async def test_what_the_first_look_needs_is_loaded_as_the_screen_is_made(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[Search] = []

    def warm(room: Search) -> None:
        warmed.append(room)

    monkeypatch.setattr(Search, "warm", warm)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(app, pilot)
        await until(pilot, lambda: warmed)
        await pilot.press("escape", "slash")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
    assert len(warmed) == 1


async def test_keys_typed_ahead_of_the_answer_open_what_was_meant(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        burst(app, "/", "T", "-", "1", "0", "0", "3", "enter", "3")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and app.screen.in_hand())
        assert app.screen.in_hand().number == 1003  # type: ignore[attr-defined]


async def test_the_next_letter_takes_the_place_of_what_was_looked_for_last(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(app, pilot, "李", "四")
        await until(pilot, lambda: rows_of(app).rows)
        await pilot.press("escape")
        await until(pilot, lambda: app.travel.is_at("queue"))
        await pilot.press("ctrl+f", "赵", "六")
        await until(pilot, lambda: groups(app) == ["customers 1", "devices 1", "tickets 1", "calls 1"])
        assert line(app).value == "赵六"
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: not rows_of(app).rows)
        assert rows_of(app).empty == "search.begin"
        await pilot.press("q", "q", "q")
        await until(pilot, lambda: rows_of(app).empty == "search.nothing")
        await pilot.press("colon", "q")
        await until(pilot, lambda: rows_of(app).empty == "search.no_such_kind")


async def test_a_group_alone_shows_all_of_it_and_goes_on(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    for number in range(MOST + 15):
        call(other, f"Bell {number}", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(app, pilot, "b", "e", "l", "l")
        await until(
            pilot, lambda: groups(app) == ["customers 40+", "devices 40+", "tickets 40+", "calls 40+"]
        )
        assert len(rows_of(app).rows) == 32
        await pilot.press("tab", "tab", "ctrl+t")
        await until(pilot, lambda: groups(app) == ["tickets 40+"])
        assert len(rows_of(app).rows) == MOST
        for _ in range(4):
            await pilot.press("pagedown")
        await until(pilot, lambda: len(rows_of(app).rows) == MOST + 15)
        assert len(set(cells(app, 2))) == MOST + 15
        await pilot.press("ctrl+t")
        await until(pilot, lambda: len(groups(app)) == 4)


@pytest.mark.parametrize(
    ("cell", "width", "shown"),
    [
        ("江北区枫林街197号梅园新村22号楼", 12, "~197号梅园 ~"), ("江北区枫林街197号梅园", 20, "~北区枫林街197号梅园"),
        ("江北区梅園路243号", 12, "江北区梅園 ~"), ("短梅园", 12, "短梅园      "),
        ("冷冻室温度不够低，ＭＹ梅园", 6, "~梅园 "), ("冷冻室温度不够低", 6, "冷冻 ~"), ("一二三四梅园五", 5, "~梅 ~"),
    ],
)  # fmt: skip
def test_a_cell_that_would_hide_the_hit_begins_before_it(cell: str, width: int, shown: str) -> None:
    part = fit(around(cell, width, sought("梅园")), width)
    assert (part, cell_len(part)) == (shown, width)


async def test_what_another_seat_writes_is_found_without_a_key(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(app, pilot, "钱", "七")
        await until(pilot, lambda: rows_of(app).empty == "search.nothing")
        call(other, "钱七", 1, fault="冷冻室温度不够低，结冰很厚，门关不严")
        await until(pilot, lambda: groups(app) == ["customers 1", "devices 1", "tickets 1", "calls 1"])
        await pilot.press("space", "門", "關")
        await until(pilot, lambda: groups(app) == ["tickets 1"])
        assert "厚，门关~" in rows_of(app).render_line(1).text


async def test_the_command_line_leads_here_and_digits_are_text(make_app: MakeApp) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await pilot.press("colon", *"/ticket:", "张", "三", "enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and groups(app) == ["工单 1"])
        assert "Tab" not in strip(app)
        await pilot.press("space", "1")
        await until(pilot, lambda: line(app).value == "ticket:张三 1")
