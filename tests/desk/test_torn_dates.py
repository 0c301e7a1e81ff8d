"""A date there is not is refused on the command line, before anything is written."""

import pytest

from aftersales_tui.bootstrap import console_of
from tests.desk.day import Day

TORN = (
    "11月31日 9点", "12月32日", "2月30日", "明天25点", "明天9点70分", "Feb 30 9am", "Nov 31",
    "tomorrow 26:00", "fri 99", "0001-01-01",
)  # fmt: skip


@pytest.mark.parametrize("said", TORN)
def test_no_promise_is_made_for_another_day_than_was_said(day: Day, said: str) -> None:
    ticket = day.call()
    before = day.desk.feed.latest()
    console = console_of(day.desk)
    for line in (f"c {ticket.number} {said}", f"c {ticket.number}{said}", f"c {ticket.number} {said}?"):
        (answer,) = console.run(day.desk.act, line)
        assert answer.receipt is None, line
    (answer,) = console.run(day.desk.act, f"c {ticket.number} {said}")
    assert answer.error is not None
    assert answer.error.code in {"when.torn", "when.not_understood"}
    (seen,) = console.preview(f"c {ticket.number} {said}")
    assert seen.error is not None
    assert day.desk.feed.latest() == before


def test_a_state_is_not_set_now_for_a_time_that_was_mistyped(day: Day) -> None:
    ticket = day.sent()
    (answer,) = console_of(day.desk).run(day.desk.act, f"s {ticket.number} working 14:70")
    assert answer.error is not None
    assert answer.error.code == "when.not_understood"
    assert day.again(ticket).status == "assigned"


def test_a_number_glued_to_a_date_is_the_tickets(day: Day) -> None:
    ticket = day.call()
    (answer,) = console_of(day.desk).run(day.desk.act, f"c {ticket.number}明天下午3点 回电")
    assert answer.receipt is not None
    assert answer.receipt.params["due"] == "2026-11-24T07:00:00+00:00"
