"""The call register 叫修登记簿 (C9)."""

from datetime import date, timedelta

import pytest

from aftersales_tui.desk.register import key_of
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.floor import RegisterFilter, RegisterRow
from aftersales_tui.views.tickets import PageKey
from tests.desk.day import Day

ALL = RegisterFilter()


def names(rows: tuple[RegisterRow, ...]) -> list[str]:
    return [row.caller for row in rows]


def three_days(day: Day) -> None:
    """Two calls on Monday, none on Tuesday, two on Wednesday, one on Thursday."""
    for caller, forward in (("一甲", 2), ("一乙", 46), ("三甲", 3), ("三乙", 22), ("四甲", 0)):
        day.call(caller=caller, phone="", mobile="")
        day.clock.forward(hours=forward)


def test_the_newest_day_comes_first_and_in_order_within(day: Day) -> None:
    three_days(day)
    page = day.desk.register.page(ALL, None, 10)
    assert names(page.rows) == ["四甲", "三甲", "三乙", "一甲", "一乙"]
    assert (page.more_before, page.more_after) == (False, False)
    first = page.rows[0]
    assert (first.address, first.model, first.fault, first.taken_by) == (
        "南山区科技园3号",
        "BCD-215",
        "不制冷",
        "小林",
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_join_without_a_gap_in_both_directions(day: Day, size: int) -> None:
    three_days(day)
    whole = day.desk.register.page(ALL, None, 10).rows
    found: list[RegisterRow] = []
    after: PageKey | None = None
    while True:
        page = day.desk.register.page(ALL, after, size)
        found += page.rows
        assert page.more_before is (after is not None)
        if not page.more_after:
            break
        after = key_of(found[-1])
    assert tuple(found) == whole
    last = day.desk.register.last(ALL, size)
    assert last.rows == whole[-size:]
    back = list(last.rows)
    while back[0] != whole[0]:
        page = day.desk.register.page(ALL, None, size, key_of(back[0]))
        back = [*page.rows, *back]
    assert (tuple(back), page.more_before) == (whole, False)
    assert tuple(day.desk.register.whole(ALL)) == whole


def test_a_line_is_struck_off_when_its_ticket_is_closed_and_every_call_has_a_line(day: Day) -> None:
    ticket = day.call(caller="张三")
    day.clock.forward(minutes=5)
    day.save(day.sheet(caller="张三", fault="催一下", joins=ticket.ticket_id))
    before = day.desk.register.page(ALL, None, 10).rows
    assert [(row.fault, row.struck) for row in before] == [("不制冷", False), ("催一下", False)]
    ticket = day.again(ticket)
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "电话解决")
    after = day.desk.register.page(ALL, None, 10).rows
    assert [(row.ticket_id, row.struck, row.status) for row in after] == [
        (ticket.ticket_id, True, Status.CLOSED)
    ] * 2


def test_a_solved_one_waits_for_its_voucher_and_tells_its_outcome(day: Day) -> None:
    ticket = day.status(day.sent(), Status.WORKING)
    day.outcome(ticket, "solved")
    (row,) = day.desk.register.page(ALL, None, 10).rows
    assert (row.outcome, row.status, row.struck) == ("solved", Status.SOLVED, False)


def test_it_is_narrowed_by_day_operator_and_outcome(day: Day) -> None:
    three_days(day)
    with day.beside("小陈") as other:
        sheet = day.sheet(caller="小陈的", phone="")
        other.intake.save(other.act(write_id=sheet.call_id), sheet)
        chen = other.people.me().staff_id
    register, monday = day.desk.register, date(2026, 11, 23)
    assert names(register.page(RegisterFilter(day=monday), None, 10).rows) == ["一甲", "一乙"]
    assert names(register.page(RegisterFilter(day=monday), None, 1).rows) == ["一甲"]
    assert register.page(RegisterFilter(day=monday), None, 1).more_after
    assert register.page(RegisterFilter(day=monday + timedelta(days=1)), None, 10).rows == ()
    assert names(register.page(RegisterFilter(operator_id=chen), None, 10).rows) == ["小陈的"]
    ticket = day.ticket(register.page(RegisterFilter(day=monday), None, 1).rows[0].ticket_id)
    day.assign(ticket, day.hire(), "20:00-21:00", "认识")
    day.outcome(day.again(ticket), "nobody_home")
    assert names(register.page(RegisterFilter(outcome="nobody_home"), None, 10).rows) == ["一甲"]
    assert "一甲" not in names(register.page(RegisterFilter(outcome="assigned"), None, 10).rows)
    assert register.require_outcome("closed") == "closed"
    with pytest.raises(Invalid, match=r"policy\.unknown"):
        register.require_outcome("gone")
    assert {one.name for one in register.operators()} == {"小林", "小陈"}
