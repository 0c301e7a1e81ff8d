"""Everything is found at once: by two characters, in either script, by sound, by scraps of a number (issue 3, C3)."""

import random
from typing import Any

import pytest

from aftersales_tui.desk import search as desk_search
from aftersales_tui.domain.customer import Part
from aftersales_tui.store import search, tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import search as search_queries
from aftersales_tui.views.search import Found
from tests.desk.day import Day


@pytest.fixture
def known(day: Day) -> dict[str, int]:
    """Two callers with a device each, and a note: ids by a word for them."""
    fridge = day.call(caller="张三丰", serial="SN12-34X", memo="門口密碼 7788", fault="不制冷，漏水")
    day.clock.forward(minutes=5)
    mouse = day.call(
        caller="Ann O'Brien", phone="0755-2666 1234", address="福田区中心路8-12号", zone="福田",
        product="電腦", model="ThinkPad X1", fault="滑鼠不動，軟體打不開",
    )  # fmt: skip

    def write(deed: Deed) -> None:
        note = {"customer_id": fridge.customer_id, "device_id": fridge.device_id, "text": "喜歡下午來電"}
        when = {"written_by": deed.act.staff_id, "written_at": deed.now}
        deed.put(tables.Note.made(shop_id=1, id=deed.new_id(), **note, **when))
        deed.subject = fridge.customer_id

    shop: Any = day.desk.search._shop
    shop.perform(day.desk.act(), "memo", write)
    return {
        "fridge": fridge.ticket_id,
        "mouse": mouse.ticket_id,
        "zhang": fridge.customer_id,
        "ann": mouse.customer_id,
    }


def kinds(found: Found) -> dict[str, int]:
    return {group.kind: group.count for group in found.groups}


def tickets(found: Found) -> list[int]:
    return [row.record_id for row in found.rows if row.kind == "ticket"]


@pytest.mark.parametrize(
    ("query", "whose", "groups"),
    [
        ("漏水", "fridge", {"ticket": 1}),
        ("冰箱", "fridge", {"device": 1, "ticket": 1}),
        ("張三 冰箱", "fridge", {"device": 1, "ticket": 1}),
        ("张三，漏水", "fridge", {"ticket": 1}),
        ("门口密码", "fridge", {"ticket": 1}),
        ("鼠标", "mouse", {"ticket": 1}),
        ("滑鼠", "mouse", {"ticket": 1}),
        ("软件", "mouse", {"ticket": 1}),
        ("SN1234", "fridge", {"device": 1, "ticket": 1}),
        ("12-34x", "fridge", {"device": 1, "ticket": 1}),
        ("bcd215", "fridge", {"device": 1, "ticket": 1}),
        ("thinkp", "mouse", {"device": 1, "ticket": 1}),
        ("nkpad", "mouse", {"device": 1, "ticket": 1}),
        ("obrien", "mouse", {"customer": 1, "device": 1, "ticket": 1, "call": 1}),
        ("13800138000", "fridge", {"customer": 1, "ticket": 1, "call": 1}),
        ("+86 138-0013-8000", "fridge", {"customer": 1, "ticket": 1, "call": 1}),
        ("００１３８", "fridge", {"customer": 1, "ticket": 1, "call": 1}),
        ("8000", "fridge", {"customer": 1, "ticket": 1, "call": 1}),
        ("(0755)26661234", "mouse", {"customer": 1, "ticket": 1, "call": 1}),
        ("0086 755 2666-1234", "mouse", {"customer": 1, "ticket": 1, "call": 1}),
        ("661", "mouse", {"customer": 1, "ticket": 1, "call": 1}),
        ("8-12号", "mouse", {"customer": 1, "ticket": 1}),
        ("T-1001", "fridge", {"ticket": 1}),
        ("#1002", "mouse", {"ticket": 1}),
        ("zsf", "fridge", {"customer": 1}),
        ("zhangsan", "fridge", {"customer": 1}),
        ("zhang san", "fridge", {"customer": 1}),
        ("zsf 冰箱", "fridge", {"ticket": 1}),
        ("下午来电", "", {"note": 1}),
    ],
)
def test_one_line_finds_it(
    day: Day, known: dict[str, int], query: str, whose: str, groups: dict[str, int]
) -> None:
    found = day.desk.search.find(query)
    assert kinds(found) == groups
    if "ticket" in groups:
        assert tickets(found) == [known[whose]]
    assert {row.customer_id for row in found.rows} <= {known["zhang" if whose != "mouse" else "ann"]}


@pytest.mark.parametrize(
    "query", ["", "  ", "李四", "冰箱 李", "99999", "'", '"', "%", "_", "漏-水", "*", "\x00", "ticket:"]
)
def test_what_is_not_there_is_not_found(day: Day, known: dict[str, int], query: str) -> None:
    assert day.desk.search.find(query).groups == ()


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("ticket:冰箱", "ticket"), ("冰箱 type:device", "device"), ("工单：冰箱", "ticket"),
        ("類型：設備 冰箱", "device"), ("客户: 张三", "customer"), ("來電：張三", "call"), ("n:下午", "note"),
    ],
)  # fmt: skip
def test_a_word_before_a_colon_narrows(day: Day, known: dict[str, int], query: str, kind: str) -> None:
    found = day.desk.search.find(query)
    assert (found.kind, [group.kind for group in found.groups]) == (kind, [kind])


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("phone:138", "phone:138"), ("冰箱 type:foo", "type:foo"), ("電話號碼：138", "電話號碼：138"),
        ("冰柜 10:30", ""),
        ("ticket:冰柜", ""), ("https://a.example/", ""), ("冰箱", ""), (":", ""), ("冰柜", ""),
    ],
)  # fmt: skip
def test_a_word_that_seems_to_narrow_and_does_not_is_named(
    day: Day, known: dict[str, int], query: str, unknown: str
) -> None:
    found = day.desk.search.find(query)
    assert (found.unknown, found.nothing) == (unknown, "search.no_such_kind" if unknown else "search.nothing")


def test_the_newest_come_first_and_many_are_not_counted(day: Day) -> None:
    made = []
    for number in range(43):
        made.append(day.call(caller=f"王{number}", phone=f"1370013{number:04}", serial="").ticket_id)
        day.clock.forward(minutes=1)
    found = day.desk.search.find("冰箱")
    (group,) = [one for one in found.groups if one.kind == "ticket"]
    assert [row.record_id for row in group.rows] == made[:-9:-1]
    assert (group.count, group.more) == (40, True)
    alone = day.desk.search.find("冰箱", "ticket")
    assert tickets(alone) == made[:2:-1]
    assert [row.record_id for row in day.desk.search.more("冰箱", "ticket", made[3])] == made[2::-1]


def test_customers_come_by_their_last_call_and_page_after_page_each_of_them_once(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number in range(9):
        called = {"caller": f"王{number}", "phone": f"137001300{number:02}"}
        made.append(day.call(**called).customer_id or 0)
        day.clock.forward(minutes=1)
    # Who called first calls again; two who only sound alike come behind all others.
    day.call(caller="王0", phone="13700130000", customer_id=made[0])
    alike = [
        day.call(caller=name, phone=f"1360000111{place}").customer_id
        for place, name in enumerate(("汪一", "汪二"))
    ]
    shown = [made[0], *made[:0:-1]]
    found = day.desk.search.find("王")
    assert [row.record_id for row in found.rows if row.kind == "customer"][:2] == [made[0], made[-1]]
    assert [row.record_id for row in day.desk.search.find("wang", "customer").rows] == [*alike[::-1], *shown]
    for most in (40, 4):
        monkeypatch.setattr(desk_search, "MOST", most)
        rows = day.desk.search.find("王", "customer").rows
        while page := day.desk.search.more("王", "customer", rows[-1].record_id, 3):
            rows += page
        assert [row.record_id for row in rows] == shown
    # Of very many the files stand by when they were made.
    monkeypatch.setattr(search_queries, "IN_ORDER", 8)
    rows = day.desk.search.find("王", "customer").rows
    rows += day.desk.search.more("王", "customer", rows[-1].record_id, 99)
    assert [row.record_id for row in rows] == made[::-1]


def test_a_row_says_what_it_is_and_where_it_leads(day: Day, known: dict[str, int]) -> None:
    rows = {row.kind: row for row in day.desk.search.find("张三").rows}
    ticket, customer, call, device = (rows[kind] for kind in ("ticket", "customer", "call", "device"))
    assert (ticket.number, ticket.status, ticket.who, ticket.words) == (1001, "new", "张三丰", "不制冷，漏水")
    assert (ticket.ticket_id, ticket.what) == (known["fridge"], "冰箱 BCD-215")
    assert (customer.who, customer.phone, customer.what) == ("张三丰", "13800138000", "南山区科技园3号")
    assert customer.at is not None
    assert (call.ticket_id, call.number, call.words) == (known["fridge"], 1001, "不制冷，漏水")
    assert (device.who, device.words, device.device_id) == ("张三丰", "SN12-34X 2024年5月", device.record_id)


def test_devices_that_are_alike_are_told_apart_and_groups_say_the_same_alone(day: Day) -> None:
    own = day.call(serial="", address="科技园3号", zone="南山区", model="").customer_id or 0
    for place in ("厨房", "阳台"):
        device = {"product": "冰箱", "place": place, "bought_on": "2024年5月"}
        day.desk.customers.keep(day.desk.act(), Part.DEVICE, own, 0, device)
    for number in range(42):
        # Each sounds like the letters, and is called so as well.
        day.call(caller=f"冰箱 bx{number}", phone=f"1370013{number:04}", serial="", product="冰柜")
    for query in ("冰箱", "bx", "南山区", "T-1001", "厨房", "bx 冰柜"):
        for group in day.desk.search.find(query).groups:
            (alone,) = day.desk.search.find(query, group.kind).groups
            rows = alone.rows
            while page := day.desk.search.more(query, group.kind, rows[-1].record_id, 7):
                rows += page
            assert (alone.count, alone.more, rows[:8]) == (group.count, group.more, group.rows)
            assert (len(rows) > 40, min(len(rows), 40)) == (group.more, group.count)
            assert len(set(rows)) == len(
                {(row.who, row.what, row.words, row.number, row.at) for row in rows}
            ), query
            assert len({row.record_id for row in rows}) == len(rows)
    assert [row.what for row in day.desk.search.find("客户:张三").rows] == ["南山区 科技园3号"]
    assert {row.words for row in day.desk.search.find("厨房").rows} == {"2024年5月 厨房"}


def rename(day: Day, customer_id: int, **columns: Any) -> int:
    """Change a customer as his file does."""

    def body(deed: Deed) -> None:
        customer = deed.held(tables.Customer, customer_id)
        for column, value in columns.items():
            setattr(customer, column, value)
        deed.subject = customer_id

    shop: Any = day.desk.search._shop
    return int(shop.perform(day.desk.act(), "rename", body).seq)


def test_a_new_name_and_its_undoing_are_found_at_once_with_the_devices(
    day: Day, known: dict[str, int]
) -> None:
    seq = rename(day, known["zhang"], name="欧阳修文")
    assert kinds(day.desk.search.find("欧阳修文")) == {"customer": 1, "device": 1}
    assert "customer" not in kinds(day.desk.search.find("三丰"))
    day.undo(seq)
    assert kinds(day.desk.search.find("欧阳修文")) == {}
    assert kinds(day.desk.search.find("三丰")) == {"customer": 1, "device": 1, "ticket": 1, "call": 1}


def test_zones_days_of_purchase_and_sale_promises_are_found_while_they_stand(
    day: Day, known: dict[str, int]
) -> None:
    customers, act, zhang = day.desk.customers, day.desk.act, known["zhang"]
    assert kinds(day.desk.search.find("客户:福田")) == {"customer": 1}
    assert kinds(day.desk.search.find("2024年5月")) == {"device": 2}
    promise = {"what": "gift", "words": "濾芯一套"}
    added = customers.keep(act(), Part.PROMISE, zhang, 0, promise)
    assert [row.record_id for row in day.desk.search.find("滤芯一套").rows] == [zhang]
    (made,) = customers.file(zhang).promises
    seq = customers.fulfil(act(), zhang, made.promise_id, "装在门口").seq
    assert kinds(day.desk.search.find("装在门口")) == {"customer": 1}
    day.undo(seq)
    day.undo(added.seq)
    assert day.desk.search.find("滤芯一套").groups == day.desk.search.find("装在门口").groups == ()


def test_a_file_that_was_merged_or_erased_is_not_found(day: Day, known: dict[str, int]) -> None:
    rename(day, known["zhang"], state="merged")
    assert "customer" not in kinds(day.desk.search.find("张三丰"))


def test_a_phone_of_a_known_caller_is_found_under_his_name(day: Day, known: dict[str, int]) -> None:
    day.call(customer_id=known["ann"], caller="Ann O'Brien", phone="13612345678")
    found = day.desk.search.find("12345")
    assert [row.customer_id for row in found.rows if row.kind == "customer"] == [known["ann"]]


def test_the_index_is_what_a_rebuilt_one_would_be_after_any_deeds(day: Day, known: dict[str, int]) -> None:
    dice = random.Random(5)
    engineer = day.hire()
    for number in range(25):
        ticket = day.call(caller=dice.choice(("张三丰", "李四", "Zoë")), phone=f"138001380{number % 4:02}")
        if dice.random() < 0.5:
            day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, f"第{number}次来电")
            if dice.random() < 0.5:
                day.undo()
        if dice.random() < 0.3:
            seq = rename(day, known["zhang"], name=f"张三{number}", note=dice.choice(("", "vip")))
            if dice.random() < 0.5:
                day.undo(seq)
        if dice.random() < 0.2:
            day.assign(day.again(ticket), engineer, "14:00-16:00", override="x")
        day.clock.forward(days=1)
    shop: Any = day.desk.search._shop
    queries = ("张三", "第", "来电", "vip", "13800138001", "Zoe", "zoë", "冰箱", "李四 冰箱")
    with shop.reading() as connection:
        kept = search.indexed(connection, 1)
    found = [day.desk.search.find(query) for query in queries]
    with shop.store.writing() as session:
        search.rebuild(session.connection(), 1)
    with shop.reading() as connection:
        assert search.indexed(connection, 1) == kept
    assert [day.desk.search.find(query) for query in queries] == found
    assert sum(len(one.rows) for one in found) > 40
