"""A shop's own sheet of customers: read in, one found, called, merged, taken out again, by keys alone (issue 3)."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.hand_out import HandOutDialog
from aftersales_tui.tui.dialogs.merge import MergeDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.duplicates import DuplicatesScreen
from aftersales_tui.tui.screens.import_file import ImportFileScreen
from aftersales_tui.tui.screens.imports import ImportsScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.screens.search import SearchScreen
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.imports import DONE
from tests.tui.at_intake import here
from tests.tui.steps import burst, opened, until

MakeApp = Callable[..., DeskApp]
HEADS = ("客户名称", "联系电话", "手机", "地址", "区域", "备注", "机型", "购买日期")
FIRST = (
    "欧阳建国",
    "025-83451234",
    "13951612345",
    "鼓楼区中山路88号502室",
    "鼓楼",
    "老客户",
    "BCD-215",
    "2024-05-01",
)
SECOND = ("欧阳建国", "", "139-5161-2345", "鼓楼区中山路88号5栋502室", "鼓楼", "要发票", "", "")
BAD = {3: ("", "", "13700000000", "", "", "", "", ""), 7: ("名" * 130, "", "", "", "", "", "", "")}
ROWS = 60


class Fingers:
    """Presses keys and counts them; an input method takes two for a Han character."""

    def __init__(self, app: DeskApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot, self.count = app, pilot, 0

    async def press(self, *keys: str, then: Callable[[], object]) -> None:
        """Press keys, faster than any screen follows, and wait for what comes of them."""
        self.count += sum(1 if key.isascii() else 2 for key in keys)
        burst(self.app, *keys)
        await until(self.pilot, then)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A spreadsheet as a shop has it, in GB18030, with rows that cannot be taken."""
    rows = [
        (f"顾客{n}", "", f"138{n:08}", f"玄武区北京路{n}号", "玄武", "", "KFR-35", "2023/6/18")
        for n in range(ROWS)
    ]
    rows[1], rows[50] = FIRST, SECOND
    for place, bad in BAD.items():
        rows[place] = bad
    path = tmp_path / "客户.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows((HEADS, *rows))
    return path


async def test_a_sheet_comes_in_somebody_is_found_called_merged_and_taken_out(
    make_app: MakeApp, other: Desk, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(sheet.parent))
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        hand = Fingers(app, pilot)
        await bring_in(hand, other)
        await find_and_call(hand, other)
        await merge(hand, other)
        await take_out(hand, sheet.parent)
        assert hand.count <= 100, hand.count
        print(f"keys for the whole of it: {hand.count}")


async def bring_in(hand: Fingers, other: Desk) -> None:
    """F9, Imports, the file by its digit in the home folder; tried, looked at, read in."""
    app = hand.app

    def result() -> str:
        return app.screen.query_one("#import-result", Lines).text

    await hand.press("f9", then=lambda: isinstance(app.screen, Menu))
    await hand.press("6", "n", then=lambda: isinstance(app.screen, Ask))
    await hand.press("enter", then=lambda: isinstance(app.screen, Menu))
    await hand.press(
        "1", "f12", then=lambda: isinstance(app.screen, ImportFileScreen) and "拒收 2" in result()
    )
    assert other.imports.batches() == ()
    await hand.press("f12", then=lambda: other.imports.batches() and other.imports.batches()[0].state == DONE)
    await until(hand.pilot, lambda: isinstance(app.screen, ImportFileScreen) and app.screen.can_go_on())
    (batch,) = other.imports.batches()
    assert (batch.kind, batch.tally.new, batch.tally.rejected) == ("customers", ROWS - len(BAD), len(BAD))
    assert Path(batch.path).with_suffix(".rejects.csv").exists()
    await hand.press("escape", then=lambda: isinstance(app.screen, ImportsScreen))


async def find_and_call(hand: Fingers, other: Desk) -> None:
    """By the end of his number; from his file the call sheet opens with everything filled in."""
    app = hand.app
    await hand.press("slash", then=lambda: isinstance(app.screen, SearchScreen))
    await hand.press(*"83451234", then=lambda: app.screen.query_one(Rows).rows)
    await hand.press("enter", then=lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
    await hand.press("C", then=lambda: here(app) == "fault")
    await hand.press(
        *"不制冷",
        "f12",
        "f12",
        "enter",
        then=lambda: (
            isinstance(app.screen, CustomerScreen) and other.intake.callers("83451234")[0].open_tickets
        ),
    )
    ticket = other.dispatch.ticket(other.dispatch.by_number(1005))
    told = [ticket.answers[name] for name in ("caller", "address", "zone", "model", "fault")]
    assert told == ["欧阳建国", FIRST[3], "鼓楼", "BCD-215", "不制冷"]
    assert ticket.customer_id == other.intake.callers("83451234")[0].customer_id


async def merge(hand: Fingers, other: Desk) -> None:
    """The two files stand among the likely doubles: their mobile is the same, however it is written."""
    app = hand.app
    await hand.press("f3", then=lambda: isinstance(app.screen, QueueScreen))
    await hand.press("f9", "7", then=lambda: isinstance(app.screen, DuplicatesScreen) and pairs(app))
    await hand.press("enter", then=lambda: isinstance(app.screen, MergeDialog))
    await hand.press("f12", then=lambda: len(other.intake.callers("13951612345")) == 1)
    (only,) = other.intake.callers("13951612345")
    file = other.customers.file(only.customer_id)
    assert (file.tickets, len(file.addresses)) == (1, 2)


def pairs(app: DeskApp) -> bool:
    """Whether the two stand there."""
    return any("欧阳建国" in row.cells for row in app.screen.query_one(Rows).rows)


async def take_out(hand: Fingers, home: Path) -> None:
    """His own data for himself, and the list of what waits."""
    app = hand.app
    await hand.press("slash", then=lambda: isinstance(app.screen, SearchScreen))
    await hand.press(*"83451234", then=lambda: app.screen.query_one(Rows).rows)
    await hand.press("enter", then=lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
    await hand.press("E", then=lambda: isinstance(app.screen, HandOutDialog))
    await hand.press(*"来信", "enter", "enter", then=lambda: list(home.glob("*.json.txt")))
    (file,) = home.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["name"] == "欧阳建国"
    await hand.press("f3", then=lambda: isinstance(app.screen, QueueScreen))
    await hand.press("x", then=lambda: isinstance(app.screen, Ask))
    await hand.press("enter", *"盘点", "enter", then=lambda: list(home.glob("queue-*.csv")))
    (listed,) = home.glob("queue-*.csv")
    assert "欧阳建国" in listed.read_text("utf-8-sig")
