"""The handover book 交接班簿 (A1)."""

from datetime import timedelta

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.store import tables
from aftersales_tui.views.floor import Handover, NoteRow
from tests.desk.day import Day


def book(desk: Desk) -> Handover:
    return desk.handover.book(desk.people.me())


def still_open(lying: Handover) -> tuple[NoteRow, ...]:
    return tuple(note for note in lying.notes if note.taken_at is None)


def texts(desk: Desk) -> list[tuple[str, str]]:
    return [(note.text, note.taken_by) for note in book(desk).notes]


def test_a_note_waits_for_the_next_shift_who_takes_it_over_by_name(day: Day) -> None:
    ticket = day.call()
    day.desk.handover.note(day.desk.act(), "门禁坏了，走后门", ticket_id=ticket.ticket_id)
    day.desk.handover.note(day.desk.act(), "备用机已充电")
    day.clock.forward(hours=9)
    with day.beside("小陈") as chen:
        lying = book(chen)
        assert [(note.text, note.written_by, note.ticket_number) for note in still_open(lying)] == [
            ("门禁坏了，走后门", "小林", ticket.number),
            ("备用机已充电", "小林", 0),
        ]
        receipt = chen.handover.take(chen.act(), lying.seq)
        assert receipt.params == {"name": "小陈", "n": "2"}
        assert still_open(book(chen)) == ()
        assert {taken for _, taken in texts(chen)} == {"小陈"}
        chen.undoing.undo(chen.act(), receipt.seq)
        assert len(still_open(book(chen))) == 2
    assert [row.verb for row in day.again(ticket).timeline] == ["call", "handover_note"]


def test_a_note_for_a_colleague_waits_for_him(day: Day) -> None:
    with day.beside("小陈") as chen, day.beside("小王") as wang:
        day.desk.handover.note(day.desk.act(), "给小王的", "小王")
        day.desk.handover.note(day.desk.act(), "给师傅们的", "师傅们")
        assert (book(chen).to_take, chen.waiting.unread(chen.people.me())) == (1, 1)
        chen.handover.take(chen.act())
        assert texts(chen) == [("给小王的", ""), ("给师傅们的", "小陈")]
        assert (book(wang).to_take, wang.waiting.unread(wang.people.me())) == (1, 1)
        note = still_open(book(chen))[0]
        wang.handover.take(wang.act())
        assert dict(texts(chen))["给小王的"] == "小王"
        with pytest.raises(Refused, match=r"handover\.taken"):
            chen.handover.take_note(chen.act(), note.note_id, note.version)


def test_one_note_can_be_taken_by_itself_and_an_empty_one_is_none(day: Day) -> None:
    day.desk.handover.note(day.desk.act(), "给小王的", "小王")
    note = still_open(book(day.desk))[0]
    day.desk.handover.take_note(day.desk.act(), note.note_id, note.version)
    assert texts(day.desk) == [("给小王的", "小林")]
    with pytest.raises(Invalid, match=r"handover\.empty"):
        day.desk.handover.note(day.desk.act(), "  ")
    with pytest.raises(NotFound):
        day.desk.handover.note(day.desk.act(), "x", ticket_id=77)


def test_a_note_can_be_taken_back_until_somebody_takes_it_over(day: Day) -> None:
    seq = day.desk.handover.note(day.desk.act(), "一").seq
    day.undo(seq)
    assert texts(day.desk) == []
    seq = day.desk.handover.note(day.desk.act(), "二").seq
    with day.beside("小陈") as chen:
        chen.handover.take(chen.act())
    with pytest.raises(Refused, match=r"undo\.touched") as touched:
        day.undo(seq)
    assert touched.value.params["by"] == "小陈"


def test_what_changed_while_i_was_away_is_told_ticket_by_ticket(day: Day) -> None:
    first, second = day.call(caller="甲"), day.call(caller="乙")
    day.clock.forward(hours=10)
    with day.beside("小陈") as chen:
        chen.dispatch.memo(chen.act(), first.ticket_id, "夜班记的")
        chen.dispatch.memo(chen.act(), second.ticket_id, "一")
        chen.dispatch.memo(chen.act(), second.ticket_id, "二")
    day.clock.forward(hours=10)
    lying = book(day.desk)
    assert [(row.number, row.ticket_id) for row in lying.changes] == [
        (second.number, second.ticket_id),
        (first.number, first.ticket_id),
    ]
    assert [(deed.who, deed.verb, deed.params["words"]) for deed in lying.changes[0].deeds] == [
        ("小陈", "memo", "二"),
        ("小陈", "memo", "一"),
    ]
    assert (lying.changes[0].caller, lying.changes[0].about) == ("乙", "冰箱 / 不制冷")
    # His first deed of the new shift takes nothing of it away.
    day.desk.dispatch.memo(day.desk.act(), first.ticket_id, "早班")
    day.clock.forward(minutes=5)
    assert [row.number for row in book(day.desk).changes] == [second.number, first.number]
    day.desk.handover.take(day.desk.act(), lying.seq)
    assert book(day.desk).changes == ()


def test_taking_over_leaves_open_what_came_after_the_page_was_read(day: Day) -> None:
    ticket = day.call()
    day.clock.forward(hours=10)
    seen = book(day.desk).seq
    with day.beside("小陈") as chen:
        chen.dispatch.memo(chen.act(), ticket.ticket_id, "刚刚")
    day.desk.handover.take(day.desk.act(), seen)
    assert [row.number for row in book(day.desk).changes] == [ticket.number]


def test_the_book_is_unread_until_it_is_taken_over_in_this_shift(day: Day) -> None:
    me = day.desk.people.me()
    assert book(day.desk).taken_at is None
    day.desk.handover.note(day.desk.act(), "记")
    assert day.desk.waiting.unread(me) == 1
    day.desk.handover.take(day.desk.act())
    assert book(day.desk).taken_at == day.clock()
    day.clock.forward(hours=3)
    day.call()
    day.clock.forward(hours=3)
    assert book(day.desk).taken_at is not None, "a quiet afternoon is no new shift"
    with day.beside("小陈") as chen:
        chen.handover.note(chen.act(), "夜里的")
    assert day.desk.waiting.unread(me) == 0
    day.clock.forward(hours=12)
    assert book(day.desk).taken_at is None
    assert book(day.desk).away_since == day.clock() - timedelta(hours=15)
    assert day.desk.waiting.unread(me) == 1


def test_open_promises_visits_and_messages_are_handed_over(day: Day) -> None:
    promised, today = day.call(caller="甲"), day.sent(caller="乙")
    engineer = day.desk.people.called("wq")[0].staff_id
    tomorrow = day.assign(day.call(caller="丙"), engineer, "11-24 09:00-11:00")
    day.assign(day.call(caller="丁"), engineer, "11-26 09:00-11:00")
    slip = day.call(kind="message", for_whom="小林", caller="戊")
    act = day.desk.act
    day.desk.contacts.promise(act(), promised.ticket_id, day.at("11-24 15:00"), "问配件")
    day.desk.contacts.promise(act(), promised.ticket_id, day.at("11-26 15:00"), "以后")
    lying = book(day.desk)
    assert [(row.ticket_id, row.words) for row in lying.contacts] == [(promised.ticket_id, "问配件")]
    assert [row.ticket_id for row in lying.visits] == [today.ticket_id, tomorrow.ticket_id]
    assert [row.ticket_id for row in lying.messages] == [slip.ticket_id]


def test_promises_made_at_the_sale_are_handed_over_until_they_are_kept(day: Day) -> None:
    customer = day.call(caller="甲").customer_id

    def promise(what: str, **more: object) -> None:
        def put(deed: object) -> None:
            made = {"shop_id": 1, "id": day.clock.new_id(day.clock()), "customer_id": customer}
            deed.put(tables.SalePromise.made(**made, what=what, **more))  # type: ignore[attr-defined]

        day.desk.feed._shop.perform(day.desk.act(), "memo", put)

    promise("fitting", words="免费安装", due_at=day.at("11-24 12:00"))
    promise("gift", words="送滤芯")
    promise("trial", due_at=day.at("11-28 12:00"))
    promise("gift", words="已送", done_at=day.clock())
    found = [(row.customer, row.what, row.words) for row in book(day.desk).sale_promises]
    assert found == [("甲", "fitting", "免费安装"), ("甲", "gift", "送滤芯")]
