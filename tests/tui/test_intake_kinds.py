"""What each kind of call needs and is asked for; a call that is entered afterwards (C2, C4, C7, C11, P8)."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.happened import HappenedDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.word import Word
from tests.tui.at_intake import at_sheet, box, here, lines, sheet, typed
from tests.tui.steps import status, until
from tests.tui.test_intake_save import WHOLE, MakeApp, fill, newest, read_back, saved

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


def arrived(app: DeskApp, name: str) -> bool:
    return here(app) == name


async def test_a_slip_asks_what_a_slip_needs(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("0", "8")
        await until(pilot, lambda: box(app, "for_whom").region.height)
        assert "0/4 known" in lines(app, "bar")
        asked = {}
        for name in ("for_whom", "fault", "when_wanted"):
            box(app, name).focus()
            await pilot.pause()
            asked[name] = lines(app, "prompts")
        assert "Whom shall I pass it on to?" in asked["for_whom"]
        assert "What may I pass on?" in asked["fault"]
        assert "When may we ring you back?" in asked["when_wanted"]
        await typed(pilot, "+2h")
        for name in ("caller", "phone", "mobile", "for_whom", "fault"):
            await pilot.press("enter")
            await until(pilot, partial(arrived, app, name))
            await typed(pilot, {"phone": "02588887777", "mobile": ""}.get(name, "Xq"))
        await pilot.press("enter")
        await until(pilot, lambda: "4/4 known" in lines(app, "bar"))


async def test_a_call_that_sends_nobody_is_asked_for_no_visit(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("4")
        await until(pilot, lambda: sheet(app).call.sheet.kind == "use_advice")
        await fill(app, pilot, caller="Wu Gang", fault="how to clean it")
        await until(pilot, lambda: "2/3 known" in lines(app, "bar"))
        assert "?Address" not in lines(app, "labels")
        said = await read_back(app, pilot)
        assert "What number can we reach you at?" in said
        assert not any(word in said for word in ("address", "plate", "invoice", "engineer"))


async def test_the_read_back_names_the_boxes_as_the_form_does_and_lines_up(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, caller="Wu Gang", fault="leaks", quantity="2")
        said = (await read_back(app, pilot)).splitlines()
        assert "? Bought    Roughly when was it bought, and is the invoice at hand?" in said
        assert "? Visit     When may the engineer come?" in said
        assert "  Quantity  2" in said


async def test_what_is_missing_is_in_sight_above_two_open_tickets(make_app: MakeApp, other: "Desk") -> None:
    first = newest(other)
    other.intake.save(
        other.act(write_id=7),
        CallSheet(7, "repair", "phone", other.now(), {Field.PHONE: "13800138000", Field.FAULT: "drips"}),
    )
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        told = {name: text for name, text in WHOLE.items() if name not in {"bought", "when_wanted"}}
        await fill(app, pilot, **{**told, "phone": first.answers["phone"], "cause": "moved", "degree": "bad"})
        await read_back(app, pilot)
        points = app.screen.query_one("#points")
        said = app.screen.query_one("#said", Static)
        told_lines = str(said.visual).splitlines()
        ask = next(place for place, line in enumerate(told_lines) if line.startswith("? Visit"))
        assert len(app.screen.query_one("#ways", Rows).rows) > 4
        assert said.region.y + ask < points.region.bottom


@pytest.mark.parametrize(("height", "all_seen"), [(24, True), (20, False)])
async def test_the_menu_of_kinds_shows_them_all_or_says_that_it_goes_on(
    height: int, all_seen: bool, make_app: MakeApp
) -> None:
    app = make_app()
    async with app.run_test(size=(80, height)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await until(pilot, lambda: app.screen.query_one(Rows).size.height)
        rows, more = app.screen.query_one(Rows), app.screen.query_one("#more", Word)
        codes = [row.cells[0] for row in rows.rows]
        assert codes == [*"123456789", *(f"0{digit}" for digit in range(1, 10))]
        assert (rows.size.height == len(codes), more.display) == (all_seen, not all_seen)
        assert app.screen.query_one("#box").region.bottom <= height
        if not all_seen:
            assert f"{len(codes) - rows.size.height} more below" in more.render().plain
        await pilot.press("0", "1")
        await until(pilot, lambda: sheet(app).call.sheet.kind == "sample_test")


async def test_a_call_of_the_morning_is_entered_in_the_afternoon(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, caller="Wu Gang", fault="leaks", when_wanted="tomorrow 3pm")
        assert box(app, "when_wanted").noted == "= tomorrow 15-17"
        await sheet(app).action_run_command("came")
        await until(pilot, lambda: isinstance(app.screen, HappenedDialog))
        await typed(pilot, "yesterday 4pm")
        await pilot.press("enter")
        await until(pilot, lambda: here(app))
        assert "The call came 07-28 16:00" in status(app)
        assert "came 07-28 16:00" in lines(app, "bar")
        assert box(app, "when_wanted").noted == "= today 15-17"
        await saved(app, pilot)
        ticket = newest(other)
        assert ticket.received_at == ticket.timeline[0].happened_at
        assert f"{ticket.received_at.astimezone(app.zone):%m-%d %H:%M}" == "07-28 16:00"
        assert ticket.entered_at - ticket.received_at > timedelta(hours=18)
