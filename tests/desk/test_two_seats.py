"""Two seats at one store: nothing is done twice, nothing is lost, and each hears of the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import DomainError, Refused, Stale
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.queries import feed
from aftersales_tui.views.tickets import Receipt
from tests.desk.day import Day


def at_once(*deeds: Callable[[], Receipt]) -> list[Receipt | DomainError]:
    """Do things at the same moment; answers what each got."""

    def tried(deed: Callable[[], Receipt]) -> Receipt | DomainError:
        try:
            return deed()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as lanes:
        return list(lanes.map(tried, deeds))


def test_two_seats_racing_for_one_engineer_do_not_book_him_twice(day: Day) -> None:
    engineer, window = day.hire(), day.window("14:00-16:00")
    for number in range(8):
        first, second = day.call(caller=f"甲{number}"), day.call(caller=f"乙{number}")
        with day.beside() as other:
            got = at_once(
                partial(day.desk.dispatch.assign, day.desk.act(), first.ticket_id, 1, engineer, window),
                partial(other.dispatch.assign, other.act(), second.ticket_id, 1, engineer, window),
            )
        refused = [one for one in got if isinstance(one, Refused)]
        assert [one.code for one in refused] == ["dispatch.clash"]
        sent = next(one for one in got if isinstance(one, Receipt))
        day.undo(sent.seq)


def test_two_seats_saving_one_ticket_do_not_overwrite_each_other(day: Day) -> None:
    ticket = day.sent()
    with day.beside() as other:
        got = at_once(
            lambda: _status(day.desk, ticket.ticket_id, ticket.version, Status.ON_THE_ROAD),
            lambda: _status(other, ticket.ticket_id, ticket.version, Status.WORKING),
        )
    assert sorted(type(one).__name__ for one in got) == ["Receipt", "Stale"]
    assert day.again(ticket).version == ticket.version + 1


def _status(desk: Desk, ticket_id: int, version: int, status: Status) -> Receipt:
    return desk.visits.status(desk.act(), ticket_id, version, status)


def test_who_comes_second_sees_field_by_field_what_changed(day: Day) -> None:
    ticket, engineer = day.call(), day.hire()
    with day.beside("小陈") as other:
        window = day.window("14:00-16:00")
        other.dispatch.assign(other.act(), ticket.ticket_id, 1, engineer, window)
        other.visits.status(other.act(), ticket.ticket_id, 2, Status.ON_THE_ROAD)
    with pytest.raises(Stale, match=r"record\.stale") as stale:
        day.desk.dispatch.assign(day.desk.act(), ticket.ticket_id, 1, engineer, window)
    changes: Any = stale.value.params["changes"]
    assert (stale.value.params["by"], stale.value.params["seen"], stale.value.params["now"]) == ("小陈", 1, 3)
    assert changes["status"] == ("new", "on_the_road")
    assert changes["visit_id"][0] is None
    assert "version" not in changes


def test_two_seats_moving_one_window_do_not_overwrite_each_other(day: Day) -> None:
    ticket = day.sent()
    with day.beside() as other:
        for desk, window in ((day.desk, "15:00-16:00"), (other, "17:00-18:00")):
            try:
                how = (ticket.ticket_id, ticket.version, day.window(window), "")
                desk.dispatch.reschedule(desk.act(), *how)
            except Stale:
                continue
    assert day.again(ticket).window_start == day.at("15:00")


def test_two_seats_save_calls_at_once_with_numbers_of_their_own(day: Day) -> None:
    with day.beside() as other:
        sheets = [day.sheet(caller=f"客户{number}") for number in range(20)]
        got = at_once(
            *(
                lambda desk=desk, sheet=sheet: desk.intake.save(desk.act(write_id=sheet.call_id), sheet)
                for desk, sheet in zip([day.desk, other] * 10, sheets, strict=True)
            )
        )
    receipts = [one for one in got if isinstance(one, Receipt)]
    assert sorted(one.number for one in receipts) == list(range(1001, 1021))
    assert sorted(one.seq for one in receipts) == list(range(1, 21))


def test_one_write_sent_from_two_lanes_is_done_once(day: Day) -> None:
    sheet = day.sheet()
    got = at_once(*[lambda: day.save(sheet)] * 4)
    assert len({one.number for one in got if isinstance(one, Receipt)}) == 1
    assert day.desk.feed.latest() == 1


def test_a_contact_is_had_by_one_of_two_who_reach_for_it(day: Day) -> None:
    ticket = day.outcome(day.sent(), "nobody_home")
    row = day.contact(ticket)
    with day.beside("小陈") as other:

        def result(desk: Desk) -> Receipt:
            return desk.contacts.result(desk.act(), row.contact_id, row.version, "cancels")

        got = at_once(lambda: result(day.desk), lambda: result(other))
    assert sorted(type(one).__name__ for one in got) == ["Receipt", "Refused"]


def test_a_seat_hears_of_what_another_has_done(day: Day) -> None:
    seen = day.desk.feed.latest()
    assert day.desk.feed.poll(seen) is None
    with day.beside() as other:
        sheet = day.sheet()
        ticket_id = other.intake.save(other.act(write_id=sheet.call_id), sheet).ticket_id
        other.contacts.promise(other.act(), ticket_id, day.at("15:00"), "")
    changes = day.desk.feed.poll(seen)
    assert changes is not None
    assert changes.seq == 2
    assert changes.subjects == {ticket_id}
    assert changes.contact_ids == {day.contacts()[0].contact_id}
    assert day.desk.feed.poll(changes.seq) is None


def test_a_seat_that_missed_much_hears_it_all_in_order(day: Day) -> None:
    shop: Any = day.desk.dispatch._shop
    tickets = [day.call(caller=f"客户{number}").ticket_id for number in range(5)]
    heard, seq = list[frozenset[int]](), 0
    while seq < day.desk.feed.latest():
        with shop.reading() as connection:
            changes = feed.since(connection, 1, seq, at_once=2)
        heard.append(changes.subjects)
        seq = changes.seq
    assert heard == [set(tickets[:2]), set(tickets[2:4]), set(tickets[4:])]
