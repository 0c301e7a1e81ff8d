"""A caller is found while his name or number is being typed (C3)."""

import pytest

from aftersales_tui.domain.customer import Part
from tests.desk.day import Day

FORMS = {
    "phone": (
        "13800138000",
        "138 0013 8000",
        "+86-138-0013-8000",
        "008613800138000",
        "１３８００１３８０００",
        "1380013",
        "8000",
    ),
    "name": ("张", "張三丰"),
    "pinyin": ("zsf", "zhangsan"),
    "ticket": ("T-1001", "1001", "#1001"),
    "serial": ("sn 12-34", "1234x"),
}


@pytest.mark.parametrize("matched", FORMS)
def test_a_caller_is_found_by_any_part_of_what_is_known(day: Day, matched: str) -> None:
    ticket = day.call(caller="张三丰", serial="SN1234X")
    day.call(caller="李四", phone="0755-2666 1234", address="福田区中心路8号", serial="QQ9")
    for typed in FORMS[matched]:
        (found,) = day.desk.intake.callers(typed)
        assert (found.customer_id, found.matched) == (ticket.customer_id, matched), typed
        assert (found.name, found.phone, found.address) == ("张三丰", "13800138000", "南山区科技园3号")
        assert found.open_tickets == 1
        assert found.device_id == (ticket.device_id if matched in ("serial", "ticket") else 0)


def test_a_local_number_is_found_with_and_without_its_area_code(day: Day) -> None:
    ticket = day.call(phone="2666 1234")
    for typed in ("0755 26661234", "26661234", "2666-1234", "1234", "(0755)26661234"):
        assert [one.customer_id for one in day.desk.intake.callers(typed)] == [ticket.customer_id], typed


def test_the_number_that_was_asked_for_is_shown_and_the_person_whose_name_it_was(day: Day) -> None:
    own = day.call(caller="临江实验小学", phone="13800138000", mobile="0755-2666-1234").customer_id
    desk = day.desk
    desk.customers.keep(desk.act(), Part.PERSON, own, 0, {"name": "梁霞", "role": "payer", "form": "梁经理"})
    for typed, phone in {
        **dict.fromkeys(("075526661234", "26661234", "1234"), "0755-2666-1234"),
        **dict.fromkeys(("13800138000", "8000", "临江", "T-1001"), "13800138000"),
    }.items():
        (found,) = desk.intake.callers(typed)
        assert (found.phone, found.person) == (phone, ""), typed
    for typed in ("梁霞", "梁", "lx", "liangxia"):
        (found,) = desk.intake.callers(typed)
        assert (found.called, found.phone) == ("梁霞 (临江实验小学)", "13800138000"), typed
    assert not desk.intake.another(day.sheet(customer_id=own, caller="梁霞", phone="13900139000"))
    day.call(caller="梁霞", phone="13900139000")
    assert desk.intake.another(day.sheet(customer_id=own, caller="梁霞", phone="13900139000"))


def test_a_shared_phone_brings_everybody_who_uses_it(day: Day) -> None:
    first, second = day.call(), day.call(caller="李四")
    found = day.desk.intake.callers("13800138000")
    assert {one.customer_id for one in found} == {first.customer_id, second.customer_id}


def test_who_called_last_comes_first_and_a_whole_match_before_him(day: Day) -> None:
    short = day.call(caller="李明", phone="13700137000")
    day.clock.forward(minutes=1)
    longer = day.call(caller="李明华", phone="13600136000")
    assert [one.customer_id for one in day.desk.intake.callers("李")] == [
        longer.customer_id,
        short.customer_id,
    ]
    assert [one.customer_id for one in day.desk.intake.callers("李明")] == [
        short.customer_id,
        longer.customer_id,
    ]
    day.clock.forward(minutes=1)
    day.call(caller="李明", phone="13700137000", customer_id=short.customer_id)
    assert day.desk.intake.callers("李")[0].customer_id == short.customer_id


def test_a_name_in_either_script_is_one_name(day: Day) -> None:
    ticket = day.call(caller="陳麗華")
    for typed in ("陈丽华", "陳麗", "陈", "clh", "chenlihua"):
        assert [one.customer_id for one in day.desk.intake.callers(typed)] == [ticket.customer_id], typed


def test_nothing_typed_and_nothing_known_find_nobody(day: Day) -> None:
    day.call()
    for typed in ("", "  ", "王五", "T-9999", "99999999", "'", "%", "_", "\x00"):
        assert day.desk.intake.callers(typed) == (), typed


def test_no_more_lines_than_asked_for(day: Day) -> None:
    for number in range(12):
        day.call(caller=f"张{number}", phone=f"1380013{number:04}")
    assert len(day.desk.intake.callers("1380013")) == 8
    assert len(day.desk.intake.callers("张", limit=12)) == 12


def test_a_new_serial_of_a_known_caller_finds_him(day: Day) -> None:
    first = day.call()
    day.call(customer_id=first.customer_id, serial="AB-99", product="空调")
    (found,) = day.desk.intake.callers("ab99")
    assert (found.customer_id, found.open_tickets) == (first.customer_id, 2)


def test_zones_for_completion_are_those_of_the_engineers(day: Day) -> None:
    day.hire(zones=["南山", "福田", "南山", " "])
    day.hire("李师傅", zones=["宝安"])
    assert day.desk.intake.zones() == ("南山", "宝安", "福田")
