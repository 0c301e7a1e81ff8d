"""One open ticket: what is next, its pages, its verbs, and two people at it at once, on a real store."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.ticket import Status
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.ticket.tabs import Tabs
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.word import Word
from tests.tui.conftest import WEDNESDAY, call
from tests.tui.steps import burst, opened, rows_of, status, strip, until

MakeApp = Callable[..., DeskApp]
FIRST = 1001


async def at_ticket(app: DeskApp, pilot: Pilot[None]) -> TicketScreen:
    """Open the first ticket of the queue and wait until it can be read."""
    await opened(app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, TicketScreen) and head(app))
    assert isinstance(app.screen, TicketScreen)
    return app.screen


def head(app: DeskApp) -> str:
    return app.screen.query_one("#head", Lines).text


def page(app: DeskApp) -> str:
    return app.screen.query_one(Paper).written


def sent(desk: Desk, ticket_id: int, hours: float = 2) -> None:
    """Send 王强 in a window of two hours."""
    window = Window(desk.now() + timedelta(hours=hours), desk.now() + timedelta(hours=hours + 2))
    version = desk.dispatch.ticket(ticket_id).version
    desk.dispatch.assign(desk.act(), ticket_id, version, desk.people.called("wq")[0].staff_id, window, "test")


async def test_the_head_says_what_is_next_and_by_when(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        first, second = head(app).splitlines()
        assert first.split() == ["T-1001", "new", "repair", "张三", "13800138000", "冰箱", "BCD-216"]
        assert second == " > send an engineer: was due today 04:20 (-6h00 !, P2)"
        sent(other, other.dispatch.by_number(FIRST))
        await until(pilot, lambda: "王强" in head(app))
        assert "assigned" in head(app)


@pytest.mark.parametrize(
    ("status_set", "expected"),
    [
        (Status.WAITING_CUSTOMER, "waiting for the customer: the clock stands"),
        (Status.WAITING_PART, "waiting for the part: the clock stands"),
        (Status.CANCELLED, "nothing is left to do"),
    ],
)
async def test_what_a_ticket_waits_for_is_said(
    make_app: MakeApp, other: Desk, status_set: Status, expected: str
) -> None:
    ticket = other.dispatch.by_number(FIRST)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        other.visits.status(other.act(), ticket, other.dispatch.ticket(ticket).version, status_set)
        await until(pilot, lambda: expected in head(app))


async def test_a_promised_call_before_the_deadline_is_the_next_thing(make_app: MakeApp, other: Desk) -> None:
    ticket = other.dispatch.by_number(1003)
    other.contacts.promise(other.act(), ticket, other.now() + timedelta(hours=2), "")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        app.open_ticket(ticket)
        await until(pilot, lambda: "call Ann Lee back by today 12:" in head(app))


async def test_digits_turn_the_pages(make_app: MakeApp, other: Desk) -> None:
    ticket = other.dispatch.by_number(FIRST)
    other.dispatch.memo(other.act(), ticket, "gate [b]7788[/b]")
    sent(other, ticket)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        assert "中山路 8 号" in page(app)
        assert "gate [b]7788[/b]" in page(app)
        await pilot.press("2")
        assert "王强" in page(app)
        assert "(sent all the same: test)" in page(app)
        await pilot.press("3")
        assert "张三 13800138000" in page(app)
        await pilot.press("4")
        newest, note, taken = page(app).splitlines()
        assert "sent 王强, today" in newest
        assert "note: gate [b]7788[/b]" in note
        assert "took the call" in taken
        assert "entered 07-29 10:2" in taken
        await pilot.press("5")
        assert "P2" in page(app)
        assert "-6h00 !" in page(app)
        await pilot.press("1")
        assert "中山路 8 号" in page(app)


async def test_what_is_to_be_verified_stands_first(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and head(app))
        assert page(app).splitlines()[0].split(maxsplit=2)[-1].startswith("! address, model")


async def test_an_entry_that_was_taken_back_says_so(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        await pilot.press("m", *"wrong one", "enter")
        await until(pilot, lambda: "note added" in status(app))
        await pilot.press("u")
        await until(pilot, lambda: "Taken back" in status(app))
        await pilot.press("4")
        await until(pilot, lambda: "[taken back] note: wrong one" in page(app))
        assert "took back: memo" in page(app).splitlines()[0]
        assert other.dispatch.ticket(other.dispatch.by_number(FIRST)).answers["memo"] == ""


async def test_only_what_is_possible_now_is_offered(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(200, 40)) as pilot:
        await at_ticket(app, pilot)
        assert " o Outcome" not in strip(app)
        assert " a Assign" in strip(app)
        sent(other, other.dispatch.by_number(FIRST))
        await until(pilot, lambda: " o Outcome" in strip(app))
        assert " y " not in strip(app)


async def test_the_verbs_stand_in_a_menu_by_digits(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    ticket = other.dispatch.by_number(FIRST)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        burst(app, "ctrl+e", "2")
        await until(pilot, lambda: "is now" in app.screen.query_one(".title", Word).render().plain)
        await pilot.press("1")
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.WAITING_CUSTOMER)
        await until(pilot, lambda: "waiting for the customer" in head(app))


async def test_keys_typed_ahead_of_the_ticket_are_meant_for_it(make_app: MakeApp, other: Desk) -> None:
    ticket = other.dispatch.by_number(FIRST)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        burst(app, "enter", "m", *"gate 7788", "enter", "4")
        await until(pilot, lambda: other.dispatch.ticket(ticket).answers["memo"] == "gate 7788")
        await until(pilot, lambda: "note: gate 7788" in page(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert rows_of(app).key == ticket


async def test_somebody_elses_change_is_told_and_one_key_does_it_all_the_same(
    make_app: MakeApp, other: Desk
) -> None:
    ticket = other.dispatch.by_number(FIRST)
    app = make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        await at_ticket(app, pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.screen.is_modal)
        sent(other, ticket)
        await pilot.press("2")
        await until(pilot, lambda: app.said.style == "bad")
        assert other.dispatch.ticket(ticket).status == Status.ASSIGNED
        told = status(app)
        assert told.startswith("! Not saved, T-1001 was changed meanwhile. 小王 10:2")
        assert "sent 王强, today" in told
        assert told.endswith("y: do it all the same")
        assert "Do it all the same" in strip(app)
        await pilot.press("y")
        await until(pilot, lambda: other.dispatch.ticket(ticket).status == Status.WAITING_PART)
        await until(pilot, lambda: "Do it all the same" not in strip(app))


async def test_a_second_change_before_the_second_try_is_told_again(make_app: MakeApp, other: Desk) -> None:
    ticket = other.dispatch.by_number(FIRST)
    app = make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        await at_ticket(app, pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.screen.is_modal)
        sent(other, ticket)
        await pilot.press("2")
        await until(pilot, lambda: app.said.style == "bad")
        first = app.said
        other.dispatch.memo(other.act(), ticket, "dog in the yard")
        await pilot.press("y")
        await until(pilot, lambda: app.said is not first and "dog in the yard" in status(app))
        assert other.dispatch.ticket(ticket).status == Status.ASSIGNED


async def test_a_change_elsewhere_shows_on_the_open_page(make_app: MakeApp, other: Desk) -> None:
    ticket = other.dispatch.by_number(FIRST)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        await pilot.press("4")
        other.dispatch.memo(other.act(), ticket, "key at the neighbour")
        await until(pilot, lambda: "小王" in page(app).splitlines()[0])
        assert "key at the neighbour" in page(app).splitlines()[0]


async def test_a_long_text_is_folded_and_scrolled(make_app: MakeApp, other: Desk) -> None:
    ticket = call(other, "孙七", 40, fault="漏水" * 300)
    app = make_app(language="zh_CN")
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        app.open_ticket(ticket)
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and head(app))
        paper = app.screen.query_one(Paper)
        assert page(app).count("漏") == 300
        before = paper.text
        await pilot.press("pagedown")
        assert paper.text != before
        await pilot.press("end")
        assert page(app).endswith(paper.text.splitlines()[-1].rstrip())
        await pilot.press("home")
        assert paper.text == before


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("spoken", ["en", "zh_CN", "zh_TW"])
async def test_every_page_fits_the_width(
    make_app: MakeApp, other: Desk, width: int, height: int, spoken: str
) -> None:
    sent(other, other.dispatch.by_number(FIRST))
    app = make_app(language=spoken)
    async with app.run_test(size=(width, height)) as pilot:
        screen = await at_ticket(app, pilot)
        assert len(head(app).splitlines()) == (2 if width > 60 else 3)
        tabs = screen.query_one(Tabs)
        assert tabs.render().cell_length <= width
        paper = screen.query_one(Paper)
        for digit in "12345":
            await pilot.press(digit)
            assert {paper.render_line(y).cell_length for y in range(paper.size.height)} == {width}
            assert page(app)


async def test_a_click_turns_the_page(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_ticket(app, pilot)
        line = screen.query_one(Tabs).render().plain
        await pilot.click(Tabs, offset=(line.index("4 Time"), 0))
        await until(pilot, lambda: "took the call" in page(app))


async def test_the_times_go_on_by_themselves(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_ticket(app, pilot)
        assert "-6h00" in head(app)
        app.now = lambda: WEDNESDAY + timedelta(minutes=5)  # type: ignore[method-assign]
        screen.tick()
        assert "-6h05" in head(app)


async def test_the_language_changes_under_the_page(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await at_ticket(app, pilot)
        await app.do_language("zh_CN")
        await until(pilot, lambda: "派工程师上门，时限 今天 04:20" in head(app))
        await pilot.press("4")
        assert "受理来电" in page(app)


async def test_a_number_that_is_none_is_told_and_leads_back(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        app.open_ticket(42)
        await until(pilot, lambda: app.said.style == "bad")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
