"""The verbs of the command language as commands of the shell."""

import io
import json

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain.grammar import VERBS
from tests.cli.conftest import Shell


def test_an_engineer_is_sent(shell: Shell) -> None:
    ended = shell("assign", "1001", "wangqiang", "tomorrow", "9-11")
    assert (ended.code, ended.out) == (0, "T-1001 > 王强, tomorrow 09-11\n")


def test_json_has_ids_as_text_and_times_with_their_offset(shell: Shell) -> None:
    (done,) = shell("assign", "1001", "wq", "tomorrow", "9-11", "--json").records()
    assert isinstance(done["ticket_id"], str)
    assert (done["verb"], done["number"]) == ("assign", 1001)
    (ticket,) = shell("show", "1001", "--json").records()
    assert ticket["ticket_id"] == done["ticket_id"]
    assert ticket["window_start"].endswith("T09:00:00+08:00")
    assert isinstance(ticket["customer_id"], str)
    assert isinstance(ticket["repeat_of"], str)


@pytest.mark.parametrize(
    "words",
    [
        ("queue",),
        ("contacts",),
        ("show", "1001"),
        ("who", "张三"),
        ("1001",),
        ("13800138000",),
        ("engineer", "list"),
        ("where",),
        ("cheatsheet",),
        ("assign", "1001", "?"),
        ("?",),
    ],
)
def test_what_reads_answers_in_json_and_in_words(shell: Shell, words: tuple[str, ...]) -> None:
    shell("callback", "1001", "+2h")
    ended = shell(*words, "--json")
    assert ended.code == 0
    assert ended.records()
    ended = shell(*words)
    assert ended.code == 0
    assert ended.out.strip()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.id)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_verb_has_words_and_a_command(shell: Shell, verb: object, language: str) -> None:
    name = verb.id  # type: ignore[attr-defined]
    i18n.use(language)
    assert all(i18n.has(f"verb.{name}{part}") for part in ("", ".help", ".example"))
    assert i18n.say(f"verb.{name}.help") in shell(name, "--help").out
    assert i18n.say(f"verb.{name}.help") in shell("cheatsheet").out
    i18n.use("en")


@pytest.mark.parametrize("word", ["派", "派工", "a", "send", "ASSIGN"])
def test_a_command_is_known_by_its_other_words(shell: Shell, word: str) -> None:
    assert shell(word, "1001", "wq", "tomorrow", "9-11").code == 0


def test_what_the_shell_has_quoted_stays_one_text(shell: Shell) -> None:
    assert shell("memo", "1001", 'gate; code "7788"', "don't ring").code == 0
    (ticket,) = shell("show", "1001", "--json").records()
    assert ticket["answers"]["memo"] == 'gate; code "7788" don\'t ring'
    assert shell("assign", "1001", "John Smith", "tomorrow 9-11", "!", "he knows; the house").code == 0


def test_a_dash_reads_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("first line\nsecond line\n"))
    assert shell("memo", "1001", "-").code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("1001\n\nT-1002\n"))
    shown = shell("show", "-", "--json").records()
    assert [ticket["number"] for ticket in shown] == [1001, 1002]
    assert shown[0]["answers"]["memo"] == "first line\nsecond line"
    monkeypatch.setattr("sys.stdin", io.StringIO("m 1001 a; m 1002 b\n\nclose 1001\nm 1001 never\n"))
    ended = shell("run", "-")
    assert (ended.code, ended.out.count("\n")) == (4, 2)


def test_run_goes_on_with_the_ticket_of_the_line_before(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("+ 13711112222 leaks\nm . urgent\n"))
    ended = shell("run", "-", "--json")
    taken, noted = ended.records()
    assert taken["ticket_id"] == noted["ticket_id"]


def test_a_stored_control_character_reaches_no_terminal(shell: Shell) -> None:
    shell("call", "13711112222", "a\x1b]0;gone\x07b")
    ended = shell("queue")
    assert "\x1b" not in ended.out
    assert "\x07" not in ended.out


def test_a_call_without_a_fault_needs_a_terminal(shell: Shell) -> None:
    assert shell("call", "13711112222").code == 2


def test_engineers_are_added_with_their_shifts(shell: Shell) -> None:
    ended = shell(
        "engineer",
        "add",
        "赵",
        "六",
        "--skill",
        "TV",
        "--zone",
        "N",
        "--shift",
        "周一到周五 8:30-18",
        "--shift",
        "sat 9-12",
    )
    assert ended.code == 0
    (people,) = shell("engineer", "list", "--json").records()
    assert [one["skills"] for one in people if one["name"] == "赵 六"] == [["TV"]]
    assert shell("engineer", "add", "X", "--shift", "sometimes").code == 3


def test_a_name_that_somebody_has_is_not_given_twice(shell: Shell) -> None:
    for name in ("王强", "王 强", "JOHN SMITH"):
        ended = shell("engineer", "add", name)
        assert (ended.code, ended.out) == (4, ""), name
    (people,) = shell("engineer", "list", "--json").records()
    assert len(people) == 3


def test_the_words_of_a_table_narrow_it_in_the_language_it_was_printed_in(shell: Shell) -> None:
    i18n.use("zh_CN")
    assert "报修" in shell("queue").out
    assert len(shell("queue", "status:待派", "kind:报修").out.splitlines()) == 4
    assert "待派" in shell("queue", "status:?").out
    refused = shell("queue", "status:没有这个")
    i18n.use("en")
    assert refused.code == 3
    assert "待派" in refused.err
    assert "assigned" not in refused.err


def test_a_refusal_behind_a_step_that_was_done_says_that_it_stands(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = shell("run", "a 1001 nobody fri 9-11")
    assert "before it" not in alone.err
    ended = shell("run", "m 1001 first; a 1001 nobody fri 9-11")
    assert (ended.code, ended.out.count("\n")) == (6, 1)
    assert ended.err.startswith(alone.err.strip())
    assert "what was done before it stands" in ended.err
    told = shell("run", "m 1001 first; a 1001 nobody fri 9-11", "--json").error()
    assert told["done_before"] == 1
    monkeypatch.setattr("sys.stdin", io.StringIO("m 1001 first\na 1001 nobody fri 9-11\n"))
    assert "what was done before it stands" in shell("run", "-").err
    assert "before it" not in shell("run", "queue; a 1001 nobody fri 9-11").err


def test_a_table_cuts_nothing(shell: Shell) -> None:
    name = "the one with the very long name and the two dogs, third house"
    zones = [f"district {n}" for n in range(8)]
    assert shell("engineer", "add", name, *[part for zone in zones for part in ("--zone", zone)]).code == 0
    listed = shell("engineer", "list").out.splitlines()
    (line,) = [line for line in listed if name in line]
    assert " ".join(zones) in line
    (other,) = [line for line in listed if line.startswith("王强")]
    assert listed[0].index("Skills") == len(other[: other.index("冰箱")]) + 2


def test_errors_are_a_sentence_or_json(shell: Shell) -> None:
    shell("assign", "1001", "wq", "tomorrow", "9-11")
    ended = shell("assign", "1002", "wq", "tomorrow", "10-12")
    assert (ended.code, ended.out) == (4, "")
    assert "T-1001" in ended.err
    told = shell("assign", "1002", "wq", "tomorrow", "10-12", "--json").error()
    assert (told["code"], told["exit"]) == ("dispatch.clash", 4)
    assert told["params"]["clashes"][0]["label"]
    json.dumps(told)
