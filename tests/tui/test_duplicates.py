"""Suggested duplicates, merging, handing out and erasing by keys alone, on a real store (U4)."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from aftersales_tui import i18n
from aftersales_tui.desk.desk import Desk
from aftersales_tui.paths import state_dir
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.commands.frame import MORE
from aftersales_tui.tui.customer_deeds import CustomerDeeds
from aftersales_tui.tui.customer_words import erasure_lines
from aftersales_tui.tui.dialogs.erase import EraseDialog
from aftersales_tui.tui.dialogs.hand_out import HandOutDialog
from aftersales_tui.tui.dialogs.merge import MergeDialog
from aftersales_tui.tui.dialogs.pick_customer import PickCustomer
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.screens.duplicates import DuplicatesScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.mergers import Shared
from tests.grep import grep
from tests.tui.called_back import change
from tests.tui.conftest import call
from tests.tui.steps import burst, cells, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
WHY, ONE, ONE_PHONE, OTHER, OTHER_PHONE = range(5)
MARKUP = "欧阳[/b] [@click=app.quit]令"


@pytest.fixture(autouse=True)
def apart(shop_file: Path) -> None:
    """The customers that the shop has from the start no longer share their phone."""
    change(shop_file, "UPDATE phone SET e164 = '+86138' || (id % 100000000)")


class One(CustomerDeeds, DeskScreen):
    """A screen that shows one customer, as the file does."""

    scopes: ClassVar[tuple[str, ...]] = ()
    customer_id = 0

    def compose_body(self) -> Iterator[Widget]:
        yield from ()

    def customer_in_hand(self) -> int:
        return self.customer_id


def two(desk: Desk, other_name: str = "欧阳鹤令") -> tuple[int, int]:
    """Two files of one customer; the tickets of the second are closed."""
    first = call(desk, "欧阳鹤龄", 2, phone="13766677788", address="华侨城东部9栋")
    second = call(desk, other_name, 1, phone="13766677799", address="华侨城东部九栋", fault="压缩机异响")
    ticket = desk.dispatch.ticket(second)
    desk.visits.answer(desk.act(), second, ticket.version, "")
    version = desk.dispatch.ticket(second).version
    if desk.dispatch.ticket(second).status != "closed":
        desk.visits.close(desk.act(), second, version, "")
    return desk.dispatch.ticket(first).customer_id, desk.dispatch.ticket(second).customer_id


async def at_duplicates(app: DeskApp, pilot: Pilot[None], rows: int = 1) -> None:
    await until(pilot, lambda: app.bridge.desk is not None)
    await pilot.press("f9", str(1 + MORE.index("duplicates")))
    await until(pilot, lambda: isinstance(app.screen, DuplicatesScreen) and len(rows_of(app).rows) == rows)


async def test_a_pair_is_merged_by_three_keys_and_taken_back_by_one(make_app: MakeApp, other: Desk) -> None:
    kept, lost = two(other)
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        assert (cells(app, ONE), cells(app, OTHER)) == (["欧阳鹤龄"], ["欧阳鹤令"])
        assert cells(app, WHY) == ["姓名、地址"]
        assert "x 不是同一位" in strip(app)
        burst(app, "enter", "f12")
        await until(pilot, lambda: not rows_of(app).rows and isinstance(app.screen, DuplicatesScreen))
        assert other.mergers.survivor(lost) == kept
        assert "欧阳鹤令 已并入 欧阳鹤龄" in status(app)
        await pilot.press("u")
        await until(pilot, lambda: len(rows_of(app).rows) == 1)
        assert other.mergers.survivor(lost) == lost


async def test_the_operator_chooses_what_stays_and_which_file(make_app: MakeApp, other: Desk) -> None:
    kept, lost = two(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergeDialog))
        await pilot.press("enter")  # the first line: the other file stays
        await until(pilot, lambda: [row.cells[1] for row in rows_of(app).rows][1] == "欧阳鹤令")
        assert "Moves: phones 1, devices 1, tickets 1, calls 1." in text_of(app)
        await pilot.press("down", "right")
        assert rows_of(app).rows[1].cells[2] == ">"
        await pilot.press("left", "enter")
        assert rows_of(app).rows[1].cells[2] == ">"
        await pilot.press("f12")
        await until(pilot, lambda: other.mergers.survivor(kept) == lost)
        assert other.mergers.lines([lost])[0].name == "欧阳鹤龄"


async def test_two_of_one_name_are_told_apart_by_what_differs(make_app: MakeApp, other: Desk) -> None:
    two(other, "欧阳鹤龄")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergeDialog))
        title = app.screen.query_one(".title", Word).render().plain.strip()
        assert title == "Merge 欧阳鹤龄 (13766677799) into 欧阳鹤龄 (13766677788)"


def in_front(app: DeskApp, kind: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, kind)


def text_of(app: DeskApp) -> str:
    from aftersales_tui.tui.widgets.lines import Lines

    return " ".join(app.screen.query_one(Lines).text.split())


async def test_two_who_are_not_the_same_go_off_the_list_and_come_back_by_undo(
    make_app: MakeApp, other: Desk
) -> None:
    two(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        await pilot.press("x")
        await until(pilot, lambda: not rows_of(app).rows)
        assert other.mergers.suggested().pairs == ()
        await pilot.press("u")
        await until(pilot, lambda: len(rows_of(app).rows) == 1)


async def test_what_another_seat_merges_goes_off_this_list(make_app: MakeApp, other: Desk) -> None:
    kept, lost = two(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        versions = [one.version for one in other.mergers.lines([kept, lost])]
        other.mergers.merge(other.act(), (kept, versions[0]), (lost, versions[1]))
        await until(pilot, lambda: not rows_of(app).rows)


@pytest.mark.parametrize(
    ("width", "height", "spoken"), [(60, 20, "en"), (60, 20, "zh_CN"), (80, 24, "zh_TW")]
)
async def test_list_and_dialogs_fit_and_show_names_as_they_were_typed(
    make_app: MakeApp, other: Desk, width: int, height: int, spoken: str
) -> None:
    two(other, MARKUP)
    app = make_app(language=spoken)
    async with app.run_test(size=(width, height)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        app.travel.to("duplicates")
        await until(
            pilot, lambda: isinstance(app.screen, DuplicatesScreen) and rows_of(app).empty.endswith("none")
        )
        one = One()
        (one.customer_id,) = {match.customer_id for match in other.intake.callers("13766677799")}
        await app.push_screen(one)
        for key, kind in (("M", PickCustomer), ("E", HandOutDialog), ("D", EraseDialog)):
            await pilot.press(key)
            await until(pilot, partial(in_front, app, kind))
            assert app.screen.query_one(".hint").region.bottom < height
            await pilot.press("escape")
        burst(app, "M", *"7788", "enter")
        await until(pilot, lambda: isinstance(app.screen, MergeDialog) and rows_of(app).rows)
        assert rows_of(app).rows[1].cells[1] == MARKUP
        await until(pilot, lambda: 0 < app.screen.query_one(".hint").region.bottom < height)


async def test_data_are_handed_out_with_a_reason_to_a_new_file(
    make_app: MakeApp, other: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(other)
    monkeypatch.setenv("HOME", str(tmp_path))
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        await pilot.press("E", "enter")
        await until(pilot, lambda: isinstance(app.screen, HandOutDialog))
        burst(app, *"来信", "enter", "enter")
        await until(pilot, lambda: "已写入" in app.said.text())
        (file,) = tmp_path.glob("*.json")
        (page,) = tmp_path.glob("*.json.txt")
        assert (file.stat().st_mode & 0o777, page.stat().st_mode & 0o777) == (0o600, 0o600)
        told = json.loads(file.read_text("utf-8"))
        assert told["name"] == "欧阳鹤龄"
        assert told["records"]["ticket"][0]["fault"] == "不制冷"
        assert "故障现象: 不制冷" in page.read_text("utf-8")
        before = file.read_bytes()
        burst(app, "E", *"again", "enter", "end", "ctrl+u", *f"~/{file.name}", "enter")
        await until(pilot, lambda: "未覆盖" in app.said.text())
        assert file.read_bytes() == before


async def test_a_customer_is_erased_after_his_name_is_typed_and_his_drafts_go_too(
    make_app: MakeApp, other: Desk, shop_file: Path
) -> None:
    _, lost = two(other)
    app = make_app()
    drafts = state_dir() / "drafts"
    drafts.mkdir(parents=True)
    (drafts / "x-1.json").write_text(f'{{"customer_id": {lost}}}', "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        one = One()
        one.customer_id = lost
        await app.push_screen(one)
        burst(app, "D", *"欧阳", "enter")
        await until(pilot, lambda: isinstance(app.screen, EraseDialog))
        await until(pilot, lambda: app.screen.query_one("#name", Line).value == "欧阳")
        assert app.screen.query_one("#name", Line).has_focus
        burst(app, *"鹤令", "enter", *"by letter", "enter")
        await until(pilot, lambda: "erased" in status(app))
        assert other.mergers.lines([lost])[0].state == "erased"
        assert other.intake.callers("13766677799") == ()
        assert list(drafts.iterdir()) == []
        await until(pilot, lambda: not grep(shop_file.parent.glob(f"{shop_file.name}*"), ["鹤令"]))


async def test_the_file_of_a_large_store_is_not_written_anew_while_the_shop_is_at_work(
    make_app: MakeApp, other: Desk, shop_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lost = two(other)
    monkeypatch.setattr("aftersales_tui.store.sweeping.BYTES_A_SECOND", 1000)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        one = One()
        one.customer_id = lost
        await app.push_screen(one)
        burst(app, "D", *"欧阳鹤令", "enter", *"by letter", "enter")
        await until(pilot, lambda: f"After hours, run: aftersales customer erase {lost}" in status(app))
        assert other.mergers.lines([lost])[0].state == "erased"
    assert other.erasing.sweep()
    assert not grep(shop_file.parent.glob(f"{shop_file.name}*"), ["鹤令"])


async def test_while_a_ticket_is_open_the_dialog_says_which_and_takes_no_name(
    make_app: MakeApp, other: Desk
) -> None:
    kept, _ = two(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot)
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, EraseDialog))
        assert app.screen.query_one("#name", Line).disabled
        assert "T-1005" in app.screen.query_one("#wrong", Word).render().plain
        await pilot.press("escape")
        assert other.mergers.lines([kept])[0].name == "欧阳鹤龄"


@pytest.mark.parametrize("spoken", ["en", "zh_CN", "zh_TW"])
def test_the_preview_says_what_stays_of_him_and_who_has_to_wait(spoken: str, other: Desk) -> None:
    _, lost = two(other)
    shared = tuple(Shared(f"1390013{n:04}", "张三", 1) for n in range(5))
    many = (Shared("李伟", "李伟", 17), Shared("Anna", "", 0), *shared)
    plain = other.erasing.preview(lost)
    i18n.use(spoken)
    try:
        before, lines = erasure_lines(plain), erasure_lines(plain._replace(shared=many, seconds=21))
        after_hours = erasure_lines(plain._replace(seconds=21), later=True)[-1]
    finally:
        i18n.use("en")
    assert f"aftersales customer erase {lost}" in after_hours
    said, waits = sorted(set(lines) - set(before), key=lines.index)
    for part in ("李伟", "17", "Anna", "13900130000", "张三", "13900130003"):
        assert part in said, said
    assert "13900130004" not in said
    assert "21" in waits
    assert not any("erase." in line or "{" in line for line in lines)


async def test_an_empty_list_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_duplicates(app, pilot, rows=0)
        await until(pilot, lambda: rows_of(app).empty == "duplicates.none")
        assert app.screen.customer_in_hand() == 0  # type: ignore[attr-defined]
        assert " M " not in strip(app)
