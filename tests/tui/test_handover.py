"""The handover book on the screen (A1)."""

from collections.abc import Callable
from datetime import timedelta

import time_machine

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.floor.note_dialog import NoteDialog
from aftersales_tui.tui.screens.handover import HandoverScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.status import PLAIN
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.tickets import QueueFilter
from tests.tui.at_floor import at_book, full, heading, slip
from tests.tui.conftest import WEDNESDAY
from tests.tui.steps import burst, cells, opened, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
PART, WHEN, NUMBER, WHO, WHAT = range(5)


def first_ticket(desk: Desk) -> tuple[int, int]:
    row = desk.queue.page(QueueFilter(), None, 1).rows[0]
    return row.ticket_id, row.number


async def test_what_is_open_and_what_has_changed_is_taken_over_by_name(
    make_app: MakeApp, other: Desk
) -> None:
    ticket_id, number = first_ticket(other)
    other.handover.note(other.act(), "门禁坏了", ticket_id=ticket_id)
    other.contacts.promise(other.act(), ticket_id, other.now() + timedelta(hours=1), "问配件")
    slip(other, "小李", "请回电")
    app = make_app()
    with time_machine.travel(WEDNESDAY + timedelta(hours=12), tick=True):
        async with app.run_test(size=(100, 30)) as pilot:
            await opened(app, pilot)
            await until(pilot, lambda: status(app) == "Handover notes to read: 1  (F9, 4)")
            assert app.said.style == PLAIN
            await at_book(app, pilot, "handover", 5)
            assert cells(app, PART) == ["note", "callback", "message", "changed", "changed"]
            assert heading(app).startswith("! Not read in this shift. Away since")
            assert cells(app, WHEN)[1].endswith("!")
            assert cells(app, WHAT)[0] == "门禁坏了"
            changed = cells(app, WHAT)[4]
            assert changed == "张三 / promised a callback, today 11:20: 问配件; handover note: 门禁坏了"
            await pilot.press("end")
            await until(pilot, lambda: "小王: handover note: 门禁坏了" in full(app))
            await pilot.press("T", "1")
            await until(pilot, lambda: "小李 has taken over; notes: 1" in status(app))
            await until(pilot, lambda: cells(app, PART) == ["note", "callback", "message"])
            assert heading(app).startswith("Handover book, taken over")
            taken = other.handover.book(other.people.me()).notes[0]
            assert (taken.taken_by, taken.ticket_number) == ("小李", number)
            await pilot.press("u")
            await until(pilot, lambda: cells(app, PART)[3:] == ["changed", "changed"])
            assert other.handover.book(other.people.me()).notes[0].taken_by == ""


async def test_a_note_is_written_about_the_ticket_in_hand_and_nothing_typed_is_lost(
    make_app: MakeApp, other: Desk
) -> None:
    ticket_id, number = first_ticket(other)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+p", *"handover", "space", *"note", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        assert f"T-{number}" in app.screen.query_one(".title", Word).render().plain
        await pilot.press(*"ring", "escape", "ctrl+p", *"handover", "space", *"note", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        assert app.screen.query_one("#text", Line).value == "ring"
        burst(app, "end", *" him", "enter", "小", "王", "enter")
        await until(pilot, lambda: "stands in the handover book" in status(app))
        (note,) = other.handover.book(other.people.me()).notes
        assert (note.text, note.for_whom, note.ticket_id) == ("ring him", "小王", ticket_id)


async def test_one_note_is_taken_by_a_key_and_a_line_opens_its_ticket(make_app: MakeApp, other: Desk) -> None:
    ticket_id, _ = first_ticket(other)
    other.handover.note(other.act(), "给小陈的", "小陈")
    other.contacts.promise(other.act(), ticket_id, other.now() + timedelta(hours=1), "问配件")
    app = make_app(language="zh_CN")
    async with app.run_test(size=(120, 30)) as pilot:
        await at_book(app, pilot, "handover")
        await until(pilot, lambda: cells(app, PART)[:2] == ["交接事项", "待回电"])
        assert "g 接此项" in strip(app)
        await pilot.press("g")
        await until(pilot, lambda: "已接下此项" in status(app))
        assert other.handover.book(other.people.me()).notes[0].taken_by == "小李"
        await pilot.press("down")
        await until(pilot, lambda: "a 派工" in strip(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HandoverScreen))


async def test_what_another_seat_does_meanwhile_is_seen_and_the_cursor_stays(
    make_app: MakeApp, other: Desk
) -> None:
    other.handover.note(other.act(), "一")
    other.handover.note(other.act(), "二")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "handover")
        await until(pilot, lambda: cells(app, WHAT)[:2] == ["一", "二"])
        await pilot.press("down")
        here = rows_of(app).key
        other.handover.note(other.act(), "三")
        await until(pilot, lambda: cells(app, WHAT)[:3] == ["一", "二", "三"])
        assert rows_of(app).key == here
