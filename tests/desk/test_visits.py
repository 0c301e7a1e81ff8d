"""States, happened-at, pauses, and what each outcome leads to (V1, V3, P2, P5, P8, C8)."""

from datetime import timedelta

import pytest

from aftersales_tui.domain.errors import Invalid, Refused, Stale
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.tickets import ClockView, QueueFilter, TicketView
from tests.desk.day import Day, hours


def clock(ticket: TicketView, name: str) -> ClockView:
    (found,) = [one for one in ticket.clocks if one.clock == name]
    return found


def test_a_visit_goes_its_way_state_by_state(day: Day) -> None:
    ticket = day.sent()
    for status in (Status.ON_THE_ROAD, Status.WORKING):
        ticket = day.status(ticket, status)
        assert ticket.status == status
    assert day.desk.queue.counts().on_the_road == 0


@pytest.mark.parametrize("status", [Status.ON_THE_ROAD, Status.WORKING, Status.NEW])
def test_a_state_that_cannot_follow_is_refused_with_where_it_comes_from(day: Day, status: Status) -> None:
    ticket = day.call()
    with pytest.raises(Refused, match=r"ticket\.illegal_move") as refused:
        day.status(ticket, status)
    assert refused.value.params["status"] == "new"
    assert refused.value.params["allowed"]
    assert day.again(ticket).version == 1


@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED, Status.ADVISED, Status.ASSIGNED])
def test_a_state_that_a_verb_of_its_own_leads_to_is_not_set_by_hand(day: Day, status: Status) -> None:
    with pytest.raises(Invalid, match=r"status\.not_by_hand"):
        day.status(day.call(), status)


def test_an_assigned_ticket_taken_back_frees_its_engineer(day: Day) -> None:
    ticket = day.status(day.sent(), Status.NEW)
    assert (ticket.status, ticket.engineer, ticket.visits[0].status) == ("new", "", "over")


def test_work_that_has_begun_keeps_the_promise_and_assigning_does_not(day: Day) -> None:
    ticket = day.sent()
    assert clock(ticket, "P2").state == "running"
    day.clock.forward(hours=5)
    ticket = day.status(ticket, Status.WORKING)
    assert (clock(ticket, "P2").state, clock(ticket, "P2").stopped_at) == ("met", day.clock())
    assert ticket.urgent_at is None


def test_a_clock_stands_still_while_the_customer_or_a_part_is_awaited(day: Day) -> None:
    ticket = day.call()
    due = ticket.urgent_at
    assert due is not None
    day.clock.forward(hours=1)
    ticket = day.status(ticket, Status.WAITING_PART)
    assert (ticket.urgent_at, clock(ticket, "P2").state) == (None, "paused")
    day.clock.forward(hours=30)
    assert clock(day.again(ticket), "P2").left_seconds == 23 * 3600
    ticket = day.status(ticket, Status.NEW)
    assert ticket.urgent_at == due + hours(30)


def test_what_happened_earlier_counts_from_when_it_happened(day: Day) -> None:
    ticket = day.sent()
    day.clock.forward(hours=30)
    ticket = day.status(ticket, Status.WORKING, day.clock() - hours(10))
    p2 = clock(ticket, "P2")
    assert (p2.state, p2.stopped_at) == ("met", day.clock() - hours(10))
    assert (ticket.timeline[-1].happened_at, ticket.timeline[-1].entered_at) == (p2.stopped_at, day.clock())


def test_nothing_happens_before_what_was_there_or_in_the_future(day: Day) -> None:
    ticket = day.sent()
    with pytest.raises(Invalid, match=r"happened\.before_last"):
        day.status(ticket, Status.WORKING, day.clock() - hours(1))
    with pytest.raises(Invalid, match=r"happened\.in_future"):
        day.status(ticket, Status.WORKING, day.clock() + hours(1))
    assert day.status(ticket, Status.WORKING, day.clock() + timedelta(minutes=1)).status == "working"


def test_another_seats_clock_that_is_ahead_hinders_nobody(day: Day) -> None:
    ticket = day.status(day.sent(), Status.ON_THE_ROAD, day.clock() + timedelta(minutes=1))
    ticket = day.status(ticket, Status.WORKING)
    assert clock(ticket, "P2").state == "running"
    day.clock.forward(minutes=2)
    assert clock(day.again(ticket), "P2").state == "met"


def test_solved_leads_to_a_call_whether_it_stays_so(day: Day) -> None:
    ticket = day.outcome(day.status(day.sent(), Status.WORKING), "solved", "换了压缩机")
    row = day.contact(ticket)
    assert (ticket.status, ticket.visits[0].outcome, ticket.visits[0].words) == (
        "solved",
        "solved",
        "换了压缩机",
    )
    assert (row.reason, row.about, row.due_at) == ("callback", "after_repair", day.at("11-24 10:00"))
    assert (ticket.contact_due_at, ticket.contact_reason) == (row.due_at, "callback")
    assert day.desk.queue.page(QueueFilter(), None, 10).rows == ()


def test_inspected_only_leads_to_a_call_what_the_customer_decides(day: Day) -> None:
    ticket = day.outcome(day.sent(), "inspected_only")
    assert (ticket.status, ticket.urgent_at, clock(ticket, "P2").state) == ("inspected", None, "met")
    assert (day.contact(ticket).about, day.contact(ticket).due_at) == ("decide_repair", day.at("15:30"))
    assert [row.number for row in day.desk.queue.page(QueueFilter(), None, 10).rows] == [1001]


def test_a_second_visit_stands_in_the_queue_with_a_clock_of_its_own(day: Day) -> None:
    ticket = day.sent()
    day.clock.forward(hours=5)
    ticket = day.outcome(ticket, "second_visit", "缺配件")
    assert (ticket.status, ticket.engineer) == ("new", "")
    assert {one.clock: one.state for one in ticket.clocks} == {"P2": "met", "H2": "running"}
    assert ticket.urgent_at == clock(ticket, "H2").due_at
    assert day.contacts() == ()


def test_nobody_home_leads_to_a_call_to_agree_another_time(day: Day) -> None:
    ticket = day.outcome(day.sent(), "nobody_home")
    assert (ticket.status, clock(ticket, "P2").state) == ("waiting_customer", "paused")
    assert (day.contact(ticket).about, day.contact(ticket).due_at) == ("re_agree", day.at("10:30"))


def test_a_customer_who_refused_is_rung_by_the_supervisor(day: Day) -> None:
    ticket = day.outcome(day.sent(), "refused", "嫌贵")
    assert ticket.status == "closed"
    assert (day.contact(ticket).about, day.contact(ticket).words) == ("supervisor", "嫌贵")


def test_an_outcome_frees_the_engineer(day: Day) -> None:
    engineer = day.hire()
    day.outcome(day.assign(day.call(), engineer, "14:00-16:00"), "nobody_home")
    assert day.assign(day.call(caller="李四"), engineer, "14:00-16:00").status == "assigned"


def test_an_outcome_that_the_shop_does_not_know_is_refused(day: Day) -> None:
    with pytest.raises(Invalid, match=r"policy\.unknown"):
        day.outcome(day.sent(), "vanished")


def test_without_a_visit_there_is_no_outcome(day: Day) -> None:
    with pytest.raises(Refused, match=r"ticket\.illegal_move"):
        day.outcome(day.call(), "solved")


def test_advice_by_phone_is_checked_after_two_open_hours(day: Day) -> None:
    ticket = day.call(kind="use_advice")
    day.clock.now = day.at("11:00")
    receipt = day.desk.visits.advise(day.desk.act(), ticket.ticket_id, ticket.version, "断电十分钟再开")
    ticket = day.again(ticket)
    row = day.contact(ticket)
    assert (receipt.verb, ticket.status) == ("advise", "advised")
    assert (row.reason, row.about, row.words) == ("advice_check", "advice", "断电十分钟再开")
    assert (row.due_at, ticket.urgent_at) == (day.at("14:30"), day.at("14:30"))
    assert {one.clock: one.state for one in ticket.clocks} == {"P1": "met", "P5": "running"}


def test_advice_instead_of_a_visit_frees_the_engineer(day: Day) -> None:
    ticket = day.sent()
    day.desk.visits.advise(day.desk.act(), ticket.ticket_id, ticket.version, "")
    assert [(visit.status, visit.outcome) for visit in day.again(ticket).visits] == [("over", "advise")]


def test_a_question_answered_now_is_over(day: Day) -> None:
    ticket = day.call(kind="enquiry")
    day.clock.forward(minutes=3)
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "已答复")
    ticket = day.again(ticket)
    assert (ticket.status, clock(ticket, "P1").state, day.contacts()) == ("closed", "met", ())


def test_a_reopened_ticket_has_its_clocks_anew(day: Day) -> None:
    ticket = day.outcome(day.status(day.sent(), Status.WORKING), "solved")
    day.clock.forward(days=3)
    day.desk.visits.reopen(day.desk.act(), ticket.ticket_id, ticket.version, "又坏了")
    ticket = day.again(ticket)
    assert (ticket.status, ticket.urgent_at) == ("new", day.clock() + hours(24))
    assert [one.state for one in ticket.clocks if one.clock == "P2"] == ["met", "running"]
    assert day.contacts() == ()


def test_a_ticket_back_from_waiting_keeps_the_clock_it_had(day: Day) -> None:
    ticket = day.call()
    due = ticket.urgent_at
    assert due is not None
    ticket = day.status(ticket, Status.WAITING_CUSTOMER)
    day.clock.forward(hours=7)
    day.desk.visits.reopen(day.desk.act(), ticket.ticket_id, ticket.version, "")
    ticket = day.again(ticket)
    assert (ticket.urgent_at, len(ticket.clocks)) == (due + hours(7), 1)


def test_a_cancelled_ticket_leaves_the_queue_and_the_list_of_contacts(day: Day) -> None:
    ticket = day.status(day.outcome(day.sent(), "nobody_home"), Status.CANCELLED)
    assert (ticket.status, ticket.urgent_at, day.contacts()) == ("cancelled", None, ())


def test_closing_by_hand_ends_what_a_rule_had_planned(day: Day) -> None:
    ticket = day.outcome(day.sent(), "solved")
    receipt = day.desk.visits.close(day.desk.act(), ticket.ticket_id, ticket.version, "客户来电致谢")
    assert (receipt.verb, day.again(ticket).status, day.contacts()) == ("close", "closed", ())


@pytest.mark.parametrize("verb", ["outcome", "advise", "answer", "close", "reopen"])
def test_every_verb_compares_the_version_that_was_seen(day: Day, verb: str) -> None:
    ticket = day.sent()
    with pytest.raises(Stale):
        getattr(day.desk.visits, verb)(day.desk.act(), ticket.ticket_id, ticket.version - 1, "solved")
