"""A shop's own sheet of customers: read in, one found, called, merged, taken out again, by keys alone (issue 3)."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

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


class Shop(NamedTuple):
    """A shop that moves in: its language, and its sheet as its program has written it.

    Attributes:
        other: The name, address, zone and date of any other customer; ``{}`` is his number.
        rejected: How two rejected rows are told.
    """

    spoken: str
    encoding: str
    heads: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    other: tuple[str, str, str, str]
    rejected: str
    fault: str
    reason: str


SHOPS = (
    Shop(
        "zh_CN",
        "gb18030",
        ("客户名称", "联系电话", "手机", "地址", "区域", "备注", "机型", "购买日期"),
        (
            "欧阳建国",
            "025-83451234",
            "13951612345",
            "鼓楼区中山路88号502室",
            "鼓楼",
            "老客户",
            "BCD-215",
            "2024-05-01",
        ),
        ("欧阳建国", "", "139-5161-2345", "鼓楼区中山路88号5栋502室", "鼓楼", "要发票", "", ""),
        ("顾客{}", "玄武区北京路{}号", "玄武", "2023/6/18"),
        "拒收 2",
        "不制冷",
        "来信",
    ),
    Shop(
        "zh_TW",
        "big5",
        ("客戶名稱", "電話", "手機", "地址", "區域", "備註", "型號", "購買日期"),
        (
            "歐陽建國",
            "025-83451234",
            "13951612345",
            "鼓樓區中山路88號502室",
            "鼓樓",
            "老客戶",
            "BCD-215",
            "2024-05-01",
        ),
        ("歐陽建國", "", "139-5161-2345", "鼓樓區中山路88號5棟502室", "鼓樓", "要發票", "", ""),
        ("顧客{}", "玄武區北京路{}號", "玄武", "2023/6/18"),
        "退回 2",
        "不製冷",
        "來信",
    ),
    Shop(
        "en",
        "utf-8",
        ("Customer name", "Phone", "Mobile", "Address", "Zone", "Notes", "Model", "Purchase date"),
        (
            "John Carter",
            "025-83451234",
            "13951612345",
            "88 Mill Lane, flat 502",
            "North",
            "old friend",
            "BCD-215",
            "2024-05-01",
        ),
        ("John Carter", "", "139-5161-2345", "88 Mill Lane, house 5", "North", "wants a bill", "", ""),
        ("Customer {}", "{} Station Road", "South", "2023-06-18"),
        "2 rejected",
        "no cooling",
        "letter",
    ),
)
BAD = {3: ("", "", "13700000000", "", "", "", "", ""), 7: ("N" * 130, "", "", "", "", "", "", "")}
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


def sheet(shop: Shop, home: Path) -> None:
    """A spreadsheet as a shop has it, with rows that cannot be taken."""
    name, address, zone, bought = shop.other
    rows: list[tuple[str, ...]] = [
        (name.format(n), "", f"138{n:08}", address.format(n), zone, "", "KFR-35", bought) for n in range(ROWS)
    ]
    rows[1], rows[50] = shop.first, shop.second
    for place, bad in BAD.items():
        rows[place] = bad
    with (home / "customers.csv").open("w", encoding=shop.encoding, newline="") as file:
        csv.writer(file).writerows((shop.heads, *rows))


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.spoken)
async def test_a_sheet_comes_in_somebody_is_found_called_merged_and_taken_out(
    make_app: MakeApp, other: Desk, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    sheet(shop, home)
    monkeypatch.setenv("HOME", str(home))
    app = make_app(language=shop.spoken)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        hand = Fingers(app, pilot)
        await bring_in(hand, other, shop)
        await find_and_call(hand, other, shop)
        await merge(hand, other, shop)
        await take_out(hand, home, shop)
        assert hand.count <= 100, hand.count
        print(f"keys for the whole of it: {hand.count}")


async def bring_in(hand: Fingers, other: Desk, shop: Shop) -> None:
    """F9, Imports, the file by its digit in the home folder; tried, looked at, read in."""
    app = hand.app

    def result() -> str:
        return app.screen.query_one("#import-result", Lines).text

    await hand.press("f9", then=lambda: isinstance(app.screen, Menu))
    await hand.press("6", "n", then=lambda: isinstance(app.screen, Ask))
    await hand.press("enter", then=lambda: isinstance(app.screen, Menu))
    await hand.press(
        "1", "f12", then=lambda: isinstance(app.screen, ImportFileScreen) and shop.rejected in result()
    )
    assert other.imports.batches() == ()
    await hand.press("f12", then=lambda: other.imports.batches() and other.imports.batches()[0].state == DONE)
    await until(hand.pilot, lambda: isinstance(app.screen, ImportFileScreen) and app.screen.can_go_on())
    (batch,) = other.imports.batches()
    assert (batch.kind, batch.tally.new, batch.tally.rejected) == ("customers", ROWS - len(BAD), len(BAD))
    assert Path(batch.path).with_suffix(".rejects.csv").exists()
    await hand.press("escape", then=lambda: isinstance(app.screen, ImportsScreen))


async def find_and_call(hand: Fingers, other: Desk, shop: Shop) -> None:
    """By the end of his number; from his file the call sheet opens with everything filled in."""
    app = hand.app
    await hand.press("slash", then=lambda: isinstance(app.screen, SearchScreen))
    await hand.press(*"83451234", then=lambda: app.screen.query_one(Rows).rows)
    await hand.press("enter", then=lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
    await hand.press("C", then=lambda: here(app) == "fault")
    await hand.press(
        *shop.fault,
        "f12",
        "f12",
        "enter",
        then=lambda: (
            isinstance(app.screen, CustomerScreen) and other.intake.callers("83451234")[0].open_tickets
        ),
    )
    ticket = other.dispatch.ticket(other.dispatch.by_number(1005))
    told = [ticket.answers[name] for name in ("caller", "address", "zone", "model", "fault")]
    name, _, _, address, zone, _, model, _ = shop.first
    assert told == [name, address, zone, model, shop.fault]
    assert ticket.customer_id == other.intake.callers("83451234")[0].customer_id


async def merge(hand: Fingers, other: Desk, shop: Shop) -> None:
    """The two files stand among the likely doubles: their mobile is the same, however it is written."""
    app = hand.app
    await hand.press("f3", then=lambda: isinstance(app.screen, QueueScreen))
    await hand.press("f9", "7", then=lambda: isinstance(app.screen, DuplicatesScreen) and pairs(app, shop))
    await hand.press("enter", then=lambda: isinstance(app.screen, MergeDialog))
    await hand.press("f12", then=lambda: len(other.intake.callers("13951612345")) == 1)
    (only,) = other.intake.callers("13951612345")
    file = other.customers.file(only.customer_id)
    assert (file.tickets, len(file.addresses)) == (1, 2)


def pairs(app: DeskApp, shop: Shop) -> bool:
    """Whether the two stand there."""
    return any(shop.first[0] in row.cells for row in app.screen.query_one(Rows).rows)


async def take_out(hand: Fingers, home: Path, shop: Shop) -> None:
    """His own data for himself, and the list of what waits."""
    app = hand.app
    await hand.press("slash", then=lambda: isinstance(app.screen, SearchScreen))
    await hand.press(*"83451234", then=lambda: app.screen.query_one(Rows).rows)
    await hand.press("enter", then=lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
    await hand.press("E", then=lambda: isinstance(app.screen, HandOutDialog))
    await hand.press(*shop.reason, "enter", "enter", then=lambda: list(home.glob("*.json.txt")))
    (file,) = home.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["name"] == shop.first[0]
    await hand.press("f3", then=lambda: isinstance(app.screen, QueueScreen))
    await hand.press("x", then=lambda: isinstance(app.screen, Ask))
    await hand.press("enter", *shop.reason, "enter", then=lambda: list(home.glob("queue-*.csv")))
    (listed,) = home.glob("queue-*.csv")
    assert shop.first[0] in listed.read_text("utf-8-sig")
