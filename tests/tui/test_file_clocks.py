"""Lines of the list that have no ticket: a customer's contact plan, and promises made at the sale (F4; B4, U3)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from textual.widgets import Input

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.customer import Part
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.contact.again_at import AgainAt
from aftersales_tui.tui.contact.script import ScriptDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens.contact import ContactScreen
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.widgets.topline import TopLine
from tests.tui.called_back import due
from tests.tui.conftest import call
from tests.tui.steps import burst, cells, rows_of, status, strip, until
from tests.tui.test_contact import FLAG, NUMBER, WHOM, WHY, WORDS, at_list, scripted

MakeApp = Callable[..., DeskApp]


def filed(desk: Desk, caller: str, **told: object) -> int:
    """A customer who has rung and whose fault is settled, with something in his file; his id."""
    ticket_id = call(desk, caller, 1)
    desk.visits.answer(desk.act(), ticket_id, desk.dispatch.ticket(ticket_id).version, "好了")
    whose = desk.customers.owner(ticket_id)[0]
    part = Part.PROMISE if "what" in told else Part.CUSTOMER
    desk.customers.keep(desk.act(), part, whose, whose if part is Part.CUSTOMER else 0, told)
    return whose


def planned(desk: Desk, caller: str, hours: float) -> int:
    """A customer whose contact plan is due in so many hours, or was."""
    return filed(desk, caller, contact_months=6, contact_at=desk.now() + timedelta(hours=hours))


def sold(desk: Desk, caller: str, hours: float) -> int:
    """A customer who was promised something at the sale."""
    return filed(desk, caller, what="gift", words="送滤芯", due_at=desk.now() + timedelta(hours=hours))


def _says(app: DeskApp, words: str) -> bool:
    return words in status(app)


async def test_a_promise_is_kept_and_a_plan_goes_on_by_two_keys_and_both_can_be_undone(
    make_app: MakeApp, other: Desk
) -> None:
    bought, member = sold(other, "周五", -72), planned(other, "吴六", -48)
    app = make_app(language="zh_CN")
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 2)
        assert (cells(app, WHOM), cells(app, NUMBER)) == (["周五", "吴六"], ["", ""])
        assert (cells(app, WHY), cells(app, WORDS)) == (["购机承诺：赠品", "定期联系"], ["送滤芯", ""])
        await until(pilot, lambda: "待联系 2" in app.screen.query_one(TopLine).render().plain)
        await pilot.press("enter")
        dialog = await scripted(app, pilot)
        assert "购机承诺：赠品，周五" in str(dialog.query_one(".title").render())
        assert due(other)[0].claimed_by == "小李"
        await pilot.press("1")
        await until(pilot, lambda: other.customers.file(bought).promises[0].done_at is not None)
        await until(pilot, lambda: cells(app, WHOM) == ["吴六"])
        assert "周五：已兑现" in status(app)
        await pilot.press("enter")
        await scripted(app, pilot)
        await pilot.press("1")
        await until(pilot, lambda: "吴六：已联系，下次" in status(app))
        (row,) = due(other)
        assert (row.reason, row.due_at) == ("periodic_contact", other.customers.file(member).contact_at)
        assert row.due_at > other.now() + timedelta(days=150)
        await until(pilot, lambda: "待联系 0" in app.screen.query_one(TopLine).render().plain)
        await pilot.press("u")
        await until(pilot, lambda: due(other)[0].due_at < other.now())
        await pilot.press("u")
        await until(pilot, lambda: len(cells(app, WHOM)) == 2)
        assert other.customers.file(bought).promises[0].done_at is None
        await until(pilot, lambda: cells(app, FLAG) == ["", ""])


async def test_every_key_works_on_a_line_without_a_ticket_or_says_why_not(
    make_app: MakeApp, other: Desk
) -> None:
    whose = sold(other, "周五", -2)
    app = make_app(keymap={"status": "ctrl+f9"})
    async with app.run_test(size=(120, 40)) as pilot:
        await at_list(app, pilot, 1)
        assert "Assign" not in strip(app)
        words = {"a": "Assign", "ctrl+f9": "Status", "o": "Outcome", "z": "Close", "c": "Callback"}
        for key, word in words.items():
            await pilot.press(key)
            await until(pilot, partial(_says, app, f"{word}: no ticket here"))
            assert isinstance(app.screen, ContactScreen)
        await pilot.press("m")
        await until(pilot, lambda: app.screen.query(Input))
        await pilot.press(*"ring at noon", "enter")
        await until(pilot, lambda: [n.text for n in other.customers.file(whose).notes] == ["ring at noon"])
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, AgainAt))
        await pilot.press(*"+30d", "enter")
        await until(pilot, lambda: due(other)[0].due_at > other.now() + timedelta(days=25))
        assert other.customers.file(whose).promises[0].due_at == due(other)[0].due_at
        await until(pilot, lambda: "agreed another date" in status(app))


async def test_where_a_ticket_would_open_the_customers_file_does_and_the_line_stays_ones_own(
    make_app: MakeApp, other: Desk
) -> None:
    sold(other, "周五", -2)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_list(app, pilot, 1)
        # The verbs by digit, for those whose letters an input method swallows; the first is the file.
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        await pilot.press("escape", "g")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        await pilot.press("escape", "enter")
        await scripted(app, pilot)
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen))
        assert due(other)[0].claimed_by == "小李"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ContactScreen))
        burst(app, "enter", "4")
        await until(pilot, lambda: due(other)[0].tries == 1)
        assert not isinstance(app.screen, ScriptDialog)
        assert rows_of(app).key == due(other)[0].contact_id
