"""The verbs on a ticket that take words: filling in, answering, closing, on a real store."""

from datetime import timedelta

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.tui.dialogs.outcome import OutcomeDialog
from aftersales_tui.tui.dialogs.status import StatusMenu
from aftersales_tui.views.tickets import TicketView
from tests.tui.steps import opened, rows_of, status, until
from tests.tui.test_queue import MakeApp, do


def numbered(desk: Desk, number: int) -> TicketView:
    """The ticket as another window reads it."""
    return desk.dispatch.ticket(desk.dispatch.by_number(number))


async def test_what_is_missing_is_asked_one_by_one_until_esc(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("end", "e", *"Mill 3", "enter", *"KX-1", "enter")
        await do(app, pilot, "escape")
        ticket = numbered(other, 1004)
        assert (ticket.answers["address"], ticket.answers["model"]) == ("Mill 3", "KX-1")
        assert ticket.to_verify == ("bought", "wanted", "when_wanted")
        assert ticket.timeline[-1].verb == "amend"


async def test_an_answered_ticket_leaves_the_queue_with_its_words(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "d", *"told him", "enter")
        assert numbered(other, 1001).status == "closed"
        assert numbered(other, 1001).timeline[-1].params["words"] == "told him"
        await until(pilot, lambda: len(rows_of(app).rows) == 3)
        assert "(u:" in status(app)


async def test_advice_from_the_queue_has_its_check_in_two_hours(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await do(app, pilot, "h", *"pull the plug", "enter")
        ticket = numbered(other, 1001)
        assert (ticket.status, ticket.contact_reason) == ("advised", "advice_check")
        assert "close" in {command.id for command in app.screen.my_commands()}  # type: ignore[attr-defined]
        await do(app, pilot, "b", *"hums again", "enter")
        assert numbered(other, 1001).status == "new"


async def test_a_state_and_an_outcome_may_be_of_some_time_ago(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        number, ticket = 1001, numbered(other, 1001)
        window = Window(other.now(), other.now() + timedelta(hours=2))
        engineer = other.people.called("Li")[0].staff_id
        an_hour_ago = other.act(other.now() - timedelta(hours=1))
        other.dispatch.assign(an_hour_ago, ticket.ticket_id, ticket.version, engineer, window, "late")
        await opened(app, pilot)
        rows_of(app).go_to(ticket.ticket_id)
        await pilot.press("s", "@", *"15 min ago", "enter")
        await until(pilot, lambda: isinstance(app.screen, StatusMenu))
        await do(app, pilot, "2")
        ticket = numbered(other, number)
        assert ticket.timeline[-1].happened_at < ticket.timeline[-1].entered_at - timedelta(minutes=14)
        await pilot.press("o", "1", *"@25:99 seal", "enter")
        assert isinstance(app.screen, OutcomeDialog)
        await pilot.press("ctrl+u")
        await do(app, pilot, *"@10 min ago new seal", "enter")
        last = numbered(other, number).timeline[-1]
        assert last.params["words"] == "new seal"
        assert timedelta(minutes=9) < last.entered_at - last.happened_at < timedelta(minutes=11)
