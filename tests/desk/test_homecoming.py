"""An export of ours, read back into the shop it came from: nothing new, nothing doubled, nothing changed (U1, U2)."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.exchange.writing import Format
from aftersales_tui.views.imports import Tally
from tests.desk.day import Day
from tests.desk.test_round_trip import lived, out
from tests.desk.whole import whole
from tests.imports.files import count, stored, table, take

BOOKS = {"import_batch", "import_key"}
"""Tables that tell of the reading itself."""
CRM = {
    "customers": [
        {"编号": "K-1", "姓名": "陈晨", "电话": "13900000002", "联系人": "李四"},
        {"编号": "K-2", "姓名": "陈晨", "电话": "13900000002"},
    ],
    "devices": [
        {"编号": "D-1", "客户编号": "K-1", "产品": "空调", "型号": "KFR-35"},
        {"编号": "D-2", "客户编号": "K-1", "产品": "空调", "型号": "KFR-35"},
    ],
    "tickets": [
        {"编号": n, "客户编号": "K-1", "设备编号": "D-2", "来电人": "陈晨", "故障": "不冷", "状态": "已完成",
         "报修时间": "2026-03-01", "师傅": "王强"} for n in ("T1", "T2")
    ],
    "promises": [{"编号": "P1", "客户编号": "K-2", "承诺": "赠品", "承诺内容": "滤网"}],
    "notes": [{"编号": "N1", "客户编号": "K-2", "备注": "难找"}],
}  # fmt: skip
"""The tables of another program, with records that only their ids tell apart."""


def edited(file: Path, folder: Path, change: Callable[[dict[str, str]], None]) -> Path:
    """An exported file as somebody has changed and saved it."""
    with file.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.DictReader(read))
    for row in rows:
        change(row)
    return table(folder / file.name, rows, "utf-8-sig")


@pytest.fixture
def grown(day: Day, tmp_path: Path) -> Day:
    """A shop that has lived, and into which another program's tables have come."""
    lived(day)
    for kind, rows in CRM.items():
        take(day.desk, kind, table(tmp_path / "crm" / f"{kind}.csv", rows), source="crm")
    return day


def test_a_shops_own_export_read_back_changes_nothing(grown: Day, tmp_path: Path) -> None:
    for form in (Format.CSV, Format.XLSX):
        files = out(grown.desk, tmp_path / form, form)
        before = whole(grown)
        for source in ("", "elsewhere"):
            for kind in LAYOUTS:
                for dry in (True, False):
                    came = take(grown.desk, kind, files[kind], source=source, dry=dry)
                    wanted = Tally(came.tally.rows, same=came.tally.rows, warnings=came.tally.warnings)
                    assert came.tally == wanted, (form, kind, source)
        after = whole(grown)
        assert {name for name in before if before[name] != after[name]} <= BOOKS
        assert before["import_key"] == after["import_key"]


def test_an_edited_row_changes_its_record_alone_and_another_shops_is_none_of_ours(
    grown: Day, tmp_path: Path
) -> None:
    before = whole(grown)

    def renamed(row: dict[str, str]) -> None:
        row["Note"] = "改过" if row["ID"] in {"K-1", "K-2"} else row["Note"]

    again = out(grown.desk, tmp_path / "again", Format.CSV)
    csv_file = again["customers"]
    tally = take(grown.desk, "customers", edited(csv_file, tmp_path / "edited", renamed)).tally
    assert (tally.new, tally.changed) == (0, 2)
    assert count(grown.desk, "customer") == len(before["customer"])
    assert stored(grown.desk, "SELECT count(*) FROM customer WHERE note = '改过'") == [(2,)]

    def retold(row: dict[str, str]) -> None:
        row["Outcome in words"] = "改过"

    # Of visits that somebody here has gone on with, or that are under way, a sheet changes nothing.
    visits = take(grown.desk, "visits", edited(again["visits"], tmp_path / "edited", retold)).tally
    assert (visits.new, visits.changed) == (0, len(before["visit"]))
    assert stored(grown.desk, "SELECT min(version), max(active) FROM visit WHERE words = '改过'") == [(1, 0)]
    assert count(grown.desk, "visit", "words <> '改过'") > 3

    def another(row: dict[str, str]) -> None:
        row |= {"Name": "别人", "Phones": "13711110000", "Address": "", "Note": ""}

    # Another shop's export, whose program has given the same small ids to other people, is not taken for ours.
    others = edited(csv_file, tmp_path / "other", another)
    tally = take(grown.desk, "customers", others, source="other shop").tally
    assert (tally.new, count(grown.desk, "customer")) == (2, len(before["customer"]) + 2)


def test_an_export_of_ours_knows_its_own_records_again(day: Day, tmp_path: Path) -> None:
    ticket = day.call(caller="张三")
    rows = [{"ID": str(ticket.customer_id), "姓名": "张三丰", "等级": "会员"}]
    assert take(day.desk, "customers", table(tmp_path / "k.csv", rows)).tally == Tally(1, 0, changed=1)
    assert stored(day.desk, "SELECT id, name, tier FROM customer") == [
        (ticket.customer_id, "张三丰", "member")
    ]
    elsewhere = str(ticket.customer_id + 99)
    take(day.desk, "customers", table(tmp_path / "k2.csv", [{"ID": elsewhere, "姓名": "新"}]))
    assert count(day.desk, "customer", f"id = {elsewhere}") == 1
