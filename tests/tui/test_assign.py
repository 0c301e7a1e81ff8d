"""What the assign panel offers for what the customer wishes (D2)."""

from datetime import timedelta

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.word import Word
from tests.tui.conftest import WEDNESDAY, WHOLE, call
from tests.tui.steps import opened, rows_of, until
from tests.tui.test_queue import MakeApp, do

SIX = 6
"""Keystrokes for sending somebody, at most (issue 1)."""
WISHES = (
    ("friday", "1 Fri 08:30-12   2 Fri 13:30-18   3 today 11-12"),
    ("周五上午", "1 Fri 08:30-12   2 today 11-12   3 today 13:30-18"),
    ("friday 9-11", "1 Fri 09-11   2 today 11-12   3 today 13:30-18"),
    ("sunday", "1 Sun 08-12   2 Sun 13-18   3 today 11-12"),
    ("when you like", "1 today 11-12   2 today 13:30-18   3 tomorrow 08:30-12"),
)


def offers(app: DeskApp) -> str:
    return app.screen.query_one("#offers", Word).render().plain


async def test_a_wished_day_is_offered_by_its_halves_and_sending_takes_few_keys(
    make_app: MakeApp, other: Desk
) -> None:
    asked = {name.value: text for name, text in WHOLE.items()}
    tickets = {wish: call(other, wish, 3, **asked | {"when_wanted": wish}) for wish, _ in WISHES}
    friday = (WEDNESDAY + timedelta(days=2)).replace(hour=9, minute=0)
    li, wang = (other.people.called(name)[0].staff_id for name in ("Li Ming", "wq"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: len(rows_of(app).rows) == len(WISHES) + 4)
        for wish, offered in WISHES:
            rows_of(app).go_to(tickets[wish])
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, AssignDialog) and offers(app))
            assert offers(app) == offered, wish
            await pilot.press("escape")
        # Both are on the road in the morning: the other half of the wished day comes first, and its digit is 1.
        for engineer, ticket in ((li, tickets["sunday"]), (wang, tickets["when you like"])):
            morning = Window(friday, friday + timedelta(hours=2))
            other.dispatch.assign(other.act(), ticket, 1, engineer, morning, "test")
        rows_of(app).go_to(tickets["friday"])
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AssignDialog) and offers(app))
        assert offers(app) == "1 Fri 13:30-18   2 Fri 08:30-12 !   3 today 11-12"
        await pilot.press("escape")
        keys = ("a", "1", "enter", "enter")
        await do(app, pilot, *keys)
        assert len(keys) <= SIX
        visit = other.dispatch.ticket(tickets["friday"]).visits[0]
        assert visit.window_start == friday.replace(hour=13, minute=30)


async def test_what_is_offered_says_in_which_windows_the_engineer_in_hand_is_not_free(
    make_app: MakeApp, other: Desk
) -> None:
    first, second = (other.dispatch.by_number(number) for number in (1001, 1002))
    start = WEDNESDAY.replace(hour=14, minute=0)
    li = other.people.called("Li Ming")[0].staff_id
    other.dispatch.assign(other.act(), first, 1, li, Window(start, start + timedelta(hours=1)))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        rows_of(app).go_to(second)
        await pilot.press("a", "enter")
        panel = app.screen.query_one(Rows)
        for name, taken in (("Li Ming", True), ("王强", False)):
            panel.go_to(next(row.key for row in panel.rows if row.cells[1] == name))
            await pilot.pause()
            assert offers(app).startswith(f"1 today 11-12   2 today 13:30-18{' !' if taken else '  '}"), name
