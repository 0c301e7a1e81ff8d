"""Whoever is erased goes out of others' words too, where no id leads to him (U4)."""

import json

from aftersales_tui.desk.visitors import Guest
from aftersales_tui.store import erase, mentions
from aftersales_tui.store.mentions import Mentions
from tests.desk.day import Day
from tests.desk.test_erasing import everything, lived, wipe
from tests.desk.whole import ask

NUMBERS = ("13766677788", "137-6667-7788", "+86 137 6667 7788", "１３７６６６７７７８８")


def test_number_and_name_go_out_of_what_others_wrote_and_the_rest_of_the_sentence_stays(day: Day) -> None:
    customer_id = lived(day)
    desk = day.desk
    desk.visitors.walk_in(desk.act(), Guest("解先生", phone="137 6667 7788", purpose="取发票"))
    desk.visitors.walk_in(desk.act(), Guest("王五", phone="13900139000", purpose="问欧阳鹤龄的修理"))
    desk.handover.note(desk.act(), "欧阳鹤龄明天再打 137-6667-7788")
    other = day.call(caller="张三", phone="13800138000", fault="不制冷", address="福田")
    day.call(caller="欧阳鹤龄子", phone="13500135000")
    for number in NUMBERS:
        desk.dispatch.memo(desk.act(), other.ticket_id, f"邻居欧阳鹤龄 {number}, 欧阳鹤龄子 13500135000")
    desk.contacts.promise(desk.act(), other.ticket_id, day.at("17:00"), "先问欧阳鹤龄")
    assert day.desk.erasing.preview(customer_id).goes["visitor"] == 2
    _, dossier = day.desk.dossiers.hand_out(day.desk.act(), customer_id, "客户来信索取")
    assert {row["name"] for row in dossier.records["visitor"]} == {"欧阳太太", "解先生"}
    wipe(day, customer_id)
    left = everything(day)
    for number in (*NUMBERS, "137 6667 7788", "解先生", "取发票"):
        assert number not in left, number
    assert "欧阳鹤龄" not in left.replace("欧阳鹤龄子", "")
    assert ask(day, "SELECT text FROM handover_note WHERE ticket_id IS NULL") == [("***明天再打 ***",)]
    assert ask(day, "SELECT purpose FROM visitor WHERE phone = '13900139000'") == [("问***的修理",)]
    answers = day.again(other).answers
    assert "邻居*** ***, 欧阳鹤龄子 13500135000" in answers["memo"]
    assert answers["fault"] == "不制冷"
    told = [json.loads(row[0]) for row in ask(day, "SELECT CAST(params AS TEXT) FROM feed WHERE verb='memo'")]
    assert {one["words"] for one in told if one["words"]} == {"邻居*** ***, 欧阳鹤龄子 13500135000"}
    assert not day.desk.search.find("欧阳鹤龄 13766677788").groups


def test_what_another_has_too_stays_his(day: Day) -> None:
    customer_id = lived(day)
    other = day.call(caller="欧阳鹤龄", phone="13900139000", fault="不制冷")
    day.call(caller="张三", phone="13766677788")
    wipe(day, customer_id)
    assert day.again(other).answers["caller"] == "欧阳鹤龄"
    assert [one.name for one in day.desk.intake.callers("13766677788")] == ["张三"]


def test_a_number_is_known_in_every_form_and_only_as_a_whole() -> None:
    told = Mentions(
        frozenset({"+8657180000003", "+8613800003757"}), frozenset({"Li Wei", "解文博"}), area_code="0571"
    )
    for text, left in {
        "打0571-8000 0003转2": "打***转2",
        "80000003": "***",
        "(0571)80000003/+86 138 0000 3757": "***/***",
        "913800003757 138000037571": "913800003757 138000037571",
        "1380000375": "1380000375",
        "ask li  wei, not Li Weiming": "ask ***, not Li Weiming",
        "解文博明天": "***明天",
    }.items():
        assert told.without(text) == left
    assert Mentions(frozenset(), frozenset()).without("解文博 13800003757") == "解文博 13800003757"


def test_of_every_column_that_is_blanked_it_is_decided_whether_others_words_stand_in_it() -> None:
    own = {
        *("customer.name", "device.serial", "device.invoice", "device.certificate"),
        *("ticket.address_key", "ticket.serial", "import_key.digest"),
    }
    blanked = {f"{name}.{column}" for name, columns in erase.BLANKED.items() for column in columns}
    swept = {f"{name}.{column}" for name, columns in mentions.WORDS.items() for column in columns}
    assert blanked - swept == own
