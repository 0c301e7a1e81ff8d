"""A call becomes a ticket in the queue, once (C1 to C14)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.intake import Fact, Field
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.tickets import QueueFilter
from tests.desk.day import WHOLE, Day, hours


def test_a_call_stands_in_the_queue_with_its_words_as_they_were_said(day: Day) -> None:
    receipt = day.save(day.sheet())
    (row,) = day.desk.queue.page(QueueFilter(), None, 10).rows
    ticket = day.ticket(receipt.ticket_id)
    assert (receipt.verb, receipt.number, receipt.version) == ("call", 1001, 1)
    assert receipt.params == {"number": "1001", "kind": "repair", "caller": "张三"}
    assert (row.ticket_id, row.number, row.customer, row.status) == (receipt.ticket_id, 1001, "张三", "new")
    assert {name: text for name, text in ticket.answers.items() if text} == WHOLE
    assert ticket.urgent_at == day.clock() + hours(24)
    assert ticket.to_verify == ()


def test_numbers_follow_each_other_without_gaps_over_a_refused_call(day: Day) -> None:
    assert day.call().number == 1001
    with pytest.raises(Invalid):
        day.save(day.sheet(kind="no_such_kind"))
    with pytest.raises(NotFound):
        day.save(day.sheet(customer_id=5))
    assert day.call(caller="李四").number == 1002
    assert day.desk.feed.latest() == 2


def test_a_call_saved_twice_under_one_id_is_one_ticket(day: Day) -> None:
    sheet = day.sheet()
    first, second = day.save(sheet), day.save(sheet)
    assert first == second
    assert len(day.desk.queue.page(QueueFilter(), None, 10).rows) == 1
    day.hire()
    day.assign(day.ticket(first.ticket_id), day.desk.people.called("wq")[0].staff_id, "14:00-16:00")
    assert day.save(sheet).version == 2


def test_who_and_what_are_enough_to_save_early(day: Day) -> None:
    nothing = dict.fromkeys(WHOLE, "")
    ticket = day.call(**nothing | {"mobile": "13900139000", "product": "空调"})
    assert ticket.to_verify == ("name", "address", "model", "bought", "fault", "wanted", "when_wanted")
    (row,) = day.desk.queue.page(QueueFilter(), None, 10).rows
    assert (row.customer, row.to_verify) == ("", ticket.to_verify)


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        (("caller", "phone", "address"), "intake.who_missing"),
        (("product", "model", "fault", "wanted"), "intake.what_missing"),
    ],
)
def test_without_who_or_what_nothing_is_saved(day: Day, left_out: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refused, match=code):
        day.save(day.sheet(**dict.fromkeys(left_out, "")))
    assert day.desk.feed.latest() == 0


def test_dates_that_nobody_understands_are_to_be_verified(day: Day) -> None:
    sheet = day.sheet(bought="很久以前吧", when_wanted="看情况")
    assert day.desk.intake.implausible(sheet) == {Fact.BOUGHT, Fact.WHEN_WANTED}
    assert day.ticket(day.save(sheet).ticket_id).to_verify == ("bought", "when_wanted")


def test_a_question_that_sends_nobody_needs_none_of_the_eight(day: Day) -> None:
    ticket = day.call(kind="enquiry", address="", model="", bought="")
    assert ticket.to_verify == ()
    assert [clock.clock for clock in ticket.clocks] == ["P1"]


def test_what_was_missing_can_be_written_down_later(day: Day) -> None:
    ticket = day.call(model="", bought="", phone="")
    receipt = day.desk.intake.amend(
        day.desk.act(),
        ticket.ticket_id,
        ticket.version,
        {Field.MODEL: "BCD-215", Field.BOUGHT: "2024年5月", Field.PHONE: "138 0013 8000"},
    )
    ticket = day.again(ticket)
    assert (receipt.verb, receipt.version, ticket.version, ticket.to_verify) == ("amend", 2, 2, ())
    assert day.desk.intake.same(day.sheet())[0].why == "phone"
    day.undo()
    assert day.again(ticket).to_verify == ("phone", "model", "bought")


def test_a_known_caller_keeps_one_file_that_grows(day: Day) -> None:
    customer = day.call().customer_id
    again = day.call(
        customer_id=customer, phone="", mobile="13900139000", address="福田区中心路8号", product="空调"
    )
    file = day.desk.intake.caller(customer)
    assert again.customer_id == customer
    assert (file.name, file.phone, file.mobile) == ("张三", "13800138000", "13900139000")
    assert [device.product for device in file.devices] == ["空调", "冰箱"]
    assert {one.number for one in file.open_tickets} == {1001, 1002}
    # The same door without its district is no second address.
    day.call(customer_id=customer, address="科技園三號")
    places = [one.text for one in day.desk.customers.file(customer).addresses]
    assert places == ["南山区科技园3号", "福田区中心路8号"]


def test_the_same_name_and_number_is_the_same_file_though_nobody_took_it(day: Day) -> None:
    first = day.call()
    assert day.call(phone="138-0013-8000", address="").customer_id == first.customer_id
    assert day.call(caller="張三").customer_id == first.customer_id
    assert day.call(caller="李四").customer_id != first.customer_id


def test_blanks_of_a_known_device_are_filled_and_nothing_of_it_is_overwritten(day: Day) -> None:
    first = day.call(model="")
    day.call(customer_id=first.customer_id, device_id=first.device_id, product="冰柜", serial="SN-778899")
    (device,) = day.desk.intake.caller(first.customer_id).devices
    assert (device.product, device.model, device.serial) == ("冰箱", "BCD-215", "SN-778899")
    assert day.desk.intake.callers("778899")[0].device_id == first.device_id


def test_a_device_of_somebody_else_is_not_taken(day: Day) -> None:
    first, other = day.call(), day.call(caller="李四", phone="13700137000")
    with pytest.raises(NotFound):
        day.save(
            day.sheet(
                caller="李四",
                phone="13700137000",
                customer_id=other.customer_id,
                device_id=first.device_id,
            )
        )


def test_the_file_of_one_man_takes_no_number_of_another(day: Day) -> None:
    first = day.call(caller="周少华", phone="13911112222").customer_id
    other = day.call(caller="姜少华", phone="13800006579", address="湖滨路 2 号").customer_id
    known, stranger = (
        {"caller": "姜少华", "phone": "138 0000 6579"},
        {"caller": "许静", "phone": "13700137000"},
    )
    assert day.desk.intake.another(day.sheet(customer_id=first, **known))
    assert day.call(customer_id=first, **known).customer_id == other
    assert day.call(customer_id=first, **stranger).customer_id not in {first, other}
    assert (day.desk.intake.caller(first).phone, day.desk.intake.caller(first).mobile) == ("13911112222", "")


@pytest.mark.parametrize(
    ("said", "is_another"),
    [
        ({"caller": "周太太", "phone": "13911112222"}, False),
        ({"caller": "周少华", "phone": "13700137000"}, False),
        ({"caller": "周太太", "phone": ""}, False),
        ({"caller": "姜少华", "phone": ""}, True),
        ({"caller": "周太太", "phone": "13700137000"}, True),
        ({"caller": "", "phone": "13800006579"}, True),
        ({"caller": "13700137000", "phone": ""}, False),
        ({"caller": "13800006579", "phone": ""}, True),
    ],
)
def test_name_and_number_tell_whether_it_is_somebody_else(
    day: Day, said: dict[str, str], is_another: bool
) -> None:
    own = day.call(caller="周少华", phone="13911112222").customer_id
    day.call(caller="姜少华", phone="13800006579")
    assert day.desk.intake.another(day.sheet(customer_id=own, **said)) is is_another


def test_a_device_is_known_by_its_serial_whoever_rings(day: Day) -> None:
    first = day.call(serial="WM-778899")
    stranger = {"caller": "李四", "phone": "13700137000", "address": "", "serial": "wm778899"}
    (found,) = day.desk.intake.same(day.sheet(**stranger))
    assert (found.ticket_id, found.why) == (first.ticket_id, "device")
    again = day.call(**stranger)
    assert (again.device_id, again.customer_id == first.customer_id) == (first.device_id, False)
    assert day.call(serial="WM778899").device_id == first.device_id
    assert len(day.desk.intake.caller(first.customer_id).devices) == 1


@pytest.mark.parametrize(
    "more", [{"product": "空调"}, {"serial": "无"}, {"serial": "none"}, {"serial": "778"}]
)
def test_another_product_or_no_real_serial_is_another_device(day: Day, more: dict[str, str]) -> None:
    first = day.call(serial=more.get("serial", "WM778899"))
    stranger = {"caller": "李四", "phone": "13700137000", "address": "", "serial": "WM778899", **more}
    assert day.desk.intake.same(day.sheet(**stranger)) == ()
    assert day.call(**stranger).device_id != first.device_id


@pytest.mark.parametrize("phone", ["1380013", "王小姐0912-345-678", "10086", "138001380001"])
def test_a_number_that_cannot_be_dialled_is_kept_and_stays_to_be_verified(day: Day, phone: str) -> None:
    ticket = day.call(phone=phone)
    assert (ticket.answers["phone"], ticket.to_verify) == (phone, ("phone",))
    assert day.call(phone="", mobile=phone).to_verify == ("phone",)


@pytest.mark.parametrize("phone", ["138 0013 8000", "（0755）8888-8888转802", "+1 415 555 2671"])
def test_a_number_in_any_written_form_is_known(day: Day, phone: str) -> None:
    assert day.call(phone=phone).to_verify == ()


def test_one_more_call_about_an_open_ticket_counts_there(day: Day) -> None:
    first = day.call(model="")
    receipt = day.save(day.sheet(joins=first.ticket_id, fault="现在还漏水", memo="很急", caller="张太太"))
    ticket = day.again(first)
    assert (receipt.verb, receipt.ticket_id) == ("join", first.ticket_id)
    assert (ticket.calls_count, ticket.version) == (2, 2)
    assert (ticket.answers["caller"], ticket.answers["fault"]) == ("张三", "不制冷")
    assert (ticket.answers["model"], ticket.to_verify) == ("BCD-215", ())
    assert [(call.caller, call.words) for call in ticket.calls] == [
        ("张三", ""),
        ("张太太", "现在还漏水\n很急"),
    ]


def test_a_closed_ticket_takes_no_more_calls(day: Day) -> None:
    ticket = day.call(kind="enquiry")
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "")
    with pytest.raises(Refused, match=r"intake\.join_over"):
        day.save(day.sheet(joins=ticket.ticket_id))


def test_a_repeat_is_a_ticket_of_its_own_that_names_the_first(day: Day) -> None:
    first = day.call()
    again = day.call(customer_id=first.customer_id, device_id=first.device_id, repeats=first.ticket_id)
    assert (again.repeat_of, again.number) == (first.ticket_id, 1002)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"caller": "李四", "phone": "+86 138-0013-8000", "address": ""}, "phone"),
        ({"caller": "李四", "phone": "", "mobile": "13800138000", "address": ""}, "phone"),
        ({"caller": "李四", "phone": "13700137000", "address": "南山區 科技園三號"}, "address"),
        ({"phone": "", "address": "", "caller": "张三"}, "customer"),
    ],
)
def test_an_open_ticket_of_the_same_caller_is_shown_before_saving(
    day: Day, answers: dict[str, str], why: str
) -> None:
    first = day.call()
    customer_id = first.customer_id if why == "customer" else 0
    (found,) = day.desk.intake.same(day.sheet(**answers, customer_id=customer_id))
    assert (found.ticket_id, found.version, found.why) == (first.ticket_id, 1, why)


def test_the_same_device_is_the_strongest_reason(day: Day) -> None:
    first = day.call()
    sheet = day.sheet(customer_id=first.customer_id, device_id=first.device_id)
    assert [one.why for one in day.desk.intake.same(sheet)] == ["device"]


def test_nobody_else_is_taken_for_the_same(day: Day) -> None:
    day.call()
    other = day.sheet(caller="李四", phone="13700137000", address="福田区中心路8号")
    assert day.desk.intake.same(other) == ()
    assert day.desk.intake.same(replace(other, answers={Field.FAULT: "不制冷"})) == ()


def test_a_repair_of_the_last_thirty_days_is_shown_and_an_older_one_is_not(day: Day) -> None:
    solved = day.outcome(day.sent(), "solved")
    by_device = day.sheet(customer_id=solved.customer_id, device_id=solved.device_id)
    by_customer = day.sheet(customer_id=solved.customer_id)
    other_product = day.sheet(customer_id=solved.customer_id, product="洗衣机")
    day.clock.forward(days=29)
    assert [one.why for one in day.desk.intake.same(by_device)] == ["same_fault"]
    assert [one.number for one in day.desk.intake.same(by_customer)] == [solved.number]
    assert day.desk.intake.same(other_product) == ()
    day.clock.forward(days=2)
    assert day.desk.intake.same(by_device) == ()


def test_what_was_answered_was_no_repair(day: Day) -> None:
    ticket = day.call(kind="use_advice")
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "")
    sheet = day.sheet(customer_id=ticket.customer_id, device_id=ticket.device_id)
    assert day.desk.intake.same(sheet) == ()


def test_paper_entered_after_a_power_cut_counts_from_when_the_call_came(day: Day) -> None:
    began = day.clock() - timedelta(hours=20)
    ticket = day.call(opened_at=began)
    assert (ticket.received_at, ticket.entered_at) == (began, day.clock())
    assert ticket.urgent_at == began + hours(24)
    assert (ticket.timeline[0].happened_at, ticket.timeline[0].entered_at) == (began, day.clock())


HOSTILE = "'; DROP TABLE ticket; --\x1b]0;owned\x07 [@click=app.quit]关闭[/] \u202eabc %s {0} \\"


def test_hostile_words_are_words(day: Day) -> None:
    ticket = day.call(fault=HOSTILE, caller=HOSTILE, address=HOSTILE, serial="x'\"")
    assert (
        ticket.answers["fault"] == "'; DROP TABLE ticket; --]0;owned [@click=app.quit]关闭[/] abc %s {0} \\"
    )
    assert day.desk.intake.callers("'; drop")[0].customer_id == ticket.customer_id


@pytest.mark.parametrize("text", ["\x00", "a\ud800"])
def test_what_no_store_can_hold_is_refused_by_field(day: Day, text: str) -> None:
    with pytest.raises(Invalid, match=r"text\.not_storable") as refused:
        day.save(day.sheet(fault=text))
    assert refused.value.params["field"] == "fault"


def test_what_is_too_long_is_refused_and_not_cut(day: Day) -> None:
    with pytest.raises(Invalid, match=r"text\.too_long"):
        day.save(day.sheet(fault="漏" * 2001))
    assert day.desk.feed.latest() == 0


def test_a_message_keeps_for_whom_and_its_memo(day: Day) -> None:
    ticket = day.call(kind="message", for_whom="王主任", memo="请回电\n两点前", fault="有事相商")
    assert ticket.answers["memo"] == "请回电\n两点前"
    assert [clock.clock for clock in ticket.clocks] == ["H1"]


def test_a_message_for_somebody_stays_in_the_queue_with_a_clock_of_its_own(day: Day) -> None:
    ticket = day.call(kind="enquiry")
    day.desk.intake.message(day.desk.act(), ticket.ticket_id, ticket.version, "老板")
    kept = day.again(ticket)
    assert kept.answers["for_whom"] == "老板"
    assert {clock.clock for clock in kept.clocks} >= set(day.desk.policy.kind("message").clocks)
    assert kept.status == Status.NEW


def test_a_message_for_nobody_is_refused(day: Day) -> None:
    ticket = day.call(kind="enquiry")
    with pytest.raises(Invalid, match=r"message\.for_nobody"):
        day.desk.intake.message(day.desk.act(), ticket.ticket_id, ticket.version, "  ")
    assert day.again(ticket).version == ticket.version
