"""A customer is erased: the person is gone from every byte, what statistics need stays (U4)."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.errors import Invalid, Refused, Stale
from aftersales_tui.store import erase, search, tables
from aftersales_tui.store.keys import Record
from aftersales_tui.store.queries import belongings
from aftersales_tui.views.imports import Order
from aftersales_tui.views.tickets import Receipt, TicketView
from tests.desk.day import Day
from tests.desk.whole import add, ask, whole
from tests.grep import grep
from tests.imports.files import all_of, table, take, take_back

SECRETS = (
    "欧阳鹤龄", "欧陽鶴齡", "13766677788", "13766677799", "66677788", "88777666", "华侨城东部9栋",
    "花甲老人", "KX-9911-Z", "KX9911Z", "压缩机异响", "门口有狗", "欧阳太太", "要求退货",
    "会计老周", "SRC-4711", "ouyangheling", "改约原因甲", "送一条毛巾", "客户说晚点",
)  # fmt: skip
"""What nobody may find any more: names, numbers, words, and what is derived of them."""


def lived(day: Day) -> int:
    """A customer of whom something stands in every table; his tickets are closed."""
    said = {
        "caller": "欧阳鹤龄", "phone": "13766677788", "address": "华侨城东部9栋", "serial": "KX-9911-Z",
        "fault": "压缩机异响", "product": "欧阳鹤龄的冰箱", "memo": "花甲老人",
    }  # fmt: skip
    ticket = day.sent(**said)
    customer_id = ticket.customer_id
    day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, "门口有狗")
    window = day.window("18:00-19:00")
    version = day.again(ticket).version
    day.desk.dispatch.reschedule(day.desk.act(), ticket.ticket_id, version, window, "改约原因甲")
    day.desk.contacts.promise(day.desk.act(), ticket.ticket_id, day.at("17:00"), "客户说晚点")
    day.outcome(day.again(ticket), "solved", "要求退货")
    second = day.call(
        **{**said, "caller": "欧陽鶴齡", "product": "洗衣机", "serial": "", "phone": "13766677799"}
    )
    furnish(day, customer_id, ticket)
    mine = day.desk.mergers.preview(customer_id, second.customer_id)
    merged = day.desk.mergers.merge(
        day.desk.act(), (customer_id, mine.kept.version), (second.customer_id, mine.lost.version)
    )
    day.undo(merged.seq)
    mine = day.desk.mergers.preview(customer_id, second.customer_id)
    day.desk.mergers.merge(
        day.desk.act(), (customer_id, mine.kept.version), (second.customer_id, mine.lost.version)
    )
    for one in (ticket, second):
        shut(day, one.ticket_id)
    return customer_id


def furnish(day: Day, customer_id: int, ticket: TicketView) -> None:
    """What other rooms write about a customer."""
    now, new = day.clock(), day.clock.new_id
    batch, device = new(now), ticket.device_id
    add(
        day,
        tables.Person(shop_id=1, id=new(now), customer_id=customer_id, name="欧阳太太", role="user"),
        tables.Note(
            shop_id=1, id=new(now), customer_id=customer_id, text="会计老周", written_by=1, written_at=now
        ),
        tables.SalePromise(
            shop_id=1, id=new(now), customer_id=customer_id, device_id=device, what="gift", words="送一条毛巾"
        ),
        tables.Visitor(
            shop_id=1, id=new(now), name="欧阳太太", state="left", listed_at=now, customer_id=customer_id
        ),
        tables.HandoverNote(
            shop_id=1, id=new(now), text="欧阳鹤龄要求退货", written_by=day.desk.people.me().staff_id,
            written_at=now, ticket_id=ticket.ticket_id,
        ),
        tables.ImportBatch(
            shop_id=1, id=batch, kind="customers", source="x", file_name="f", digest="d", mapping={},
            state="done", staff_id=1, started_at=now,
        ),
        tables.ImportKey(
            shop_id=1, kind="customers", source="x", source_id="SRC-4711", record_id=customer_id, batch_id=batch
        ),
    )  # fmt: skip


def shut(day: Day, ticket_id: int) -> None:
    """Close a ticket by the desk's own verbs."""
    ticket = day.ticket(ticket_id)
    if ticket.status == "new":
        day.desk.visits.answer(day.desk.act(), ticket_id, ticket.version, "要求退货")
        ticket = day.again(ticket)
    if ticket.status != "closed":
        day.desk.visits.close(day.desk.act(), ticket_id, ticket.version, "要求退货")


def wipe(day: Day, customer_id: int, reason: str = "客户书面申请") -> Receipt:
    seen = day.desk.erasing.preview(customer_id)
    receipt = day.desk.erasing.erase(day.desk.act(), seen.file, seen.file.name, reason)
    assert day.desk.erasing.sweep()
    return receipt


def everything(day: Day) -> str:
    """Every value of the store as text, the feed included, its escapes undone."""
    told = ask(day, "SELECT CAST(params AS TEXT), CAST(changes AS TEXT) FROM feed")
    return str(whole(day)) + str([json.loads(text) for row in told for text in row])


def in_files(database: str) -> set[str]:
    """Which of the secrets are still to be read in the files of a store."""
    path = Path(database)
    return grep(path.parent.glob(f"{path.name}*"), SECRETS)


def test_nothing_of_the_person_is_left_in_any_byte(day: Day) -> None:
    customer_id = lived(day)
    if not day.database.startswith("postgres"):
        # What is part of a longer one is not told by itself.
        assert len(in_files(day.database)) >= len(SECRETS) - 2
    assert [secret for secret in SECRETS if secret not in everything(day)] == []
    wipe(day, customer_id)
    assert [secret for secret in SECRETS if secret in everything(day)] == []
    if not day.database.startswith("postgres"):
        assert in_files(day.database) == set()
    assert day.desk.intake.callers("13766677788") == day.desk.intake.callers("欧阳鹤龄") == ()


def files_of(tmp_path: Path) -> list[tuple[str, Path]]:
    """Files of another program that tell of one person: by an id and without, as customer and as caller."""
    mine = {
        "ID": "SRC-4711",
        "姓名": "欧阳鹤龄",
        "电话": "13766677788",
        "地址": "门口有狗",
        "机身号": "KX-9911-Z",
    }
    other = {"ID": "K2", "姓名": "张三", "电话": "13800138000", "地址": "福田", "机身号": ""}
    done = {
        "ID": "T1", "客户编号": "SRC-4711", "来电人": "欧阳太太", "故障": "压缩机异响", "状态": "closed",
        "产品": "空调",
    }  # fmt: skip
    nameless = {"姓名": "欧陽鶴齡", "电话": "13766677799", "产品": "电扇"}
    called = {"报修人": "欧陽鶴齡", "手机": "13766677799", "故障": "要求退货", "状态": "closed"}
    return [
        ("customers", table(tmp_path / "customers.csv", [mine, other])),
        (
            "customers",
            table(
                tmp_path / "new" / "customers.csv", [{**mine, "地址": "华侨城东部9栋", "备注": "花甲老人"}]
            ),
        ),
        ("tickets", table(tmp_path / "tickets.csv", [done])),
        ("tickets", table(tmp_path / "new" / "tickets.csv", [{**done, "故障": "会计老周"}])),
        ("customers", table(tmp_path / "list.csv", [nameless])),
        ("tickets", table(tmp_path / "calls.csv", [called])),
    ]


def test_one_who_came_by_import_is_gone_from_its_entries_and_no_file_brings_him_back(
    day: Day, tmp_path: Path
) -> None:
    files = files_of(tmp_path)
    first = [take(day.desk, kind, file) for kind, file in files]
    file = day.desk.customers.file(day.desk.intake.callers("13766677788")[0].customer_id)
    day.desk.customers.remove(day.desk.act(), Part.ADDRESS, file.customer_id, file.addresses[0].address_id)
    told = {"SRC-4711", "欧阳鹤龄", "门口有狗", "花甲老人", "压缩机异响", "会计老周"}
    assert {secret for secret in told if secret not in everything(day)} == set()
    with day.desk.exports.reading():
        ours = day.desk.exports.table("customers")
        out = [dict(zip(ours.names, row, strict=True)) for row in ours.rows]
    for phone in ("13766677788", "13766677799"):
        for found in day.desk.intake.callers(phone):
            wipe(day, found.customer_id)
    assert [secret for secret in SECRETS if secret in everything(day)] == []
    if not day.database.startswith("postgres"):
        assert in_files(day.database) == set()
    before = whole(day)
    export = table(tmp_path / "export.csv", [{**row, "source_id": str(file.customer_id)} for row in out[:1]])
    for kind, path in (*files, ("customers", export)):
        for dry in (True, False):
            again = take(day.desk, kind, path, dry=dry)
            codes = [fault.error.code for fault in again.rejects]
            assert (codes, again.tally.new, again.tally.changed) == (["import.erased"], 0, 0), path
            run = day.desk.imports.begin(Order(kind, path), dry=True)
            all_of(day.desk, run)
            assert [one.cells for one in run.refusals] == [()]
    assert [secret for secret in SECRETS if secret in everything(day)] == []
    kept = ("customer", "ticket", "device", "phone", "address", "person", "call")
    assert {name: whole(day)[name] for name in kept} == {name: before[name] for name in kept}
    for batch in reversed(first):
        take_back(day.desk, batch.batch_id)
    assert [take(day.desk, kind, path).tally.new for kind, path in files[1:]] == [0] * 5


def test_what_statistics_need_stays(day: Day) -> None:
    customer_id = lived(day)
    columns = "number, kind, channel, status, received_at, entered_at, device_id, zone, calls"
    tickets = ask(day, f"SELECT {columns} FROM ticket ORDER BY id")
    visits = ask(day, "SELECT engineer_id, starts_at, ends_at, outcome, outcome_at FROM visit ORDER BY id")
    calls = ask(day, "SELECT ticket_id, started_at, ended_at, hold_seconds, taken_by FROM call ORDER BY id")
    feed = ask(day, "SELECT seq, verb, happened_at, staff_id FROM feed ORDER BY seq")
    receipt = wipe(day, customer_id)
    assert receipt.params == {"reason": "客户书面申请", "tickets": "2"}
    assert ask(day, f"SELECT {columns} FROM ticket ORDER BY id") == tickets
    assert (
        ask(day, "SELECT engineer_id, starts_at, ends_at, outcome, outcome_at FROM visit ORDER BY id")
        == visits
    )
    assert (
        ask(day, "SELECT ticket_id, started_at, ended_at, hold_seconds, taken_by FROM call ORDER BY id")
        == calls
    )
    assert ask(day, "SELECT seq, verb, happened_at, staff_id FROM feed ORDER BY seq")[: len(feed)] == feed
    products = {row[0] for row in ask(day, "SELECT product FROM ticket")}
    assert products == {"", "洗衣机"}  # one was called by its owner's name
    assert {row[0] for row in ask(day, "SELECT model FROM device")} == {"BCD-215"}
    assert ask(day, "SELECT COUNT(*) FROM contact WHERE is_open = 1") == [(0,)]


def test_others_are_not_touched(day: Day) -> None:
    neighbour = day.call(caller="张三", phone="13800138000", fault="不制冷")
    customer_id = lived(day)
    wipe(day, customer_id)
    assert day.again(neighbour).answers["fault"] == "不制冷"
    assert [one.name for one in day.desk.intake.callers("13800138000")] == ["张三"]
    assert [row.params.get("caller") for row in day.again(neighbour).timeline] == ["张三"]


def test_one_whose_merge_was_taken_back_is_gone_from_the_other_ones_history_too(day: Day) -> None:
    other = day.call(caller="张三", phone="13800138000").customer_id
    ticket = day.call(caller="欧阳鹤龄", phone="13766677788", address="华侨城东部9栋", fault="压缩机异响")
    lines = day.desk.mergers.lines([other, ticket.customer_id])
    merged = day.desk.mergers.merge(
        day.desk.act(), (other, lines[0].version), (ticket.customer_id, lines[1].version), {"name": "right"}
    )
    day.undo(merged.seq)
    shut(day, ticket.ticket_id)
    wipe(day, ticket.customer_id)
    assert [secret for secret in SECRETS if secret in everything(day)] == []
    assert "张三" in everything(day)


def test_while_a_ticket_is_open_nothing_is_erased_and_it_is_named(day: Day) -> None:
    ticket = day.call()
    before = whole(day)
    with pytest.raises(Refused, match=r"erase\.open_tickets") as refused:
        wipe(day, ticket.customer_id)
    assert refused.value.params["numbers"] == (f"T-{ticket.number}",)
    assert day.desk.erasing.preview(ticket.customer_id).open_numbers == (ticket.number,)
    assert whole(day) == before


@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        ("欧阳", "申请", "erase.name_differs"),
        ("欧阳鹤龄", "  ", "erase.no_reason"),
        ("欧阳鹤龄", "欧阳鹤龄来信", "erase.reason_names"),
    ],
)
def test_it_wants_the_name_typed_and_a_reason_that_names_nobody(
    day: Day, name: str, reason: str, code: str
) -> None:
    customer_id = lived(day)
    seen = day.desk.erasing.preview(customer_id)
    before = whole(day)
    with pytest.raises(Invalid) as refused:
        day.desk.erasing.erase(day.desk.act(), seen.file, name, reason)
    assert refused.value.code == code
    assert whole(day) == before


def test_it_is_final_and_so_is_all_that_was_done_before(day: Day) -> None:
    customer_id = lived(day)
    (last,) = ask(day, "SELECT MAX(seq) FROM feed WHERE verb IN ('close', 'answer')")
    receipt = wipe(day, customer_id)
    with pytest.raises(Refused, match=r"undo\.final"):
        day.undo(receipt.seq)
    with pytest.raises(Refused, match=r"erase\.over"):
        day.undo(int(last[0]))
    with pytest.raises(Refused, match=r"merge\.gone"):
        wipe(day, customer_id)


def test_a_file_that_somebody_else_has_changed_is_not_erased(day: Day) -> None:
    customer_id = lived(day)
    seen = day.desk.erasing.preview(customer_id)
    third = day.call(caller="丙", phone="13500000001").customer_id
    with day.beside() as other:
        (line,) = other.mergers.lines([third])
        other.mergers.merge(other.act(), (customer_id, seen.file.version), (third, line.version))
    with pytest.raises(Stale):
        day.desk.erasing.erase(day.desk.act(), seen.file, seen.file.name, "申请")


def test_a_sheet_that_was_begun_before_writes_nothing_into_an_erased_file(day: Day) -> None:
    customer_id = lived(day)
    ((device_id,),) = ask(day, "SELECT id FROM device WHERE product != '洗衣机'")
    sheets = [
        day.sheet(
            customer_id=customer_id, device_id=device_id, caller=caller, phone="", address="华侨城东部9栋"
        )
        for caller in ("欧阳鹤龄", "")
    ]
    wipe(day, customer_id)
    before = {name: rows for name, rows in whole(day).items() if name in {"customer", "phone", "address"}}
    named, nameless = (day.ticket(day.save(sheet).ticket_id) for sheet in sheets)
    assert (nameless.customer_id, nameless.device_id) == (0, 0)
    assert named.customer_id not in {0, customer_id}
    (address,) = ask(day, "SELECT customer_id FROM address")
    assert address == (named.customer_id,)
    after = {name: rows for name, rows in whole(day).items() if name in before}
    for name, rows in before.items():
        assert [row for row in after[name] if str(named.customer_id) not in str(row)] == rows


def test_the_search_finds_what_is_left_and_the_person_no_more(day: Day) -> None:
    customer_id = lived(day)
    (name,) = [row[0] for row in ask(day, f"SELECT name FROM customer WHERE id = {customer_id}")]
    assert day.desk.search.find(name).groups
    wipe(day, customer_id)
    assert day.desk.search.find(name).groups == ()
    left = {row[0] for row in ask(day, "SELECT id FROM ticket")}
    shop: Any = day.desk.dispatch._shop
    with shop.store.writing() as session:
        before = search.indexed(session.connection(), 1)
        search.rebuild(session.connection(), 1)
        assert search.indexed(session.connection(), 1) == before
    assert left <= {record for kind, record in before if kind == "ticket"}


def test_of_every_column_of_words_it_is_decided_whether_they_go() -> None:
    undecided = {
        f"{table.name}.{column.name}"
        for table in belongings.owned()
        if table.name not in erase.DELETED
        for column in table.c
        if isinstance(column.type, String)
        and not any(
            column.name in kept.get(table.name, ()) for kept in (erase.BLANKED, erase.KEPT, erase.DIGESTED)
        )
    }
    assert undecided == set()
    decided = {*erase.BLANKED, *erase.KEPT, *erase.DELETED}
    assert decided == {table.name for table in belongings.owned()} <= set(Record.metadata.tables)


def test_a_customers_data_are_handed_out_whole_and_the_reason_is_kept(day: Day) -> None:
    customer_id = lived(day)
    receipt, dossier = day.desk.dossiers.hand_out(day.desk.act(), customer_id, "客户来信索取")
    assert (receipt.verb, receipt.params["reason"]) == ("hand_out", "客户来信索取")
    text = str(dossier.records)
    assert [
        secret
        for secret in ("欧阳鹤龄", "欧陽鶴齡", "压缩机异响", "门口有狗", "SRC-4711")
        if secret not in text
    ] == []
    assert {
        "ticket",
        "call",
        "device",
        "phone",
        "person",
        "note",
        "visitor",
        "feed",
    } <= dossier.records.keys()
    assert len(dossier.records["customer"]) == 2
    assert ask(day, f"SELECT verb FROM feed WHERE seq = {receipt.seq}") == [("hand_out",)]
    with pytest.raises(Invalid, match=r"export\.no_reason"):
        day.desk.dossiers.hand_out(day.desk.act(), customer_id, " ")
