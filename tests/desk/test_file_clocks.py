"""The clocks of a customer's file stand on the list of contacts: his plan, and promises made at the sale (B4, U3)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftersales_tui.domain.contact import Effect, Result
from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.errors import Invalid, Refused, Stale
from aftersales_tui.store import tables
from aftersales_tui.store.queries import belongings
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.customers import CustomerFile, SalePromiseView
from aftersales_tui.views.tickets import Receipt
from tests.desk.day import ZONE, Day
from tests.imports.files import table, take, take_back
from tests.stores import rules


def known(day: Day, **more: Any) -> int:
    """A customer with a file, by his id."""
    return day.desk.customers.owner(day.call(**more).ticket_id)[0]


def keep(day: Day, customer_id: int, part: Part = Part.CUSTOMER, record_id: int = 0, **told: Any) -> Receipt:
    own = customer_id if part is Part.CUSTOMER else record_id
    return day.desk.customers.keep(day.desk.act(), part, customer_id, own, told)


def file(day: Day, customer_id: int) -> CustomerFile:
    return day.desk.customers.file(customer_id)


def promised(day: Day, whose: int, due: str | None, what: str = "fitting") -> SalePromiseView:
    """A promise made at the sale, due then."""
    due_at = day.at(due) if due else None
    keep(day, whose, Part.PROMISE, what=what, words="送三米铜管", due_at=due_at)
    return max(file(day, whose).promises, key=lambda one: one.promise_id)


def ring(day: Day, row: ContactRow, result: str, words: str = "", again: datetime | None = None) -> Receipt:
    return day.desk.contacts.result(day.desk.act(), row.contact_id, row.version, result, words, again)


def merge(day: Day, kept: int, lost: int, **sides: str) -> None:
    """Merge one file into another."""
    mine, theirs = ((whose, file(day, whose).version) for whose in (kept, lost))
    day.desk.mergers.merge(day.desk.act(), mine, theirs, sides)


def lines(day: Day) -> list[tuple[str, datetime]]:
    """Of every line of the list why, and when."""
    return [(row.about or row.reason, row.due_at) for row in day.contacts()]


def recounted(day: Day) -> None:
    """The list is what the files say: one open contact for each date that stands in one."""
    shop: Any = day.desk.customers._shop
    of: tuple[Any, ...] = (tables.Contact, tables.Customer, tables.SalePromise)
    contact, customer, promise = (one.__table__ for one in of)
    with shop.reading() as connection:
        standing = [
            (row.customer_id, row.promise_id)
            for row in connection.execute(contact.select().where(contact.c.is_open == 1))
            if row.ticket_id is None
        ]
        living = {row.id: row for row in connection.execute(customer.select()) if not row.state}
        wanted = [(one.id, None) for one in living.values() if one.contact_at]
        wanted += [
            (row.customer_id, row.id)
            for row in connection.execute(promise.select())
            if row.due_at and not row.done_at and row.customer_id in living
        ]
    assert sorted(standing, key=str) == sorted(wanted, key=str)


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
    assert lines(day) == [("periodic_contact", day.at("11-25 10:00"))]
    # A try in vain moves the call, not the plan; nor does a note in the file move the call back.
    ring(day, day.contacts()[0], "no_answer")
    day.desk.customers.note(day.desk.act(), whose, "忙")
    assert lines(day)[0][1] == day.at("12:00")
    assert file(day, whose).contact_at == day.at("11-25 10:00")
    receipt = ring(day, day.contacts()[0], "reached", "都好")
    half_a_year_on = day.at("11-25 10:00").replace(year=2027, month=5)
    assert datetime.fromisoformat(receipt.params["next"]) == half_a_year_on
    assert (lines(day), day.contacts()[0].words) == ([("periodic_contact", half_a_year_on)], "都好")
    assert file(day, whose).contact_at == half_a_year_on
    recounted(day)
    day.undo()
    assert lines(day)[0][1] == day.at("12:00")
    assert file(day, whose).contact_at == day.at("11-25 10:00")
    ring(day, day.contacts()[0], "postponed", again=day.at("11-30 10:00"))
    assert (lines(day)[0][1], file(day, whose).contact_at) == (day.at("11-30 10:00"), day.at("11-30 10:00"))
    # Long overdue: the next one is reckoned from the call.
    day.clock.forward(days=400)
    ring(day, day.contacts()[0], "reached")
    assert lines(day)[0][1] > day.clock() + timedelta(days=170)
    ring(day, day.contacts()[0], "no_more")
    assert (day.contacts(), file(day, whose).contact_months, file(day, whose).contact_at) == ((), 0, None)
    day.undo()
    assert file(day, whose).contact_months == 6
    keep(day, whose, contact_months=0)
    assert day.contacts() == ()
    recounted(day)


def test_a_promise_of_a_sale_is_on_the_list_until_it_is_kept_wherever_that_is_told(day: Day) -> None:
    whose = known(day)
    device = file(day, whose).devices[0].device_id
    keep(day, whose, Part.PROMISE, what="trial", words="先用着")
    assert day.contacts() == ()
    one = promised(day, whose, "11-24 10:00")
    keep(day, whose, Part.PROMISE, one.promise_id, device_id=device, what="gift")
    (row,) = day.contacts()
    assert (row.reason, row.about, row.words, row.due_at) == (
        "sale_promise",
        "sale_gift",
        "送三米铜管 / 冰箱 BCD-215",
        day.at("11-24 10:00"),
    )
    keep(day, whose, Part.PROMISE, one.promise_id, due_at=day.at("11-26 10:00"))
    assert lines(day) == [("sale_gift", day.at("11-26 10:00"))]
    ring(day, day.contacts()[0], "no_answer", "没人接")
    assert (day.contacts()[0].tries, day.contacts()[0].words) == (1, "送三米铜管 / 冰箱 BCD-215")
    ring(day, day.contacts()[0], "postponed", again=day.at("11-27 10:00"))
    assert file(day, whose).promises[0].due_at == lines(day)[0][1] == day.at("11-27 10:00")
    # Another date is another call.
    assert day.contacts()[0].tries == 0


def test_a_promise_is_kept_on_the_file_or_on_the_list_and_either_can_be_undone(day: Day) -> None:
    whose = known(day)
    one = promised(day, whose, "11-27 10:00", "gift")
    ring(day, day.contacts()[0], "kept", "装好了")
    kept = next(promise for promise in file(day, whose).promises if promise.promise_id == one.promise_id)
    assert (day.contacts(), kept.done_at, kept.done_words) == ((), day.clock(), "装好了")
    with pytest.raises(Refused, match=r"promise\.kept"):
        day.desk.customers.fulfil(day.desk.act(), whose, one.promise_id, "")
    day.undo()
    assert (len(day.contacts()), file(day, whose).promises[0].done_at) == (1, None)
    row = day.contacts()[0]
    day.desk.customers.fulfil(day.desk.act(), whose, one.promise_id, "上门时装的")
    assert day.contacts() == ()
    with pytest.raises(Refused, match=r"contact\.done"):
        ring(day, row, "kept")
    day.undo()
    assert lines(day) == [("sale_gift", day.at("11-27 10:00"))]
    ring(day, day.contacts()[0], "waived")
    assert (day.contacts(), file(day, whose).promises[0].due_at) == ((), None)
    day.undo()
    day.desk.customers.remove(day.desk.act(), Part.PROMISE, whose, one.promise_id)
    assert day.contacts() == ()
    recounted(day)
    day.undo()
    assert lines(day) == [("sale_gift", day.at("11-27 10:00"))]
    keep(day, whose, Part.PROMISE, one.promise_id, due_at=None)
    assert day.contacts() == ()
    recounted(day)


def test_quiet_hours_the_last_try_and_other_seats_hold_as_for_every_contact(day: Day) -> None:
    whose = known(day)
    keep(day, whose, quiet="09:00-15:00", do_not_call=1)
    one = promised(day, whose, "11-24 10:00")
    keep(day, whose, contact_months=1, contact_at=day.at("11-25 14:00"))
    assert lines(day) == [
        ("sale_fitting", day.at("11-24 15:00")),
        ("periodic_contact", day.at("11-25 15:00")),
    ]
    assert all(row.do_not_call and row.quiet == "09:00-15:00" for row in day.contacts())
    keep(day, whose, quiet="15:00-16:30")
    assert [at for _, at in lines(day)] == [day.at("11-24 16:30"), day.at("11-25 16:30")]
    row = day.contacts()[0]
    claimed = day.desk.contacts.claim(day.desk.act(), row.contact_id, row.version)
    with day.beside() as other:
        with pytest.raises(Refused, match=r"contact\.claimed"):
            other.contacts.claim(other.act(), row.contact_id, claimed.version)
        # Whoever has changed the file meanwhile has changed the call: nothing is written over it.
        other.customers.keep(
            other.act(), Part.PROMISE, whose, one.promise_id, {"due_at": day.at("11-26 10:00")}
        )
    with pytest.raises(Stale):
        ring(day, claimed, "kept")
    with pytest.raises(Invalid, match=r"contact\.needs_time"):
        ring(day, next(r for r in day.contacts() if r.about), "postponed")
    with pytest.raises(Invalid, match=r"contact\.not_a_result"):
        ring(day, next(r for r in day.contacts() if r.about), "still_faulty")
    for _ in range(day.desk.policy.reason("sale_promise").retry.tries):
        row = next(r for r in day.contacts() if r.about)
        ring(day, row, "no_answer")
        day.clock.now = max(day.clock.now, next(r for r in day.contacts() if r.about).due_at)
    row = next(r for r in day.contacts() if r.about)
    assert (row.flag, file(day, whose).promises[0].due_at) == ("ask_supervisor", day.at("11-26 10:00"))
    ring(day, row, "kept")
    recounted(day)


def test_whom_to_ask_for_and_his_number_follow_the_file(day: Day) -> None:
    whose = known(day)
    promised(day, whose, "11-24 10:00")
    keep(day, whose, Part.PERSON, name="李明", role="contact")
    (phone, person) = file(day, whose).phones[0].phone_id, file(day, whose).persons[0].person_id
    keep(day, whose, Part.PHONE, phone, person_id=person, typed="139 0013 9000")
    assert [(row.whom, row.phone) for row in day.contacts()] == [("李明", "139 0013 9000")]
    keep(day, whose, name="蓝湾酒店")
    day.desk.customers.remove(day.desk.act(), Part.PERSON, whose, person)
    assert [row.whom for row in day.contacts()] == ["蓝湾酒店"]
    day.desk.customers.remove(day.desk.act(), Part.PHONE, whose, phone)
    assert [(row.whom, row.phone) for row in day.contacts()] == [("蓝湾酒店", "")]


def test_the_time_line_the_counts_and_the_handover_book_know_of_them(day: Day) -> None:
    whose = known(day)
    promised(day, whose, "11:00")
    keep(day, whose, contact_months=1, contact_at=day.at("12:00"))
    assert day.desk.queue.counts().to_contact == 0
    day.clock.forward(hours=3)
    assert day.desk.queue.counts().to_contact == len(day.contacts()) == 2
    book = day.desk.handover.book(day.desk.people.me())
    assert [row.reason for row in book.contacts] == ["periodic_contact"]
    assert [row.what for row in book.sale_promises] == ["fitting"]
    ring(day, day.contacts()[0], "kept", "好了")
    moment = day.desk.customers.timeline(whose, 5).rows[0]
    assert (moment.ticket_id, moment.row.verb) == (0, "contact")
    assert (moment.row.params["reason"], moment.row.params["result"]) == ("sale_promise", "kept")
    assert day.desk.queue.counts().to_contact == 1


def test_two_files_that_become_one_have_one_plan_and_all_promises_and_come_apart_again(day: Day) -> None:
    kept, lost = known(day), known(day, phone="13900139000", caller="张三丰", serial="", product="洗衣机")
    promised(day, kept, "11-24 10:00")
    promised(day, lost, "11-25 10:00", "gift")
    for whose, at in ((kept, "11-26 10:00"), (lost, "11-27 10:00")):
        keep(day, whose, contact_months=1, contact_at=day.at(at))
    before = [(row.contact_id, row.customer_id, row.due_at, row.whom) for row in day.contacts()]
    assert day.desk.mergers.preview(kept, lost).moves["contact"] == 2
    merge(day, kept, lost)
    assert lines(day) == [
        ("sale_fitting", day.at("11-24 10:00")),
        ("sale_gift", day.at("11-25 10:00")),
        ("periodic_contact", day.at("11-26 10:00")),
    ]
    assert {(row.customer_id, row.whom) for row in day.contacts()} == {(kept, "张三")}
    recounted(day)
    day.undo()
    assert [(row.contact_id, row.customer_id, row.due_at, row.whom) for row in day.contacts()] == before
    recounted(day)
    merge(day, kept, lost, contact_months="right")
    assert ("periodic_contact", day.at("11-27 10:00")) in lines(day)
    recounted(day)


def test_what_is_known_of_him_is_handed_out_with_them_and_who_is_erased_is_called_no_more(day: Day) -> None:
    ticket = day.call()
    whose = day.desk.customers.owner(ticket.ticket_id)[0]
    promised(day, whose, "11-24 10:00")
    keep(day, whose, contact_months=1, contact_at=day.at("11-26 10:00"))
    ring(day, day.contacts()[0], "no_answer", "张三不在")
    _, dossier = day.desk.dossiers.hand_out(day.desk.act(), whose, "本人要求")
    assert [one["reason"] for one in dossier.records["contact"]] == ["sale_promise", "periodic_contact"]
    assert any(one["verb"] == "contact" for one in dossier.records["feed"])
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "好了")
    preview = day.desk.erasing.preview(whose)
    assert preview.goes["contact"] == 2
    day.desk.erasing.erase(day.desk.act(), preview.file, "张三", "本人要求")
    assert day.contacts() == ()
    shop: Any = day.desk.customers._shop
    with shop.reading() as connection:
        table = tables.Contact.__table__  # type: ignore[attr-defined]
        left = belongings.rows(connection, shop.shop_id, [whose], table)
    assert [(one["whom"], one["phone"], one["words"], one["is_open"]) for one in left] == [
        ("", "", "", 0)
    ] * 2
    recounted(day)


def test_a_result_that_only_a_ticket_can_follow_is_refused(day: Day) -> None:
    promised(day, known(day), "11-24 10:00")
    shipped, _ = rules()
    reason = shipped.reason("sale_promise")
    # As another version of the rules might have it.
    odd = reason._replace(results=(Result("works", Effect.REOPEN), *reason.results))
    (row,) = day.contacts()
    with day.beside(policy=shipped._replace(reasons={**shipped.reasons, "sale_promise": odd})) as other:
        act = other.act()
        version = other.contacts.claim(act, row.contact_id, row.version).version
        with pytest.raises(Refused, match=r"contact\.no_ticket"):
            other.contacts.result(other.act(), row.contact_id, version, "works", "", None)
    assert len(day.contacts()) == 1


def test_a_plan_that_comes_in_with_a_file_stands_on_the_list_moves_with_it_and_goes_with_the_import(
    day: Day, tmp_path: Path
) -> None:
    anna = {"编号": "K1", "姓名": "张三", "电话": "13800138000", "免打扰时段": "08:00-15:00"}
    first = take(day.desk, "customers", table(tmp_path / "k.csv", [{**anna, "定期联系（月）": "6"}]))
    (row,) = day.contacts()
    assert (row.reason, row.whom, row.phone) == ("periodic_contact", "张三", "13800138000")
    assert row.due_at.astimezone(ZONE).hour == 15
    recounted(day)
    take_back(day.desk, first.batch_id)
    assert day.contacts() == ()
    take(day.desk, "customers", table(tmp_path / "k.csv", [{**anna, "定期联系（月）": "6"}]))
    take(
        day.desk, "customers", table(tmp_path / "k.csv", [{**anna, "姓名": "张三丰", "定期联系（月）": "1"}])
    )
    (earlier,) = day.contacts()
    assert (earlier.whom, earlier.due_at < row.due_at) == ("张三丰", True)
    recounted(day)
    # What the desk has agreed since is not taken back by a file that says nothing new of it.
    keep(day, earlier.customer_id, contact_months=1, contact_at=day.at("12-31 16:00"))
    again = {**anna, "姓名": "张三丰", "定期联系（月）": "1", "备注": "x"}
    take(day.desk, "customers", table(tmp_path / "k.csv", [again]))
    assert lines(day) == [("periodic_contact", day.at("12-31 16:00"))]


def test_promises_of_a_file_stand_on_the_list_move_with_it_and_go_with_it_unless_somebody_has_rung(
    day: Day, tmp_path: Path
) -> None:
    anna = {"编号": "K1", "姓名": "张三", "电话": "13800138000"}
    take(day.desk, "customers", table(tmp_path / "k.csv", [anna]), source="old")
    told = [
        {"ID": "P1", "客户编号": "K1", "承诺": "赠品", "承诺说明": "滤芯", "期限": "2026-11-27 10:00"},
        {"ID": "P2", "客户编号": "K1", "承诺": "安装", "承诺说明": "三楼", "期限": "2026-11-28 10:00"},
        {"ID": "P3", "客户编号": "K1", "承诺": "其他", "承诺说明": "不急"},
        {"ID": "P4", "客户编号": "K1", "承诺": "试用", "承诺说明": "一月", "期限": "2026-11-29 10:00"},
    ]
    first = take(day.desk, "promises", table(tmp_path / "p.csv", told), source="old")
    assert [(row.about, row.whom, row.words) for row in day.contacts()] == [
        ("sale_gift", "张三", "滤芯"),
        ("sale_fitting", "张三", "三楼"),
        ("sale_trial", "张三", "一月"),
    ]
    later = {**told[0], "期限": "2026-11-30 10:00"}
    again = take(day.desk, "promises", table(tmp_path / "p2.csv", [later, *told[1:]]), source="old")
    assert (first.tally.new, again.tally.changed) == (4, 1)
    assert [row.about for row in day.contacts()] == ["sale_fitting", "sale_trial", "sale_gift"]
    recounted(day)
    ring(day, day.contacts()[0], "no_answer")
    take_back(day.desk, first.batch_id)
    assert {row.about for row in day.contacts()} == {"sale_fitting", "sale_gift"}
    recounted(day)
