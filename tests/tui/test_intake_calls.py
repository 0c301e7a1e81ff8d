"""Calls that wait, drafts, hold, memo: nothing of a call is lost (C12, C13, C14)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from aftersales_tui import i18n
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.confirm import Confirm
from aftersales_tui.tui.intake.memo_pad import MemoPad
from aftersales_tui.tui.intake.read_back import ReadBack
from aftersales_tui.tui.intake.steps import StepMenu
from aftersales_tui.tui.screens.help import HelpScreen
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.ticket.paper import Paper
from tests.tui.at_intake import at_sheet, box, here, lines, sheet, typed
from tests.tui.steps import status, strip, until

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MakeApp = Callable[..., DeskApp]


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "state" / "drafts").glob("*.json"))


async def test_esc_keeps_the_sheet_and_f2_brings_it_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        await pilot.press("tab", *"0255", "escape")
        assert isinstance(app.screen, QueueScreen)
        assert "F2 brings it back" in status(app)
        await pilot.press("f2")
        assert (box(app, "caller").value, box(app, "phone").value, here(app)) == ("Wu Gang", "0255", "phone")
        assert "unfinished" in status(app)


async def test_f2_leads_back_to_where_it_was_pressed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        await pilot.press("f4")
        there = app.screen
        await pilot.press("f2")
        assert isinstance(app.screen, IntakeScreen)
        await pilot.press("escape")
        assert app.screen is there


async def test_two_calls_wait_and_come_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+n")
        assert "nothing to park" in status(app)
        assert "Ctrl+T" not in strip(app)
        for name in ("one", "two"):
            await typed(pilot, name)
            await pilot.press("ctrl+n")
        assert here(app) == "caller"
        assert "parked 2/2" in lines(app, "bar")
        assert "Ctrl+T" in strip(app)
        await typed(pilot, "three")
        await pilot.press("ctrl+n")
        assert "Calls parked already: 2" in status(app)
        assert box(app, "caller").value == "three"
        seen = []
        for _ in range(3):
            await pilot.press("ctrl+t")
            seen.append(box(app, "caller").value)
        assert seen == ["one", "two", "three"]


async def test_when_a_call_is_saved_the_parked_one_comes_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "first")
        await pilot.press("ctrl+n")
        await typed(pilot, "second")
        box(app, "fault").focus()
        await typed(pilot, "leaks")
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ReadBack))
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        assert box(app, "caller").value == "first"
        assert "parked" not in lines(app, "bar")


async def test_over_the_form_of_the_parked_call_no_key_is_told_that_would_type_its_letter(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "first")
        await pilot.press("ctrl+n")
        await typed(pilot, "second")
        box(app, "fault").focus()
        await typed(pilot, "leaks")
        await pilot.press("f12", "f12")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        steps = app.bridge.desk.policy.kind("repair").steps if app.bridge.desk else ()
        await pilot.press(str(steps.index("advice") + 1), *"reset", "enter")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen) and app.said.may_be_undone)
        assert box(app, "caller").value == "first"
        assert status(app) == app.said.text().strip()
        told = app.said
        await pilot.press("u")
        assert (box(app, "caller").value, app.said) == ("firstu", told)
        await pilot.press("f3")
        app.tell(told)
        assert status(app) == f"{told.text()}  (u: undo)"


async def test_a_draft_is_on_the_disk_within_a_second_and_gone_when_saved(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        assert files(tmp_path) == []
        await typed(pilot, "Wu Gang")
        await until(pilot, lambda: any("Wu Gang" in file.read_text("utf-8") for file in files(tmp_path)))
        box(app, "fault").focus()
        await typed(pilot, "leaks")
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ReadBack))
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        assert files(tmp_path) == []
        await pilot.pause(0.7)
        assert files(tmp_path) == []


async def test_after_a_crash_drafts_are_offered_to_the_same_person_alone(
    make_app: MakeApp, tmp_path: Path
) -> None:
    crashed = make_app()
    async with crashed.run_test(size=(80, 24)) as pilot:
        await at_sheet(crashed, pilot)
        await typed(pilot, "first")
        await pilot.press("ctrl+n", "ctrl+g")
        await until(pilot, lambda: isinstance(crashed.screen, MemoPad))
        await typed(pilot, "gate 7788")
        await pilot.press("escape")
        await until(pilot, lambda: sum("7788" in file.read_text("utf-8") for file in files(tmp_path)) == 1)
        assert len(files(tmp_path)) == 2
    stranger = make_app(person="小王")
    async with stranger.run_test(size=(80, 24)) as pilot:
        await at_sheet(stranger, pilot)
        assert sheet(stranger).call.is_blank
    again = make_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await at_sheet(again, pilot)
        assert sheet(again).call.sheet.memo == "gate 7788"
        await pilot.press("ctrl+t")
        assert box(again, "caller").value == "first"


async def test_a_draft_whose_call_was_saved_is_not_offered(
    make_app: MakeApp, other: "Desk", tmp_path: Path
) -> None:
    crashed = make_app()
    async with crashed.run_test(size=(80, 24)) as pilot:
        await at_sheet(crashed, pilot)
        await typed(pilot, "Wu Gang")
        await until(pilot, lambda: files(tmp_path))
        written: CallSheet = sheet(crashed).call.sheet
    answers = {**written.answers, Field.FAULT: "leaks"}
    other.intake.save(
        other.act(write_id=written.call_id),
        CallSheet(written.call_id, "repair", "phone", written.opened_at, answers),
    )
    again = make_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await at_sheet(again, pilot)
        await until(pilot, lambda: sheet(again).call.is_blank)
        assert files(tmp_path) == []


async def test_the_hold_timer_warns(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+r")
        assert "on hold 0:0" in lines(app, "bar")
        hold = sheet(app).call.hold
        assert hold.since is not None
        desk = app.bridge.desk
        assert desk is not None
        hold.since -= desk.policy.call.hold_warning
        sheet(app).tick()
        assert "on hold 0:30 !" in lines(app, "bar")
        assert "may I call you back" in lines(app, "prompts")
        await pilot.press("ctrl+r")
        assert "on hold" not in lines(app, "bar")
        assert 30 <= sheet(app).call.told(app.now()).hold_seconds < 40


async def test_the_memo_goes_with_the_ticket(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, MemoPad))
        await typed(pilot, "dog!")
        await pilot.press("enter", *"ring twice", "ctrl+g")
        await until(pilot, lambda: here(app))
        assert "memo" in lines(app, "bar")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, MemoPad))
        assert app.screen.query_one(TextArea).text == "dog!\nring twice"
        await pilot.press("f12")
        await until(pilot, lambda: here(app))
        box(app, "fault").focus()
        await typed(pilot, "leaks")
        call_id = sheet(app).call.sheet.call_id
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, ReadBack))
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        assert other.dispatch.ticket(call_id).answers["memo"] == "dog!\nring twice"


async def test_the_channel_goes_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        seen = []
        for _ in range(4):
            await pilot.press("ctrl+x")
            seen.append((sheet(app).call.sheet.channel, sheet(app).call.sheet.outgoing))
            if sheet(app).call.sheet.outgoing:
                assert "- Who: name, phone" in lines(app, "panel")
        assert seen == [("phone", True), ("letter", False), ("visitor", False), ("phone", False)]


async def test_another_language_leaves_what_is_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "Wu Gang")
        i18n.use("zh_CN")
        app.retranslate()
        await pilot.pause()
        assert box(app, "caller").value == "Wu Gang"
        assert "来电人" in lines(app, "labels")
        assert "请问您贵姓" in lines(app, "prompts")
        assert "已问 1/7" in lines(app, "bar")
        await typed(pilot, "!")
        assert box(app, "caller").value == "Wu Gang!"


async def test_a_sheet_is_thrown_away_when_that_is_confirmed(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await typed(pilot, "prank")
        await until(pilot, lambda: files(tmp_path))
        await pilot.press("ctrl+w")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert files(tmp_path) == []
        await pilot.press("f2")
        assert box(app, "caller").value == ""


async def test_the_help_lists_what_to_say(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        written = app.screen.query_one(Paper).written
        told = " ".join(written.split())
        assert "张记电器, after-sales service" in told
        assert "What is the address" in told
        assert "Would you" in told
        assert "if I ring you back" in told
        assert sum(line.strip().startswith("Do not ") for line in written.splitlines()) == 10


async def test_two_windows_sit_at_two_seats(make_app: MakeApp) -> None:
    app, second = make_app(), make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        assert (app.seat.name, second.seat.name) == ("1", "1-2")
        second.seat.leave()
