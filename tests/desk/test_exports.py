"""Everything out of the shop, on both stores."""

from typing import Any

import pytest

from aftersales_tui.desk.listing import contact_rows, queue_rows
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.layouts import LAYOUTS
from aftersales_tui.views.tickets import QueueFilter
from tests.desk.day import ALL_WEEK, Day


def records(day: Day, kind: str) -> list[dict[str, str]]:
    with day.desk.exports.reading():
        table = day.desk.exports.table(kind)
        return [dict(zip(table.names, row, strict=True)) for row in table.rows]


def told(record: dict[str, Any], **wanted: str) -> bool:
    return {name: record[name] for name in wanted} == wanted


def test_a_call_goes_out_as_customer_device_and_ticket_that_know_each_other(day: Day) -> None:
    ticket = day.call(serial="SN-1", memo="")
    (customer,), (device,), (row,) = (records(day, kind) for kind in ("customers", "devices", "tickets"))
    assert told(
        customer,
        name="张三",
        phones="13800138000",
        address="南山区科技园3号",
        zone="南山",
        customer_kind="person",
    )
    assert told(
        device, customer_id=customer["source_id"], customer_name="张三", serial="SN-1", product="冰箱"
    )
    assert told(
        row, customer_id=customer["source_id"], device_id=device["source_id"], number=str(ticket.number)
    )
    assert told(row, status="new", fault="不制冷", ended_at="", engineer="")
    assert (
        row["received_at"]
        == f"{ticket.received_at.astimezone(day.desk.calendars.calls.zone):%Y-%m-%d %H:%M:%S}"
    )


def test_a_closed_ticket_tells_when_it_ended_who_went_and_what_came_of_it(day: Day) -> None:
    ticket = day.call()
    day.desk.roster.hire(day.desk.act(), "王强", "engineer", skills=("冰箱",), zones=("南山",), week=ALL_WEEK)
    day.desk.visits.answer(day.desk.act(), ticket.ticket_id, ticket.version, "已说明")
    (row,) = records(day, "tickets")
    assert row["status"] == "closed"
    assert row["ended_at"] != ""
    (engineer,) = [one for one in records(day, "engineers") if one["role"] == "engineer"]
    assert told(engineer, name="王强", skills="冰箱", zones="南山")
    assert engineer["shifts"].startswith("mon 8:00-22:00; tue 8:00-22:00")


def test_every_row_has_the_columns_of_its_layout(day: Day) -> None:
    day.call()
    for kind, layout in LAYOUTS.items():
        for record in records(day, kind):
            assert list(record) == [column.name for column in layout]


def test_who_takes_what_out_and_why_is_written_down_and_without_a_reason_nothing_goes(day: Day) -> None:
    with pytest.raises(Invalid, match=r"export\.no_reason"):
        day.desk.exports.log(day.desk.act(), "all", "  ")
    receipt = day.desk.exports.log(day.desk.act(), "all", "年度统计")
    assert receipt.verb == "export"
    assert receipt.params == {"what": "all", "reason": "年度统计"}


def test_a_list_is_read_page_by_page_to_its_end(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftersales_tui.desk.listing.PAGE", 2)
    tickets = [day.call(caller=f"客户{n}", phone=f"1380000000{n}").number for n in range(5)]
    assert [row.number for row in queue_rows(day.desk, QueueFilter())] == tickets
    assert [row.number for row in queue_rows(day.desk, QueueFilter(zone="nowhere"))] == []
    assert list(contact_rows(day.desk)) == []


def test_a_table_nobody_knows_is_refused(day: Day) -> None:
    with pytest.raises(Invalid, match=r"export\.unknown"):
        day.desk.exports.table("money")
