"""The books of the front room in the shell (C7, C9, C13, A1)."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.i18n import say
from tests.cli.conftest import Shell
from tests.cli.shops import settings


def test_the_register_of_a_day_as_table_json_and_page(shell: Shell, home: Path) -> None:
    ended = shell("register")
    assert (ended.code, ended.out.count("\n")) == (0, 4)
    assert "T-1001" in ended.out
    assert [row["number"] for row in shell("register", "--json").records()] == [1001, 1002, 1003]
    assert shell("register", "--day", "昨天").out == "Nothing found.\n"
    assert shell("register", "--day", "all", "--by", "li", "--outcome", "new").out.count("\n") == 4
    assert shell("register", "--outcome", say("status.new")).out.count("\n") == 4
    page = shell("register", "--print", "-").out.splitlines()
    assert page[0] == "Test  Call register"
    assert "3 lines" in page[1]
    # Han characters take two cells: the phone begins below its heading for all that.
    edge = cell_len(page[3][: page[3].index("Phone")])
    assert [cell_len(line[: line.index("13")]) for line in page[5:7]] == [edge, edge]
    file = home / "page.txt"
    ended = shell("register", "--print", str(file))
    assert file.read_text("utf-8").splitlines()[0] == page[0]
    assert str(file) in ended.out
    assert shell("register", "--print", str(home / "none" / "x")).code == 7


@pytest.mark.parametrize(
    "words", [("--by", "nobody"), ("--outcome", "gone"), ("--day", "sometimes"), ("--day", "上个月")]
)
def test_what_there_is_not_is_refused_with_a_sentence(shell: Shell, words: tuple[str, ...]) -> None:
    ended = shell("register", *words)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.strip()


def test_an_outcome_is_asked_for_by_its_word_in_any_language_and_told_by_it(shell: Shell) -> None:
    for word in ("new", say("status.new").upper(), "待派"):
        assert "O'Neil" in shell("register", "--outcome", word).out, word
    told = shell("register", "--outcome", "gone").err
    assert f"{say('status.new')} (new)" in told


def test_messages_and_visitors_are_listed(shell: Shell, home: Path) -> None:
    assert shell("messages").out == "Nothing found.\n"
    desk = open_desk(settings(home / "shop.db"))
    for whom in ("王经理", "小陈"):
        act = desk.act()
        said = {Field.CALLER: "钱七", Field.FAULT: "请回电"}
        desk.intake.save(act, CallSheet(act.write_id, "message", "phone", desk.now(), said, for_whom=whom))
    desk.visitors.walk_in(desk.act(), Guest("路人", company="恒大"))
    desk.visitors.announce(desk.act(), Guest("李总"), datetime.now(UTC) + timedelta(days=2))
    desk.close()
    assert [row["for_whom"] for row in shell("messages", "--json").records()] == ["王经理", "小陈"]
    assert "小陈" not in shell("messages", "--for", "王").out
    assert [row["state"] for row in shell("visitors", "--json").records()] == ["waiting", "announced"]
    assert "恒大" in shell("来访").out
    assert shell("visitors", "--day", "yesterday").out == "Nothing found.\n"
    assert "路人" in shell("run", "visitors").out
    assert "王经理" in shell("run", "messages").out


def test_the_handover_book_is_written_read_and_taken_over(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = shell("handover", "note", "gate", "code 7788", "--for", "王强", "--ticket", "T-1001")
    assert (ended.code, ended.out) == (0, "The note stands in the handover book\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("from a pipe\n"))
    assert shell("handover", "note", "-", "--json").records()[0]["verb"] == "handover_note"
    ended = shell("handover")
    assert ended.out.startswith("! Not read in this shift. Open notes: 1")
    assert "gate code 7788" in ended.out
    assert shell("handover", "take").out == "Li has taken over; notes: 1\n"
    (book,) = shell("handover", "--json").records()
    assert [(note["text"], note["taken_by"]) for note in book["notes"]] == [
        ("gate code 7788", ""),
        ("from a pipe", "Li"),
    ]
    assert book["taken_at"]
    assert shell("run", "handover", "--json").records() == [book]
    assert shell("handover", "note").code == 3
    assert shell("handover", "note", "x", "--ticket", "9999").code == 6
    assert shell("handover", "note", "x", "--ticket", "abc").code == 3
