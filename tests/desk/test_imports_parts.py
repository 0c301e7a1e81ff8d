"""Visits, promises made at the sale, notes, labels of numbers and repeats, out of another program's sheets."""

from pathlib import Path

from aftersales_tui.domain.customer import Part
from aftersales_tui.views.imports import Tally
from tests.desk.day import Day
from tests.desk.test_erasing import wipe
from tests.imports.files import count, stored, table, take, take_back

CUSTOMER = {
    "客户编号": "K1",
    "姓名": "深圳酒店",
    "电话": "13900000001",
    "联系人": "李四(采购, 李经理); 李四",
    "电话标注": "13900000001 (手机, 李四); 0755-26001234 (前台); 13900000003 (家, 李四, 2); "
    "abc (x); 13900000004 (车间, 周工)",
}
DEVICE = {"设备编号": "D1", "客户编号": "K1", "产品": "空调", "机身号": "SN-1"}
TICKETS = [
    {"ID": "T2", "客户编号": "K1", "来电人": "深圳酒店", "故障": "又不冷", "原工单": "T1", "状态": "已完成"},
    {"ID": "T3", "客户编号": "K1", "来电人": "深圳酒店", "故障": "还不冷", "原工单": "T9", "状态": "已完成"},
    {"ID": "T1", "客户编号": "K1", "来电人": "深圳酒店", "故障": "不冷", "状态": "已完成", "师傅": "王强",
     "上门时间": "2026-03-02 09:00", "上门结束": "2026-03-02 11:00"},
    {"来电人": "无号", "电话": "13700000000", "故障": "漏水", "工单号": "77", "状态": "已完成"},
]  # fmt: skip
VISITS = [
    {"ID": "V1", "工单编号": "T1", "师傅": "王强", "上门时间": "2026-03-01 09:00", "结果": "无人在家"},
    {"ID": "V2", "工单编号": "T1", "师傅": "王强", "上门时间": "2026-03-02 09:00", "结果说明": "换了件",
     "完工时间": "2026-03-02 10:30"},
    {"ID": "V3", "工单号": "77", "师傅": "王强", "上门时间": "2026-03-03"},
    {"ID": "V4", "工单编号": "T99", "师傅": "王强", "上门时间": "2026-03-03"},
    {"ID": "V5", "工单编号": "T1", "师傅": "赵无", "上门时间": "2026-03-03"},
    {"ID": "V6", "师傅": "王强", "上门时间": "2026-03-03"},
]  # fmt: skip
PROMISES = [
    {
        "ID": "P1",
        "客户编号": "K1",
        "设备编号": "D1",
        "承诺": "赠品",
        "承诺内容": "电饭煲",
        "期限": "2027-01-01",
    },
    {"ID": "P2", "客户": "新客", "客户电话": "13900000009", "承诺内容": "免费安装", "设备编号": "D1"},
    {"ID": "P3", "客户编号": "K1"},
    {"ID": "P4", "客户编号": "K9", "承诺": "试用"},
]
NOTES = [
    {"ID": "N1", "客户编号": "K1", "备注": "后门进", "记录人": "老周", "日期": "2025-05-01"},
    {"ID": "N2", "备注": "没有客户"},
    {"ID": "N3", "客户编号": "K1", "备注": ""},
]


def test_what_belongs_to_customers_and_tickets_comes_in_changes_and_goes_again(
    day: Day, tmp_path: Path
) -> None:
    desk = day.desk
    day.hire("王强")

    def read(kind: str, rows: list[dict[str, str]], name: str = "") -> tuple[Tally, list[str], int]:
        came = take(desk, kind, table(tmp_path / f"{name or kind}.csv", rows), source="crm")
        return came.tally, [fault.error.code for fault in (*came.rejects, *came.warnings)], came.batch_id

    tally, codes, _ = read("customers", [CUSTOMER])
    assert (tally.new, codes) == (1, ["import.bad_phone"])
    labels = stored(
        desk,
        "SELECT p.typed, p.label, m.form FROM phone p LEFT JOIN person m ON m.id = p.person_id ORDER BY p.place",
    )
    assert labels == [
        ("13900000001", "手机", "李经理"),
        ("0755-26001234", "前台", None),
        ("13900000003", "家", ""),
        ("13900000004", "车间 周工", None),
    ]
    tally, *_ = read("customers", [{**CUSTOMER, "电话标注": "13900000001 (总机, 李四, 2)"}], "again")
    assert (tally.new, tally.changed) == (0, 1)
    assert stored(desk, "SELECT label FROM phone ORDER BY place")[0] == ("总机",)
    read("devices", [DEVICE])
    tally, _, tickets = read("tickets", TICKETS)
    assert tally.new == 4
    assert stored(
        desk,
        "SELECT one.fault, other.fault FROM ticket one JOIN ticket other ON other.id = one.repeat_of",
    ) == [("又不冷", "不冷")]
    tally, codes, visits = read("visits", VISITS)
    assert codes == ["import.no_such_ticket", "import.no_such_engineer", "import.no_visit"]
    # The last visit had come with its ticket; the sheet of visits tells when it ended and makes no second one.
    assert (tally.new, tally.changed, count(desk, "visit")) == (2, 1, 3)
    assert stored(desk, "SELECT words FROM visit WHERE outcome_at IS NOT NULL") == [("换了件",)]
    tally, codes, promises = read("promises", PROMISES)
    assert codes == ["import.no_promise", "import.no_such_customer", "import.no_such_device"]
    assert stored(desk, "SELECT what, words, device_id IS NULL FROM sale_promise ORDER BY what") == [
        ("gift", "电饭煲", False),
        ("other", "免费安装", True),
    ]
    tally, codes, notes = read("notes", NOTES)
    assert codes == ["import.whose", "import.required", "import.no_writer"]
    assert stored(desk, "SELECT text FROM note") == [("老周: 后门进",)]
    assert [group.kind for group in desk.search.find("电饭煲").groups] == ["customer"]

    # The same again is the same; a row that differs changes its record, but a note stays as it was written.
    for kind, rows in (("visits", VISITS), ("promises", PROMISES), ("notes", NOTES)):
        assert read(kind, rows)[0].same == {"visits": 3, "promises": 2, "notes": 1}[kind]
    changed = read("promises", [{**PROMISES[0], "兑现日期": "2026-11-01", "兑现说明": "已送"}], "kept")[0]
    assert (changed.changed, stored(desk, "SELECT done_words FROM sale_promise WHERE done_at > 0")) == (
        1,
        [("已送",)],
    )
    assert read("notes", [{**NOTES[0], "备注": "前门进"}], "other")[0].changed == 1
    assert stored(desk, "SELECT text FROM note") == [("老周: 后门进",)]

    # Visits that came with their own file keep their ticket; taken back in turn, everything goes.
    undone = take_back(desk, tickets)
    assert (undone.removed, undone.names) == (2, ("1003", "1004", "无号"))
    for batch, gone in ((notes, "note"), (promises, "sale_promise"), (visits, "visit")):
        take_back(desk, batch)
        assert count(desk, gone) == {"note": 0, "sale_promise": 1, "visit": 1}[gone]
    assert desk.search.find("免费安装").groups == ()


def test_nothing_of_an_erased_customer_comes_back_by_what_belongs_to_him(day: Day, tmp_path: Path) -> None:
    desk = day.desk
    day.hire("王强")
    sheets = {"customers": [CUSTOMER], "tickets": TICKETS[2:3], "visits": VISITS[:2]}
    sheets |= {"promises": PROMISES[:1], "notes": NOTES[:1]}
    files = {kind: table(tmp_path / f"{kind}.csv", rows) for kind, rows in sheets.items()}
    for kind, file in files.items():
        take(desk, kind, file, source="crm")
    wipe(day, desk.intake.callers("13900000001")[0].customer_id)
    before = {name: count(desk, name) for name in ("visit", "sale_promise", "note", "customer")}
    for kind, file in files.items():
        again = take(desk, kind, file, source="crm")
        assert {fault.error.code for fault in again.rejects} == {"import.erased"}, kind
        assert (again.tally.new, again.tally.changed, again.tally.same) == (0, 0, 0), kind
    assert {name: count(desk, name) for name in before} == before
    assert stored(desk, "SELECT words FROM visit WHERE words <> ''") == []


def test_a_promise_somebody_has_kept_since_stays_when_its_batch_is_taken_back(
    day: Day, tmp_path: Path
) -> None:
    take(day.desk, "customers", table(tmp_path / "k.csv", [CUSTOMER]), source="crm")
    rows = [PROMISES[0], {**PROMISES[0], "ID": "P5", "承诺内容": "滤网"}]
    batch = take(day.desk, "promises", table(tmp_path / "p.csv", rows), source="crm").batch_id
    customer_id = day.desk.intake.callers("13900000001")[0].customer_id
    kept = next(one for one in day.desk.customers.file(customer_id).promises if one.words == "滤网")
    mine = {"words": "滤网两片"}
    day.desk.customers.keep(day.desk.act(), Part.PROMISE, customer_id, kept.promise_id, mine)
    undone = take_back(day.desk, batch)
    assert (undone.removed, undone.names) == (1, ("滤网两片",))
