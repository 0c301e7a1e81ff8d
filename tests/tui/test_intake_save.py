"""How a call ends: read-back, saving, the next step of its kind (C4, C6, C7, C8, C10, C11)."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.pilot import Pilot
from textual.widgets import Static

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.dialogs.callback import CallbackDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.intake.read_back import ReadBack
from aftersales_tui.tui.intake.steps import StepMenu
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Act
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import QueueFilter, Receipt, TicketView
from tests.tui.at_intake import at_sheet, box, here, lines, sheet, typed
from tests.tui.steps import status, until

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MakeApp = Callable[..., DeskApp]
WHOLE = {
    "caller": "Wu Gang",
    "phone": "02588887777",
    "address": "Ninghai Road 3",
    "product": "fridge",
    "model": "BCD-9",
    "fault": "leaks",
    "wanted": "mend it",
    "when_wanted": "tomorrow 3pm",
    "bought": "2024-05",
}


async def fill(app: DeskApp, pilot: Pilot[None], **texts: str) -> None:
    for name, text in texts.items():
        box(app, name).focus()
        await typed(pilot, text)


async def read_back(app: DeskApp, pilot: Pilot[None]) -> str:
    await pilot.press("f12")
    await until(pilot, lambda: isinstance(app.screen, ReadBack))
    return str(app.screen.query_one("#said", Static).visual)


async def saved(app: DeskApp, pilot: Pilot[None], *keys: str) -> None:
    """F12, F12, and the menu of next steps stands."""
    await read_back(app, pilot)
    await pilot.press(*(keys or ("f12",)))
    await until(pilot, lambda: isinstance(app.screen, StepMenu))


def newest(desk: "Desk") -> TicketView:
    rows = desk.queue.page(QueueFilter(), None, 50).rows
    return desk.dispatch.ticket(max(rows, key=lambda row: row.number).ticket_id)


def contacts(desk: "Desk") -> tuple[ContactRow, ...]:
    return desk.contacts.due(None, 50).rows


def tickets(desk: "Desk") -> int:
    return len(desk.queue.page(QueueFilter(), None, 50).rows)


async def test_the_read_back_tells_the_points_in_speaking_order_and_what_to_ask(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, fault="leaks", caller="Wu Gang", bought="2024-05")
        said = await read_back(app, pilot)
        points = [said.index(word) for word in ("Still to ask", "What number", "Wu Gang", "leaks", "2024-05")]
        assert points == sorted(points)
        assert "When may the engineer come?" in said
        await pilot.press("escape")
        assert here(app) == "bought"
        assert box(app, "caller").value == "Wu Gang"


async def test_enter_saves_and_enter_leaves_it_in_the_queue(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        before = tickets(other)
        call_id = sheet(app).call.sheet.call_id
        await fill(app, pilot, **WHOLE)
        await saved(app, pilot, "enter")
        assert newest(other).ticket_id == call_id
        assert newest(other).to_verify == ()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert "is in the queue: Wu Gang" in status(app)
        assert tickets(other) == before + 1
        await pilot.press("f2")
        assert (box(app, "caller").value, here(app)) == ("", "caller")
        assert sheet(app).call.sheet.call_id != call_id


async def test_nothing_is_saved_without_who_and_what(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        before = tickets(other)
        await fill(app, pilot, wanted="a visit")
        await pilot.press("f12")
        await until(pilot, lambda: "Who is calling" in status(app))
        assert here(app) == "caller"
        await fill(app, pilot, caller="Wu")
        box(app, "wanted").value = ""
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "What is it about?" in status(app))
        assert here(app) == "fault"
        assert tickets(other) == before


async def test_a_call_joins_the_ticket_that_is_open_already(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        before = tickets(other)
        await fill(app, pilot, caller="Nobody Known", phone="13800138000", fault="asks again")
        await read_back(app, pilot)
        ways = [row.cells[1] for row in app.screen.query_one("#ways", Rows).rows]
        assert ways[1].startswith("Join T-")
        joined = int(ways[1].partition("T-")[2].partition(" ")[0])
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        ticket = other.dispatch.ticket(other.dispatch.by_number(joined))
        assert (ticket.calls_count, tickets(other)) == (2, before)
        assert ticket.calls[-1].words == "asks again"


async def test_a_call_is_linked_as_a_repeat(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, phone="13800138000", fault="again the same")
        await read_back(app, pilot)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        assert newest(other).repeat_of


async def test_dispatch_is_offered_as_the_policy_allows(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, caller="Wu Gang", phone="02588887777", fault="leaks")
        await saved(app, pilot)
        assert "needs address" in app.screen.query_one(Rows).rows[1].cells[2]
        sheet(app).finding.others.soon()
        await sheet(app).finding.others.now()
        own = newest(other)
        assert own.ticket_id in {one.ticket_id for one in sheet(app).call.same}
        assert f"T-{own.number}" not in lines(app, "panel")
        await pilot.press("2")
        assert isinstance(app.screen, StepMenu)
        wrong = app.screen.query_one(".wrong", Word).render().plain
        assert "address" in wrong
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert newest(other).status == "new"


async def test_dispatch_now_sends_an_engineer(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, **WHOLE)
        await saved(app, pilot)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, AssignDialog))
        await until(pilot, lambda: app.screen.query_one(Rows).rows)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: newest(other).status == "assigned")
        assert newest(other).engineer
        assert newest(other).answers["caller"] == "Wu Gang"


async def test_advice_is_recorded_and_its_check_falls_due_by_itself(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, **WHOLE)
        await saved(app, pilot)
        number = newest(other).number
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await typed(pilot, "clean the filter")
        await pilot.press("enter")
        await until(pilot, lambda: any(row.reason == "advice_check" for row in contacts(other)))
        check = next(row for row in contacts(other) if row.reason == "advice_check")
        assert check.number == number
        assert timedelta(hours=1, minutes=58) < check.due_at - other.now() < timedelta(hours=4)
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))


async def test_a_callback_ends_the_call_by_one_key(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, phone="02588887777")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: isinstance(app.screen, CallbackDialog))
        await typed(pilot, "+2h")
        await pilot.press("enter")
        await typed(pilot, "price of a pump")
        await pilot.press("enter")
        await until(pilot, lambda: any(row.reason == "callback" for row in contacts(other)))
        promised = next(row for row in contacts(other) if row.reason == "callback")
        assert promised.words == "price of a pump"
        assert timedelta(hours=1, minutes=58) < promised.due_at - other.now() <= timedelta(hours=2)
        assert newest(other).answers["wanted"] == "price of a pump"
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))


async def test_a_message_slip_names_whom_it_is_for(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("0", "8")
        await until(pilot, lambda: sheet(app).call.sheet.kind == "message")
        assert box(app, "for_whom").region.height == 1
        assert not box(app, "model").display
        assert "What     ?Words" in lines(app, "labels")
        await typed(pilot, "Wu Gang")
        await pilot.press("tab")
        await typed(pilot, "02588887777")
        await pilot.press("enter", "enter")
        assert here(app) == "for_whom"
        await typed(pilot, "Manager Li")
        await pilot.press("enter")
        await typed(pilot, "please ring")
        said = await read_back(app, pilot)
        assert "Manager Li" in said
        assert "Still to ask" not in said
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, StepMenu))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert "message for Manager Li" in status(app)
        assert (newest(other).kind, newest(other).to_verify) == ("message", ())


async def test_a_question_answered_at_once_is_closed(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        before = tickets(other)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: not here(app))
        await pilot.press("6")
        await fill(app, pilot, caller="Wu Gang", fault="opening hours?")
        await saved(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await typed(pilot, "eight to six")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await until(pilot, lambda: tickets(other) == before)


async def test_a_store_that_fails_loses_nothing(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        before = tickets(other)
        await fill(app, pilot, caller="Wu Gang", fault="leaks")
        desk = app.bridge.desk
        assert desk is not None
        save = desk.intake.save
        desk.intake.save = failing  # type: ignore[method-assign]
        await read_back(app, pilot)
        await pilot.press("f12")
        await until(pilot, lambda: "away" in status(app))
        assert box(app, "caller").value == "Wu Gang"
        assert tickets(other) == before
        desk.intake.save = save  # type: ignore[method-assign]
        await saved(app, pilot)
        assert tickets(other) == before + 1


def failing(act: Act, sheet: CallSheet) -> Receipt:
    raise Unavailable("store.unavailable", reason="away")


async def test_a_saved_call_is_saved_once(make_app: MakeApp, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await fill(app, pilot, caller="Wu Gang", fault="leaks")
        written = sheet(app).call.sheet
        other.intake.save(other.act(write_id=written.call_id), written)
        count = tickets(other)
        await saved(app, pilot)
        assert tickets(other) == count
        assert newest(other).answers[Field.FAULT.value] == "leaks"


async def test_a_long_read_back_scrolls_and_the_ways_on_stay_in_sight(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await at_sheet(app, pilot)
        await fill(
            app, pilot, **{**WHOLE, "fault": "makes a loud noise in the morning " * 6, "cause": "moved"}
        )
        await read_back(app, pilot)
        points, ways = app.screen.query_one("#points"), app.screen.query_one("#ways", Rows)
        assert points.max_scroll_y > 0
        assert ways.region.bottom < 20
        assert app.screen.query_one(".hint", Static).region.bottom < 20
        await pilot.press("pagedown")
        assert points.scroll_y > 0
        await pilot.press("escape")
