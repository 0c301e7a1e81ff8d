"""The shop's people in the shell (A3, A7)."""

from typing import Any

import pytest

from aftersales_tui import i18n
from tests.cli.conftest import Shell


def card(shell: Shell, name: str) -> Any:
    (found,) = shell("people", "show", name, "--json").records()
    return found


def test_somebody_is_added_changed_and_listed(shell: Shell) -> None:
    added = shell(
        "people", "add", "刘敏", "--role", "clerk", "--phone", "139", "--shift", "mon-fri 9-12 13-18"
    )
    assert (added.code, added.out.strip()) == (0, "刘敏 works here now")
    edited = shell(
        *("people", "edit", "liumin", "--name", "刘小敏", "--since", "2009", "--skill", "冰箱"),
        *("--skill", "空调", "--zone", "南山", "--note", "有车", "--shift", ""),
    )
    assert edited.code == 0, edited.err
    seen = card(shell, "lxm")
    assert (seen["name"], seen["role"], seen["in_trade_since"], seen["note"]) == (
        "刘小敏",
        "clerk",
        2009,
        "有车",
    )
    assert (set(seen["skills"]), seen["zones"], seen["week"]) == ({"冰箱", "空调"}, ["南山"], [])
    shell("people", "edit", "lxm", "--skill", "", "--note", "")
    assert (card(shell, "lxm")["skills"], card(shell, "lxm")["note"]) == ([], "")
    table = shell("people").out
    assert "刘小敏" in table
    assert "engineer" in table


def test_a_role_is_understood_as_the_language_calls_it(shell: Shell) -> None:
    assert shell("people", "add", "Ann", "--role", "技术员", "--lang", "zh_CN").code == 3
    i18n.use("zh_CN")
    assert shell("people", "add", "Ann", "--role", "技术员").code == 0
    i18n.use("en")
    assert card(shell, "Ann")["role"] == "engineer"


def test_time_off_is_given_as_it_is_said_and_taken_away(shell: Shell) -> None:
    given = shell("people", "off", "王强", "明天", "病假", "发烧")
    assert (given.code, given.out.strip()) == (0, "王强 is off tomorrow")
    (off,) = card(shell, "王强")["time_off"]
    assert off["reason"] == "病假 发烧"
    assert off["start"].endswith("T00:00:00+08:00")
    assert shell("assign", "1001", "王强", "tomorrow", "9-11").code == 4
    assert shell("people", "off", "王强", "tomorrow", "--cancel").code == 0
    assert card(shell, "王强")["time_off"] == []
    assert shell("assign", "1001", "王强", "tomorrow", "9-11").code == 0


def test_visits_forbid_time_off_and_leaving_until_there_is_a_reason_or_another_engineer(shell: Shell) -> None:
    assert shell("assign", "1001", "王强", "tomorrow", "9-11").code == 0
    refused = shell("people", "off", "王强", "tomorrow", "ill", "--json")
    assert refused.code == 4
    assert refused.error()["code"] == "person.visits_in_time_off"
    assert "T-1001" in refused.error()["sentence"]
    assert shell("people", "off", "王强", "tomorrow", "ill", "--override", "Smith goes").code == 0
    assert shell("people", "leave", "王强").code == 4
    assert shell("people", "leave", "John").code == 0
    assert "John Smith" not in shell("people").out
    assert "has left" in shell("people", "--left").out
    assert shell("people", "leave", "John").code == 6
    assert shell("people", "back", "John").code == 0
    assert "John Smith" in shell("people").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "New"), 3),
        (("add", "New", "--role", "king"), 3),
        (("add", "王强", "--role", "clerk"), 4),
        (("add", "--role", "clerk"), 3),
        (("edit", "王"), 3),
        (("edit", "nobody", "--note", "x"), 6),
        (("edit", "王强", "--since", "soon"), 3),
        (("edit", "王强", "--shift", "sometime"), 3),
        (("edit", "王强"), 3),
        (("off", "王强", "sometime"), 3),
        (("off", "王强", "tomorrow", "--cancel"), 6),
        (("show", "nobody"), 6),
        (("dance",), 2),
    ],
)
def test_what_cannot_be_ends_with_the_code_of_its_class(
    shell: Shell, words: tuple[str, ...], code: int
) -> None:
    ended = shell("people", *words)
    assert ended.code == code, ended.err
    assert ended.err.strip()
    assert "error." not in ended.err


def test_json_before_and_behind_the_command_means_the_same(shell: Shell) -> None:
    assert (
        shell("people", "--json", "show", "王强").records()
        == shell("people", "show", "王强", "--json").records()
    )
    (listed,) = shell("people", "--json").records()
    assert [row["name"] for row in listed] == ["Li", "John Smith", "王伟", "王强"]
    assert shell("run", "people", "--json").records() == [listed]


def test_visits_in_the_way_are_told_on_the_shops_own_clock_with_their_day(shell: Shell) -> None:
    assert shell("assign", "1001", "王强", "tomorrow", "14-16").code == 0
    for words in (("leave", "王强"), ("off", "王强", "tomorrow")):
        refused = shell("people", *words)
        assert (refused.code, "visit T-1001 tomorrow 14-16" in refused.err) == (4, True), refused.err
    told = shell("people", "leave", "王强", "--json").error()
    assert told["params"]["visits"][0]["window"]["start"].endswith("T14:00:00+08:00")
