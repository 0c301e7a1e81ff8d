"""Headings and names of sheets that were made to harm, on the screen of a file: letters, and each can be mapped."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens.import_file import ImportFileScreen
from aftersales_tui.tui.widgets.lines import Lines
from tests.cli.test_import_hostile import as_csv, as_sheets, harmful
from tests.tui.at_imports import at_file
from tests.tui.steps import cells, until
from tests.tui.test_hostile import painted

MakeApp = Callable[..., DeskApp]
SHOWN = ("[/]", "=1+1", "@SUM(1)", "{name} %s %(x)d")
OURS = 1


@pytest.mark.parametrize("made", [as_csv, as_sheets])
async def test_harmful_headings_stand_on_the_screen_as_letters_and_one_of_them_is_mapped_by_keys(
    make_app: MakeApp, other: Desk, tmp_path: Path, made: Callable[[Path, list[str]], Path]
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        path = tmp_path / ("k.csv" if made is as_csv else "k.xlsx")
        await at_file(app, pilot, made(path, ["Name", *harmful()]))
        screen = "\n".join(painted(app))
        assert [text for text in SHOWN if text not in screen] == []
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert any("[/]" in line for line in painted(app))
        assert isinstance(app.screen, Menu)
        place = [choice.id for choice in app.screen._choices].index("phone")
        await pilot.press("1234567890"[place])
        await until(
            pilot, lambda: isinstance(app.screen, ImportFileScreen) and cells(app, OURS)[1] == "Phone"
        )
        for _ in range(5):
            await pilot.press("pagedown")
            painted(app)
        await pilot.press("f12")
        await until(pilot, lambda: "1 new" in app.screen.query_one("#import-result", Lines).text)
        painted(app)
    assert other.imports.batches() == ()
