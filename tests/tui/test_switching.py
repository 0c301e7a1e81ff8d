"""Another person sits down: what belonged to the former is out of view, and comes back with him (A3, C12, A4)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aftersales_tui import i18n
from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.importing import run as running
from aftersales_tui.domain.customer import Part
from aftersales_tui.settings import load_settings
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.contact.script import ScriptDialog
from aftersales_tui.tui.customer.left import Left, leave, take_up
from aftersales_tui.tui.dialogs.palette import Palette
from aftersales_tui.tui.dialogs.switch_person import SwitchPerson
from aftersales_tui.tui.intake.keeper import Keeper
from aftersales_tui.tui.screens.command_line import CommandLine
from aftersales_tui.tui.screens.import_file import ImportFileScreen
from aftersales_tui.tui.screens.imports import ImportsScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.typed_lines import remembered
from aftersales_tui.tui.watch import StoreChanged
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.topline import TopLine
from aftersales_tui.views.imports import CANCELLED
from aftersales_tui.views.staff import Record
from tests.imports.files import table
from tests.tui.at_floor import slip
from tests.tui.at_imports import at_file
from tests.tui.at_intake import at_sheet, box, lines, sheet, typed
from tests.tui.called_back import due, of, promised
from tests.tui.steps import burst, cells, opened, rows_of, status, until

MakeApp = Callable[..., DeskApp]
SWITCH = "ctrl+right_square_bracket"


def person(app: DeskApp) -> str:
    desk = app.bridge.desk
    return desk.people.me().name if desk else ""


async def switch(app: DeskApp, pilot: Pilot[None], letters: str, name: str) -> None:
    """Somebody else sits down, by a few letters of his name."""
    await pilot.press(SWITCH)
    await until(pilot, lambda: isinstance(app.screen, SwitchPerson))
    await pilot.press(*letters, "enter")
    await until(pilot, lambda: app.standing.person == name and not app.screen.is_modal)


def files(tmp_path: Path) -> list[str]:
    return [file.read_text("utf-8") for file in sorted((tmp_path / "state" / "drafts").glob("*.json"))]


async def test_a_name_is_narrowed_by_its_sound_and_enter_seats_it_without_a_restart(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press(SWITCH)
        await until(pilot, lambda: isinstance(app.screen, SwitchPerson))
        assert cells(app, 0) == ["小王", "Li Ming", "王强", "小李"]
        await pilot.press("w", "a", "n", "g")
        assert cells(app, 0) == ["王强"]
        await pilot.press("backspace", *["backspace"] * 3, "x", "w")
        assert cells(app, 0) == ["小王"]
        await pilot.press("enter")
        await until(pilot, lambda: person(app) == "小王")
        await until(pilot, lambda: "小王" in app.screen.query_one(TopLine).render().plain)
        assert "小王 sits here now" in status(app)
        assert "undo" not in status(app)
        assert load_settings(environ={}).person == "小王"
        assert other.feed.last_mine(other.act()) == other.feed.latest()


async def test_keys_typed_ahead_are_the_new_persons(make_app: MakeApp, other: Desk) -> None:
    ticket_id = other.dispatch.by_number(1001)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        burst(app, SWITCH, "x", "w", "enter", "m", *"hello", "enter")
        await until(pilot, lambda: other.dispatch.ticket(ticket_id).answers["memo"] == "hello")
        assert other.dispatch.ticket(ticket_id).timeline[-1].who == "小王"


async def test_calls_in_hand_and_parked_leave_the_form_and_come_back_with_their_owner(
    make_app: MakeApp, other: Desk, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Adam")
        await pilot.press("ctrl+n")
        await typed(pilot, "Bert")
        await switch(app, pilot, "xw", "小王")
        assert box(app, "caller").value == ""
        assert "parked" not in lines(app, "bar")
        kept = files(tmp_path)
        assert sorted(name for name in ("Adam", "Bert") for text in kept if name in text) == ["Adam", "Bert"]
        await typed(pilot, "of Wang")
        await switch(app, pilot, "xl", "小李")
        assert box(app, "caller").value == "Bert"
        await pilot.press("ctrl+t")
        assert box(app, "caller").value == "Adam"
        await pilot.press("ctrl+t")
        assert box(app, "caller").value == "Bert"
        await pilot.press("escape")
        await switch(app, pilot, "xw", "小王")
        await pilot.press("f2")
        await until(pilot, lambda: box(app, "caller").value == "of Wang")
        assert len(files(tmp_path)) == 3


async def test_the_news_that_somebody_has_sat_down_is_no_record_that_is_gone(
    make_app: MakeApp, other: Desk
) -> None:
    app, before = make_app(), other.feed.latest()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "13800138000")
        await switch(app, pilot, "xw", "小王")
        told = other.feed.poll(before)
        assert told is not None
        sheet(app).post_message(StoreChanged(told))
        await typed(pilot, "x")
        await until(pilot, lambda: sheet(app).call.text("caller") == "x")
        assert "小王 sits here now" in status(app)


async def test_nobody_else_sits_down_while_the_calls_cannot_be_kept(
    make_app: MakeApp, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Keeper, "now", lambda _: False)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        await pilot.press(SWITCH, "x", "w", "enter")
        await until(pilot, lambda: "nobody else sits down" in status(app))
        assert person(app) == "小李"
        assert box(app, "caller").value == "Wu Gang"
        await typed(pilot, "!")
        assert sheet(app).call.text("caller") == "Wu Gang!"


async def test_undo_does_not_reach_back_to_the_former(make_app: MakeApp, other: Desk) -> None:
    ticket_id = other.dispatch.by_number(1001)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("m", *"mine", "enter")
        await until(pilot, lambda: other.dispatch.ticket(ticket_id).answers["memo"] == "mine")
        await switch(app, pilot, "xw", "小王")
        await pilot.press("u")
        await until(pilot, lambda: "cannot be taken back" in status(app))
        assert other.dispatch.ticket(ticket_id).answers["memo"] == "mine"


async def test_typed_lines_and_what_was_copied_are_gone(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("colon", *"who zhang", "escape")
        app.copy_to_clipboard("13800138000")
        assert remembered(app) == ["who zhang"]
        await switch(app, pilot, "xw", "小王")
        assert (remembered(app), app.clipboard) == ([], "")
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, CommandLine))
        await pilot.press("up")
        assert app.screen.query_one(Line).value == ""


async def test_a_script_that_is_open_is_finished_first_and_its_claim_does_not_stay(
    make_app: MakeApp, other: Desk
) -> None:
    ticket_id = promised(other, "赵一", 20)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("f4")
        await until(pilot, lambda: len(rows_of(app).rows) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ScriptDialog))
        await pilot.press(SWITCH)
        await until(pilot, lambda: "Finish or leave" in app.said.text())
        assert person(app) == "小李"
        assert of(other, ticket_id).claimed_by == "小李"
        # Out of the script to its ticket the claim is kept; it must not be when he goes.
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        assert of(other, ticket_id).claimed_by == "小李"
        await switch(app, pilot, "xw", "小王")
        assert [row.claimed_by for row in due(other)] == [""]


async def test_a_second_try_of_the_formers_verb_is_not_for_the_next(make_app: MakeApp, other: Desk) -> None:
    ticket_id = other.dispatch.by_number(1001)
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        app.open_ticket(ticket_id)
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and app.screen.in_hand())
        screen = app.screen
        assert isinstance(screen, TicketScreen)
        screen._second = lambda: None
        assert screen.can_again()
        await switch(app, pilot, "xw", "小王")
        assert not screen.can_again()


async def test_the_palette_finds_it_in_chinese(make_app: MakeApp, other: Desk) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.press("换", "人", "enter")
        await until(pilot, lambda: isinstance(app.screen, SwitchPerson))
        await pilot.press("小", "王", "enter")
        await until(pilot, lambda: person(app) == "小王")
        assert i18n.say("done.sit_down", name="小王") in status(app)


async def test_a_new_name_given_at_another_seat_is_shown_and_the_drafts_go_with_it(
    make_app: MakeApp, other: Desk, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        me = next(one.staff_id for one in other.roster.seatable() if one.name == "小李")
        other.roster.edit(other.act(), me, None, Record({"name": "李工"}))
        await until(pilot, lambda: app.standing.person == "李工")
        await until(pilot, lambda: load_settings(environ={}).person == "李工")
        assert box(app, "caller").value == "Wu Gang"
        await typed(pilot, "!")
        await until(pilot, lambda: any("Wu Gang!" in text for text in files(tmp_path)))
        assert ["李工" in text for text in files(tmp_path)] == [True]


async def test_who_plays_in_the_demo_shop_changes_nothing_for_the_next_start(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await switch(app, pilot, "xw", "小王")
        # Held until all of the change is done.
        await pilot.press("f4")
        await until(pilot, lambda: app.travel.is_at("contact"))
    assert load_settings(environ={}).person == ""


async def test_a_form_that_was_left_and_a_file_half_read_in_are_not_for_the_next_whose_messages_are_counted(
    make_app: MakeApp, other: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = table(
        tmp_path / "客户.csv", [{"姓名": f"赵{n}", "电话": f"1360013{n:04}"} for n in range(5)], "utf-8"
    )
    monkeypatch.setattr(running, "CHUNK", 1)
    for name, words in (("小李", "请回电"), ("小李", "再回电"), ("小王", "要发票")):
        slip(other, name, words)
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await at_file(app, pilot, names)
        await until(pilot, lambda: app.standing.messages == 2)
        leave(app, (5, Part.PERSON, 0), Left({}, {"name": "王会计"}))
        screen = app.screen
        assert isinstance(screen, ImportFileScreen)
        await pilot.press("f12")
        await until(pilot, screen.can_go_on)
        await until(pilot, lambda: "5 new" in screen.query_one("#import-result", Lines).text)
        run = app.bridge.run

        async def waiting(verb: Callable[[Desk], object]) -> object:
            """Let the import take no step after its first until it is told to stop."""
            its_own = "ImportFileScreen._all" in verb.__qualname__
            while its_own and other.imports.batches() and not screen._stopping:
                await pilot.pause(0.01)
            return await run(verb)

        monkeypatch.setattr(app.bridge, "run", waiting)
        await pilot.press("f12")
        await until(pilot, other.imports.batches)
        await switch(app, pilot, "xw", "小王")
        assert app.standing.messages == 1
        assert take_up(app, (5, Part.PERSON, 0)) is None
        await until(pilot, lambda: isinstance(app.screen, ImportsScreen))
        (batch,) = other.imports.batches()
        assert batch.state == CANCELLED
        assert not screen._file
        assert not screen.query_one(Rows).rows
