"""The customer's file in the shell: doubles, merging, handing out, erasing (U4)."""

import io
import json
from pathlib import Path

import pytest

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.domain.intake import CallSheet, Field
from tests.cli.conftest import Shell
from tests.cli.shops import settings
from tests.grep import grep

OURS = ("孙悟空", "花果山水帘洞72号", "13512344321", "压缩机异响")


@pytest.fixture
def doubles(shell: Shell, home: Path) -> tuple[str, str]:
    """Two files of one customer, by their ids; the ticket of the second is closed."""
    desk = open_desk(settings(home / "shop.db"))
    ids = []
    for name, phone in (("孙悟空", "13512344321"), ("孙悟恐", "13512344322")):
        answers = {
            Field.CALLER: name, Field.PHONE: phone, Field.ADDRESS: "花果山水帘洞72号", Field.FAULT: "压缩机异响",
        }  # fmt: skip
        act = desk.act()
        ticket = desk.intake.save(
            act, CallSheet(act.write_id, "repair", "phone", desk.now(), answers)
        ).ticket_id
        ids.append(str(desk.dispatch.ticket(ticket).customer_id))
    version = desk.dispatch.ticket(ticket).version
    version = desk.visits.answer(desk.act(), ticket, version, "").version
    if desk.dispatch.ticket(ticket).status != "closed":
        desk.visits.close(desk.act(), ticket, version, "")
    desk.close()
    return ids[0], ids[1]


def test_doubles_are_listed_merged_and_taken_apart(shell: Shell, doubles: tuple[str, str]) -> None:
    kept, lost = doubles
    (pairs,) = shell("customer", "duplicates", "--json").records()
    assert [(pair["one"]["customer_id"], pair["other"]["customer_id"]) for pair in pairs] == [(kept, lost)]
    assert lost in shell("customer", "duplicates", "--all").out
    shown = shell("customer", "merge", "孙悟空", "13512344322", "--dry-run")
    assert "tickets 1" in shown.out
    (seen,) = shell("customer", "merge", kept, lost, "--dry-run", "--json").records()
    assert seen["moves"]["ticket"] == 1
    done = shell("customer", "merge", kept, lost, "--take", "name")
    assert (done.code, done.out) == (0, "孙悟恐 is now in 孙悟空's file, tickets 1\n")
    (who,) = shell("who", "13512344321", "--json").records()
    assert [(one["customer_id"], one["name"]) for one in who] == [(kept, "孙悟恐")]
    assert shell("customer", "merge", kept, lost).code == 4
    assert shell("undo").out == "Taken back: merge 孙悟空\n"
    (who,) = shell("who", "13512344322", "--json").records()
    assert [one["customer_id"] for one in who] == [lost]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merge",), 2),
        (("merge", "孙悟空", "nobody at all"), 6),
        (("merge", "孙悟空", "孙悟空"), 3),
        (("merge", "孙悟空", "孙悟恐", "--take", "shoe"), 3),
        (("merge", "sunwukong", "张三"), 3),
        (("export", "孙悟空"), 3),
        (("export",), 2),
        (("erase", "孙悟恐", "--reason", "x"), 2),
        (("erase", "孙悟恐", "--yes"), 3),
        (("erase", "孙悟空", "--yes", "--reason", "x"), 4),
    ],
)
def test_each_refusal_has_its_code_and_changes_nothing(
    shell: Shell, doubles: tuple[str, str], words: tuple[str, ...], code: int
) -> None:
    before = shell("customer", "duplicates", "--json").out
    ended = shell("customer", *words)
    assert ended.code == code, ended.err
    assert ended.err.strip()
    assert "error." not in ended.err
    assert shell("customer", "duplicates", "--json").out == before


def test_an_erasing_whose_file_was_not_written_anew_is_told_by_the_doctor_and_finished(
    shell: Shell, doubles: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unswept() -> list[str]:
        return [one["mend"] for one in shell("doctor", "--json").records() if one["found"] == "unswept"]

    # As if the power had gone between the two.
    with monkeypatch.context() as patched:
        patched.setattr("aftersales_tui.store.sweeping.sweep", lambda _: False)
        assert shell("customer", "erase", doubles[1], "--yes", "--reason", "x").code == 7
    assert unswept() == [f"Run: aftersales customer erase {doubles[1]}"]
    assert shell("customer", "erase", doubles[1]).code == 0
    assert unswept() == []


def test_several_who_may_be_meant_are_listed(shell: Shell, doubles: tuple[str, str]) -> None:
    ended = shell("customer", "erase", "孙悟", "--yes", "--reason", "x")
    assert ended.code == 3
    assert all(one in ended.err for one in doubles)


def test_a_part_of_a_number_merges_nobody_and_a_name_wins_over_a_number(
    shell: Shell, doubles: tuple[str, str]
) -> None:
    assert shell("call", "13700001111", "漏水").code == 0
    for words in (("merge", "1370000111", doubles[0]), ("erase", "1370000111", "--yes", "--reason", "x")):
        refused = shell("customer", *words)
        assert (refused.code, "13700001111" in refused.err) == (3, True), refused.err
    shown = shell("customer", "merge", "137 0000 1111", "孙悟空", "--dry-run")
    (name,) = [line.split() for line in shown.out.splitlines() if "* 孙悟空" in line]
    assert name[1:] == ["13700001111", "*", "孙悟空", "孙悟空"]
    (seen,) = shell(
        "customer", "merge", "13700001111", "孙悟空", "--dry-run", "--take", "note", "--json"
    ).records()
    assert {one["name"]: one["side"] for one in seen["fields"]}["note"] == "right"
    assert shell("customer", "merge", "13700001111", "孙悟空").code == 0
    (who,) = shell("who", "13700001111", "--json").records()
    assert [one["name"] for one in who] == ["孙悟空"]


def test_data_are_written_for_ones_own_eyes_and_nothing_is_overwritten(
    shell: Shell, doubles: tuple[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    words = ("customer", "export", "13512344321", "--to", str(file), "--reason", "asked by letter")
    assert shell(*words).code == 0
    told = json.loads(file.read_text("utf-8"))
    assert told["customer_id"] == doubles[0]
    assert all(word in file.read_text("utf-8") for word in OURS)
    assert "孙悟空" in Path(f"{file}.txt").read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    assert shell(*words).code == 4
    assert file.read_bytes() == before
    assert shell(*words[:4], str(tmp_path / "no" / "x.json"), *words[5:]).code == 7


def test_an_erased_customer_is_in_no_file_of_store_and_state(
    shell: Shell, doubles: tuple[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, lost = doubles
    monkeypatch.setenv("AFTERSALES_STATE_DIR", str(home / "state"))
    draft = home / "state" / "drafts" / "x-1.json"
    draft.parent.mkdir(parents=True)
    draft.write_text('{"answers": {"phone": "135 1234 4321", "caller": "孙悟空"}}', "utf-8")
    assert shell("customer", "merge", lost, kept).code == 0
    (number,) = [row["number"] for row in queue(shell) if row["customer"].startswith("孙悟")]
    assert shell("answer", str(number)).code == 0
    shell("close", str(number))
    ended = shell("customer", "erase", lost, "--yes", "--reason", "asked by letter")
    assert (ended.code, ended.out) == (0, "Customer erased, tickets that stay without a name: 2\n")
    assert grep((*home.glob("shop.db*"), *(home / "state").rglob("*")), OURS) == set()
    again = shell("customer", "erase", lost, "--json")
    assert again.records() == [{"swept": True}]
    (who,) = shell("who", "13512344321", "--json").records()
    assert who == []


def queue(shell: Shell) -> list[dict[str, str]]:
    (page,) = shell("queue", "--json").records()
    rows: list[dict[str, str]] = page["rows"]
    return rows


def test_on_a_terminal_the_name_is_asked_for(
    shell: Shell, doubles: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    from aftersales_tui.cli import customers

    monkeypatch.setattr(customers, "on_a_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", Terminal("孙悟\n"))
    words = ("customer", "erase", doubles[1], "--reason", "asked by letter")
    assert shell(*words).code == 3
    monkeypatch.setattr("sys.stdin", Terminal("孙悟恐\n"))
    ended = shell(*words)
    assert ended.code == 0
    assert "Type the name to confirm: 孙悟恐" in ended.out
