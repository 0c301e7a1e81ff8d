"""Calling people back: the list, the script of each reason, and what comes of it, on a real store (B1, B2)."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.ticket import Status
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.contact.again_at import AgainAt
from aftersales_tui.tui.contact.script import ScriptDialog
from aftersales_tui.tui.screens.contact import ContactScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.widgets.line import Line
from tests.tui.called_back import advised, age, change, due, of, promised, repaired
from tests.tui.conftest import call
from tests.tui.steps import burst, cells, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
DUE, WHY, WHOM, PHONE, NUMBER, PRODUCT, WORDS, TRIES, FLAG = range(9)
MARKUP = "王[/b] [@click=app.quit]五"


async def at_list(app: DeskApp, pilot: Pilot[None], rows: int) -> None:
    """Go to the list and wait until it holds so many lines."""
    await until(pilot, lambda: app.bridge.desk is not None)
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(app.screen, ContactScreen) and len(rows_of(app).rows) == rows)


async def scripted(app: DeskApp, pilot: Pilot[None]) -> ScriptDialog:
    await until(pilot, lambda: isinstance(app.screen, ScriptDialog) and app.screen.query_one(Paper).written)
    assert isinstance(app.screen, ScriptDialog)
    return app.screen


async def test_due_first_with_why_whom_and_what_was_said_and_the_late_one_is_marked(
    make_app: MakeApp, other: Desk, shop_file: Path
) -> None:
    late = promised(other, "赵一", 40, "什么时候来")
    promised(other, "钱二", 20)
    advised(other, "孙三")
    age(shop_file, of(other, late), 2)
    app = make_app(language="zh_CN")
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 3)
        assert cells(app, WHOM) == ["赵一", "钱二", "孙三"]
        assert cells(app, WHY) == ["按约定回电", "按约定回电", "指导后回访"]
        assert cells(app, WORDS) == ["什么时候来", "问配件", "断电十分钟再开机"]
        assert cells(app, PHONE)[0] == "13800138000"
        assert cells(app, DUE)[0].endswith("!")
        assert rows_of(app).rows[0].styles[DUE] == "late"
        assert rows_of(app).key == of(other, late).contact_id


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("spoken", ["en", "zh_CN", "zh_TW"])
async def test_every_line_fills_the_width_and_the_number_to_dial_is_never_left_out(
    make_app: MakeApp, other: Desk, width: int, height: int, spoken: str
) -> None:
    advised(other, "孙三")
    app = make_app(language=spoken)
    async with app.run_test(size=(width, height)) as pilot:
        await at_list(app, pilot, 1)
        rows = rows_of(app)
        assert {rows.render_line(y).cell_length for y in range(4)} == {width}
        assert "13800138000" in rows.render_line(1).text
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        paper = dialog.query_one(Paper)
        assert paper.region.height >= 3
        for widget in (dialog.query_one("#results"), dialog.query_one(Line), paper):
            assert widget.region.bottom <= height - 1, widget
        assert dialog.query_one("#results").region.height == 7
        last = dialog.query_one(".hint").region
        assert last.bottom < height


async def test_two_keys_record_a_contact_and_the_next_is_under_the_cursor(
    make_app: MakeApp, other: Desk
) -> None:
    first, second = repaired(other, "周五"), repaired(other, "吴六")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 2)
        keys = ("enter", "1")
        await pilot.press(*keys)
        await until(pilot, lambda: other.dispatch.ticket(first).status == Status.CLOSED)
        await until(pilot, lambda: "T-1005" in status(app))
        await until(pilot, lambda: rows_of(app).key == of(other, second).contact_id)
        assert cells(app, WHOM) == ["吴六"]
        assert status(app).startswith("T-1005 周五: works, ticket closed")
        print(f"keystrokes of a contact done: {len(keys)} (at most 4)")
        assert len(keys) <= 4


async def test_a_row_of_contacts_typed_ahead_is_done_one_after_the_other(
    make_app: MakeApp, other: Desk
) -> None:
    tickets = [advised(other, name) for name in ("周五", "吴六", "郑七")]
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 3)
        burst(app, "enter", "1", "enter", "2", "enter", "1")
        await until(pilot, lambda: not due(other))
        states = [other.dispatch.ticket(ticket).status for ticket in tickets]
        assert states == [Status.CLOSED, Status.NEW, Status.CLOSED]
        await until(pilot, lambda: not rows_of(app).rows)


async def test_keys_typed_ahead_of_the_list_wait_for_its_first_line(make_app: MakeApp, other: Desk) -> None:
    tickets = [advised(other, name) for name in ("周五", "吴六")]
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.bridge.desk is not None)
        busy = asyncio.ensure_future(app.bridge.before_opening(partial(time.sleep, 0.3)))
        burst(app, "f4", "enter", "1", "f3", "f4", "enter", "2")
        await until(pilot, lambda: not due(other))
        states = [other.dispatch.ticket(ticket).status for ticket in tickets]
        assert states == [Status.CLOSED, Status.NEW]
        await busy


async def test_esc_puts_the_contact_back_for_the_others(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        await scripted(app, pilot)
        assert of(other, ticket).claimed_by == "小李"
        await pilot.press("escape")
        await until(pilot, lambda: of(other, ticket).claimed_by == "")
        assert isinstance(app.screen, ContactScreen)
        await until(pilot, lambda: cells(app, FLAG) == [""])


async def test_a_contact_that_somebody_has_is_refused_by_his_name(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        row = of(other, ticket)
        other.contacts.claim(other.act(), row.contact_id, row.version)
        await until(pilot, lambda: cells(app, FLAG) == ["小王"])
        await pilot.press("enter")
        await until(pilot, lambda: "小王" in status(app))
        assert isinstance(app.screen, ContactScreen)
        assert app.said.style == "bad"


async def test_nobody_answers_and_the_line_moves_to_its_next_try(make_app: MakeApp, other: Desk) -> None:
    first, second = advised(other, "周五"), advised(other, "吴六")
    before = of(other, first).due_at
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 2)
        await pilot.press("enter", "3")
        await until(pilot, lambda: of(other, first).tries == 1)
        await until(pilot, lambda: cells(app, WHOM) == ["吴六", "周五"])
        assert rows_of(app).key == of(other, second).contact_id
        assert of(other, first).due_at > before
        assert "next try" in status(app)
        assert cells(app, TRIES) == ["", "1"]


async def test_words_go_before_the_digit(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        await pilot.press("m", *"call 2", "enter", "4")
        await until(pilot, lambda: of(other, ticket).words == "call 2")
        assert dialog is not app.screen
        await until(pilot, lambda: cells(app, WORDS) == ["call 2"])


async def test_tab_goes_to_the_words_too(make_app: MakeApp, other: Desk) -> None:
    advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        await pilot.press("tab")
        assert dialog.query_one(Line).has_focus


async def test_an_inconvenient_moment_asks_when_to_call_again(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        burst(app, "enter", "5", *"明天下午3点", "enter")
        await until(
            pilot, lambda: f"{of(other, ticket).due_at.astimezone(app.zone):%m-%d %H:%M}" == "07-30 15:00"
        )
        assert of(other, ticket).tries == 0
        await until(pilot, lambda: "tomorrow 15:00" in status(app))


async def test_a_time_nobody_understands_is_asked_again_and_esc_goes_back_to_the_results(
    make_app: MakeApp, other: Desk
) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        await pilot.press("5")
        await until(pilot, lambda: isinstance(app.screen, AgainAt))
        await pilot.press(*"xyz", "enter")
        assert isinstance(app.screen, AgainAt)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is dialog)
        await pilot.press("6")
        await until(pilot, lambda: of(other, ticket).flag == "ask_supervisor")
        await until(pilot, lambda: "supervisor" in status(app))
        await until(pilot, lambda: cells(app, FLAG) == ["escalated"])


async def test_advice_that_did_not_help_brings_a_visit(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter", "2")
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.NEW)
        await until(pilot, lambda: "ticket back in the queue" in status(app))
        assert not due(other)


async def test_what_was_typed_by_people_is_shown_as_it_is(make_app: MakeApp, other: Desk) -> None:
    promised(other, MARKUP, 20, "[bold]{name}[/bold]")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        written = dialog.query_one(Paper).written
        assert MARKUP in written
        assert "[bold]{name}[/bold]" in written


async def test_whoever_must_not_be_called_has_a_word_on_the_line_and_in_the_script(
    make_app: MakeApp, other: Desk, shop_file: Path
) -> None:
    advised(other, "周五")
    change(shop_file, "UPDATE customer SET do_not_call = 1")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot, 1)
        assert cells(app, FLAG) == ["no calls!"]
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        assert "! no calls!" in dialog.query_one(Paper).written


async def test_undo_gives_the_contact_back_to_everybody(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter", "1")
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.CLOSED)
        await until(pilot, lambda: "ticket closed" in status(app))
        await pilot.press("u")
        await until(pilot, lambda: due(other) and of(other, ticket).claimed_by == "")
        assert other.dispatch.ticket(ticket).status == Status.ADVISED
        await until(pilot, lambda: cells(app, FLAG) == [""])


async def test_the_ticket_of_a_line_opens_and_esc_comes_back_to_the_line(
    make_app: MakeApp, other: Desk
) -> None:
    advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ContactScreen))
        await pilot.press("enter")
        await scripted(app, pilot)
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))


async def test_the_ticket_can_be_worked_on_from_the_line(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        assert "Outcome" not in strip(app)
        await pilot.press("m", *"gate 7788", "enter")
        await until(pilot, lambda: other.dispatch.ticket(ticket).answers["memo"] == "gate 7788")


async def test_another_page_is_read_when_the_cursor_comes_near_the_end(
    make_app: MakeApp, other: Desk
) -> None:
    ticket = call(other, "周五", 1)
    for minute in range(130):
        other.contacts.promise(other.act(), ticket, other.now() + timedelta(minutes=minute + 5), str(minute))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot, 100)
        assert cells(app, WORDS)[0] == "0"
        await pilot.press(*["pagedown"] * 5)
        await until(pilot, lambda: len(rows_of(app).rows) == 130)
        await pilot.press("end")
        assert rows_of(app).rows[-1].key == rows_of(app).key


async def test_the_language_changes_under_the_list(make_app: MakeApp, other: Desk) -> None:
    advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        assert cells(app, WHY) == ["advice check"]
        await app.do_language("zh_TW")
        await pilot.pause()
        assert cells(app, WHY) == ["指導後回訪"]


async def test_enter_pressed_twice_records_nothing(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        burst(app, "enter", "enter", "enter")
        await scripted(app, pilot)
        await pilot.pause(0.1)
        assert isinstance(app.screen, ScriptDialog)
        assert of(other, ticket).claimed_by == "小李"


async def test_a_click_on_a_result_records_it(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        await pilot.press("enter")
        await scripted(app, pilot)
        await pilot.click("#results", offset=(4, 1))
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.NEW)


async def test_full_width_digits_of_an_input_method_count(make_app: MakeApp, other: Desk) -> None:
    ticket = advised(other, "周五")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        burst(app, "enter", "１")
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.CLOSED)


async def test_a_look_at_a_contact_is_nothing_to_take_back(make_app: MakeApp, other: Desk) -> None:
    first, second = advised(other, "周五"), advised(other, "吴六")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 2)
        await pilot.press("enter", "1")
        await until(pilot, lambda: "ticket closed" in status(app))
        await until(pilot, lambda: rows_of(app).key == of(other, second).contact_id)
        await pilot.press("enter")
        await scripted(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: of(other, second).claimed_by == "")
        await pilot.press("u")
        await until(pilot, lambda: other.dispatch.ticket(first).status == Status.ADVISED)
        await until(pilot, lambda: {row.claimed_by for row in due(other)} == {""})
