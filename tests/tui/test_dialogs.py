"""How boxes and menus use the width that there is."""

from collections.abc import Callable
from functools import partial

from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.commands.frame import MORE
from aftersales_tui.tui.dialogs.dialog import BESIDE
from aftersales_tui.tui.dialogs.row_menu import Menu, clauses
from aftersales_tui.tui.screens.intake import IntakeScreen
from tests.tui.steps import opened, rows_of, until

MakeApp = Callable[..., DeskApp]


def test_a_sentence_is_shortened_by_whole_clauses() -> None:
    sentence = "Files that may be one's: compare, merge or keep apart"
    for text, width, shown in (
        (sentence, 60, sentence),
        (sentence, 52, "Files that may be one's"),
        (sentence, 22, "Files that may be"),
        ("Read in files, and take a batch back", 30, "Read in files"),
        ("可能重复的档案：比对、合并", 24, "可能重复的档案"),
        ("登记、盘点、移交", 12, "登记、盘点"),
        ("一句没有标点的话", 8, "一句没有标点的话"),
    ):
        assert clauses(text, width) == shown, (text, width)


def spans(app: DeskApp, width: int) -> bool:
    """Whether the box stands in the middle of so many cells."""
    box = app.screen.query_one("#box").region
    return abs(box.width + 2 * box.x - width) <= 1


async def test_beside_a_box_there_is_room_enough_or_none_and_a_menu_shows_whole_words(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        for spoken in ("zh_CN", "zh_TW", "en"):
            await app.do_language(spoken)
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, Menu) and rows_of(app).rows)
            shown = [rows_of(app).render_line(y).text for y in range(len(MORE))]
            assert not [line for line in shown if "~" in line], spoken
            await pilot.press("escape")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        for key, widths in (("f9", (80, 131, 132)), ("ctrl+g", (92, 91))):
            await pilot.press(key)
            await until(pilot, lambda: app.screen.is_modal)
            for width in widths:
                await pilot.resize_terminal(width, 24)
                await until(pilot, partial(spans, app, width))
                left = app.screen.query_one("#box").region.x
                assert left == 0 or left >= BESIDE, width
            await pilot.press("escape")
