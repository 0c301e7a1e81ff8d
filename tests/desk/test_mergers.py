"""Two files of one customer: suggested, merged, taken apart again (U4)."""

from datetime import timedelta

import pytest

from aftersales_tui.domain.errors import Invalid, NotFound, Refused, Stale
from aftersales_tui.store import tables
from aftersales_tui.views.mergers import BOTH, LEFT, RIGHT
from aftersales_tui.views.tickets import PageKey, Receipt, TicketView
from tests.desk.day import Day
from tests.desk.whole import add, ask, whole


def customer_of(day: Day, ticket: TicketView) -> int:
    return day.again(ticket).customer_id


def two(day: Day) -> tuple[int, int]:
    """Zhang San, called in twice: once with 叁, from another number, at the same place."""
    first = day.call(serial="SN-4711")
    day.clock.forward(minutes=5)
    second = day.call(
        caller="张叁", phone="13900139000", mobile="13800138000", address="南山区科技园三号", serial="SN-0815"
    )
    kept, lost = customer_of(day, first), customer_of(day, second)
    assert kept != lost
    return kept, lost


def furnish(day: Day, customer_id: int) -> None:
    """Everything a file can hold."""
    now, new = day.clock(), day.clock.new_id
    person = new(now)
    add(
        day,
        tables.Person(shop_id=1, id=person, customer_id=customer_id, name="王会计", role="payer"),
        tables.Phone(
            shop_id=1, id=new(now), customer_id=customer_id, place=7, e164="+8613700137000", typed="137",
            person_id=person,
        ),
        tables.Note(
            shop_id=1, id=new(now), customer_id=customer_id, text="有狗", written_by=1, written_at=now
        ),
        tables.SalePromise(shop_id=1, id=new(now), customer_id=customer_id, what="gift"),
        tables.Visitor(shop_id=1, id=new(now), name="张叁", state="left", listed_at=now, customer_id=customer_id),
    )  # fmt: skip


def merge(day: Day, kept: int, lost: int, **sides: str) -> Receipt:
    seen = day.desk.mergers.preview(kept, lost)
    return day.desk.mergers.merge(day.desk.act(), (kept, seen.kept.version), (lost, seen.lost.version), sides)


def found(day: Day, text: str) -> set[int]:
    return {one.customer_id for one in day.desk.intake.callers(text)}


def test_the_preview_tells_what_stays_and_how_much_moves(day: Day) -> None:
    kept, lost = two(day)
    furnish(day, lost)
    add_text(day, lost, "note", "难缠")
    seen = day.desk.mergers.preview(kept, lost)
    assert (seen.kept.name, seen.lost.name) == ("张三", "张叁")
    assert seen.moves == {
        "phone": 2, "address": 0, "person": 1, "device": 1, "note": 1, "sale_promise": 1, "visitor": 1,
        "ticket": 1, "call": 1, "contact": 0,
    }  # fmt: skip
    assert seen.same == {"phone": 1, "address": 1}
    sides = {field.name: (field.clash, field.side) for field in seen.fields}
    assert sides["name"] == (True, LEFT)
    assert sides["note"] == (False, RIGHT)
    assert sides["tier"] == (False, LEFT)


def add_text(day: Day, customer_id: int, column: str, text: str) -> None:
    shop = day.desk.dispatch._shop
    with shop.store.writing() as session:
        session.connection().exec_driver_sql(
            f"UPDATE customer SET {column} = '{text}' WHERE id = {customer_id}"
        )


def test_everything_of_the_one_is_then_the_others_and_lookups_know_no_second(day: Day) -> None:
    kept, lost = two(day)
    furnish(day, lost)
    receipt = merge(day, kept, lost)
    assert (receipt.verb, receipt.params["tickets"]) == ("merge", "1")
    for typed in ("张三", "张叁", "zhangsan", "13900139000", "13800138000", "9000", "SN-0815", "sn0815"):
        assert found(day, typed) == {kept}, typed
    for table in ("ticket", "call", "device", "person", "note", "sale_promise", "visitor"):
        assert ask(day, f"SELECT DISTINCT customer_id FROM {table} WHERE customer_id IS NOT NULL") == [
            (kept,)
        ]
    file = day.desk.intake.caller(lost)
    assert (file.customer_id, file.name, len(file.devices), len(file.open_tickets)) == (kept, "张三", 2, 2)
    phones = ask(day, f"SELECT place, e164 FROM phone WHERE customer_id = {kept} ORDER BY place")
    assert phones == [(0, "+8613800138000"), (1, "+8613900139000"), (2, "+8613700137000")]
    assert ask(day, f"SELECT COUNT(*) FROM address WHERE customer_id = {kept}") == [(1,)]
    assert day.desk.mergers.survivor(lost) == kept


def test_what_was_chosen_stays(day: Day) -> None:
    kept, lost = two(day)
    add_text(day, kept, "note", "先打电话")
    add_text(day, lost, "note", "有狗")
    add_text(day, lost, "do_not_call", "1")
    add_text(day, kept, "tier", "member")
    add_text(day, lost, "tier", "contract")
    merge(day, kept, lost, name=RIGHT, tier=RIGHT, note=BOTH)
    own = ask(day, f"SELECT name, tier, note, do_not_call FROM customer WHERE id = {kept}")
    assert own == [("张叁", "contract", "先打电话\n有狗", 1)]


def test_a_merge_taken_back_leaves_the_whole_store_as_it_was(day: Day) -> None:
    kept, lost = two(day)
    furnish(day, lost)
    furnish(day, kept)
    before = whole(day)
    merge(day, kept, lost, name=RIGHT)
    assert whole(day) != before
    day.undo()
    assert whole(day) == before
    assert found(day, "张叁") >= {lost}
    merge(day, lost, kept)
    day.undo()
    assert whole(day) == before


def test_the_time_line_tells_what_was_written_under_the_ids_of_before(day: Day) -> None:
    kept, lost = two(day)
    day.clock.forward(minutes=5)
    third = customer_of(day, day.call(caller="王五", phone="13700137000", mobile="", address="西丽路九号"))
    for one, words in ((lost, "有狗"), (kept, "先打电话"), (third, "三楼"), (lost, "门铃坏了")):
        day.clock.forward(minutes=5)
        day.desk.customers.note(day.desk.act(), one, words)

    def told(customer_id: int) -> list[str]:
        line, after = [], None
        while True:
            page = day.desk.customers.timeline(customer_id, 2, after)
            line += [one.row for one in page.rows]
            if not page.more_after:
                return [row.params["words"] for row in line if row.verb == "file_note"]
            after = PageKey(line[-1].happened_at, line[-1].seq)

    apart = {kept: ["先打电话"], lost: ["门铃坏了", "有狗"], third: ["三楼"]}
    assert {one: told(one) for one in apart} == apart
    merge(day, third, lost)
    merge(day, kept, third)
    assert told(kept) == ["门铃坏了", "三楼", "先打电话", "有狗"]
    day.undo()
    assert (told(kept), told(third)) == (["先打电话"], ["门铃坏了", "三楼", "有狗"])
    merge(day, third, kept)
    assert told(third) == ["门铃坏了", "三楼", "先打电话", "有狗"]


def test_work_on_a_ticket_does_not_hinder_taking_it_back(day: Day) -> None:
    kept, lost = two(day)
    mine = merge(day, kept, lost)
    ticket = day.ticket(
        int(ask(day, f"SELECT id FROM ticket WHERE customer_id = {kept} ORDER BY id DESC")[0][0])
    )
    day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, "带梯子")
    day.undo(mine.seq)
    assert customer_of(day, ticket) == lost
    assert day.again(ticket).answers["memo"] == "带梯子"


@pytest.mark.parametrize("how", ["call", "merge"])
def test_what_has_been_touched_since_stays_merged_and_says_by_whom(day: Day, how: str) -> None:
    kept, lost = two(day)
    third = customer_of(day, day.call(caller="张伞", phone="13811112222"))
    mine = merge(day, kept, lost)
    with day.beside("小陈") as other:
        if how == "call":
            sheet = day.sheet(customer_id=kept)
            other.intake.save(other.act(write_id=sheet.call_id), sheet)
        else:
            versions = [one.version for one in other.mergers.lines([kept, third])]
            other.mergers.merge(other.act(), (third, versions[1]), (kept, versions[0]))
    with pytest.raises(Refused, match=r"merge\.touched") as refused:
        day.undo(mine.seq)
    assert refused.value.params["by"] == "小陈"


def test_a_seat_hears_of_both_files_and_of_what_has_moved(day: Day) -> None:
    kept, lost = two(day)
    (ticket,) = ask(day, f"SELECT id FROM ticket WHERE customer_id = {lost}")
    with day.beside() as other:
        seq = other.feed.latest()
        merged = merge(day, kept, lost)
        heard = other.feed.poll(seq)
        assert heard is not None
        assert {kept, lost, ticket[0]} <= heard.subjects
        day.undo(merged.seq)
        again = other.feed.poll(heard.seq)
        assert again is not None
        assert {kept, lost, ticket[0]} <= again.subjects


def test_two_seats_that_merge_the_same_two_do_it_once(day: Day) -> None:
    kept, lost = two(day)
    with day.beside() as other:
        seen = other.mergers.preview(kept, lost)
        merge(day, lost, kept)
        with pytest.raises(Stale):
            other.mergers.merge(other.act(), (kept, seen.kept.version), (lost, seen.lost.version))
        with pytest.raises(Refused, match=r"merge\.gone"):
            other.mergers.preview(kept, lost)
    assert ask(day, "SELECT COUNT(*) FROM customer WHERE state = 'merged'") == [(1,)]


def test_a_file_is_not_merged_into_itself_or_into_nobody(day: Day) -> None:
    kept, _ = two(day)
    with pytest.raises(Invalid, match=r"merge\.same_file"):
        day.desk.mergers.preview(kept, kept)
    with pytest.raises(NotFound):
        day.desk.mergers.preview(kept, 5)


def test_a_form_that_was_open_over_the_merge_writes_to_the_survivor(day: Day) -> None:
    kept, lost = two(day)
    (device,) = day.desk.intake.caller(lost).devices
    sheet = day.sheet(customer_id=lost, device_id=device.device_id, phone="13666666666")
    merge(day, kept, lost)
    saved = day.ticket(day.save(sheet).ticket_id)
    assert (saved.customer_id, saved.device_id) == (kept, device.device_id)
    assert found(day, "13666666666") == {kept}


def test_pairs_are_suggested_with_their_reasons_the_likeliest_first(day: Day) -> None:
    kept, lost = two(day)
    neighbour = customer_of(day, day.call(caller="章三", phone="13511112222", address="南山区科技园3号"))
    day.call(caller="张三", phone="13511113333", address="福田区中心路8号")
    day.call(caller="李四", phone="13800138000", address="罗湖区人民路1号")
    pairs = day.desk.mergers.suggested().pairs
    shown = [({one.one.customer_id, one.other.customer_id}, one.why) for one in pairs]
    assert shown[0] == ({kept, lost}, ("phone", "name", "address"))
    assert ({kept, neighbour}, ("name", "address")) in shown
    assert len(shown) == 3
    assert [one.points for one in pairs] == sorted((one.points for one in pairs), reverse=True)
    assert {one.other.customer_id for one in day.desk.mergers.like(kept)} == {lost, neighbour}


def test_the_same_serial_suggests_a_pair(day: Day) -> None:
    one = customer_of(day, day.call(caller="甲", phone="13511110001", address="", serial="SN-77-A"))
    other = customer_of(
        day, day.call(caller="乙", phone="13511110002", address="", product="空调", serial="sn77a")
    )
    (pair,) = day.desk.mergers.suggested().pairs
    assert (pair.one.customer_id, pair.other.customer_id, pair.why) == (one, other, ("serial",))


def test_not_the_same_is_remembered_until_it_is_taken_back(day: Day) -> None:
    kept, lost = two(day)
    day.desk.mergers.differ(day.desk.act(), lost, kept)
    assert day.desk.mergers.suggested().pairs == ()
    assert day.desk.mergers.like(lost) == ()
    day.undo()
    assert len(day.desk.mergers.suggested().pairs) == 1


def test_merged_files_are_suggested_no_more(day: Day) -> None:
    kept, lost = two(day)
    merge(day, kept, lost)
    assert day.desk.mergers.suggested().pairs == ()


def test_a_customer_is_meant_by_name_number_or_id(day: Day) -> None:
    kept, lost = two(day)
    select = day.desk.mergers.select
    assert select("张三").customer_id == kept
    assert select("13900139000").customer_id == lost
    assert select(str(lost)).customer_id == lost
    with pytest.raises(Invalid, match=r"customer\.several") as several:
        select("zhangsan")
    assert len(several.value.params["found"]) == 2  # type: ignore[arg-type]
    with pytest.raises(NotFound, match=r"customer\.nobody"):
        select("nobody at all")


def test_five_thousand_tickets_move_at_once_and_back(day: Day) -> None:
    kept, lost = two(day)
    (ticket,) = ask(day, f"SELECT id FROM ticket WHERE customer_id = {lost}")
    many(day, int(ticket[0]), 5000)
    before = whole(day)
    receipt = merge(day, kept, lost)
    assert receipt.params["tickets"] == "5001"
    (size,) = ask(day, f"SELECT LENGTH(CAST(changes AS TEXT)) FROM feed WHERE seq = {receipt.seq}")
    print(f"feed entry of 5,001 tickets: {size[0]} characters")
    assert size[0] < 80_000
    day.undo()
    assert whole(day) == before


def many(day: Day, ticket_id: int, count: int) -> None:
    """So many more tickets and calls like one that is there, as an import would have brought them."""
    step = int(timedelta(minutes=7).total_seconds() * 1000) << 22
    new = f"{ticket_id} - n.i * {step} - n.i * n.i"
    shop = day.desk.dispatch._shop
    with shop.store.writing() as session:
        connection = session.connection()
        for table, keys in (
            ("ticket", {"id": new, "number": "100000 + n.i"}),
            ("call", {"id": new, "ticket_id": new}),
        ):
            where = "id" if table == "ticket" else "ticket_id"
            rest = [name for name in tables.Ticket.metadata.tables[table].c.keys() if name not in keys]
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join([*keys, *rest])})"
                f" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
                f" SELECT {', '.join([*keys.values(), *(f'old.{name}' for name in rest)])}"
                f" FROM {table} AS old, n WHERE old.{where} = {ticket_id}"
            )


def test_whoever_was_merged_gets_no_new_file_when_he_rings_again(day: Day) -> None:
    kept, lost = two(day)
    merge(day, kept, lost)
    assert customer_of(day, day.call(caller="张叁", phone="13900139000")) == kept


def test_two_files_of_one_name_are_told_apart_and_a_serial_means_its_owner(day: Day) -> None:
    kept, lost = two(day)
    select = day.desk.mergers.select
    assert (select("sn-0815").customer_id, select("张叁").customer_id) == (lost, lost)
    assert select("1390013", part=True).customer_id == lost
    for part in ("1390013", "SN-08", "张"):
        with pytest.raises(Invalid):
            select(part)
    add_text(day, lost, "name", "张三")
    told = merge(day, kept, lost).params
    assert (told["name"], told["other"]) == (f"张三 [{kept}]", f"张三 [{lost}]")
