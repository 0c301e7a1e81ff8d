"""Visits, promises made at the sale, notes, labels of numbers and repeats, out of another program's sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count as count_from
from pathlib import Path

import pytest

from aftersales_tui.views.imports import Tally, Undoing
from tests.desk.day import Day
from tests.desk.test_erasing import wipe
from tests.imports.files import Cells, count, stored, table, take, take_back

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


@dataclass
class Crm:
    """Reads the sheets of one program, each as it is called."""

    day: Day
    folder: Path
    batches: dict[str, int] = field(default_factory=dict)

    def __call__(self, kind: str, rows: Sequence[Cells]) -> tuple[Tally, list[str]]:
        """Read some rows; answers the tally, and why rows or values were left out."""
        path = table(self.folder / f"{kind}-{count_up()}.csv", rows)
        came = take(self.day.desk, kind, path, source="crm")
        self.batches.setdefault(kind, came.batch_id)
        return came.tally, [fault.error.code for fault in (*came.rejects, *came.warnings)]

    def undo(self, kind: str) -> Undoing:
        """Take the first batch of a kind back."""
        return take_back(self.day.desk, self.batches[kind])


count_up = count_from(1).__next__


@pytest.fixture
def crm(day: Day, tmp_path: Path) -> Crm:
    """A shop with one engineer, into which a company, its device and its tickets have come."""
    day.hire("王强")
    read = Crm(day, tmp_path)
    for kind, rows in (("customers", [CUSTOMER]), ("devices", [DEVICE]), ("tickets", TICKETS)):
        assert read(kind, rows)[0].new == len(rows)
    return read


def test_numbers_are_labelled_and_said_to_be_whose_they_are(crm: Crm) -> None:
    desk = crm.day.desk
    labels = (
        "SELECT p.typed, p.label, m.form FROM phone p LEFT JOIN person m ON m.id = p.person_id"
        " WHERE p.customer_id = (SELECT id FROM customer WHERE name = '深圳酒店') ORDER BY p.place"
    )
    assert stored(desk, labels) == [
        ("13900000001", "手机", "李经理"),
        ("0755-26001234", "前台", None),
        ("13900000003", "家", ""),
        ("13900000004", "车间 周工", None),
    ]
    tally, codes = crm(
        "customers", [{**CUSTOMER, "电话标注": "13900000001 (总机, 李四, 2); 13900000005 (新); abc"}]
    )
    assert (tally.changed, codes) == (1, ["import.bad_phone"])
    assert [row[:2] for row in stored(desk, labels)][::4] == [("13900000001", "总机"), ("13900000005", "新")]


def test_visits_before_the_last_one_come_in_and_the_last_one_is_met(crm: Crm) -> None:
    desk = crm.day.desk
    tally, codes = crm("visits", VISITS)
    assert codes == ["import.no_such_ticket", "import.no_such_engineer", "import.no_visit"]
    # The last visit had come with its ticket; the sheet of visits tells when it ended and makes no second one.
    assert (tally.new, tally.changed, count(desk, "visit")) == (2, 1, 3)
    assert stored(desk, "SELECT words FROM visit WHERE outcome_at IS NOT NULL") == [("换了件",)]
    assert crm("visits", VISITS)[0].same == 3
    again = "SELECT one.fault, other.fault FROM ticket one JOIN ticket other ON other.id = one.repeat_of"
    assert stored(desk, again) == [("又不冷", "不冷")]
    # A first ticket that comes only later is found by those that wait for it; what is told anew counts, too.
    crm("tickets", [{**TICKETS[1], "原工单": "T2"}])
    assert ("还不冷", "又不冷") in stored(desk, again)
    # Tickets whose visits came with a file of their own stay until that one has been taken back.
    assert (crm.undo("tickets").names, crm.undo("visits").removed) == (("1002", "1003", "1004", "无号"), 2)


def test_promises_and_notes_come_in_change_and_go_again(crm: Crm) -> None:
    desk = crm.day.desk
    _, codes = crm("promises", PROMISES)
    assert codes == ["import.no_promise", "import.no_such_customer", "import.no_such_device"]
    assert stored(desk, "SELECT what, words, device_id IS NULL FROM sale_promise ORDER BY what") == [
        ("gift", "电饭煲", False),
        ("other", "免费安装", True),
    ]
    _, codes = crm("notes", NOTES)
    assert codes == ["import.whose", "import.required", "import.no_writer"]
    assert [group.kind for group in desk.search.find("电饭煲").groups] == ["customer"]
    assert [crm(kind, rows)[0].same for kind, rows in (("promises", PROMISES), ("notes", NOTES))] == [2, 1]
    kept = {**PROMISES[0], "兑现日期": "2026-11-01", "兑现说明": "已送"}
    assert crm("promises", [kept])[0].changed == 1
    assert stored(desk, "SELECT done_words FROM sale_promise WHERE done_at > 0") == [("已送",)]
    # A note stays as it was written.
    assert crm("notes", [{**NOTES[0], "备注": "前门进"}])[0].changed == 1
    assert stored(desk, "SELECT text FROM note") == [("老周: 后门进",)]
    # The promise that was kept since has been touched; the customer whom the other one brought goes with it.
    undone = crm.undo("promises")
    assert (undone.removed, undone.names, count(desk, "customer", "name = '新客'")) == (2, ("电饭煲",), 0)
    assert desk.search.find("免费安装").groups == ()
    assert (crm.undo("notes").removed, count(desk, "note")) == (1, 0)


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
