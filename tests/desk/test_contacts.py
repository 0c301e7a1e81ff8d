"""Calling people back: who has a contact, what its result leads to, and when to try again (B1, B2, C6, C8)."""

from datetime import timedelta

import pytest

from aftersales_tui.domain.errors import DomainError, Invalid, NotFound, Refused, Stale
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import PageKey, TicketView
from tests.desk.day import ZONE, Day, hours


def promised(day: Day, ticket: TicketView, due: str = "15:00", words: str = "报价") -> ContactRow:
    day.desk.contacts.promise(day.desk.act(), ticket.ticket_id, day.at(due), words)
    return next(row for row in day.contacts() if row.about == "promised")


def advised(day: Day, kind: str = "use_advice") -> TicketView:
    ticket = day.call(kind=kind)
    day.desk.visits.advise(day.desk.act(), ticket.ticket_id, ticket.version, "先断电")
    return day.again(ticket)


def test_a_promised_callback_stands_in_the_list_with_whom_to_ring(day: Day) -> None:
    ticket = day.call()
    row = promised(day, ticket)
    assert (row.reason, row.about, row.whom, row.phone, row.words) == (
        "callback",
        "promised",
        "张三",
        "13800138000",
        "报价",
    )
    assert (row.due_at, row.number, row.product, row.fault, row.tries) == (
        day.at("15:00"),
        1001,
        "冰箱",
        "不制冷",
        0,
    )
    assert (row.ticket_version, row.status, row.to_verify) == (1, "new", ())


def test_no_callback_is_promised_for_a_time_that_is_over(day: Day) -> None:
    with pytest.raises(Invalid, match=r"when\.past"):
        promised(day, day.call(), "10:00")


def test_a_claimed_contact_shows_by_whom_and_is_his(day: Day) -> None:
    row = promised(day, day.call())
    claimed = day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    assert (claimed.claimed_by, claimed.version) == ("小林", 2)
    with day.beside("小陈") as other:
        for verb in (
            lambda: other.contacts.claim(other.act(), row.contact_id, row.version),
            lambda: other.contacts.result(other.act(), row.contact_id, 2, "reached"),
            lambda: other.contacts.release(other.act(), row.contact_id),
        ):
            with pytest.raises(Refused, match=r"contact\.claimed") as refused:
                verb()
            assert refused.value.params["by"] == "小林"
    assert day.desk.contacts.claim(day.desk.act(), row.contact_id, 2).claimed_by == "小林"


def test_a_claim_does_not_change_the_ticket(day: Day) -> None:
    ticket = day.call()
    row = promised(day, ticket)
    day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    assert day.again(ticket).version == ticket.version


def test_a_released_contact_is_anybodys(day: Day) -> None:
    row = promised(day, day.call())
    day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    day.desk.contacts.release(day.desk.act(), row.contact_id)
    with day.beside("小陈") as other:
        assert other.contacts.claim(other.act(), row.contact_id, 3).claimed_by == "小陈"


def test_a_claim_that_is_left_lying_may_be_taken_over(day: Day) -> None:
    row = promised(day, day.call())
    claimed = day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    with day.beside("小陈") as other:
        day.clock.now += day.desk.policy.call.claim
        with pytest.raises(Refused, match=r"contact\.claimed"):
            other.contacts.claim(other.act(), row.contact_id, claimed.version)
        day.clock.now += timedelta(seconds=1)
        assert other.contacts.claim(other.act(), row.contact_id, claimed.version).claimed_by == "小陈"


def test_a_contact_that_is_over_is_over(day: Day) -> None:
    ticket = day.call()
    row = promised(day, ticket)
    day.rung(ticket, "reached")
    assert day.contacts() == ()
    for verb in (day.desk.contacts.claim, day.desk.contacts.release):
        with pytest.raises(Refused, match=r"contact\.done"):
            verb(day.desk.act(), row.contact_id, *([row.version] if verb == day.desk.contacts.claim else []))
    with pytest.raises(NotFound):
        day.desk.contacts.release(day.desk.act(), 5)


def test_a_contact_that_has_changed_since_it_was_shown_is_stale(day: Day) -> None:
    ticket = day.call()
    row = promised(day, ticket)
    day.rung(ticket, "no_answer")
    with pytest.raises(Stale) as stale:
        day.desk.contacts.result(day.desk.act(), row.contact_id, row.version, "reached")
    assert "tries" in stale.value.params["changes"]  # type: ignore[operator]


def test_the_outcome_of_a_promised_call_leaves_the_ticket_where_it_is(day: Day) -> None:
    ticket = day.call()
    promised(day, ticket)
    ticket = day.rung(ticket, "reached", words="已报价")
    assert (ticket.status, ticket.timeline[-1].params["result"]) == ("new", "reached")


def test_a_result_that_is_none_of_its_reasons_is_refused(day: Day) -> None:
    ticket = advised(day)
    with pytest.raises(Invalid, match=r"contact\.not_a_result"):
        day.rung(ticket, "reached")


def test_advice_that_works_closes_the_ticket(day: Day) -> None:
    assert day.rung(advised(day), "works").status == "closed"
    assert day.contacts() == ()


def test_advice_that_does_not_help_becomes_a_visit_in_one_step(day: Day) -> None:
    ticket = day.call(kind="use_advice", model="")
    day.desk.visits.advise(day.desk.act(), ticket.ticket_id, ticket.version, "")
    day.clock.forward(hours=2)
    ticket = day.rung(ticket, "does_not")
    assert (ticket.status, ticket.kind, ticket.to_verify) == ("new", "repair", ("model",))
    assert ticket.urgent_at == day.clock() + hours(24)
    assert {one.clock: one.state for one in ticket.clocks} == {"P1": "met", "P5": "met", "P2": "running"}


def test_a_repair_that_was_advised_goes_on_with_the_clock_it_had(day: Day) -> None:
    ticket = day.rung(advised(day, "repair"), "does_not")
    assert [one.clock for one in ticket.clocks] == ["P2", "P5"]


def test_a_repair_that_holds_closes_the_ticket_and_one_that_does_not_reopens_it(day: Day) -> None:
    held = day.outcome(day.sent(), "solved")
    assert day.rung(held, "works").status == "closed"
    failed = day.outcome(day.sent(caller="李四"), "solved")
    failed = day.rung(failed, "still_faulty")
    assert (failed.status, failed.urgent_at) == ("new", day.clock() + hours(24))


AGREED = [("inspected_only", "wants_repair"), ("nobody_home", "agreed"), ("refused", "wants_repair")]


@pytest.mark.parametrize(("outcome", "result"), AGREED)
def test_a_customer_who_names_a_time_brings_his_ticket_back_to_the_queue_with_it(
    day: Day, outcome: str, result: str
) -> None:
    ticket = day.rung(day.outcome(day.sent(), outcome), result, agreed="周五上午")
    assert (ticket.status, ticket.answers["when_wanted"]) == ("new", "周五上午")
    assert ticket.urgent_at is not None
    assert day.contacts() == ()


@pytest.mark.parametrize(("outcome", "result"), AGREED)
def test_a_time_that_was_agreed_has_to_be_told(day: Day, outcome: str, result: str) -> None:
    ticket = day.outcome(day.sent(), outcome)
    with pytest.raises(Invalid, match=r"contact\.needs_time"):
        day.rung(ticket, result)
    assert day.again(ticket).version == ticket.version


@pytest.mark.parametrize(("outcome", "result"), [("inspected_only", "no_repair"), ("nobody_home", "cancels")])
def test_a_customer_who_wants_nothing_more_closes_his_ticket(day: Day, outcome: str, result: str) -> None:
    assert day.rung(day.outcome(day.sent(), outcome), result).status == "closed"


def test_whoever_refused_us_and_was_heard_out_stays_closed(day: Day) -> None:
    assert day.rung(day.outcome(day.sent(), "refused"), "settled").status == "closed"
    assert day.contacts() == ()


def test_a_fault_told_in_a_promised_call_reopens_what_was_closed(day: Day) -> None:
    ticket = day.call(kind="enquiry")
    promised(day, ticket)
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "")
    assert day.rung(ticket, "still_faulty").status == "new"


def test_a_fault_told_in_a_promised_call_changes_nothing_while_somebody_is_at_it(day: Day) -> None:
    ticket = day.sent()
    promised(day, ticket)
    assert day.rung(ticket, "still_faulty").status == "assigned"


@pytest.mark.parametrize("after", ["assign", "solved", "cancelled", "refused"])
def test_a_promise_to_a_customer_is_never_dropped_silently(day: Day, after: str) -> None:
    ticket = day.call()
    promised(day, ticket)
    if after == "cancelled":
        day.status(ticket, Status.CANCELLED)
    else:
        sent = day.assign(ticket, day.hire(), "14:00-16:00")
        if after != "assign":
            day.outcome(sent, after)
    assert [row.about for row in day.contacts() if row.due_at == day.at("15:00")] == ["promised"]


def test_a_refused_promised_call_does_not_close_a_ticket_that_waits_for_a_part(day: Day) -> None:
    ticket = day.status(day.call(), Status.WAITING_PART)
    promised(day, ticket)
    assert day.rung(ticket, "refused").status == "waiting_part"


def test_agreeing_a_visit_ends_the_call_that_was_to_agree_it(day: Day) -> None:
    ticket = day.outcome(day.sent(), "nobody_home")
    day.assign(ticket, day.desk.people.called("wq")[0].staff_id, "11-24 09:00-11:00")
    assert day.contacts() == ()


def test_nobody_answers_and_the_next_try_is_at_another_time_of_day(day: Day) -> None:
    ticket = day.outcome(day.sent(), "nobody_home")
    due = []
    for _ in range(3):
        day.clock.now = day.contact(ticket).due_at
        day.rung(ticket, "no_answer")
        due.append(day.contact(ticket).due_at)
    assert due == [day.at("11-23 14:00"), day.at("11-24 09:30"), day.at("11-25 15:00")]
    assert day.contact(ticket).tries == 3


def test_the_last_try_is_marked_for_the_supervisor_and_stays(day: Day) -> None:
    ticket = day.outcome(day.sent(), "nobody_home")
    for _ in range(4):
        day.clock.now = day.contact(ticket).due_at
        ticket = day.rung(ticket, "left_message")
    row = day.contact(ticket)
    assert (row.flag, row.tries, row.due_at) == ("ask_supervisor", 4, day.clock())
    assert (ticket.status, day.rung(ticket, "cancels").status) == ("waiting_customer", "closed")


def test_a_wrong_number_is_marked_for_the_supervisor(day: Day) -> None:
    ticket = day.outcome(day.sent(), "solved")
    day.clock.forward(days=2)
    day.rung(ticket, "wrong_number")
    assert (day.contact(ticket).flag, day.contact(ticket).due_at) == ("ask_supervisor", day.clock())


def test_an_inconvenient_moment_names_another_and_is_no_try(day: Day) -> None:
    ticket = advised(day)
    for again_at, code in ((None, "contact.needs_time"), (day.clock() - hours(1), "when.past")):
        with pytest.raises(DomainError, match=code):
            day.rung(ticket, "inconvenient", again_at=again_at)
    day.rung(ticket, "inconvenient", again_at=day.at("17:00"), words="在开会")
    row = day.contact(ticket)
    assert (row.due_at, row.tries, row.words) == (day.at("17:00"), 0, "在开会")


def test_a_result_without_words_keeps_what_was_said_before(day: Day) -> None:
    ticket = advised(day)
    day.rung(ticket, "no_answer")
    assert day.contact(ticket).words == "先断电"


def test_a_result_lets_go_of_the_claim(day: Day) -> None:
    ticket = advised(day)
    row = day.contact(ticket)
    day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    day.rung(ticket, "no_answer")
    assert day.contact(ticket).claimed_by == ""


def test_pages_go_forward_and_back_over_equal_instants(day: Day) -> None:
    for number in range(7):
        promised(day, day.call(caller=f"客户{number}"))
    everybody = day.contacts()
    pages, after = [], None
    while True:
        page = day.desk.contacts.due(after, 3)
        pages.append(page.rows)
        if not page.more_after:
            break
        after = PageKey(page.rows[-1].due_at, page.rows[-1].contact_id)
    assert [row for rows in pages for row in rows] == list(everybody)
    edge = PageKey(everybody[5].due_at, everybody[5].contact_id)
    back = day.desk.contacts.due(None, 3, before=edge)
    assert (back.rows, back.more_before, back.more_after) == (everybody[2:5], True, True)


def test_due_contacts_are_counted(day: Day) -> None:
    promised(day, day.call())
    assert day.desk.queue.counts().to_contact == 0
    day.clock.forward(hours=5)
    assert day.desk.queue.counts().to_contact == 1
    assert day.contacts()[0].due_at == day.clock() - timedelta(0)


def test_guidance_is_followed_by_a_report_each_quarter_until_the_customer_wants_none(day: Day) -> None:
    ticket = day.outcome(day.sent(kind="use_guidance"), "solved")
    after, report = day.contacts()
    assert (after.about, report.about, report.due_at) == (
        "after_repair",
        "quarterly_report",
        day.at("10:00") + timedelta(days=92),
    )
    ticket = day.rung(ticket, "works")
    assert (ticket.status, [row.about for row in day.contacts()]) == ("closed", ["quarterly_report"])
    day.clock.now = report.due_at + timedelta(hours=2)
    day.rung(ticket, "no_answer")
    assert day.contacts()[0].tries == 1
    ticket = day.rung(ticket, "in_use", words="每周用")
    following = day.contacts()[0]
    assert (following.tries, following.words) == (0, "每周用")
    assert following.due_at.astimezone(ZONE).strftime("%m-%d %H:%M") == "05-24 08:30"
    assert ticket.timeline[-1].params["next"] == following.due_at.isoformat()
    day.undo()
    assert [(row.contact_id, row.tries) for row in day.contacts()] == [(report.contact_id, 1)]
    ticket = day.rung(day.again(ticket), "more_guidance")
    assert (ticket.status, day.contacts()) == ("new", ())
    ticket = day.outcome(day.assign(ticket, day.hire("李工"), "02-24 14:00-16:00"), "solved")
    day.rung(day.rung(ticket, "works"), "no_more")
    assert day.contacts() == ()


def test_only_guidance_that_was_given_is_followed_by_reports(day: Day) -> None:
    for told in ("answered", "refused", "cancelled", "repaired"):
        ticket = day.call(kind="repair" if told == "repaired" else "use_guidance")
        act = day.desk.act()
        if told == "answered":
            day.desk.visits.answer(act, ticket.ticket_id, ticket.version, "")
        elif told == "cancelled":
            day.status(ticket, Status.CANCELLED)
        else:
            sent = day.assign(ticket, day.hire(told), "14:00-16:00")
            day.outcome(sent, "solved" if told == "repaired" else "refused")
        followed = any(
            row.about == "quarterly_report" for row in day.contacts() if row.number == ticket.number
        )
        assert followed is (told == "answered"), told
