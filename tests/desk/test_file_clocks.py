"""The clocks of a customer's file stand on the list of contacts: his plan, and promises made at the sale (B4, U3)."""

from datetime import datetime
from typing import Any

from aftersales_tui.domain.customer import Part
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.people import ContactRow
from aftersales_tui.views.tickets import Receipt
from tests.desk.day import Day


def known(day: Day, **more: Any) -> int:
    """A customer with a file, by his id."""
    return day.desk.customers.owner(day.call(**more).ticket_id)[0]


def keep(day: Day, customer_id: int, part: Part = Part.CUSTOMER, record_id: int = -1, **told: Any) -> Receipt:
    own = customer_id if part is Part.CUSTOMER else max(record_id, 0)
    return day.desk.customers.keep(day.desk.act(), part, customer_id, own, told)


def file(day: Day, customer_id: int) -> CustomerFile:
    return day.desk.customers.file(customer_id)


def ring(day: Day, row: ContactRow, result: str, words: str = "", again: datetime | None = None) -> Receipt:
    return day.desk.contacts.result(day.desk.act(), row.contact_id, row.version, result, words, again)


def lines(day: Day) -> list[tuple[str, str, datetime]]:
    """Of every line of the list why, what about, and when."""
    return [(row.reason, row.about, row.due_at) for row in day.contacts()]


def test_a_plan_is_on_the_list_moves_on_when_done_and_goes_with_the_plan(day: Day) -> None:
    whose = known(day)
    keep(day, whose, contact_months=1, contact_at=day.at("11-24 10:00"))
    (row,) = day.contacts()
    assert (row.reason, row.due_at, row.whom, row.phone) == (
        "periodic_contact",
        day.at("11-24 10:00"),
        "张三",
        "13800138000",
    )
    assert (row.ticket_id, row.number, row.status, row.customer_id) == (0, 0, "", whose)
    keep(day, whose, contact_at=day.at("11-25 10:00"), contact_months=6)
    assert lines(day) == [("periodic_contact", "", day.at("11-25 10:00"))]
    # A try in vain moves the call, not the plan.
    ring(day, day.contacts()[0], "no_answer")
    assert lines(day)[0][2] == day.at("12:00")
    assert file(day, whose).contact_at == day.at("11-25 10:00")
    receipt = ring(day, day.contacts()[0], "reached", "都好")
    half_a_year_on = day.at("11-25 10:00").replace(year=2027, month=5)
    assert datetime.fromisoformat(receipt.params["next"]) == half_a_year_on
    assert (lines(day), day.contacts()[0].words) == ([("periodic_contact", "", half_a_year_on)], "都好")
    assert file(day, whose).contact_at == half_a_year_on
    keep(day, whose, contact_months=0)
    assert day.contacts() == ()
