"""A customer's file at the desk: read, changed, changed by two, undone, found (U1, U2, U3, C3)."""

from datetime import timedelta
from typing import Any

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.errors import Invalid, NotFound, Refused, Stale
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.tickets import PageKey
from tests.desk.day import Day


def of(day: Day, **more: Any) -> int:
    """The customer of a call just taken."""
    return day.call(**more).customer_id


def keep(desk: Desk, part: Part, customer_id: int, record_id: int = 0, **mine: Any) -> int:
    before = mine.pop("before", None)
    return desk.customers.keep(desk.act(), part, customer_id, record_id, mine, before).seq


def file(day: Day, customer_id: int) -> CustomerFile:
    return day.desk.customers.file(customer_id)


def names(day: Day, text: str) -> list[str]:
    return [match.name for match in day.desk.intake.callers(text)]


def test_a_new_caller_has_a_file_with_number_address_and_device(day: Day) -> None:
    found = file(day, of(day))
    assert (found.name, found.kind, found.tickets) == ("张三", "person", 1)
    assert [phone.typed for phone in found.phones] == ["13800138000"]
    assert [(one.text, one.zone) for one in found.addresses] == [("南山区科技园3号", "南山")]
    assert [(one.product, one.model, one.tickets) for one in found.devices] == [("冰箱", "BCD-215", 1)]


def test_his_own_fields_are_changed_and_undone(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.CUSTOMER, own, own, name="张三丰", kind="company", tier="member", do_not_call=True)
    found = file(day, own)
    assert (found.name, found.kind, found.tier, found.do_not_call) == ("张三丰", "company", "member", True)
    assert (names(day, "张三丰"), names(day, "zsf")) == (["张三丰"], ["张三丰"])
    day.undo()
    found = file(day, own)
    assert (found.name, found.kind, found.tier, found.do_not_call) == ("张三", "person", "", False)
    assert names(day, "zsf") == []
    assert names(day, "zs") == ["张三"]


def test_people_are_added_changed_removed_and_found_by_their_names(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.PERSON, own, name="欧阳菲", role="in_charge", form="欧阳经理")
    (person,) = file(day, own).persons
    assert (person.name, person.role, person.form) == ("欧阳菲", "in_charge", "欧阳经理")
    assert (names(day, "欧阳菲"), names(day, "oyf")) == (["张三"], ["张三"])
    keep(day.desk, Part.PHONE, own, typed="139 0013 9000", person_id=person.person_id, label="手机")
    day.desk.customers.remove(day.desk.act(), Part.PERSON, own, person.person_id)
    found = file(day, own)
    assert found.persons == ()
    assert [(one.typed, one.person_id) for one in found.phones][1] == ("139 0013 9000", 0)
    assert names(day, "欧阳菲") == []
    day.undo()
    found = file(day, own)
    assert (found.persons, found.phones[1].person_id) == ((person,), person.person_id)
    assert names(day, "oyf") == ["张三"]


def test_a_removed_number_no_longer_finds_and_the_next_one_is_dialled(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.PHONE, own, typed="13900139000")
    first, second = file(day, own).phones
    day.desk.customers.remove(day.desk.act(), Part.PHONE, own, first.phone_id)
    assert names(day, "13800138000") == []
    (match,) = day.desk.intake.callers("13900139000")
    assert match.phone == second.typed
    day.undo()
    assert [one.phone_id for one in file(day, own).phones] == [first.phone_id, second.phone_id]
    assert names(day, "8000") == ["张三"]


def test_a_changed_number_finds_by_the_new_one_alone(day: Day) -> None:
    own = of(day)
    (phone,) = file(day, own).phones
    keep(day.desk, Part.PHONE, own, phone.phone_id, typed="13700137000-8")
    assert (names(day, "13800138000"), names(day, "7000")) == ([], ["张三"])
    day.undo()
    assert (names(day, "13800138000"), names(day, "7000")) == (["张三"], [])


def test_a_number_of_two_customers_offers_both_and_leaves_one_when_it_goes(day: Day) -> None:
    own, other = of(day), of(day, caller="李四", phone="13900139000")
    keep(day.desk, Part.PHONE, other, typed="13800138000", label="传达室")
    assert sorted(names(day, "13800138000")) == ["张三", "李四"]
    shared = file(day, other).phones[1]
    day.desk.customers.remove(day.desk.act(), Part.PHONE, other, shared.phone_id)
    assert names(day, "13800138000") == ["张三"]
    assert file(day, own).phones[0].typed == "13800138000"


def test_a_device_card_keeps_its_papers_and_its_serial_finds(day: Day) -> None:
    ticket = day.call()
    own, device = ticket.customer_id, ticket.device_id
    keep(
        day.desk,
        Part.DEVICE,
        own,
        device,
        serial="SN-7788",
        invoice="FP-01",
        certificate="BX-9",
        place="厨房",
    )
    card = day.desk.customers.card(device)
    assert (card.serial, card.invoice, card.certificate, card.place) == ("SN-7788", "FP-01", "BX-9", "厨房")
    (match,) = day.desk.intake.callers("sn7788")
    assert (match.customer_id, match.device_id) == (own, device)
    keep(day.desk, Part.DEVICE, own, device, serial="SN-9900")
    assert names(day, "sn7788") == []
    assert day.desk.customers.owner(ticket.ticket_id) == (own, device)


def test_earlier_faults_of_a_device_tell_how_they_ended(day: Day) -> None:
    ticket = day.sent()
    day.outcome(ticket, "solved", "换了温控器")
    (fault,) = day.desk.customers.tickets(ticket.customer_id, ticket.device_id, 10).rows
    assert (fault.number, fault.fault, fault.outcome, fault.words) == (
        ticket.number,
        "不制冷",
        "solved",
        "换了温控器",
    )


def test_addresses_have_zone_and_route_and_the_call_keeps_its_own_words(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.ADDRESS, own, text="后海大道8号", zone="南山", route_note="地铁2号线后海站A口")
    second = file(day, own).addresses[1]
    assert (second.text, second.route_note) == ("后海大道8号", "地铁2号线后海站A口")
    # The same address said at the next call is known, however it is written.
    day.call(address="后海大道 8号")
    assert len(file(day, own).addresses) == 2


def test_a_sale_promise_is_open_then_kept_once(day: Day) -> None:
    ticket = day.call()
    own = ticket.customer_id
    due = day.clock() + timedelta(days=2)
    keep(
        day.desk, Part.PROMISE, own, what="fitting", words="免费安装", due_at=due, device_id=ticket.device_id
    )
    keep(day.desk, Part.PROMISE, own, what="gift", words="送炒锅")
    first, second = file(day, own).promises
    assert (first.what, first.due_at, first.device) == ("fitting", due, "冰箱 BCD-215")
    assert [one.words for one in day.desk.intake.caller(own).promises] == ["免费安装", "送炒锅"]
    day.desk.customers.fulfil(day.desk.act(), own, first.promise_id, "已装好")
    with pytest.raises(Refused, match=r"promise.kept"):
        day.desk.customers.fulfil(day.desk.act(), own, first.promise_id, "")
    done = file(day, own).promises[-1]
    assert (done.words, done.done_words, done.done_at) == ("免费安装", "已装好", day.clock())
    assert [one.promise_id for one in day.desk.intake.caller(own).promises] == [second.promise_id]
    day.undo()
    assert file(day, own).promises[0].done_at is None


def test_two_seats_that_set_other_fields_both_have_their_way(day: Day) -> None:
    own = of(day)
    before = {"name": "张三", "tier": "", "note": ""}
    with day.beside() as other:
        keep(other, Part.CUSTOMER, own, own, name="张三", tier="contract", note="", before=before)
    version = file(day, own).version
    keep(day.desk, Part.CUSTOMER, own, own, name="张三", tier="", note="先打手机", before=before)
    found = file(day, own)
    assert (found.tier, found.note, found.version) == ("contract", "先打手机", version + 1)


def test_two_seats_that_set_one_field_are_told_and_nothing_is_saved(day: Day) -> None:
    own = of(day)
    (phone,) = file(day, own).phones
    before = {"typed": "13800138000", "person_id": None, "label": ""}
    with day.beside() as other:
        keep(other, Part.PHONE, own, phone.phone_id, **{**before, "label": "家里"}, before=before)
    with pytest.raises(Stale) as refused:
        keep(
            day.desk,
            Part.PHONE,
            own,
            phone.phone_id,
            **{**before, "label": "办公室", "typed": "13700137000"},
            before=before,
        )
    assert refused.value.code == "file.clash"
    assert refused.value.params["by"] == "小陈"
    assert refused.value.params["clashes"] == (("label", "", "办公室", "家里"),)
    assert (file(day, own).phones[0].label, names(day, "13700137000")) == ("家里", [])


def test_the_same_wish_of_two_is_no_clash_and_what_is_gone_cannot_be_changed(day: Day) -> None:
    own = of(day)
    (phone,) = file(day, own).phones
    before = {"label": ""}
    with day.beside() as other:
        keep(other, Part.PHONE, own, phone.phone_id, label="家里", before=before)
        with pytest.raises(Refused, match=r"file.same"):
            keep(day.desk, Part.PHONE, own, phone.phone_id, label="家里", before=before)
        other.customers.remove(other.act(), Part.PHONE, own, phone.phone_id)
    with pytest.raises(NotFound):
        keep(day.desk, Part.PHONE, own, phone.phone_id, label="办公室", before=before)


def test_what_belongs_to_another_file_is_not_touched(day: Day) -> None:
    own, other = of(day), of(day, caller="李四", phone="13900139000")
    (phone,) = file(day, other).phones
    with pytest.raises(NotFound):
        keep(day.desk, Part.PHONE, own, phone.phone_id, label="x")
    keep(day.desk, Part.PERSON, other, name="李太太")
    with pytest.raises(NotFound):
        keep(day.desk, Part.PHONE, own, typed="13700137000", person_id=file(day, other).persons[0].person_id)
    with pytest.raises(NotFound):
        day.desk.customers.remove(day.desk.act(), Part.PHONE, own, phone.phone_id)


@pytest.mark.parametrize(
    ("part", "mine", "code"),
    [
        (Part.CUSTOMER, {"name": " "}, "file.needed"),
        (Part.CUSTOMER, {"tier": "gold"}, "file.not_one_of"),
        (Part.CUSTOMER, {"quiet": "mittags"}, "quiet.not_understood"),
        (Part.CUSTOMER, {"contact_months": 99}, "file.bad_months"),
        (Part.CUSTOMER, {"shop_id": 2}, "file.not_one_of"),
        (Part.CUSTOMER, {"note": "a\x00b"}, "text.not_storable"),
        (Part.PHONE, {"typed": "no number"}, "phone.no_digits"),
        (Part.PERSON, {"name": "x" * 121}, "text.too_long"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_name(day: Day, part: Part, mine: Any, code: str) -> None:
    own = of(day)
    version = file(day, own).version
    with pytest.raises(Invalid) as refused:
        keep(day.desk, part, own, own if part is Part.CUSTOMER else 0, **mine)
    assert refused.value.code == code
    assert file(day, own).version == version


def test_his_own_plan_is_due_in_so_many_months_and_never_in_his_quiet_hours(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.CUSTOMER, own, own, contact_months=6)
    due = file(day, own).contact_at
    assert due is not None
    assert f"{due.astimezone(day.desk.calendars.business.zone):%Y-%m}" == "2027-05"
    keep(day.desk, Part.CUSTOMER, own, own, quiet="9-12", contact_at=day.at("12-01 10:30"))
    assert file(day, own).quiet == "09:00-12:00"
    assert file(day, own).contact_at == day.at("12-01 13:30")
    keep(day.desk, Part.CUSTOMER, own, own, contact_months=0)
    assert file(day, own).contact_at is None
    with pytest.raises(Invalid, match=r"file.plan_needs_months"):
        keep(day.desk, Part.CUSTOMER, own, own, contact_at=day.at("12-01 10:30"))


def test_a_retry_and_a_planned_contact_keep_out_of_his_quiet_hours(day: Day) -> None:
    ticket = day.call()
    own = ticket.customer_id
    keep(day.desk, Part.CUSTOMER, own, own, quiet="11:00-15:00 17:00-08:00")
    day.desk.contacts.promise(day.desk.act(), ticket.ticket_id, day.clock() + timedelta(minutes=5), "")
    # Two open hours after ten in the morning is noon.
    day.rung(ticket, "no_answer")
    row = day.contact(ticket)
    assert (row.due_at, row.quiet, row.customer_id) == (day.at("15:00"), "11:00-15:00 17:00-08:00", own)


def test_everything_that_happened_is_on_one_line_page_by_page(day: Day) -> None:
    first = day.call()
    own = first.customer_id
    day.clock.forward(minutes=5)
    day.desk.dispatch.memo(day.desk.act(), first.ticket_id, "门禁 7788")
    day.clock.forward(minutes=5)
    day.desk.customers.note(day.desk.act(), own, "家里有老人")
    keep(day.desk, Part.PERSON, own, name="张太太")
    day.clock.forward(minutes=5)
    second = day.call(fault="漏水", product="洗衣机", customer_id=own)
    of(day, caller="李四", phone="13900139000")
    whole = day.desk.customers.timeline(own, 50)
    assert [(one.row.verb, one.number) for one in whole.rows] == [
        ("call", second.number),
        ("file_add", 0),
        ("file_note", 0),
        ("memo", first.number),
        ("call", first.number),
    ]
    assert not whole.more_after
    page = day.desk.customers.timeline(own, 2)
    assert page.more_after
    edge = PageKey(page.rows[-1].row.happened_at, page.rows[-1].row.seq)
    rest = day.desk.customers.timeline(own, 50, edge)
    assert page.rows + rest.rows == whole.rows


def test_what_was_undone_says_so_on_the_line(day: Day) -> None:
    own = of(day)
    day.desk.customers.note(day.desk.act(), own, "写错了")
    day.undo()
    assert file(day, own).notes == ()
    assert [(one.row.verb, one.row.undone) for one in day.desk.customers.timeline(own, 9).rows] == [
        ("undo", False),
        ("file_note", True),
        ("call", False),
    ]


def test_an_edit_that_somebody_has_built_upon_is_not_undone(day: Day) -> None:
    own = of(day)
    seq = keep(day.desk, Part.CUSTOMER, own, own, note="a")
    with day.beside() as other:
        keep(other, Part.CUSTOMER, own, own, tier="member")
    with pytest.raises(Refused, match=r"undo.touched"):
        day.undo(seq)


def test_people_are_addressed_as_the_file_says(day: Day) -> None:
    own = of(day)
    keep(day.desk, Part.PERSON, own, name="张小姐", form="小张")
    keep(day.desk, Part.PERSON, own, name="王建国", role="contact", form="王经理")
    said = day.desk.customers.addressed
    assert (said(own, "张小姐"), said(own, "张三"), said(own, "赵六"), said(0, "x")) == (
        "小张",
        "王经理",
        "",
        "",
    )


def test_a_write_sent_twice_is_done_once(day: Day) -> None:
    own = of(day)
    act = day.desk.act(write_id=77)
    for _ in range(2):
        day.desk.customers.keep(act, Part.PERSON, own, 0, {"name": "李姐"})
    assert len(file(day, own).persons) == 1


def test_a_closed_file_is_not_written_into(day: Day) -> None:
    own = of(day)
    shop: Any = day.desk.customers._shop
    with shop.store.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE customer SET state = 'erased' WHERE id = {own}")
    with pytest.raises(Refused, match=r"file.closed"):
        day.desk.customers.note(day.desk.act(), own, "x")


def test_a_contact_that_a_rule_plans_keeps_out_of_his_quiet_hours(day: Day) -> None:
    free, quiet = day.call(), day.call(caller="李四", phone="13900139000")
    day.desk.visits.advise(day.desk.act(), free.ticket_id, free.version, "x")
    due = day.contact(free).due_at
    wall = due.astimezone(day.desk.calendars.business.zone)
    span = f"{wall.hour}:00-{wall.hour + 2}:00"
    keep(day.desk, Part.CUSTOMER, quiet.customer_id, quiet.customer_id, quiet=span)
    day.desk.visits.advise(day.desk.act(), quiet.ticket_id, quiet.version, "x")
    planned = day.contact(quiet).due_at
    assert planned > due
    assert planned.astimezone(wall.tzinfo).hour >= wall.hour + 2
