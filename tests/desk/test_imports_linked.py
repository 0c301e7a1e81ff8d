"""How the files of one program find each other: customers, devices, engineers, and the tickets that name them."""

from pathlib import Path
from typing import Any

import pytest

from aftersales_tui.desk.importing import run as running
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store import search
from aftersales_tui.store.foreign_ids import gone, once
from aftersales_tui.views.imports import Tally
from tests.desk.day import Day
from tests.desk.test_imports import ANNA, BERT, CLOSED, OPEN
from tests.imports.files import count, stored, table, take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_a_ticket_finds_the_device_that_came_before_it_and_files_called_as_the_tables_are_one_program(
    day: Day, folder: Path
) -> None:
    take(day.desk, "customers", table(folder / "customers.csv", [ANNA]))
    devices = [
        {"ID": "D1", "客户编号": "K1", "产品": "冰箱", "型号": "BCD-9"},
        {"ID": "D2", "客户编号": "K1", "产品": "空调", "型号": "KFR", "机身号": "SN-7"},
        {"ID": "D3", "客户编号": "K1", "产品": "空调", "型号": "KFR", "机身号": "SN-8"},
    ]
    take(day.desk, "devices", table(folder / "devices.csv", devices))
    told = [
        {**OPEN, "ID": "1", "设备编号": "D1", "产品": "冰柜"},
        {**OPEN, "ID": "2", "产品": "冰箱", "型号": "bcd-9"},
        {**OPEN, "ID": "3", "产品": "空调", "机身号": "sn7"},
        {**OPEN, "ID": "4", "产品": "空调", "型号": "KFR"},
        {**OPEN, "ID": "5", "设备编号": "-"},
    ]
    take(day.desk, "tickets", table(folder / "tickets.csv", told))
    joined = (
        "SELECT d.model, d.serial FROM ticket t LEFT JOIN device d ON d.id = t.device_id ORDER BY t.number"
    )
    # Which of two air conditioners is meant nobody can say: the ticket keeps what it tells as a card of its own.
    assert stored(day.desk, joined) == [
        ("BCD-9", ""),
        ("BCD-9", ""),
        ("KFR", "SN-7"),
        ("KFR", ""),
        (None, None),
    ]
    assert count(day.desk, "device") == 4


def test_one_who_is_under_way_stays_so_where_he_is_known_and_is_told_where_he_is_not(
    day: Day, folder: Path
) -> None:
    engineer = day.hire("王强")
    sent = {
        **OPEN,
        "状态": "已派工",
        "师傅": "王强",
        "上门开始": "2026-11-24 14:00",
        "上门结束": "2026-11-24 16:00",
    }
    rows = [sent, {**sent, "ID": "A2", "师傅": "赵云"}, {**sent, "ID": "A3", "上门结束": ""}]
    path = table(folder / "t.csv", rows)
    (dry,) = take(day.desk, "tickets", path, dry=True).warnings
    came = take(day.desk, "tickets", path)
    assert [(fault.line, fault.error.code) for fault in came.warnings] == [
        (3, "import.comes_in_new"),
        (4, "import.comes_in_new"),
    ]
    assert (dry.line, came.tally.warnings) == (4, 2)
    states = stored(day.desk, "SELECT status, memo FROM ticket ORDER BY number")
    assert states == [("assigned", ""), ("new", "赵云"), ("new", "王强")]
    assert stored(day.desk, "SELECT engineer_id, active FROM visit") == [(engineer, 1)]
    ticket = day.ticket(stored(day.desk, "SELECT id FROM ticket WHERE status = 'assigned'")[0][0])
    assert day.outcome(ticket, "solved").status == Status.SOLVED


def test_two_ids_are_two_records_though_they_are_called_the_same(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    twins = [{**ANNA, "编号": f"K{n}"} for n in range(3)]
    assert take(day.desk, "customers", table(folder / "k.csv", twins)).tally.new == 3
    people = [{"ID": f"E{n}", "姓名": "王强"} for n in range(2)]
    assert take(day.desk, "engineers", table(folder / "e.csv", people)).tally.new == 2
    nameless = {**ANNA, "编号": ""}
    assert take(day.desk, "customers", table(folder / "n.csv", [nameless])).tally == Tally(1, 0, changed=1)


def test_a_customer_without_an_id_is_known_again_also_in_a_store_of_before(day: Day, folder: Path) -> None:
    caller = {"报修人": "王五", "地址": "福田区9号", "故障": "不转"}
    take(day.desk, "tickets", table(folder / "t.csv", [caller]))
    ((key,),) = stored(day.desk, "SELECT source_id FROM import_key WHERE kind = 'customers'")
    assert key.startswith("of:")
    shop: Any = day.desk.dispatch._shop
    with shop.store.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE import_key SET source_id = '{once(key)}' WHERE source_id = '{key}'"
        )
    take(day.desk, "tickets", table(folder / "t.csv", [{**caller, "故障": "又不转"}]))
    assert stored(day.desk, "SELECT count(*) FROM customer") == [(1,)]
    assert gone("customers", "t", once(key)) == gone("customers", "t", key)


def test_the_search_index_of_an_import_is_what_a_rebuild_makes(day: Day, folder: Path) -> None:
    take(day.desk, "customers", table(folder / "k.csv", [ANNA, BERT]), source="old")
    device = {"品牌": "Häier", "型号": "BCD-215", "序列号": "SN 12-345", "购买日期": "2019-06-01"}
    late = {**CLOSED, **device, "ID": "A3", "日期": "2019-12-31", "客户编号": "K2", "报修人": "O'Neil"}
    take(day.desk, "tickets", table(folder / "t.csv", [{**OPEN, **device}, CLOSED, late]), source="old")
    with day.desk.queue._shop.store.writing() as session:
        taken_in = search.indexed(session.connection(), 1)
        search.rebuild(session.connection(), 1)
        assert search.indexed(session.connection(), 1) == taken_in
    kinds = [kind for kind, _ in taken_in]
    assert [kinds.count(kind) for kind in ("customer", "device", "ticket", "call")] == [2, 3, 3, 3]
    assert [group.kind for group in day.desk.search.find("sn12345").groups] == ["device", "ticket"]
