"""The queue and what is done from it, on a real store."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.ticket import Status
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Changes
from tests.tui.conftest import WEDNESDAY, call
from tests.tui.steps import burst, cells, opened, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
LEFT, NUMBER, CUSTOMER, WINDOW, ENGINEER, STATUS, TO_VERIFY = 0, 1, 3, 7, 8, 9, 10


async def do(app: DeskApp, pilot: Pilot[None], *keys: str) -> None:
    """Keys, and then until the last write has been reported."""
    before = app.said
    await pilot.press(*keys)
    await until(pilot, lambda: app.said is not before)
    await pilot.pause()


async def test_the_most_urgent_stands_first_and_late_has_a_mark(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert cells(app, CUSTOMER) == ["张三", "李四", "Ann Lee", "赵六"]
        assert cells(app, LEFT) == ["-6h00 !", "3h59", "13h59", "22h59"]
        assert cells(app, TO_VERIFY)[0] == ""
        assert cells(app, TO_VERIFY)[3] == "address +4"
        await until(pilot, lambda: app.standing.counts is not None)
        assert app.standing.counts is not None
        assert (app.standing.counts.to_send, app.standing.counts.late) == (4, 1)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_every_line_fills_the_width_exactly(make_app: MakeApp, width: int) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(width, 24)) as pilot:
        await opened(app, pilot)
        assert {rows_of(app).render_line(y).cell_length for y in range(8)} == {width}


async def test_a_change_in_another_window_shows_and_the_cursor_stays_on_its_row(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("j", "j")
        mine = rows_of(app).key
        await until(pilot, lambda: app._watch is not None)
        call(other, "最急", 40)
        await until(pilot, lambda: len(rows_of(app).rows) == 5)
        assert cells(app, CUSTOMER)[0] == "最急"
        assert rows_of(app).key == mine


async def test_the_time_left_goes_on_by_itself(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        later = app.now() + timedelta(hours=2)
        app.now = lambda: later  # type: ignore[method-assign]
        app.screen.tick()  # type: ignore[attr-defined]
        assert cells(app, LEFT)[:2] == ["-8h00 !", "1h59"]


async def test_assigning_takes_three_keys(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    keys = ("a", "enter", "enter")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        ticket_id = rows_of(app).key or 0
        await do(app, pilot, *keys)
        print(f"assign: {len(keys)} keystrokes")
        assert status(app) == "T-1001 > Li Ming, today 11-12  (u: undo)"
        ticket = other.dispatch.ticket(ticket_id)
        assert (ticket.status, ticket.engineer) == ("assigned", "Li Ming")
        await until(pilot, lambda: cells(app, STATUS)[0] == "assigned")
        assert cells(app, WINDOW)[0] == "11-12"


async def test_keys_typed_ahead_assign_one_ticket_after_the_other(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        burst(app, "a", "enter", "enter", "j", "a", "2", "enter", "1", "j", "a", "escape", "k", "s", "3")
        await until(pilot, lambda: "wait cust" in cells(app, STATUS))
        done = {row.cells[NUMBER]: row.cells for row in rows_of(app).rows}
        assert done["T-1001"][ENGINEER] == "Li Ming"
        assert done["T-1002"][STATUS] == "wait cust"
        visit = other.dispatch.ticket(other.dispatch.by_number(1002)).visits[0]
        assert (visit.engineer, visit.window_start) == ("王强", WEDNESDAY.replace(hour=13, minute=30))
        assert done["T-1002"][LEFT] == "paused"
        assert done["T-1003"][STATUS] == "new"


async def test_what_was_written_is_on_its_line_though_a_change_is_heard_meanwhile(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        queue, first = app.screen, rows_of(app).key or 0
        assert isinstance(queue, QueueScreen)
        at = WEDNESDAY.replace(hour=11)
        engineer = other.people.called("Li Ming")[0].staff_id
        receipt = other.dispatch.assign(other.act(), first, 1, engineer, Window(at, at + timedelta(hours=1)))
        catching_up = asyncio.create_task(queue.catch_up(receipt))
        await asyncio.sleep(0)
        queue.store_changed(Changes(1, frozenset({first}), frozenset()))
        await catching_up
        assert cells(app, STATUS)[0] == "assigned"


async def test_a_clash_is_shown_before_it_is_made_and_wants_a_reason(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "a", "1", "enter", "1")
        await until(pilot, lambda: cells(app, STATUS)[0] == "assigned")
        await pilot.press("j", "a", "1", "enter")
        free, busy = (row.cells for row in rows_of(app).rows)
        assert (free[1], free[2]) == ("王强", "free")
        assert (busy[1], busy[2]) == ("Li Ming", "! visit T-1001 11-12")
        await pilot.press("2")
        assert app.screen.query_one("#reason", Line).has_focus
        assert "Clash" in app.screen.query_one("#wrong", Word).render().plain
        await pilot.press("enter")
        assert isinstance(app.screen, AssignDialog)
        await do(app, pilot, "V", "I", "P", "enter")
        ticket = other.dispatch.ticket(other.dispatch.by_number(1002))
        assert (ticket.engineer, ticket.visits[-1].override_reason) == ("Li Ming", "VIP")


async def test_missing_facts_are_named_and_want_a_reason(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("end", "a")
        await until(pilot, lambda: "Still unknown" in app.screen.query_one("#missing", Word).render().plain)
        await do(app, pilot, "enter", "enter", *"boss said so".replace(" ", "_"), "enter")
        ticket = other.dispatch.ticket(other.dispatch.by_number(1004))
        assert ticket.status == "assigned"
        assert ticket.visits[0].override_reason == "boss_said_so"


async def test_a_clash_that_came_meanwhile_asks_for_the_reason_afterwards(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("a", "enter")
        li = next(one for one in other.dispatch.engineers(None) if one.name == "Li Ming")
        second = other.dispatch.by_number(1002)
        at = WEDNESDAY.replace(hour=11, minute=0)
        other.dispatch.assign(other.act(), second, 1, li.engineer_id, Window(at, at + timedelta(hours=1)))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, (QueueScreen, AssignDialog)))
        await do(app, pilot, "O", "K", "enter")
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).visits[0].override_reason == "OK"


async def test_a_visit_ends_with_an_outcome_and_undo_takes_it_back(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "a", "enter", "enter")
        await until(pilot, lambda: cells(app, STATUS)[0] == "assigned")
        assert " o Outcome" in strip(app)
        await do(app, pilot, "o", "1", *"compressor", "enter")
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).status == "solved"
        await until(pilot, lambda: len(rows_of(app).rows) == 3)
        assert rows_of(app).key == other.dispatch.by_number(1002)
        await do(app, pilot, "u")
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).status == "assigned"


async def test_only_what_the_table_allows_is_offered(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert " o Outcome" not in strip(app)
        assert " r Reschedule" not in strip(app)
        await pilot.press("o", "r")
        assert isinstance(app.screen, QueueScreen)
        await pilot.press("s")
        assert cells(app, 1) == [
            "Waits for the customer (clock paused)",
            "Waits for a part (clock paused)",
            "Cancelled by the customer",
            "some time ago: say when",
        ]


async def test_a_callback_is_promised_and_a_note_is_kept(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "c", *"+2h", "enter", *"drain", "enter")
        assert status(app).startswith("T-1001: callback promised for today 12:2")
        assert [row.words for row in other.contacts.due(None, 9).rows] == ["drain"]
        await do(app, pilot, "m", *"gate7788", "enter")
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).answers["memo"] == "gate7788"


async def test_another_window_needs_its_reason(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "a", "enter", "enter")
        await until(pilot, lambda: cells(app, STATUS)[0] == "assigned")
        await do(app, pilot, "r", *"tomorrow", "space", *"9-11", "enter", *"travels", "enter")
        assert status(app).startswith("T-1001 > Li Ming, now tomorrow 09-11")
        ticket = other.dispatch.ticket(other.dispatch.by_number(1001))
        assert ticket.window_start == (WEDNESDAY + timedelta(days=1)).replace(hour=9, minute=0)


async def test_the_row_menu_does_the_verbs_by_full_width_digits(make_app: MakeApp, other: Desk) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+e")
        assert cells(app, 1)[:2] == ["派工", "状态"]
        await pilot.press("２")
        await do(app, pilot, "１")
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).status == "waiting_customer"


async def test_the_filter_narrows_and_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f", "6")
        await until(pilot, lambda: cells(app, CUSTOMER) == ["张三"])
        assert app.screen.query_one("#heading", Word).render().plain == "Filter: Late"
        await pilot.press("f", "7")
        await until(pilot, lambda: len(rows_of(app).rows) == 4)
        assert not app.screen.query_one("#heading").display


async def test_somebody_elses_change_is_not_overwritten(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: app._watch is not None)
        assert app._watch is not None
        app._watch.stop()
        ticket_id = other.dispatch.by_number(1001)
        other.visits.status(other.act(), ticket_id, 1, Status.WAITING_PART)
        await do(app, pilot, "s", "1")
        assert status(app).startswith("! ")
        assert other.dispatch.ticket(ticket_id).status == "waiting_part"


async def test_the_queue_is_read_page_by_page_in_bounded_memory(make_app: MakeApp, other: Desk) -> None:
    for number in range(420):
        call(other, f"客户{number}", 0.5)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        seen: list[int] = []
        for _ in range(40):
            await pilot.press("pagedown")
            await app.workers.wait_for_complete()
            seen += [row.key for row in rows_of(app).rows if row.key not in seen]
            assert len(rows_of(app).rows) <= 300
        assert len(seen) == 424
        await pilot.press("home")
        await until(pilot, lambda: cells(app, CUSTOMER)[0] == "张三")
        await pilot.press("end")
        await until(pilot, lambda: rows_of(app).key == seen[-1])


async def test_the_first_page_shows_before_the_store_is_open(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    rows = other.queue.rows([other.dispatch.by_number(1001)])
    async with app.run_test(size=(80, 24)) as pilot:
        app.travel.home().arrive(first_rows=rows)
        assert cells(app, CUSTOMER) == ["张三"]
        await opened(app, pilot)
        await until(pilot, lambda: len(rows_of(app).rows) == 4)
