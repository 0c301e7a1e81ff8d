"""Message slips 留言单 that are still to be passed on (C7)."""

import pytest

from aftersales_tui.domain.errors import Refused, Stale
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.floor import MessageRow
from aftersales_tui.views.tickets import PageKey, TicketView
from tests.desk.day import Day


def slip(day: Day, whom: str, **more: str) -> TicketView:
    told = {"caller": "李四", "fault": "请回电谈合同", "kind": "message", **more}
    return day.call(for_whom=whom, address="", model="", **told)


def lying(day: Day, whom: str = "") -> tuple[MessageRow, ...]:
    return day.desk.messages.page(whom, None, 10).rows


def test_open_slips_stand_in_order_of_their_time_with_all_that_was_said(day: Day) -> None:
    first = slip(day, "王经理")
    day.clock.forward(minutes=5)
    slip(day, "小林")
    day.call(caller="无关")
    found = lying(day)
    assert [(row.for_whom, row.caller, row.phone) for row in found] == [
        ("王经理", "李四", "13800138000"),
        ("小林", "李四", "13800138000"),
    ]
    assert "请回电谈合同" in found[0].words
    assert (found[0].urgent_at, found[0].received_at) == (first.urgent_at, first.received_at)


def test_they_are_narrowed_by_a_part_of_the_name_and_counted_for_a_person(day: Day) -> None:
    slip(day, "王经理")
    slip(day, "小林")
    slip(day, "小林（售后）")
    assert [row.for_whom for row in lying(day, "小林")] == ["小林", "小林（售后）"]
    assert day.desk.waiting.messages("小林") == 2
    assert day.desk.waiting.messages("%") == 0
    assert day.desk.waiting.messages("") == 0


def test_pages_go_by_keyset_in_both_directions(day: Day) -> None:
    for name in "甲乙丙":
        slip(day, name)
        day.clock.forward(minutes=1)
    page = day.desk.messages.page("", None, 2)
    assert ([row.for_whom for row in page.rows], page.more_after) == (["甲", "乙"], True)
    last = page.rows[-1]
    assert last.urgent_at is not None
    edge = PageKey(last.urgent_at, last.ticket_id)
    following = day.desk.messages.page("", edge, 2)
    assert ([row.for_whom for row in following.rows], following.more_before) == (["丙"], True)
    back = day.desk.messages.page("", None, 2, edge)
    assert ([row.for_whom for row in back.rows], back.more_before) == (["甲"], False)


def test_passed_on_closes_the_slip_and_can_be_taken_back(day: Day) -> None:
    ticket = slip(day, "王经理")
    receipt = day.desk.messages.passed_on(day.desk.act(), ticket.ticket_id, ticket.version)
    assert lying(day) == ()
    assert day.again(ticket).status == Status.CLOSED
    day.undo(receipt.seq)
    assert [row.ticket_id for row in lying(day)] == [ticket.ticket_id]


def test_a_repair_is_not_settled_by_passing_a_message_on(day: Day) -> None:
    ticket = slip(day, "王经理", kind="repair")
    assert lying(day)[0].visit
    with pytest.raises(Refused, match=r"message\.needs_visit"):
        day.desk.messages.passed_on(day.desk.act(), ticket.ticket_id, ticket.version)
    assert day.again(ticket).status == Status.NEW


def test_whoever_is_second_is_told(day: Day) -> None:
    ticket = slip(day, "王经理")
    day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, "又来电")
    with pytest.raises(Stale):
        day.desk.messages.passed_on(day.desk.act(), ticket.ticket_id, ticket.version)
