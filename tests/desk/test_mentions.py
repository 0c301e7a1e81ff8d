"""Whoever is erased goes out of others' words too, where no id leads to him (U4)."""

import json
from pathlib import Path

from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.customer import Part
from aftersales_tui.store import erase, mentions
from aftersales_tui.store.mentions import Mentions
from aftersales_tui.views.mergers import Shared
from tests.desk.day import Day
from tests.desk.test_erasing import everything, lived, wipe
from tests.desk.whole import ask
from tests.imports.files import table, take

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


def test_the_preview_says_what_stays_and_who_has_it_too(day: Day) -> None:
    desk = day.desk
    mine = day.call(caller="王强", phone="13766677788", mobile="13766677799")
    for phone in ("13900139000", "13900139001"):
        day.call(caller="王强", phone=phone)
    day.call(caller="张三", phone="13766677799")
    alone = day.call(caller="Anna", phone="13600136000")
    day.hire("王强")
    seen = desk.erasing.preview(mine.customer_id)
    assert seen.shared == (Shared("王强", "王强", 3), Shared("13766677799", "张三", 1))
    assert desk.erasing.preview(alone.customer_id).shared == (Shared("Anna", "", 0),)
    rare = day.call(caller="欧阳鹤龄", phone="13500135000")
    assert desk.erasing.preview(rare.customer_id).shared == ()


def test_what_is_written_between_the_look_and_the_erasing_goes_too(day: Day, tmp_path: Path) -> None:
    customer_id = lived(day)
    desk = day.desk
    other = day.call(caller="张三", phone="13800138000", fault="不制冷", address="福田")
    desk.dispatch.memo(desk.act(), other.ticket_id, "欧阳鹤龄 (甲)")
    looked = desk.erasing.look(customer_id)
    with day.beside() as beside:
        beside.dispatch.memo(beside.act(), other.ticket_id, "欧阳鹤龄 １３７ ６６６７ ７７８８ (乙)")
        beside.handover.note(beside.act(), "欧阳鹤龄 (丙)")
    taken = table(
        tmp_path / "t.csv",
        [{"报修人": "李四", "手机": "13900139000", "故障": "找欧阳鹤龄 (丁)", "状态": "closed"}],
    )
    seen = desk.erasing.preview(customer_id)
    if day.database.startswith("postgres"):
        # What came by a file has no entry of its own for each record: then all is looked through once more.
        take(desk, "tickets", taken)
    desk.erasing.erase(desk.act(), seen.file, seen.file.name, "申请", looked)
    left = everything(day)
    assert "欧阳鹤龄" not in left
    assert ("６６６７" in left, "*** (甲)" in left, "*** *** (乙)" in left, "*** (丙)" in left) == (
        False,
        True,
        True,
        True,
    )
    assert ("找*** (丁)" in left) == day.database.startswith("postgres")


def test_a_number_that_came_since_the_look_is_looked_for_too(day: Day) -> None:
    customer_id = lived(day)
    desk = day.desk
    other = day.call(caller="张三", phone="13800138000", fault="不制冷", address="福田")
    desk.dispatch.memo(desk.act(), other.ticket_id, "问 13411112222")
    looked = desk.erasing.look(customer_id)
    desk.customers.keep(desk.act(), Part.PHONE, customer_id, 0, {"typed": "13411112222"})
    seen = desk.erasing.preview(customer_id)
    desk.erasing.erase(desk.act(), seen.file, seen.file.name, "申请", looked)
    assert "13411112222" not in everything(day)


def test_no_entry_of_the_feed_that_tells_of_him_is_passed_over_unread() -> None:
    told = Mentions(frozenset({"+8613766677788"}), frozenset({"Li Wei", "欧阳鹤龄"}), area_code="0755")
    texts = (
        *NUMBERS,
        "137\u30006667\u20107788",
        "（137）6667 7788",
        "li  WEI",
        "Li\u3000Wei",
        "Li\nWei",
        "x欧阳鹤龄y",
    )
    for text in texts:
        assert told.without(text) != text
        for ascii_only in (True, False):
            assert told.may_be_in(json.dumps({"words": text}, ensure_ascii=ascii_only)), (text, ascii_only)
    assert not told.may_be_in(json.dumps({"words": "欧阳 1376667778", "id": 1376667}))


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
