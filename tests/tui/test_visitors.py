"""Visitors at the front door, on the screen (C13)."""

from collections.abc import Callable
from datetime import timedelta

import time_machine

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.visitors import Guest
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.floor.visitor_dialog import VisitorDialog
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.screens.visitors import VisitorsScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.tickets import QueueFilter
from tests.tui.at_floor import at_book, full, heading, visitor
from tests.tui.conftest import WEDNESDAY
from tests.tui.steps import burst, cells, rows_of, status, until

MakeApp = Callable[..., DeskApp]
STATE, WHEN, WAITS, NAME = range(4)


async def test_announced_come_received_gone_by_a_key_each(make_app: MakeApp, other: Desk) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "visitors", 0)
        assert rows_of(app).render_line(1).text.startswith("没有人来访")
        burst(
            app,
            "n",
            *"14:00",
            "enter",
            "张",
            "总",
            "enter",
            "大",
            "客",
            "户",
            "enter",
            "王",
            "经",
            "理",
            "f12",
        )
        await until(pilot, lambda: cells(app, NAME) == ["张总"])
        assert full(app).startswith("张总，您好，欢迎光临张记电器，王经理正在等您。")
        burst(app, "i", "g", "ctrl+u", "小", "陈", "enter")
        await until(pilot, lambda: visitor(other, "张总").state == "received")
        assert (visitor(other, "张总").host, visitor(other, "张总").stand_in) == ("王经理", "小陈")
        await until(pilot, lambda: full(app).startswith("张总，王经理不在，由小陈代为接待。"))
        assert full(app).splitlines()[-1].startswith("张总 / 大客户")
        await pilot.press("l")
        await until(pilot, lambda: cells(app, STATE) == ["已离开"])
        await pilot.press("u")
        await until(pilot, lambda: cells(app, STATE) == ["接待中"])
        assert status(app).startswith("已撤销：来访离开 张总")


async def test_who_comes_first_stands_first_and_who_waits_too_long_is_marked(
    make_app: MakeApp, other: Desk
) -> None:
    other.visitors.announce(other.act(), Guest("熟客"), other.now() + timedelta(minutes=1))
    other.visitors.walk_in(other.act(), Guest("路人"))
    app = make_app()
    with time_machine.travel(WEDNESDAY + timedelta(minutes=16), tick=True):
        async with app.run_test(size=(80, 24)) as pilot:
            await at_book(app, pilot, "visitors", 2)
            await pilot.press("end", "i")
            await until(pilot, lambda: visitor(other, "熟客").state == "waiting")
            await until(pilot, lambda: cells(app, STATE) == ["waiting", "waiting"])
            assert cells(app, NAME) == ["路人", "熟客"]
            assert cells(app, WAITS) == ["0h16 !", "0h00"]
            assert rows_of(app).rows[0].styles[WAITS] == "late"
            assert heading(app).startswith("Visitors, waiting: 2")
            assert rows_of(app).key == visitor(other, "熟客").visitor_id
            await pilot.press("home")
            await until(pilot, lambda: full(app).startswith("路人, I am sorry to keep you waiting."))


async def test_during_a_call_the_caller_is_asked_first(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "visitors", 0)
        assert "caller" not in full(app)
        await pilot.press("f2", "X", "escape")
        await until(
            pilot, lambda: isinstance(app.screen, VisitorsScreen) and "To the caller first" in full(app)
        )
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, VisitorDialog))
        assert "To the caller first" in app.screen.query_one(".wrong", Word).render().plain
        await pilot.press("路", "人", "escape", "w")
        await until(pilot, lambda: isinstance(app.screen, VisitorDialog))
        assert app.screen.query_one("#name", Line).value == "路人"
        await pilot.press("f12")
        await until(pilot, lambda: cells(app, NAME) == ["路人"])
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, VisitorDialog))
        assert app.screen.query_one("#name", Line).value == ""


async def test_one_key_opens_the_form_for_a_visitor_and_its_ticket_stays_with_him(
    make_app: MakeApp, other: Desk
) -> None:
    other.visitors.walk_in(other.act(), Guest("路人甲"))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_book(app, pilot, "visitors", 1)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen) and app.screen.call.text("caller"))
        screen = app.screen
        assert isinstance(screen, IntakeScreen)
        assert (screen.call.sheet.channel, screen.call.text("caller")) == ("visitor", "路人甲")
        screen.form.go("fault")
        await pilot.press(*"noise", "f12")
        await until(pilot, lambda: app.screen.is_modal)
        await pilot.press("f12")
        await until(pilot, lambda: type(app.screen).__name__ == "StepMenu")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, VisitorsScreen))
        await until(pilot, lambda: visitor(other, "路人甲").ticket_id)
        ticket = other.dispatch.ticket(visitor(other, "路人甲").ticket_id)
        assert (ticket.channel, ticket.answers["fault"]) == ("visitor", "noise")
        await until(pilot, lambda: cells(app, -1) == [f"T-{ticket.number}"])
        assert len(other.queue.page(QueueFilter(), None, 50).rows) == 5


async def test_the_menu_of_enter_has_every_step_by_digits(make_app: MakeApp, other: Desk) -> None:
    other.visitors.announce(other.act(), Guest("李总"), other.now() + timedelta(hours=1))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "visitors", 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.is_modal and rows_of(app).rows)
        assert [row.cells[1] for row in rows_of(app).rows] == ["Has come", "Not coming"]
        await pilot.press("2")
        await until(pilot, lambda: visitor(other, "李总").state == "missed")
        await until(pilot, lambda: cells(app, STATE) == ["missed"])
