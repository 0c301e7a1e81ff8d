"""Reading other programs' tables in, on both stores: once, again, changed, broken off, taken back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftersales_tui.desk.importing import run as running
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.imports import CANCELLED, DONE, RUNNING, UNDONE, Order, Tally
from aftersales_tui.views.tickets import QueueFilter
from tests.desk.day import Day
from tests.imports.files import all_of, count, stored, table, take, take_back

ANNA = {
    "编号": "K1",
    "姓名": "张三",
    "电话": "13800138000; 0755-88888888",
    "地址": "南山区科技园3号",
    "等级": "会员",
}
BERT = {
    "编号": "K2",
    "姓名": "李四",
    "电话": "13900139000",
    "地址": "福田区2号",
    "型号": "BCD-215",
    "购买日期": "去年",
}
OPEN = {
    "ID": "A1",
    "客户编号": "K1",
    "报修人": "张三",
    "电话": "13800138000",
    "产品": "冰箱",
    "故障": "不制冷",
}
CLOSED = {
    **OPEN,
    "ID": "A2",
    "状态": "End of life",
    "结果": "无配件",
    "日期": "2020-01-02",
    "购买日期": "????",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_coming_in_out_of_a_file_is_no_call_but_a_ticket_in_it_was_one(day: Day, folder: Path) -> None:
    take(day.desk, "customers", table(folder / "k.csv", [ANNA, {**BERT, "最近来电": "2026-01-05 10:00"}]))
    take(
        day.desk,
        "devices",
        table(folder / "d.csv", [{"客户": "王五", "电话": "13700137000", "产品": "冰箱"}]),
    )
    last = stored(day.desk, "SELECT name, last_call_at FROM customer ORDER BY name")
    assert [name for name, at in last if not at] == ["张三", "王五"]
    (anna,) = day.desk.intake.callers("88888888")
    assert day.desk.customers.file(anna.customer_id).last_call_at is None
    assert [row.at for group in day.desk.search.find("张三").groups for row in group.rows] == [None]
    _, dossier = day.desk.dossiers.hand_out(day.desk.act(), anna.customer_id, "他要的")
    assert "last_call_at" not in dossier.records["customer"][0]
    take(day.desk, "tickets", table(folder / "t.csv", [{**OPEN, "日期": "2020-01-02"}]))
    called = day.desk.customers.file(anna.customer_id).last_call_at
    assert called is not None
    assert called.year == 2020


def test_customers_are_found_by_number_and_pinyin_with_address_and_device(day: Day, folder: Path) -> None:
    outcome = take(day.desk, "customers", table(folder / "k.csv", [ANNA, BERT], "gb18030"))
    assert (outcome.state, outcome.tally) == (DONE, Tally(2, 2))
    (found,) = day.desk.intake.callers("88888888")
    assert (found.name, found.address) == ("张三", "南山区科技园3号")
    (by_sound,) = day.desk.intake.callers("lisi")
    file = day.desk.intake.caller(by_sound.customer_id)
    assert [(one.model, one.bought_on) for one in file.devices] == [("BCD-215", "2025")]
    assert stored(day.desk, "SELECT tier FROM customer ORDER BY name") == [("member",), ("",)]


def test_the_same_file_again_changes_nothing_and_leaves_no_trace_in_the_records(
    day: Day, folder: Path
) -> None:
    path = table(folder / "k.csv", [ANNA, BERT])
    take(day.desk, "customers", path)
    before = stored(day.desk, "SELECT id, version, name FROM customer ORDER BY id")
    assert take(day.desk, "customers", path).tally == Tally(2, 0, same=2)
    assert stored(day.desk, "SELECT id, version, name FROM customer ORDER BY id") == before
    assert count(day.desk, "phone") == 3


def test_a_row_that_differs_changes_the_record_and_blanks_erase_nothing(day: Day, folder: Path) -> None:
    take(day.desk, "customers", table(folder / "k.csv", [ANNA, BERT]))
    changed = {**ANNA, "电话": "13700137000", "地址": "", "等级": "合同", "备注": "常客"}
    outcome = take(day.desk, "customers", table(folder / "k.csv", [changed, BERT]))
    assert outcome.tally == Tally(2, 0, same=1, changed=1)
    (found,) = day.desk.intake.callers("13700137000")
    assert (found.name, found.address) == ("张三", "南山区科技园3号")
    assert stored(day.desk, "SELECT tier, note, version FROM customer WHERE name = '张三'") == [
        ("contract", "常客", 2)
    ]
    assert count(day.desk, "phone") == 4


def test_without_ids_a_row_is_known_by_what_it_says(day: Day, folder: Path) -> None:
    rows = [{"姓名": "王五", "地址": f"{n}号"} for n in (1, 2, 1)]
    path = table(folder / "k.csv", rows)
    assert take(day.desk, "customers", path).tally == Tally(3, 2, same=1)
    assert take(day.desk, "customers", path).tally == Tally(3, 0, same=3)


def test_a_customer_who_has_called_before_is_met_and_not_made_again(day: Day, folder: Path) -> None:
    ticket = day.call(caller="张三", phone="13800138000")
    outcome = take(day.desk, "customers", table(folder / "k.csv", [ANNA]))
    assert outcome.tally == Tally(1, 0, changed=1)
    assert stored(day.desk, "SELECT id, tier FROM customer") == [(ticket.customer_id, "member")]


def test_devices_belong_to_customers_by_id_or_by_name_and_number(day: Day, folder: Path) -> None:
    take(day.desk, "customers", table(folder / "k.csv", [ANNA]), source="old")
    devices = [
        {"ID": "D1", "客户编号": "K1", "产品": "冰箱", "机身号": "SN-1"},
        {"ID": "D2", "客户": "赵六", "客户电话": "13600136000", "产品": "空调"},
        {"ID": "D3", "客户编号": "K9", "产品": "电视"},
        {"ID": "D4", "产品": "电视"},
    ]
    outcome = take(day.desk, "devices", table(folder / "d.csv", devices), source="old")
    assert outcome.tally == Tally(4, 2, rejected=2)
    assert [fault.error.code for fault in outcome.rejects] == ["import.no_such_customer", "import.no_owner"]
    (found,) = day.desk.intake.callers("sn1")
    assert found.name == "张三"
    assert [found.name for found in day.desk.intake.callers("13600136000")] == ["赵六"]


def test_open_tickets_stand_in_the_queue_with_their_clocks_and_closed_ones_are_history(
    day: Day, folder: Path
) -> None:
    take(day.desk, "customers", table(folder / "k.csv", [ANNA]), source="old")
    opened = {**OPEN, "来电时间": "2026-11-23 09:00", "状态": "待处理"}
    outcome = take(day.desk, "tickets", table(folder / "t.csv", [opened, CLOSED]), source="old")
    assert (outcome.tally.new, outcome.tally.open, outcome.tally.warnings) == (2, 1, 1)
    (row,) = day.desk.queue.page(QueueFilter(), None, 10).rows
    ticket = day.ticket(row.ticket_id)
    called = day.call(phone="13900139000", opened_at=datetime(2026, 11, 23, 1, tzinfo=UTC))
    assert called.received_at == ticket.received_at
    (urgency,) = set(stored(day.desk, "SELECT urgent_at FROM ticket WHERE is_open = 1"))
    assert urgency[0] < FAR_FUTURE.timestamp() * 1000
    assert ticket.status == Status.NEW
    assert ticket.received_at == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert {"model", "bought"} <= set(ticket.to_verify)
    assert day.contacts() == ()
    ((number, status, memo, bought, verify, urgent),) = stored(
        day.desk,
        "SELECT number, status, memo, bought, to_verify, urgent_at FROM ticket WHERE is_open = 0",
    )
    assert (status, memo, bought) == ("closed", "End of life\n无配件", "????")
    assert "bought" in verify
    assert number in {1001, 1002}
    assert urgent == int(FAR_FUTURE.timestamp() * 1000)
    assert count(day.desk, "customer", "name = '张三'") == 1 + 1, (
        "the one of the file, and who has just called"
    )
    assert count(day.desk, "promise", "clock = 'P2'") == 2


def test_tickets_of_one_device_share_it(day: Day, folder: Path) -> None:
    rows = [{**OPEN, "ID": f"A{n}", "设备编号": "D1"} for n in range(3)]
    take(day.desk, "tickets", table(folder / "t.csv", rows))
    assert count(day.desk, "device") == 1
    assert len(set(stored(day.desk, "SELECT device_id FROM ticket"))) == 1


def test_an_imported_ticket_goes_on_like_any_other(day: Day, folder: Path) -> None:
    take(day.desk, "tickets", table(folder / "t.csv", [OPEN]))
    (row,) = day.desk.queue.page(QueueFilter(), None, 10).rows
    sent = day.assign(day.ticket(row.ticket_id), day.hire(), "14:00-16:00", override="客户在等")
    assert day.outcome(sent, "solved").status == Status.SOLVED


def test_the_engineer_of_a_closed_ticket_has_been_there(day: Day, folder: Path) -> None:
    engineer = day.hire("王强")
    take(day.desk, "tickets", table(folder / "t.csv", [{**CLOSED, "状态": "fixed", "师傅": "王强"}]))
    assert stored(day.desk, "SELECT engineer_id, active, outcome, words FROM visit") == [
        (engineer, 0, "solved", "无配件")
    ]


def test_engineers_come_with_skills_and_shifts_and_are_met_by_name(day: Day, folder: Path) -> None:
    day.hire("王强", skills=["冰箱"])
    rows = [
        {"姓名": "王强", "技能": "空调；电视", "职务": "维修员"},
        {"姓名": "陈伟", "班次": "周一到周五 8:30-18:00; 天天", "负责片区": "南山; 福田"},
    ]
    outcome = take(day.desk, "engineers", table(folder / "e.csv", rows))
    assert (outcome.tally.new, outcome.tally.changed) == (1, 1)
    assert [fault.error.code for fault in outcome.warnings] == ["grammar.bad_shift"]
    found = {one.name: one for one in day.desk.dispatch.engineers(None)}
    assert set(found["王强"].skills) == {"冰箱", "空调", "电视"}
    assert set(found["陈伟"].zones) == {"南山", "福田"}
    assert count(day.desk, "shift", "weekday < 5 AND start_minute = 510") == 5


def test_numbers_are_kept_while_they_are_free_and_go_on_behind_them(day: Day, folder: Path) -> None:
    taken = day.call().number
    rows = [{**OPEN, "ID": f"N{n}", "单号": text} for n, text in enumerate((str(taken), "T-5000", "", "77"))]
    take(day.desk, "tickets", table(folder / "t.csv", rows))
    numbers = [row[0] for row in stored(day.desk, "SELECT number FROM ticket ORDER BY number")]
    assert numbers == [taken, 5000, 5001, 5002, 5003]


def test_a_dry_run_counts_what_the_import_then_does_and_writes_nothing(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    take(day.desk, "customers", table(folder / "k.csv", [BERT]), source="old")
    changed = {**BERT, "地址": "罗湖区"}
    path = table(folder / "k.csv", [ANNA, changed, {"编号": "K3"}, BERT, {**ANNA, "备注": "x"}, ANNA])
    seq = day.desk.feed.latest()
    dry = take(day.desk, "customers", path, source="old", dry=True)
    assert day.desk.feed.latest() == seq
    assert count(day.desk, "customer") == 1
    assert dry.first[0]["name"] == "张三"
    assert (dry.tally.new, dry.tally.rejected) == (1, 1)
    done = take(day.desk, "customers", path, source="old")
    assert (done.tally.new, done.tally.rejected) == (1, 1)
    assert [fault.line for fault in done.rejects] == [4]


def test_each_chunk_is_one_small_entry_of_the_feed(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 10)
    seq = day.desk.feed.latest()
    take(day.desk, "tickets", table(folder / "t.csv", [{**OPEN, "ID": f"A{n}"} for n in range(25)]))
    entries = stored(day.desk, f"SELECT verb, subject, changes FROM feed WHERE seq > {seq} ORDER BY seq")
    (batch,) = day.desk.imports.batches()
    assert [(verb, subject) for verb, subject, _ in entries] == [("import", batch.batch_id)] * 3
    assert all(len(str(changes)) < 600 for _, _, changes in entries)
    changes = day.desk.feed.poll(seq)
    assert changes is not None and changes.subjects == {batch.batch_id}
    with pytest.raises(Refused, match=r"undo\.final"):
        day.undo()


def test_a_broken_off_import_goes_on_where_it_was(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 3)
    rows = [
        {**OPEN, "ID": f"A{n}", "故障": "" if n == 1 else "响", "产品": "" if n == 1 else "x"}
        for n in range(8)
    ]
    path = table(folder / "t.csv", rows)
    run = day.desk.imports.begin(Order("tickets", path))
    run.step(day.desk.act())
    (batch,) = day.desk.imports.batches()
    assert (batch.state, batch.tally.rows, count(day.desk, "ticket")) == (RUNNING, 3, 2)
    with day.beside() as other:
        outcome = all_of(other, other.imports.resume())
        assert (outcome.batch_id, outcome.state) == (batch.batch_id, DONE)
    assert (outcome.tally.rows, outcome.tally.new, outcome.tally.rejected) == (8, 7, 1)
    assert count(day.desk, "ticket") == 7
    assert [fault.line for fault in outcome.rejects] == [3]
    with pytest.raises(Refused, match=r"import\.elsewhere"):
        run.step(day.desk.act())


def test_a_cancelled_import_keeps_what_came_in_and_the_same_file_goes_on(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    path = table(folder / "t.csv", [{**OPEN, "ID": f"A{n}"} for n in range(5)])
    run = day.desk.imports.begin(Order("tickets", path))
    run.step(day.desk.act())
    assert run.cancel(day.desk.act()).state == CANCELLED
    assert day.desk.imports.batches()[0].state == CANCELLED
    assert count(day.desk, "ticket") == 2
    assert take(day.desk, "tickets", path).tally == Tally(5, 5, open=3)
    assert [one.state for one in day.desk.imports.batches()] == [DONE]
    with pytest.raises(NotFound, match=r"import\.nothing_to_resume"):
        day.desk.imports.resume()


def test_a_file_that_has_changed_is_not_gone_on_with(
    day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    path = table(folder / "t.csv", [OPEN, CLOSED])
    day.desk.imports.begin(Order("tickets", path)).step(day.desk.act())
    table(path, [CLOSED, OPEN, OPEN])
    with pytest.raises(Refused, match=r"import\.file_changed"):
        day.desk.imports.resume()


def test_a_batch_is_taken_back_whole_and_may_come_in_again(day: Day, folder: Path) -> None:
    tables = ("ticket", "call", "interval", "promise", "device", "customer", "phone", "address", "caller_key")
    before = {name: count(day.desk, name) for name in tables}
    path = table(
        folder / "t.csv",
        [OPEN, {**CLOSED, "机身号": "SN9"}, {**OPEN, "ID": "A3", "客户编号": "", "电话": "13900139000"}],
    )
    batch = take(day.desk, "tickets", path)
    came = take_back(day.desk, batch.batch_id)
    assert (came.kept, came.removed) == (0, 3 + 2)
    assert {name: count(day.desk, name) for name in tables} == before
    assert day.desk.imports.batches()[0].state == UNDONE
    with pytest.raises(Refused, match=r"import\.undone"):
        day.desk.imports.undo(batch.batch_id)
    assert take(day.desk, "tickets", path).tally.new == 3


def test_what_somebody_has_touched_since_stays_and_is_named(day: Day, folder: Path) -> None:
    path = table(folder / "t.csv", [{**OPEN, "客户编号": f"K{n}", "ID": f"A{n}"} for n in range(3)])
    batch = take(day.desk, "tickets", path)
    row = day.desk.queue.page(QueueFilter(), None, 10).rows[1]
    worked = day.assign(day.ticket(row.ticket_id), day.hire(), "14:00-16:00", override="x")
    came = take_back(day.desk, batch.batch_id)
    assert (came.removed, came.kept) == (4, 2)
    assert set(came.names) == {str(worked.number), "张三"}
    assert day.again(worked).customer_id == worked.customer_id
    assert (count(day.desk, "ticket"), count(day.desk, "device")) == (1, 1)


def test_what_has_no_column_is_kept_in_the_note_only_if_asked(day: Day, folder: Path) -> None:
    row = {**ANNA, "生肖": "兔", "星座": ""}
    path = table(folder / "k.csv", [row])
    left = take(day.desk, "customers", path)
    assert left.unmapped == ("生肖", "星座")
    assert take(day.desk, "customers", path, keep_rest=True).tally.changed == 1
    assert stored(day.desk, "SELECT note FROM customer") == [("生肖: 兔",)]


def test_a_suggestion_is_taken_only_by_whoever_has_seen_it(day: Day, folder: Path) -> None:
    path = table(folder / "k.csv", [{"姓名": "张三", "备注信": "常客"}])
    assert take(day.desk, "customers", path, dry=True).suggested == {"备注信": "note"}
    take(day.desk, "customers", path, take_near=True)
    assert stored(day.desk, "SELECT note FROM customer") == [("常客",)]


def test_words_for_a_state_that_nobody_knows_are_refused_until_somebody_tells(day: Day, folder: Path) -> None:
    path = table(folder / "t.csv", [{**OPEN, "状态": "Wartet"}])
    (fault,) = take(day.desk, "tickets", path).rejects
    assert (fault.heading, fault.error.code) == ("状态", "import.bad_word")
    take(day.desk, "tickets", path, statuses={"wartet": "waiting_part"})
    assert stored(day.desk, "SELECT status, memo FROM ticket") == [("waiting_part", "Wartet")]
    with pytest.raises(Invalid, match=r"import\.no_such_status"):
        take(day.desk, "tickets", path, statuses={"wartet": "asleep"})


def test_a_table_without_its_one_needed_column_is_refused(day: Day, folder: Path) -> None:
    path = table(folder / "k.csv", [{"电话": "13800138000"}])
    with pytest.raises(Invalid, match=r"import\.column_missing"):
        take(day.desk, "customers", path)
    with pytest.raises(Invalid, match=r"import\.nothing_mapped"):
        take(day.desk, "customers", table(folder / "x.csv", [{"qq1": "x", "zz2": "y"}]))


def test_what_is_longer_than_its_column_goes_on_in_the_note(day: Day, folder: Path) -> None:
    fault = "很长 " * 900
    take(day.desk, "tickets", table(folder / "t.csv", [{**OPEN, "故障": fault}]))
    ((kept, memo),) = stored(day.desk, "SELECT fault, memo FROM ticket")
    assert len(kept) <= 2000
    assert f"{kept} {memo}" == fault.strip()


def test_times_are_read_in_the_zone_they_were_written_in(day: Day, folder: Path) -> None:
    row = {**CLOSED, "日期": "2020-06-01 12:00"}
    take(day.desk, "tickets", table(folder / "t.csv", [row]), zone="Europe/Berlin")
    ((received,),) = stored(day.desk, "SELECT received_at FROM ticket")
    assert datetime.fromtimestamp(received / 1000, UTC) == datetime(2020, 6, 1, 10, tzinfo=UTC)
    with pytest.raises(Invalid, match=r"import\.no_such_zone"):
        take(day.desk, "tickets", table(folder / "t.csv", [row]), zone="Mars/Base")
