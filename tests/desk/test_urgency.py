"""Whatever happens to tickets, their stored place in the queue is the one their clocks reckon (D1, P8)."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from aftersales_tui.desk.progress import reckonings
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.promise import urgent_at
from aftersales_tui.domain.ticket import Status, is_open
from aftersales_tui.store.queries import ticket as stored
from aftersales_tui.views.tickets import TicketView
from tests.desk.day import Day, hours

KINDS = ("repair", "use_advice", "complaint", "installation", "message", "parts_supply")
Step = Callable[[Day, random.Random, TicketView], object]


def _status(day: Day, dice: random.Random, ticket: TicketView) -> object:
    status = dice.choice([one for one in Status if one not in (Status.SOLVED, Status.CLOSED)])
    ahead = dice.choice([None, None, day.clock() - hours(dice.uniform(0, 3))])
    return day.status(ticket, status, ahead)


def _outcome(day: Day, dice: random.Random, ticket: TicketView) -> object:
    return day.outcome(ticket, dice.choice(list(day.desk.policy.outcomes)))


def _assign(day: Day, dice: random.Random, ticket: TicketView) -> object:
    engineer = dice.choice(day.desk.people.called("王"))
    return day.assign(ticket, engineer.staff_id, "11-30 14:00-16:00", dice.choice(["", "加班"]))


def _verb(day: Day, dice: random.Random, ticket: TicketView) -> object:
    verb = getattr(day.desk.visits, dice.choice(["advise", "answer", "close", "reopen"]))
    return verb(day.desk.act(), ticket.ticket_id, ticket.version, "")


def _ring(day: Day, dice: random.Random, _ticket: TicketView) -> object:
    rows: Sequence[Any] = day.contacts()
    row = dice.choice(rows) if rows else None
    if row is None:
        return None
    result = dice.choice(day.desk.policy.reason(row.reason, row.about).results).id
    again = day.clock() + hours(2) if result == "inconvenient" else None
    return day.desk.contacts.result(
        day.desk.act(), row.contact_id, row.version, result, again_at=again, agreed="周五上午"
    )


def _promise(day: Day, dice: random.Random, ticket: TicketView) -> object:
    due = day.clock() + hours(dice.uniform(0.1, 30))
    return day.desk.contacts.promise(day.desk.act(), ticket.ticket_id, due, "")


def _undo(day: Day, _dice: random.Random, _ticket: TicketView) -> object:
    return day.undo()


def _call(day: Day, dice: random.Random, _ticket: TicketView) -> object:
    return day.call(kind=dice.choice(KINDS), opened_at=day.clock() - hours(dice.uniform(0, 30)))


STEPS: Sequence[Step] = (
    _status,
    _status,
    _outcome,
    _assign,
    _assign,
    _verb,
    _ring,
    _ring,
    _promise,
    _undo,
    _call,
)


def require_true(day: Day, ticket: TicketView) -> None:
    """The ticket's stored instant and state are what its stored intervals and promises say."""
    shop: Any = day.desk.dispatch._shop
    with shop.reading() as connection:
        points = stored.intervals(connection, 1, ticket.ticket_id)
        promises = stored.promises(connection, 1, ticket.ticket_id)
        columns = stored.ticket_columns(connection, 1, ticket.ticket_id)
    reckoned = urgent_at(r for *_, r in reckonings(shop, promises, points, day.clock()))
    assert columns["urgent_at"] == reckoned, (ticket.number, points)
    assert points[-1][0] == columns["status"]
    assert columns["is_open"] == is_open(Status(columns["status"]))
    assert (columns["visit_id"] is None) == (not any(v.status == "planned" for v in ticket.visits))
    assert (ticket.urgent_at is None) == (reckoned == FAR_FUTURE)


@pytest.mark.parametrize("seed", range(4))
def test_the_stored_place_is_always_the_reckoned_one(day: Day, seed: int) -> None:
    dice = random.Random(seed)
    day.hire()
    day.hire("王芳")
    tickets = [day.call(kind=kind) for kind in KINDS]
    done = 0
    for _ in range(50):
        day.clock.forward(hours=dice.expovariate(0.7))
        ticket = day.again(dice.choice(tickets))
        try:
            dice.choice(STEPS)(day, dice, ticket)
            done += 1
        except DomainError:
            pass
        require_true(day, day.again(ticket))
    for ticket in tickets:
        require_true(day, day.again(ticket))
    assert done > 20
