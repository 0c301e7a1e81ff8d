"""Messages that are to be passed on, on the screen (C7)."""

from collections.abc import Callable

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.ticket import Status
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.screens.messages import MessagesScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.widgets.topline import TopLine
from tests.tui.at_floor import at_book, full, heading, slip
from tests.tui.steps import burst, cells, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
FOR, FROM, WORDS = 1, 2, 4
MARKUP = "王[/b] [@click=app.quit]五"


async def test_one_key_passes_a_message_on_and_the_next_is_under_the_cursor(
    make_app: MakeApp, other: Desk
) -> None:
    first, second = slip(other, "小李", "请回电"), slip(other, MARKUP, "合同已寄")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "messages", 2)
        assert cells(app, FOR) == ["小李", MARKUP]
        assert (cells(app, FROM)[0], cells(app, WORDS)[0]) == ("钱七", "请回电")
        assert full(app).splitlines() == ["For 小李, from 钱七 13700137000", "请回电"]
        await pilot.press("g")
        await until(pilot, lambda: cells(app, FOR) == [MARKUP])
        assert other.dispatch.ticket(first).status == Status.CLOSED
        assert "passed on to 小李" in status(app)
        await pilot.press("u")
        await until(pilot, lambda: len(rows_of(app).rows) == 2)
        assert other.dispatch.ticket(first).status == Status.NEW
        burst(app, "home", "g", "g")
        await until(pilot, lambda: not rows_of(app).rows)
        assert other.dispatch.ticket(second).status == Status.CLOSED
        assert rows_of(app).render_line(1).text.startswith("No message waits")


async def test_enter_opens_it_and_it_is_filtered_by_person(make_app: MakeApp, other: Desk) -> None:
    slip(other, "王经理", "一")
    slip(other, "小李", "二")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_book(app, pilot, "messages", 2)
        await pilot.press("f", "1")
        await until(pilot, lambda: cells(app, FOR) == ["小李"])
        assert heading(app) == "Messages for 小李"
        await pilot.press("f", "2", "ctrl+u", "王", "enter")
        await until(pilot, lambda: cells(app, FOR) == ["王经理"])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen))
        await pilot.press("escape", "f", "3")
        await until(pilot, lambda: isinstance(app.screen, MessagesScreen) and len(rows_of(app).rows) == 2)


async def test_whoever_sits_here_sees_that_he_has_messages(make_app: MakeApp, other: Desk) -> None:
    slip(other, "小李", "请回电")
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "小李 留言1" in app.screen.query_one(TopLine).render().plain)
        slip(other, "小李", "再回电")
        await until(pilot, lambda: "小李 留言2" in app.screen.query_one(TopLine).render().plain)
        await at_book(app, pilot, "messages", 2)
        assert "g 已转达" in strip(app)


async def test_a_change_of_another_seat_is_told_and_one_key_goes_on(make_app: MakeApp, other: Desk) -> None:
    ticket = slip(other, "小李", "请回电")
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await at_book(app, pilot, "messages", 1)
        other.intake.message(other.act(), ticket, other.dispatch.ticket(ticket).version, "王经理")
        await until(pilot, lambda: cells(app, FOR) == ["王经理"])
        await pilot.press("g")
        await until(pilot, lambda: not rows_of(app).rows)
