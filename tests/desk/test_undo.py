"""Taking back one's last deed by an entry that reverses it (A4)."""

from collections.abc import Callable

import pytest

from aftersales_tui.domain.errors import NotFound, Refused
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import QueueFilter, TicketView
from tests.desk.day import Day


def seen(ticket: TicketView, contacts: tuple[ContactRow, ...]) -> tuple[object, ...]:
    """What a person sees of a ticket; versions and the time line only ever grow."""
    return (
        ticket.status,
        ticket.kind,
        ticket.urgent_at,
        ticket.answers,
        ticket.to_verify,
        ticket.engineer,
        ticket.window_start,
        ticket.clocks,
        ticket.visits,
        ticket.contact_due_at,
        [(c.about, c.due_at, c.tries, c.words, c.flag, c.claimed_by) for c in contacts],
    )


def assign(day: Day, ticket: TicketView) -> None:
    day.assign(ticket, day.desk.people.called("wq")[0].staff_id, "18:00-19:00")


def reschedule(day: Day, ticket: TicketView) -> None:
    window = day.window("11-24 09:00-11:00")
    day.desk.dispatch.reschedule(day.desk.act(), ticket.ticket_id, ticket.version, window, "改期")


def result(name: str) -> Callable[[Day, TicketView], object]:
    return lambda day, ticket: day.rung(ticket, name)


def claim(day: Day, ticket: TicketView) -> None:
    row = day.contact(ticket)
    day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)


def released(day: Day, ticket: TicketView) -> None:
    day.desk.contacts.release(day.desk.act(), day.contact(ticket).contact_id)


def verb(name: str) -> Callable[[Day, TicketView], object]:
    return lambda day, ticket: getattr(day.desk.visits, name)(
        day.desk.act(), ticket.ticket_id, ticket.version, "话"
    )


def new(day: Day) -> TicketView:
    day.hire()
    return day.call()


def not_home(day: Day) -> TicketView:
    return day.outcome(day.sent(), "nobody_home")


def claimed(day: Day) -> TicketView:
    ticket = not_home(day)
    claim(day, ticket)
    return ticket


def solved(day: Day) -> TicketView:
    return day.outcome(day.sent(), "solved")


def advised(day: Day) -> TicketView:
    ticket = day.call(kind="use_advice", model="")
    day.desk.visits.advise(day.desk.act(), ticket.ticket_id, ticket.version, "")
    return day.again(ticket)


DEEDS: list[tuple[str, Callable[[Day], TicketView], Callable[[Day, TicketView], object]]] = [
    ("assign", new, assign),
    ("assign", not_home, assign),
    ("reschedule", Day.sent, reschedule),
    ("memo", new, lambda day, ticket: day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, "有狗")),
    ("status", Day.sent, lambda day, ticket: day.status(ticket, Status.WORKING)),
    ("status", not_home, lambda day, ticket: day.status(ticket, Status.CANCELLED)),
    ("outcome", Day.sent, lambda day, ticket: day.outcome(ticket, "nobody_home")),
    ("outcome", Day.sent, lambda day, ticket: day.outcome(ticket, "second_visit")),
    ("advise", new, verb("advise")),
    ("answer", new, verb("answer")),
    ("close", solved, verb("close")),
    ("reopen", solved, verb("reopen")),
    (
        "callback",
        new,
        lambda day, ticket: day.desk.contacts.promise(
            day.desk.act(), ticket.ticket_id, day.at("17:00"), "报价"
        ),
    ),
    ("claim", not_home, claim),
    ("release", claimed, released),
    ("contact", not_home, result("no_answer")),
    ("contact", solved, result("still_faulty")),
    ("contact", advised, result("does_not")),
    ("contact", advised, result("wrong_number")),
]


@pytest.mark.parametrize(
    ("name", "prepare", "deed"), DEEDS, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(DEEDS)]
)
def test_a_deed_taken_back_leaves_everything_as_it_was(
    day: Day,
    name: str,
    prepare: Callable[[Day], TicketView],
    deed: Callable[[Day, TicketView], object],
) -> None:
    ticket = prepare(day)
    day.clock.forward(hours=2)
    before = seen(day.again(ticket), day.contacts())
    deed(day, ticket)
    assert seen(day.again(ticket), day.contacts()) != before
    receipt = day.undo()
    after = day.again(ticket)
    assert seen(after, day.contacts()) == before
    assert (receipt.verb, receipt.params["verb"], receipt.number) == ("undo", name, ticket.number)
    assert [row.verb for row in after.timeline[-2:]] == [name, "undo"]
    assert [row.undone for row in after.timeline[-2:]] == [True, False]
    assert receipt.version == after.version


def test_what_somebody_has_touched_since_is_not_taken_back(day: Day) -> None:
    ticket = day.sent()
    mine = day.desk.feed.latest()
    with day.beside("小陈") as other:
        other.dispatch.memo(other.act(), ticket.ticket_id, "客户来电")
    with pytest.raises(Refused, match=r"undo\.touched") as refused:
        day.undo(mine)
    assert refused.value.params["by"] == "小陈"


def test_another_ticket_does_not_hinder(day: Day) -> None:
    ticket = day.sent()
    mine = day.desk.feed.latest()
    day.call(caller="李四")
    day.undo(mine)
    assert day.again(ticket).status == "new"


def test_an_undo_is_not_undone(day: Day) -> None:
    day.sent()
    day.undo()
    with pytest.raises(Refused, match=r"undo\.final"):
        day.undo()


def test_a_deed_is_taken_back_once(day: Day) -> None:
    day.sent()
    mine = day.desk.feed.latest()
    day.undo(mine)
    with pytest.raises(Refused, match=r"undo\.touched"):
        day.undo(mine)


def test_a_call_that_was_taken_has_been_taken(day: Day) -> None:
    day.call()
    with pytest.raises(Refused, match=r"undo\.final"):
        day.undo()
    assert len(day.desk.queue.page(QueueFilter(), None, 5).rows) == 1


def test_there_is_nothing_to_take_back_where_nothing_was_done(day: Day) -> None:
    with pytest.raises(NotFound, match=r"undo\.nothing"):
        day.undo(99)


def test_ones_last_deed_is_known_at_any_seat(day: Day) -> None:
    day.call()
    with day.beside("小陈") as other:
        assert other.feed.last_mine(other.act()) == 0
        other.dispatch.memo(other.act(), day.call().ticket_id, "x")
        assert other.feed.last_mine(other.act()) == 3
    assert day.desk.feed.last_mine(day.desk.act()) == 2


def test_a_visit_does_not_come_back_into_time_given_to_another(day: Day) -> None:
    engineer = day.hire()
    first = day.assign(day.call(), engineer, "14:00-16:00")
    day.outcome(first, "nobody_home")
    mine = day.desk.feed.latest()
    day.assign(day.call(caller="李四"), engineer, "15:00-17:00")
    with pytest.raises(Refused, match=r"dispatch\.clash"):
        day.undo(mine)
    assert day.again(first).status == "waiting_customer"
