"""Visitors 来访: strictly by arrival (C13)."""

from datetime import timedelta
from inspect import signature

import pytest

from aftersales_tui.desk.visitors import Guest, Visitors
from aftersales_tui.domain.errors import Invalid, Refused, Stale
from aftersales_tui.views.floor import VisitorRow
from tests.desk.day import Day


def announce(day: Day, name: str = "张总", at: str = "14:00", **more: str) -> None:
    day.desk.visitors.announce(day.desk.act(), Guest(name, **more), day.at(at))


def walk_in(day: Day, name: str, **more: str) -> None:
    day.desk.visitors.walk_in(day.desk.act(), Guest(name, **more))


def book(day: Day) -> list[tuple[str, str]]:
    return [(row.name, row.state) for row in day.desk.visitors.book()]


def of(day: Day, name: str) -> VisitorRow:
    return next(row for row in day.desk.visitors.book() if row.name == name)


def do(day: Day, verb: str, name: str, *more: str) -> None:
    row = of(day, name)
    getattr(day.desk.visitors, verb)(day.desk.act(), row.visitor_id, row.version, *more)


def test_who_came_first_stands_first_whoever_was_announced(day: Day) -> None:
    announce(day, "张总", "11:00", company="大客户")
    walk_in(day, "路人")
    day.clock.forward(minutes=1)
    do(day, "arrive", "张总")
    day.clock.forward(minutes=1)
    walk_in(day, "老朋友")
    announce(day, "明天的", "11-24 9:00")
    assert book(day) == [
        ("路人", "waiting"),
        ("张总", "waiting"),
        ("老朋友", "waiting"),
        ("明天的", "announced"),
    ]


def test_nothing_reorders_those_who_wait() -> None:
    wanted = {
        name for verb in vars(Visitors).values() if callable(verb) for name in signature(verb).parameters
    }
    assert not wanted & {"priority", "rank", "order", "place"}


def test_from_the_announcement_to_the_goodbye(day: Day) -> None:
    announce(day, "张总", "11:00", host="王经理", company="大客户", purpose="看样机")
    do(day, "arrive", "张总")
    assert of(day, "张总").arrived_at == day.clock()
    day.clock.forward(minutes=4)
    do(day, "receive", "张总", "小陈")
    row = of(day, "张总")
    assert (row.state, row.host, row.stand_in, row.received_at) == (
        "received",
        "王经理",
        "小陈",
        day.clock(),
    )
    do(day, "leave", "张总")
    assert of(day, "张总").left_at == day.clock()
    assert book(day) == [("张总", "left")]


def test_the_host_himself_is_no_stand_in_and_is_remembered_where_none_was_named(day: Day) -> None:
    walk_in(day, "路人")
    do(day, "receive", "路人", "王经理")
    assert (of(day, "路人").host, of(day, "路人").stand_in) == ("王经理", "")


def test_somebody_has_to_receive_him_by_name(day: Day) -> None:
    walk_in(day, "路人")
    with pytest.raises(Invalid, match=r"visitor\.nobody_receives"):
        do(day, "receive", "路人", "  ")
    with pytest.raises(Invalid, match=r"visitor\.no_name"):
        walk_in(day, " ")
    with pytest.raises(Invalid, match=r"when\.past"):
        announce(day, at="9:00")


def test_who_has_not_come_by_the_end_of_the_day_is_missed_and_may_still_come(day: Day) -> None:
    announce(day, "张总", "11:00")
    day.clock.forward(hours=13)
    assert book(day) == [("张总", "announced")]
    day.clock.forward(hours=2)
    assert book(day) == [("张总", "missed")]
    assert [row.state for row in day.desk.visitors.book(day.at("11-23 12:00").date())] == ["missed"]
    do(day, "arrive", "张总")
    assert book(day) == [("张总", "waiting")]
    day.clock.forward(days=3)
    assert book(day) == [("张总", "waiting")], "who waits is never forgotten"


def test_one_who_calls_off_is_missed_at_once(day: Day) -> None:
    announce(day, "张总", "11:00")
    do(day, "call_off", "张总")
    assert book(day) == [("张总", "missed")]


def test_who_waits_too_long_is_late_by_the_policy(day: Day) -> None:
    walk_in(day, "路人")
    assert of(day, "路人").late_at == day.clock() + timedelta(minutes=15)
    do(day, "receive", "路人", "小陈")
    assert of(day, "路人").late_at is None


@pytest.mark.parametrize(("verb", "more"), [("arrive", ()), ("call_off", ())])
def test_what_cannot_happen_is_refused(day: Day, verb: str, more: tuple[str, ...]) -> None:
    walk_in(day, "路人")
    with pytest.raises(Refused, match=r"visitor\.illegal_move"):
        do(day, verb, "路人", *more)


def test_the_second_of_two_seats_is_told(day: Day) -> None:
    walk_in(day, "路人")
    row = of(day, "路人")
    with day.beside() as other:
        other.visitors.receive(other.act(), row.visitor_id, row.version, "小陈")
    with pytest.raises(Stale) as stale:
        day.desk.visitors.leave(day.desk.act(), row.visitor_id, row.version)
    assert stale.value.params["by"] == "小陈"


def test_a_step_can_be_taken_back(day: Day) -> None:
    announce(day, "张总", "11:00")
    do(day, "arrive", "张总")
    do(day, "receive", "张总", "小陈")
    day.undo()
    assert (book(day), of(day, "张总").stand_in) == ([("张总", "waiting")], "")


def test_an_announcement_can_be_taken_back(day: Day) -> None:
    announce(day, "张总", "11:00")
    day.undo()
    assert book(day) == []


def test_what_was_written_down_for_him_is_kept_with_him(day: Day) -> None:
    walk_in(day, "路人")
    sheet = day.sheet(caller="路人", channel="visitor")
    visitor = of(day, "路人").visitor_id
    assert not day.desk.visitors.link(day.desk.act(), visitor, sheet.call_id)
    ticket = day.ticket(day.save(sheet).ticket_id)
    assert day.desk.visitors.link(day.desk.act(), visitor, sheet.call_id)
    assert (of(day, "路人").ticket_id, of(day, "路人").ticket_number) == (ticket.ticket_id, ticket.number)
    joined = day.sheet(caller="路人", channel="visitor", joins=ticket.ticket_id)
    walk_in(day, "他太太")
    day.save(joined)
    assert day.desk.visitors.link(day.desk.act(), of(day, "他太太").visitor_id, joined.call_id)
    assert of(day, "他太太").ticket_number == ticket.number
