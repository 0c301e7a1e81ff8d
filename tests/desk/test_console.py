"""One line of the command language from what was typed to what is stored, and what it would do before."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aftersales_tui.bootstrap import console_of
from aftersales_tui.desk.console import Console
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import VERBS
from aftersales_tui.views.console import Preview, Said
from aftersales_tui.views.tickets import QueueFilter, TicketView
from tests.cli.shops import NOW, found, sit_down


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("console") / "shop.db"
    found(file)
    return file


@pytest.fixture
def desk(founded: Path, tmp_path: Path) -> Iterator[Desk]:
    file = tmp_path / "shop.db"
    for part in founded.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    opened = sit_down(file)
    yield opened
    opened.close()


@pytest.fixture
def console(desk: Desk) -> Console:
    return console_of(desk)


@pytest.fixture
def first(desk: Desk) -> int:
    return desk.dispatch.by_number(1001)


def codes(saids: tuple[Said, ...] | tuple[Preview, ...]) -> list[str]:
    return [said.error.code if said.error else "" for said in saids]


def run(desk: Desk, console: Console, line: str, current: int = 0) -> tuple[Said, ...]:
    return console.run(desk.act, line, current)


def test_an_engineer_is_sent_by_a_beginning_of_his_name_and_a_spoken_window(
    desk: Desk, console: Console, first: int
) -> None:
    (said,) = run(desk, console, "a 1001 wangqiang fri 9-11")
    assert said.receipt is not None
    assert said.receipt.verb == "assign"
    assert said.receipt.params["engineer"] == "王强"
    assert said.receipt.params["start"] == "2026-11-27T01:00:00+00:00"
    assert desk.dispatch.ticket(first).status == "assigned"


@pytest.mark.parametrize(
    "line",
    [
        "派 1001 王强 周五9-11点",
        "派1001王强 周五9-11点",
        "assign window:fri 9-11 engineer:wangqiang ticket:T-1001",
        "a T-1001 wq fri 9-11",
    ],
)
def test_the_same_order_in_other_words(desk: Desk, console: Console, line: str) -> None:
    (said,) = run(desk, console, line)
    assert said.receipt is not None
    assert (said.receipt.params["engineer"], said.receipt.params["start"]) == (
        "王强",
        "2026-11-27T01:00:00+00:00",
    )


def test_the_ticket_in_hand_needs_no_number(desk: Desk, console: Console, first: int) -> None:
    assert codes(run(desk, console, "a wq fri 9-11", first)) == [""]
    assert codes(run(desk, console, "m . gate code 7788", first)) == [""]
    assert codes(run(desk, console, "m gate code")) == ["grammar.no_ticket"]
    assert desk.dispatch.ticket(first).answers["memo"] == "gate code 7788"


def test_an_ambiguous_name_lists_whom_it_may_mean(desk: Desk, console: Console) -> None:
    (said,) = run(desk, console, "a 1001 王 fri 9-11")
    assert isinstance(said.error, DomainError)
    assert said.error.code == "grammar.ambiguous"
    assert set(said.error.params["options"]) == {"王强", "王伟"}  # type: ignore[call-overload]
    assert codes(run(desk, console, "a 1001 nobody fri 9-11")) == ["grammar.no_engineer"]


def test_two_engineers_of_one_name_are_told_apart_by_their_order(desk: Desk, console: Console) -> None:
    desk.roster.hire(desk.act(), "王强", "engineer", zones=["福田"])
    second = max(one.engineer_id for one in desk.dispatch.engineers(None) if one.name == "王强")
    (said,) = run(desk, console, "a 1001 王强 fri 9-11")
    assert said.error is not None
    assert said.error.params["options"] == ("王强#1", "王强#2")
    offered = [one.text for one in console.complete("a 1001 王强", len("a 1001 王强"))]
    assert offered == ['"王强#1"', '"王强#2"']
    (said,) = run(desk, console, f"a 1001 {offered[1]} fri 9-11 ! he knows the house")
    assert said.error is None
    rows = {row.number: row for row in desk.queue.page(QueueFilter(engineer_id=second), None, 9).rows}
    assert list(rows) == [1001]
    assert codes(run(desk, console, "a 1001 wq＃2 sat 9-11 ! again")) == [""]
    assert codes(run(desk, console, "a 1002 王强#3 fri 9-11")) == ["grammar.no_engineer"]
    assert codes(run(desk, console, "a 1002 王#1 fri 9-11")) == ["grammar.no_engineer"]


def test_a_name_of_two_words_stands_in_quotes(desk: Desk, console: Console) -> None:
    (said,) = run(desk, console, 'a 1001 "john smith" fri 9-11')
    assert said.receipt is not None
    assert said.receipt.params["engineer"] == "John Smith"


def test_a_chain_stops_at_the_first_refusal_and_says_what_was_done(
    desk: Desk, console: Console, first: int
) -> None:
    saids = run(desk, console, "a 1001 wq fri 9-11; a 1002 wq fri 10-12; m 1001 never")
    assert codes(saids) == ["", "dispatch.clash"]
    assert desk.dispatch.ticket(first).answers["memo"] == ""


def test_a_chain_goes_on_with_the_ticket_of_the_step_before(desk: Desk, console: Console, first: int) -> None:
    second = desk.dispatch.by_number(1002)
    saids = run(desk, console, "a 1001 wq fri 9-11; m ring twice", second)
    assert codes(saids) == ["", ""]
    assert desk.dispatch.ticket(first).answers["memo"] == "ring twice"


def test_a_reason_lifts_a_clash_and_is_stored(desk: Desk, console: Console, first: int) -> None:
    run(desk, console, "a 1001 wq fri 9-11")
    assert codes(run(desk, console, "a 1002 wq fri 10-12")) == ["dispatch.clash"]
    assert codes(run(desk, console, "a 1002 wq fri 10-12 ! next door")) == [""]
    visit = desk.dispatch.ticket(desk.dispatch.by_number(1002)).visits[-1]
    assert visit.override_reason == "next door"


def test_when_it_happened_is_kept_beside_when_it_was_entered(founded: Path, tmp_path: Path) -> None:
    file = tmp_path / "later.db"
    shutil.copy(founded, file)
    desk = sit_down(file, NOW + timedelta(hours=5))
    console = console_of(desk)
    assert codes(console.run(desk.act, "a 1001 wq 16-18; s arrived 14:55 called first")) == [
        "",
        "happened.before_last",
    ]
    assert codes(console.run(desk.act, "s 1001 到达")) == [""]
    desk.close()
    desk = sit_down(file, NOW + timedelta(hours=8))
    console = console_of(desk)
    assert codes(console.run(desk.act, "o 1001 solved 17:00 new seal")) == [""]
    ticket = desk.dispatch.ticket(desk.dispatch.by_number(1001))
    assert ticket.status == "solved"
    assert ticket.visits[-1].outcome_at == NOW + timedelta(hours=7)
    assert ticket.visits[-1].words == "new seal"
    desk.close()


def test_a_callback_takes_the_date_and_leaves_the_words(desk: Desk, console: Console, first: int) -> None:
    for line, due, words in (
        ("c 1001 +2h check drain", "2026-11-25T04:00:00+00:00", "check drain"),
        ("回电 1001 明天下午3点打给李阿姨", "2026-11-26T07:00:00+00:00", "打给李阿姨"),
    ):
        (said,) = run(desk, console, line)
        assert said.receipt is not None, said.error
        assert (said.receipt.params["due"], said.receipt.params["words"]) == (due, words)
    assert codes(run(desk, console, "c 1001 sometime")) == ["when.not_understood"]
    assert codes(run(desk, console, "c 1001 yesterday 3pm ring")) == ["when.past"]


def test_another_window_needs_its_reason(desk: Desk, console: Console) -> None:
    run(desk, console, "a 1001 wq fri 9-11")
    assert codes(run(desk, console, "r 1001 tomorrow 14-16")) == ["grammar.missing"]
    (said,) = run(desk, console, "r 1001 tomorrow 14-16 customer: not home")
    assert said.receipt is not None
    assert said.receipt.params["reason"] == "customer: not home"


def test_undo_reverses_my_last_write(desk: Desk, console: Console, first: int) -> None:
    run(desk, console, "a 1001 wq fri 9-11")
    assert codes(run(desk, console, "u")) == [""]
    assert desk.dispatch.ticket(first).status == "new"
    assert codes(run(desk, console, "u")) == ["undo.final"]


def test_a_call_in_one_line_knows_its_caller(desk: Desk, console: Console) -> None:
    assert codes(run(desk, console, "+ 13800138000 leaks")) == ["call.same_open"]
    (said,) = run(desk, console, "+ 138 0013 8000 漏水！ ! 另一台")
    assert said.receipt is not None, said.error
    ticket = desk.dispatch.ticket(said.ticket_id)
    assert (ticket.answers["caller"], ticket.answers["fault"]) == ("张三", "漏水！")
    assert ticket.answers["address"] == "科技园1号"
    (said,) = run(desk, console, "+13700137000 drips")
    assert said.receipt is not None, said.error
    assert desk.dispatch.ticket(said.ticket_id).answers["phone"] == "13700137000"


def test_a_call_in_one_line_may_have_come_earlier(desk: Desk, console: Console) -> None:
    (said,) = run(desk, console, "+ 13700137000 at:半小时前 drips")
    assert said.receipt is not None, said.error
    ticket = desk.dispatch.ticket(said.ticket_id)
    assert ticket.answers["fault"] == "drips"
    assert ticket.received_at == desk.now() - timedelta(minutes=30)
    assert ticket.timeline[0].happened_at == ticket.received_at
    assert ticket.entered_at == desk.now()
    assert codes(run(desk, console, "+ 13700137001 drips at:blue")) == ["when.not_understood"]
    (said,) = console.run(desk.act, "+13700137002 at:半小时前", look=False)
    assert said.happened_at == desk.now() - timedelta(minutes=30)


def test_bare_numbers_open_a_ticket_and_find_a_caller(desk: Desk, console: Console, first: int) -> None:
    (said,) = run(desk, console, "1001")
    assert (said.verb, said.ticket_id) == ("show", first)
    assert isinstance(said.answer, TicketView)
    (said,) = run(desk, console, "138 0013 8000")
    assert said.verb == "who"
    assert [match.name for match in said.answer or ()] == ["张三"]  # type: ignore[union-attr]
    (said,) = console.run(desk.act, "+13800138000", look=False)
    assert (said.verb, said.text, said.answer) == ("call", "13800138000", None)
    assert codes(run(desk, console, "77")) == ["ticket.no_such_number"]


def test_a_preview_tells_what_would_happen_and_changes_nothing(
    desk: Desk, console: Console, first: int
) -> None:
    before = desk.feed.latest()
    (seen,) = console.preview("a 1001 wq fri 9-11")
    assert seen.error is None
    assert (seen.params["engineer"], seen.params["whom"], seen.params["number"]) == ("王强", "张三", "1001")
    for verb in VERBS:
        for line in (verb.id, f"{verb.id} 1001", f"{verb.id} 1001 x y z", f"{verb.id} 1001 ?"):
            console.preview(line, first)
            console.complete(line, len(line), first)
    assert desk.feed.latest() == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a 1003 wq fri 9-11", "dispatch.not_ready"),
        ("a 1003 wq fri 9-11 ! boss", ""),
        ("a 1001 wq fri 3-4", ""),
        ("a 1001 wq fri 02:00-04:00", "dispatch.clash"),
        ("s 1001 working", "ticket.illegal_move"),
        ("a 1001 wq fri 9-11; s working", ""),
        ("r 1001 fri 9-11 x", "dispatch.no_visit"),
        ("a 1001", "grammar.missing"),
        ("x", "grammar.no_verb"),
        ("+ 13800138000 leak", "call.same_open"),
        ("reopen 1001", "ticket.illegal_move"),
        ("o 1001 solv", "ticket.illegal_move"),
        ("s 1001 w", "grammar.ambiguous"),
        ("s 1001 nonsense", "grammar.no_status"),
        ("s 1001 closed", "grammar.no_status"),
        ("o 1001 nonsense", "grammar.no_outcome"),
        ("queue kind:nonsense", "grammar.no_kind"),
    ],
)
def test_a_preview_knows_what_speaks_against_it(console: Console, line: str, code: str) -> None:
    assert codes(console.preview(line))[-1] == code


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("queue status:?", "assigned"),
        ("queue 状态：？", "closed"),
        ("queue kind:?", "complaint"),
        ("queue zone:?", "南山"),
        ("queue ?", "late"),
        ("queue engineer:?", "王强"),
        ("a 1001 engineer:?", "王强"),
        ("a 1001 wq window:?", "tomorrow"),
        ("m 1001 x; s 1001 status:?", "cancelled"),
    ],
)
def test_a_question_mark_behind_a_name_lists_what_it_may_be(
    desk: Desk, console: Console, line: str, offered: str
) -> None:
    before = desk.feed.latest()
    (said,) = run(desk, console, line)
    assert (offered in [one.text for one in said.offers], desk.feed.latest()) == (True, before)


def test_a_state_that_is_not_set_by_hand_is_offered_only_to_look_for(desk: Desk, console: Console) -> None:
    (looked,) = run(desk, console, "queue status:?")
    (to_set,) = run(desk, console, "s status:?")
    assert "closed" in [one.text for one in looked.offers]
    assert "closed" not in [one.text for one in to_set.offers]
    assert [one.text for one in console.complete("queue status:待", 15)] == ["待派"]
    assert [one.text for one in console.complete("queue kind:报", 13)][:1] == ["报修"]
    assert [one.text for one in console.complete("queue zone:南山 逾", 15)] == ["逾时"]
