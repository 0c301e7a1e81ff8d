"""The one list: its window, its cursor, and that it paints no more than it must."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip
from textual.widget import Widget

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.settings import Settings
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.columns import Column, widths
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row, RowWindow


def rows(*keys: int) -> list[Row]:
    return [Row(key, (str(key), f"客户{key}")) for key in keys]


def window(*keys: int, cursor: int = 0, top: int = 0, limit: int = 100) -> RowWindow:
    return RowWindow(limit, rows(*keys), cursor=cursor, top=top)


class Painted(Rows):
    """Remembers which lines were painted."""

    def __init__(self) -> None:
        super().__init__(
            (Column("queue.number", 6, right=True), Column("queue.customer", 10, grow=1)), "queue.nothing"
        )
        self.lines: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.lines.append(y)
        return super().render_line(y)


class OneList(DeskScreen):
    scopes: ClassVar[tuple[str, ...]] = ()

    def compose_body(self) -> Iterator[Widget]:
        yield Painted()


@pytest.fixture
def app() -> DeskApp:
    def closed() -> None:
        raise Unavailable("terminal.none")

    return DeskApp(Settings(language="en"), closed)  # type: ignore[arg-type]


async def painted(app: DeskApp) -> Painted:
    await app.push_screen(OneList())
    return app.screen.query_one(Painted)


def test_the_cursor_stays_on_its_row_at_its_height() -> None:
    held = window(*range(10, 60), cursor=20, top=12)
    held.replace(rows(1, 2, 3, *range(10, 60)), False, False, page=20)
    assert (held.rows[held.cursor].key, held.cursor - held.top) == (30, 8)


def test_the_cursor_of_a_row_that_is_gone_stands_on_the_next() -> None:
    held = window(1, 2, 3, 4, cursor=1)
    held.replace(rows(1, 3, 4), False, False, page=20)
    assert held.current == rows(3)[0]
    held.replace(rows(1), False, False, page=20)
    assert held.current == rows(1)[0]
    held.replace([], False, False, page=20)
    assert held.current is None


def test_a_page_behind_drops_rows_in_front_but_none_that_is_seen() -> None:
    held = window(*range(100), cursor=95, top=85)
    held.extend(rows(*range(100, 150)), "after", True)
    assert (len(held.rows), held.rows[0].key, held.more_before, held.more_after) == (100, 50, True, True)
    assert held.current == rows(95)[0]
    held.extend(rows(*range(10, 50)), "before", True)
    assert (len(held.rows), held.rows[0].key, held.rows[-1].key) == (100, 10, 109)
    assert held.current == rows(95)[0]


def test_a_row_that_comes_twice_is_held_once() -> None:
    held = window(1, 2, 3)
    held.extend(rows(3, 4), "after", False)
    assert [row.key for row in held.rows] == [1, 2, 3, 4]


@given(
    st.lists(st.integers(0, 40), unique=True), st.lists(st.integers(0, 40), unique=True), st.integers(0, 40)
)
def test_the_cursor_is_always_on_a_row_that_is_seen(old: list[int], new: list[int], at: int) -> None:
    held = RowWindow(100)
    held.replace(rows(*old), False, False, page=5)
    held.move(at, page=5)
    before = held.current
    held.replace(rows(*new), False, False, page=5)
    if new:
        assert held.top <= held.cursor < min(held.top + 5, len(new))
        if before is not None and before.key in new:
            assert held.current == before
    else:
        assert held.current is None


@given(st.integers(10, 200))
def test_columns_fill_the_width_or_are_left_out_by_rank(cells: int) -> None:
    columns = (
        Column("a", 8),
        Column("b", 10, grow=1, most=14, rank=1),
        Column("c", 12, grow=3, rank=2),
        Column("d", 20, grow=2, most=30, rank=3),
    )
    given_ = widths(columns, cells)
    kept = [width for width in given_ if width]
    assert given_[0] >= 8
    assert len(kept) == 1 or sum(kept) + len(kept) - 1 <= cells
    assert [bool(width) for width in given_] == sorted([bool(width) for width in given_], reverse=True)


@given(st.text(alphabet="a张é🙂 ~", max_size=20), st.integers(1, 12), st.booleans())
def test_a_cell_is_exactly_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


async def test_wide_characters_line_up_and_markup_is_only_text(app: DeskApp) -> None:
    async with app.run_test(size=(70, 24)):
        shown = await painted(app)
        names = ("张三", "[/]", "[@click=app.quit]x[/]", "🙂", "a" * 99, "字" * 60)
        shown.show([Row(key, (str(key), name)) for key, name in enumerate(names)])
        lines = [shown.render_line(y) for y in range(8)]
        assert {line.cell_length for line in lines} == {70}
        assert lines[2].text.rstrip() == "     1 [/]"


async def test_one_changed_row_paints_one_line(app: DeskApp) -> None:
    async with app.run_test(size=(70, 24)) as pilot:
        shown = await painted(app)
        shown.show(rows(*range(50)))
        await pilot.pause()
        shown.lines.clear()
        shown.patch(Row(3, ("3", "changed")))
        await pilot.pause()
        assert set(shown.lines) == {4}
        shown.lines.clear()
        shown.patch(Row(3, ("3", "changed")))
        shown.patch(Row(999, ("999", "not held")))
        await pilot.pause()
        assert shown.lines == []


async def test_the_cursor_paints_two_lines_and_tells(app: DeskApp) -> None:
    async with app.run_test(size=(70, 24)) as pilot:
        shown = await painted(app)
        shown.show(rows(*range(50)))
        await pilot.pause()
        shown.lines.clear()
        await pilot.press("j")
        assert (shown.key, set(shown.lines)) == (1, {1, 2})


async def test_keys_move_the_cursor_through_the_list(app: DeskApp) -> None:
    async with app.run_test(size=(70, 24)) as pilot:
        shown = await painted(app)
        shown.show(rows(*range(100)))
        for key, expected in (
            ("down", 1),
            ("j", 2),
            ("k", 1),
            ("up", 0),
            ("up", 0),
            ("end", 99),
            ("down", 99),
            ("home", 0),
        ):
            await pilot.press(key)
            assert shown.key == expected
        await pilot.press("pagedown")
        assert shown.key == len(shown.visible_keys()) - 1
        await pilot.press("pageup")
        assert shown.key == 0


async def test_an_empty_list_says_so(app: DeskApp) -> None:
    async with app.run_test(size=(70, 24)) as pilot:
        shown = await painted(app)
        assert shown.render_line(1).text.startswith("No open ticket.")
        await pilot.press("enter", "j", "pagedown", "end")
        assert shown.key is None


async def test_a_click_puts_the_cursor_and_a_second_one_opens(app: DeskApp) -> None:
    opened: list[int] = []
    async with app.run_test(
        size=(70, 24), message_hook=lambda m: opened.append(m.key) if isinstance(m, Rows.Opened) else None
    ) as pilot:
        shown = await painted(app)
        shown.show(rows(*range(9)))
        await pilot.click(Painted, offset=(3, 4))
        assert (shown.key, opened) == (3, [])
        await pilot.click(Painted, offset=(3, 4))
        await pilot.pause()
        assert set(opened) == {3}
