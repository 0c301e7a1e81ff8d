"""Sending engineers with a window, and what stands against it (C2, D2)."""

from typing import Any

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain.errors import DomainError, Invalid, NotFound, Refused
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store import tables
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from tests.desk.day import ZONE, Day
from tests.stores import rules


def absent(day: Day, engineer: int, window: str, reason: str) -> None:
    """Time off of an engineer; the screen for it comes with the roster."""
    shop: Any = day.desk.dispatch._shop
    off = day.window(window)
    with shop.store.writing() as session:
        session.add(
            tables.Absence(
                shop_id=1, id=77, staff_id=engineer, starts_at=off.start, ends_at=off.end, reason=reason
            )
        )


def refused(day: Day, *how: Any) -> DomainError:
    with pytest.raises(DomainError) as found:
        day.assign(*how)
    return found.value


def test_an_assigned_ticket_says_who_comes_and_when(day: Day) -> None:
    engineer = day.hire()
    ticket = day.assign(day.call(), engineer, "14:00-16:00")
    assert (ticket.status, ticket.version, ticket.engineer) == ("assigned", 2, "王强")
    assert (ticket.window_start, ticket.window_end) == (day.at("14:00"), day.at("16:00"))
    (visit,) = ticket.visits
    assert (visit.engineer, visit.status, visit.override_reason) == ("王强", "planned", "")
    (row,) = day.desk.queue.rows([ticket.ticket_id])
    assert (row.engineer, row.window_start, row.status) == ("王强", day.at("14:00"), "assigned")


def test_the_receipt_holds_what_its_sentence_needs(day: Day) -> None:
    ticket, engineer = day.call(), day.hire()
    receipt = day.desk.dispatch.assign(
        day.desk.act(), ticket.ticket_id, 1, engineer, day.window("14:00-16:00")
    )
    assert (receipt.verb, receipt.number, receipt.version, receipt.seq) == ("assign", 1001, 2, 3)
    assert receipt.params == {
        "number": "1001",
        "engineer": "王强",
        "start": "2026-11-23T06:00:00+00:00",
        "end": "2026-11-23T08:00:00+00:00",
        "reason": "",
    }


def test_nobody_goes_while_a_fact_is_missing(day: Day) -> None:
    ticket, engineer = day.call(model="", bought=""), day.hire()
    error = refused(day, ticket, engineer, "14:00-16:00")
    assert (type(error), error.code) == (Refused, "dispatch.not_ready")
    assert (error.params["missing"], error.params["overridable"]) == (("model", "bought"), True)
    assert day.again(ticket).status == "new"


def test_the_gate_is_lifted_by_a_reason_that_is_kept(day: Day) -> None:
    ticket = day.assign(day.call(model=""), day.hire(), "14:00-16:00", "客户找不到铭牌")
    assert ticket.visits[0].override_reason == "客户找不到铭牌"
    assert ticket.to_verify == ("model",)
    told = ticket.timeline[-1].params
    assert (told["override"], told["by"], told["by_role"], told["lacking"]) == (
        "客户找不到铭牌",
        "小林",
        "dispatcher",
        "model",
    )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_time_line_names_who_lifted_a_rule_and_as_what(day: Day, language: str) -> None:
    i18n.use(language)
    engineer = day.hire()
    ticket = day.assign(day.call(model="", bought=""), engineer, "14:00-16:00", "客户找不到铭牌")
    how = (ticket.ticket_id, ticket.version)
    day.desk.dispatch.reschedule(day.desk.act(), *how, day.window("16:00-18:00"), "客户要求", "顺路")
    sent, moved = (deed_sentence(row, ZONE) for row in day.again(ticket).timeline[-2:])
    role, facts = i18n.say("role.dispatcher"), (i18n.say("fact.model"), i18n.say("fact.bought"))
    i18n.use("en")
    assert all(word in sent for word in ("王强", "小林", role, *facts))
    assert sent.count("客户找不到铭牌") == 1
    assert all(moved.count(word) == 1 for word in ("客户要求", "小林", role, "顺路"))
    assert not any(fact in moved for fact in facts)


def test_blanks_are_no_reason(day: Day) -> None:
    assert refused(day, day.call(model=""), day.hire(), "14:00-16:00", "  ").code == "dispatch.not_ready"


def test_an_overlap_is_refused_and_says_with_what(day: Day) -> None:
    engineer = day.hire()
    day.assign(day.call(), engineer, "14:00-16:00")
    second = day.call(caller="李四")
    error = refused(day, second, engineer, "15:00-17:00")
    clashes: Any = error.params["clashes"]
    assert (error.code, error.params["name"], error.params["overridable"]) == ("dispatch.clash", "王强", True)
    assert [(clash.kind, clash.label) for clash in clashes] == [("overlap", "T-1001")]
    assert day.assign(second, engineer, "16:00-17:00").status == "assigned"


def test_a_clash_is_overridden_by_a_reason_that_is_kept(day: Day) -> None:
    engineer = day.hire()
    day.assign(day.call(), engineer, "14:00-16:00")
    ticket = day.assign(day.call(caller="李四"), engineer, "15:00-17:00", "同一栋楼")
    assert ticket.visits[0].override_reason == "同一栋楼"


def test_time_off_is_refused_with_its_reason(day: Day) -> None:
    engineer = day.hire()
    absent(day, engineer, "13:00-15:00", "体检")
    clashes: Any = refused(day, day.call(), engineer, "14:00-16:00").params["clashes"]
    assert [(clash.kind, clash.label) for clash in clashes] == [("absent", "体检")]


@pytest.mark.parametrize("window", ["07:00-09:00", "21:00-23:00"])
def test_outside_his_shift_is_refused(day: Day, window: str) -> None:
    engineer = day.hire()
    clashes: Any = refused(day, day.call(), engineer, f"11-24 {window}").params["clashes"]
    assert [clash.kind for clash in clashes] == ["off_shift"]


def test_an_engineer_without_a_shift_is_not_sent(day: Day) -> None:
    engineer = day.hire(week=())
    assert refused(day, day.call(), engineer, "14:00-16:00").code == "dispatch.clash"


def test_a_night_shift_of_the_evening_before_covers_the_early_morning(day: Day) -> None:
    engineer = day.hire(week=[(weekday, 1200, 1800) for weekday in range(7)])
    assert day.assign(day.call(), engineer, "11-24 01:00-03:00").status == "assigned"


def test_a_window_that_is_over_is_refused(day: Day) -> None:
    ticket, engineer = day.call(), day.hire()
    assert refused(day, ticket, engineer, "08:00-09:59").code == "dispatch.window_over"
    earlier = day.desk.act(day.clock.forward(hours=-1))
    day.clock.forward(hours=1)
    with pytest.raises(Invalid, match=r"happened\.before_last"):
        day.desk.dispatch.assign(earlier, ticket.ticket_id, 1, engineer, day.window("09:00-09:30"))


def test_only_an_engineer_is_sent(day: Day) -> None:
    clerk = day.hire("小赵", "clerk")
    assert refused(day, day.call(), clerk, "14:00-16:00").code == "dispatch.not_an_engineer"


def test_an_engineer_whom_nobody_knows_is_not_sent(day: Day) -> None:
    assert isinstance(refused(day, day.call(), 5, "14:00-16:00"), NotFound)


def test_where_only_the_head_assigns_a_dispatcher_is_refused(day: Day) -> None:
    shipped, _ = rules()
    strict = shipped._replace(dispatch=shipped.dispatch._replace(assign_by="head"))
    ticket, engineer = day.call(), day.hire()
    day.hire("刘主任", "head")
    window = day.window("14:00-16:00")
    with day.beside("小陈", strict) as clerk, pytest.raises(Refused, match=r"dispatch\.not_yours"):
        clerk.dispatch.assign(clerk.act(), ticket.ticket_id, 1, engineer, window)
    with day.beside("刘主任", strict) as head:
        assert head.dispatch.assign(head.act(), ticket.ticket_id, 1, engineer, window).version == 2


def test_sending_somebody_else_frees_the_first(day: Day) -> None:
    first, second = day.hire(), day.hire("李师傅")
    ticket = day.assign(day.assign(day.call(), first, "14:00-16:00"), second, "14:00-16:00")
    assert [(visit.engineer, visit.status, visit.outcome) for visit in ticket.visits] == [
        ("王强", "over", "reassigned"),
        ("李师傅", "planned", ""),
    ]
    assert day.assign(day.call(caller="李四"), first, "14:00-16:00").engineer == "王强"


def test_the_panel_lists_engineers_with_their_jobs_and_what_speaks_against_each(day: Day) -> None:
    busy, free = day.hire(), day.hire("李师傅", skills=["空调", "空调"], week=[(0, 480, 720)])
    day.hire("小赵", "clerk")
    ticket = day.assign(day.call(), busy, "14:00-16:00")
    panel = day.desk.dispatch.engineers(day.window("15:00-17:00"))
    assert [(one.engineer_id, one.jobs, [c.kind for c in one.clashes]) for one in panel] == [
        (busy, 1, ["overlap"]),
        (free, 0, ["off_shift"]),
    ]
    assert (panel[1].skills, panel[1].zones) == (("空调",), ("南山",))
    own = day.desk.dispatch.engineers(day.window("15:00-17:00"), ticket.ticket_id)
    assert own[0].clashes == ()
    assert [one.clashes for one in day.desk.dispatch.engineers(None)] == [(), ()]


def test_a_new_window_is_kept_with_its_reason(day: Day) -> None:
    ticket = day.sent()
    receipt = day.desk.dispatch.reschedule(
        day.desk.act(), ticket.ticket_id, ticket.version, day.window("11-24 09:00-11:00"), "客户不在家"
    )
    ticket = day.again(ticket)
    assert (receipt.verb, receipt.params["reason"], receipt.version) == ("reschedule", "客户不在家", 3)
    assert (ticket.status, ticket.window_start) == ("assigned", day.at("11-24 09:00"))
    assert len(ticket.visits) == 1


def test_a_new_window_must_be_free_as_well(day: Day) -> None:
    engineer = day.hire()
    day.assign(day.call(caller="李四"), engineer, "16:00-18:00")
    ticket = day.assign(day.call(), engineer, "14:00-16:00")
    moved, how = day.window("15:00-17:00"), (ticket.ticket_id, ticket.version)
    with pytest.raises(Refused, match=r"dispatch\.clash"):
        day.desk.dispatch.reschedule(day.desk.act(), *how, moved, "")
    day.desk.dispatch.reschedule(day.desk.act(), *how, moved, "客户要求", "顺路")
    assert day.again(ticket).visits[0].override_reason == "顺路"


def test_without_a_visit_or_once_work_has_begun_no_window_is_moved(day: Day) -> None:
    ticket, moved = day.call(), day.window("15:00-17:00")
    with pytest.raises(Refused, match=r"dispatch\.no_visit"):
        day.desk.dispatch.reschedule(day.desk.act(), ticket.ticket_id, 1, moved, "")
    working = day.status(day.assign(ticket, day.hire(), "14:00-16:00"), Status.WORKING)
    with pytest.raises(Refused, match=r"dispatch\.under_way"):
        day.desk.dispatch.reschedule(day.desk.act(), ticket.ticket_id, working.version, moved, "")


def test_a_note_is_added_and_stands_in_the_time_line(day: Day) -> None:
    ticket = day.call(memo="门禁 7788")
    day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, " 有狗\n小心 ")
    ticket = day.again(ticket)
    assert ticket.answers["memo"] == "门禁 7788\n有狗\n小心"
    assert (ticket.timeline[-1].verb, ticket.timeline[-1].params["words"]) == ("memo", "有狗\n小心")
    with pytest.raises(Invalid, match=r"memo\.empty"):
        day.desk.dispatch.memo(day.desk.act(), ticket.ticket_id, "  ")


def test_a_ticket_is_found_by_the_number_people_say(day: Day) -> None:
    ticket = day.call()
    assert day.desk.dispatch.by_number(1001) == ticket.ticket_id
    with pytest.raises(NotFound, match=r"ticket\.no_such_number"):
        day.desk.dispatch.by_number(4711)
    with pytest.raises(NotFound, match=r"ticket\.not_found"):
        day.ticket(5)


@pytest.mark.parametrize("typed", ["王强", "王", "wq", "wangqiang", "wangq", "WQ", "ＷＱ"])
def test_an_engineer_is_called_by_any_beginning_of_his_name(day: Day, typed: str) -> None:
    day.hire("小赵", "clerk")
    engineer = day.hire()
    assert [one.staff_id for one in day.desk.people.called(typed)] == [engineer]
    assert day.desk.people.called("") == ()


def test_a_shift_that_runs_backwards_is_refused_when_it_is_entered(day: Day) -> None:
    for week in ([(0, 600, 500)], [(7, 480, 600)], [(0, -1, 5)]):
        with pytest.raises(Invalid, match=r"person\.bad_shift"):
            day.hire("李师傅", week=week)
    with pytest.raises(Invalid, match=r"person\.no_name"):
        day.hire(" ")
    assert [one.name for one in day.desk.people.staff()] == ["小林"]
