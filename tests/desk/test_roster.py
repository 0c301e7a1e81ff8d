"""People with roles, skills, shifts and time off, on either store (A3, A7, D2)."""

from collections.abc import Callable
from typing import Any

import pytest

from aftersales_tui.domain.errors import DomainError, Invalid, NotFound, Refused, Stale
from aftersales_tui.views.act import Act
from aftersales_tui.views.staff import PersonCard, Record
from aftersales_tui.views.tickets import TicketView
from tests.desk.day import ALL_WEEK, Day


def card(day: Day, staff_id: int) -> PersonCard:
    return day.desk.roster.card(staff_id)


def edit(day: Day, staff_id: int, record: Record) -> PersonCard:
    day.desk.roster.edit(day.desk.act(), staff_id, card(day, staff_id).version, record)
    return card(day, staff_id)


def off(day: Day, staff_id: int, window: str, override: str = "") -> PersonCard:
    version = card(day, staff_id).version
    day.desk.roster.time_off(day.desk.act(), staff_id, version, day.window(window), "病假", override)
    return card(day, staff_id)


def against(day: Day, staff_id: int, window: str) -> list[str]:
    """What the assign panel says against an engineer in a window."""
    (found,) = [one for one in day.desk.dispatch.engineers(day.window(window)) if one.engineer_id == staff_id]
    return [f"{clash.kind} {clash.label}".strip() for clash in found.clashes]


def last(day: Day, staff_id: int) -> tuple[str, dict[str, str]]:
    row = card(day, staff_id).timeline[-1]
    return row.verb, row.params


def test_the_list_shows_everybody_by_role_and_who_has_left_only_when_asked(day: Day) -> None:
    engineer, clerk = day.hire("王强"), day.hire("刘敏", "clerk", week=())
    day.desk.roster.leave(day.desk.act(), day.hire("老周", "accountant", week=()))
    assert [(row.name, row.role) for row in day.desk.roster.people()] == [
        ("刘敏", "clerk"),
        ("小林", "dispatcher"),
        ("王强", "engineer"),
    ]
    everybody = day.desk.roster.people(left=True)
    assert [(row.name, row.active) for row in everybody][-1] == ("老周", False)
    rows = {row.staff_id: row for row in everybody}
    assert (rows[engineer].skills, rows[engineer].zones) == (("冰箱",), ("南山",))
    assert [shift.start for shift in rows[engineer].shifts] == [day.at("08:00")]
    assert rows[clerk].shifts == ()


def test_a_night_shift_of_yesterday_is_still_todays(day: Day) -> None:
    staff_id = day.hire(week=[(6, 1320, 1440 + 360)])
    (row,) = [row for row in day.desk.roster.people() if row.staff_id == staff_id]
    assert [(shift.start, shift.end) for shift in row.shifts] == [(day.at("11-22 22:00"), day.at("06:00"))]


def test_a_card_is_edited_field_by_field_and_the_feed_tells_it(day: Day) -> None:
    staff_id = day.hire()
    changed = edit(
        day,
        staff_id,
        Record(
            {"phone": "139", "schooling": "大专", "trainings": "格力 2025", "note": "有车"},
            skills=("冰箱", "空调"),
            zones=(),
            week=((0, 510, 720), (0, 780, 1080)),
            in_trade_since=2009,
        ),
    )
    assert (changed.phone, changed.schooling, changed.trainings, changed.note) == (
        "139",
        "大专",
        "格力 2025",
        "有车",
    )
    assert (set(changed.skills), changed.zones, changed.in_trade_since) == ({"冰箱", "空调"}, (), 2009)
    assert changed.week == ((0, 510, 720), (0, 780, 1080))
    verb, params = last(day, staff_id)
    assert verb == "edit_person"
    assert set(params["fields"].split(",")) == {
        "phone",
        "schooling",
        "trainings",
        "note",
        "skills",
        "zones",
        "shifts",
        "in_trade_since",
    }
    assert (params["to_skills"], params["to_zones"], params["to_phone"]) == ("冰箱, 空调", "", "139")


def test_a_new_name_is_found_at_once_and_the_old_one_no_longer(day: Day) -> None:
    staff_id = day.hire("王强")
    edit(day, staff_id, Record({"name": "赵武"}))
    called = day.desk.people.called
    for typed in ("赵武", "zw", "zhaowu"):
        assert [one.name for one in called(typed)] == ["赵武"]
    assert called("wq") == called("王强") == ()


def test_what_is_the_same_already_is_no_deed(day: Day) -> None:
    staff_id = day.hire()
    seq = day.desk.feed.latest()
    with pytest.raises(Invalid, match="nothing_changed"):
        edit(day, staff_id, Record({"name": "王强"}, skills=("冰箱",), week=tuple(ALL_WEEK)))
    assert day.desk.feed.latest() == seq


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (Record({"name": " "}), "person.no_name"),
        (Record({"role": "king"}), "person.no_role"),
        (Record(week=((0, 720, 540),)), "person.bad_shift"),
        (Record(week=((0, 480, 720), (0, 700, 900))), "person.shifts_overlap"),
        (Record({"phone": "1" * 61}), "text.too_long"),
        (Record({"name": "小林"}), "person.name_taken"),
    ],
)
def test_what_cannot_be_on_a_card_is_refused_and_nothing_is_saved(
    day: Day, record: Record, code: str
) -> None:
    staff_id = day.hire()
    before = card(day, staff_id)
    with pytest.raises(DomainError, match=code):
        edit(day, staff_id, record)
    assert card(day, staff_id) == before


def test_two_seats_at_one_card_the_second_is_told_who_and_what(day: Day) -> None:
    staff_id = day.hire()
    seen = card(day, staff_id).version
    with day.beside("小陈") as other:
        other.roster.edit(other.act(), staff_id, seen, Record({"phone": "139"}, skills=("空调",)))
    with pytest.raises(Stale) as stale:
        day.desk.roster.edit(day.desk.act(), staff_id, seen, Record({"phone": "138"}))
    assert stale.value.params["by"] == "小陈"
    assert stale.value.params["changes"] == {"phone": ("", "139")}
    with pytest.raises(Stale):
        day.desk.roster.time_off(day.desk.act(), staff_id, seen, day.window("14:00-16:00"), "")
    with pytest.raises(Stale):
        day.desk.roster.leave(day.desk.act(), staff_id, seen)
    assert card(day, staff_id).phone == "139"


def test_lists_shifts_and_time_off_are_part_of_the_card_that_two_seats_change(day: Day) -> None:
    staff_id, roster = day.hire(), day.desk.roster
    seen = card(day, staff_id).version
    (absence,) = off(day, staff_id, "13:00-18:00").time_off
    deeds: tuple[Callable[[], object], ...] = (
        lambda: roster.edit(day.desk.act(), staff_id, None, Record(skills=("空调",))),
        lambda: roster.edit(day.desk.act(), staff_id, None, Record(week=())),
        lambda: roster.cancel_time_off(day.desk.act(), absence.absence_id),
    )
    assert card(day, staff_id).version == seen + 1
    for number, deed in enumerate(deeds, 2):
        deed()
        assert card(day, staff_id).version == seen + number


def test_time_off_speaks_against_a_window_at_once_and_no_longer_when_it_is_cancelled(day: Day) -> None:
    staff_id = day.hire()
    assert against(day, staff_id, "14:00-16:00") == []
    (absence,) = off(day, staff_id, "13:00-18:00").time_off
    assert against(day, staff_id, "14:00-16:00") == ["absent 病假"]
    with pytest.raises(Refused, match=r"dispatch\.clash"):
        day.assign(day.call(), staff_id, "14:00-16:00")
    day.desk.roster.cancel_time_off(day.desk.act(), absence.absence_id, card(day, staff_id).version)
    assert (against(day, staff_id, "14:00-16:00"), card(day, staff_id).time_off) == ([], ())


def test_shifts_speak_against_a_window_at_once(day: Day) -> None:
    staff_id = day.hire()
    edit(day, staff_id, Record(week=((0, 480, 720),)))
    assert against(day, staff_id, "14:00-16:00") == ["off_shift"]
    assert against(day, staff_id, "10:00-12:00") == []
    edit(day, staff_id, Record(week=((0, 480, 720), (0, 780, 1080))))
    assert against(day, staff_id, "14:00-16:00") == []


def sent(day: Day) -> tuple[int, TicketView]:
    staff_id = day.hire()
    return staff_id, day.assign(day.call(), staff_id, "14:00-16:00")


def test_time_off_over_a_visit_is_refused_with_the_visit_unless_there_is_a_reason(day: Day) -> None:
    staff_id, ticket = sent(day)
    with pytest.raises(Refused) as refused:
        off(day, staff_id, "13:00-18:00")
    found: Any = refused.value.params["visits"]
    assert refused.value.code == "person.visits_in_time_off"
    assert refused.value.params["overridable"] is True
    assert [(one.label, one.window) for one in found] == [(f"T-{ticket.number}", day.window("14:00-16:00"))]
    assert card(day, staff_id).time_off == ()
    assert len(off(day, staff_id, "13:00-18:00", "陈师傅代他去").time_off) == 1
    assert last(day, staff_id)[1]["override"] == "陈师傅代他去"
    assert off(day, staff_id, "11-24 08:00-18:00").time_off[1].reason == "病假"


def test_the_same_time_off_twice_is_refused(day: Day) -> None:
    staff_id = day.hire()
    off(day, staff_id, "13:00-18:00")
    with pytest.raises(Invalid, match="off_already"):
        off(day, staff_id, "14:00-15:00")
    assert len(off(day, staff_id, "17:00-19:00").time_off) == 2


def test_nobody_leaves_while_he_has_visits_to_do(day: Day) -> None:
    staff_id, ticket = sent(day)
    for refused in (
        lambda: day.desk.roster.leave(day.desk.act(), staff_id),
        lambda: edit(day, staff_id, Record({"role": "clerk"})),
    ):
        with pytest.raises(Refused, match="has_visits"):
            refused()
    assert [visit.number for visit in card(day, staff_id).visits] == [ticket.number]
    day.outcome(ticket, "solved")
    day.desk.roster.leave(day.desk.act(), staff_id)
    assert not card(day, staff_id).active
    assert day.desk.dispatch.engineers(None) == ()
    assert day.desk.people.called("wq") == ()
    day.desk.roster.come_back(day.desk.act(), staff_id)
    assert [one.name for one in day.desk.people.called("wq")] == ["王强"]


def test_who_has_left_gets_no_time_off_and_comes_back_only_once(day: Day) -> None:
    staff_id = day.hire()
    with pytest.raises(Refused, match="is_here"):
        day.desk.roster.come_back(day.desk.act(), staff_id)
    day.desk.roster.leave(day.desk.act(), staff_id)
    with pytest.raises(Refused, match="has_left"):
        day.desk.roster.leave(day.desk.act(), staff_id)
    with pytest.raises(Refused, match="has_left"):
        off(day, staff_id, "13:00-18:00")
    day.desk.roster.hire(day.desk.act(), "王强", "clerk", namesake=False)
    with pytest.raises(Refused, match="name_taken"):
        day.desk.roster.come_back(day.desk.act(), staff_id)


def test_nobody_sends_himself_away(day: Day) -> None:
    with pytest.raises(Refused, match="sits_here"):
        day.desk.roster.leave(day.desk.act(), day.desk.people.me().staff_id)


def same(one: PersonCard, other: PersonCard) -> bool:
    plain = [
        card._replace(version=0, timeline=(), skills=tuple(sorted(card.skills))) for card in (one, other)
    ]
    return plain[0] == plain[1]


def test_each_deed_on_a_card_is_taken_back_whole(day: Day) -> None:
    staff_id = day.hire()
    (absence,) = off(day, staff_id, "13:00-18:00").time_off
    roster, act = day.desk.roster, day.desk.act
    record = Record(
        {"name": "赵武", "note": "有车"},
        skills=("空调",),
        zones=(),
        week=((0, 480, 1020),),
        in_trade_since=2001,
    )
    deeds: tuple[Callable[[], object], ...] = (
        lambda: roster.edit(act(), staff_id, None, record),
        lambda: roster.time_off(act(), staff_id, None, day.window("11-24 08:00-18:00"), "年假"),
        lambda: roster.cancel_time_off(act(), absence.absence_id),
        lambda: roster.leave(act(), staff_id),
    )
    for deed in deeds:
        before = card(day, staff_id)
        deed()
        assert not same(card(day, staff_id), before)
        assert day.undo(day.desk.feed.last_mine(act())).verb == "undo"
        assert same(card(day, staff_id), before)
        assert [one.name for one in day.desk.people.called("wq")] == ["王强"]


def test_undo_does_not_leave_a_visit_in_time_off_or_without_its_engineer(day: Day) -> None:
    staff_id = day.hire()
    (absence,) = off(day, staff_id, "13:00-18:00").time_off
    cancelled = day.desk.roster.cancel_time_off(day.desk.act(), absence.absence_id)
    day.assign(day.call(), staff_id, "14:00-16:00")
    with pytest.raises(Refused, match="visits_in_time_off"):
        day.undo(cancelled.seq)
    clerk = day.hire("刘敏", "clerk")
    made_engineer = day.desk.roster.edit(day.desk.act(), clerk, None, Record({"role": "engineer"}))
    day.assign(day.call(phone="13900139000", caller="李四", address="后海2号"), clerk, "16:00-18:00")
    with pytest.raises(Refused, match="has_visits"):
        day.undo(made_engineer.seq)


def test_a_later_hand_at_the_card_forbids_to_take_back(day: Day) -> None:
    staff_id = day.hire()
    mine = day.desk.roster.edit(day.desk.act(), staff_id, None, Record(skills=("空调",)))
    with day.beside("小陈") as other:
        other.roster.edit(other.act(), staff_id, None, Record(zones=("罗湖",)))
    with pytest.raises(Refused) as refused:
        day.undo(mine.seq)
    assert (refused.value.code, refused.value.params["by"]) == ("undo.touched", "小陈")


def test_a_person_is_named_by_a_part_of_his_name_or_its_sound(day: Day) -> None:
    day.hire("王强")
    day.hire("王伟", "clerk")
    assert day.desk.roster.named("wangqiang").name == "王强"
    assert day.desk.roster.named("伟").role == "clerk"
    with pytest.raises(Invalid) as which:
        day.desk.roster.named("王")
    assert which.value.params["names"] == ("王强", "王伟")
    with pytest.raises(NotFound, match="nobody"):
        day.desk.roster.named("nobody")


def test_whoever_sits_down_does_the_deeds_and_cannot_take_back_the_formers_last(day: Day) -> None:
    former, clerk = day.desk.people.me(), day.hire("刘敏", "clerk")
    engineer = day.hire()
    his = day.desk.roster.edit(day.desk.act(), engineer, None, Record({"phone": "139"}))
    receipt = day.desk.people.sit_down(day.desk.act(), clerk)
    assert (receipt.verb, receipt.params) == ("sit_down", {"name": "刘敏", "former": former.name})
    assert (day.desk.people.me().staff_id, day.desk.act().staff_id) == (clerk, clerk)
    assert day.desk.feed.last_mine(day.desk.act()) == receipt.seq
    with pytest.raises(Refused, match="final"):
        day.undo(receipt.seq)
    assert card(day, engineer).phone == "139"
    day.undo(his.seq)
    assert card(day, engineer).phone == ""


def test_who_has_left_cannot_sit_down(day: Day) -> None:
    clerk = day.hire("刘敏", "clerk")
    day.desk.roster.leave(day.desk.act(), clerk)
    assert [one.name for one in day.desk.roster.seatable()] == ["小林"]
    with pytest.raises(Refused, match="has_left"):
        day.desk.people.sit_down(day.desk.act(), clerk)
    assert day.desk.people.me().name == "小林"


def test_who_has_left_neither_acts_at_a_seat_left_open_nor_opens_another(day: Day) -> None:
    ticket = day.call()
    with day.beside("刘敏") as seat:
        me = seat.people.me().staff_id
        day.desk.roster.leave(day.desk.act(), me)
        with pytest.raises(Refused, match="has_left") as refused:
            seat.dispatch.memo(seat.act(), ticket.ticket_id, "x")
        assert refused.value.params["name"] == "刘敏"
    with pytest.raises(Refused, match="has_left"), day.beside("刘敏"):
        pass
    assert not day.again(ticket).answers.get("memo")
    day.desk.roster.come_back(day.desk.act(), me)
    with day.beside("刘敏") as seat:
        seat.dispatch.memo(seat.act(), ticket.ticket_id, "y")


def test_the_last_one_who_can_run_the_desk_does_not_leave(day: Day) -> None:
    first, engineer = day.desk.people.me().staff_id, day.hire()
    sent = Act(engineer, "1", day.desk.act().write_id)
    with pytest.raises(Refused, match=r"person\.last"):
        day.desk.roster.leave(sent, first)
    day.hire("刘敏", "clerk", week=())
    day.desk.roster.leave(Act(engineer, "1", day.desk.act().write_id), first)


def test_a_new_name_of_whoever_sits_here_is_known_again(day: Day) -> None:
    me = day.desk.people.me().staff_id
    with day.beside("小陈") as other:
        other.roster.edit(other.act(), me, None, Record({"name": "林工", "role": "head"}))
    again = day.desk.people.know_me_again()
    assert (again.name, again.role, day.desk.people.me().name) == ("林工", "head", "林工")


def test_of_two_of_one_name_the_one_who_works_here_sits_down(day: Day) -> None:
    day.desk.roster.leave(day.desk.act(), day.hire("刘敏", "clerk"))
    here = day.hire("刘敏", "accountant")
    with day.beside("刘敏") as other:
        assert other.people.me().staff_id == here
