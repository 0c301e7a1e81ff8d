"""A customer's file in the shell."""

from pathlib import Path

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.domain.customer import Part
from tests.cli.conftest import Shell
from tests.cli.shops import settings


def test_a_file_is_shown_by_name_number_and_pinyin(shell: Shell) -> None:
    for words in (("张三",), ("zhangsan",), ("13800138000",)):
        ended = shell("file", *words)
        assert ended.code == 0, ended.err
        assert ended.out.startswith("张三  person\n")
        assert "number: 13800138000" in ended.out
        assert "device: 冰箱, BCD-215, 2024-05" in ended.out


def test_the_file_as_json_has_ids_as_text(shell: Shell) -> None:
    (file,) = shell("file", "--json", "张三").records()
    assert isinstance(file["customer_id"], str)
    assert (file["name"], file["tickets"], file["do_not_call"]) == ("张三", 1, False)
    assert file["devices"][0]["model"] == "BCD-215"
    # Everything that its time line shows, the newest first, with times that say their zone.
    assert [(one["number"], one["row"]["verb"]) for one in file["timeline"]] == [(1001, "call")]
    (moment,) = file["timeline"]
    assert isinstance(moment["ticket_id"], str)
    assert moment["row"]["happened_at"].endswith("+08:00")
    assert (moment["row"]["who"], moment["row"]["undone"]) == ("Li", False)


def test_nobody_is_an_error_and_several_are_listed(shell: Shell) -> None:
    ended = shell("file", "--json", "王二麻子")
    assert ended.code != 0
    assert ended.error()["code"] == "file.nobody"
    shell("call", "13800138000", "漏水")
    ended = shell("file", "13800138000")
    assert ended.code == 0
    assert "13800138000" in ended.out


def test_the_file_is_written_in_words_with_its_notes_and_time_line(shell: Shell, home: Path) -> None:
    desk = open_desk(settings(home / "shop.db"))
    customer_id = desk.intake.callers("13800138000")[0].customer_id
    desk.customers.note(desk.act(), customer_id, "有狗")
    desk.customers.keep(desk.act(), Part.CUSTOMER, customer_id, customer_id, {"contact_months": 3})
    desk.customers.keep(desk.act(), Part.PERSON, customer_id, 0, {"name": "李会计", "role": "in_charge"})
    desk.close()
    shown = shell("file", "13800138000").out
    assert "Contact plan: every 3 mo." in shown
    assert [line.split("  ")[-1] for line in shown.splitlines() if "有狗" in line] == ["有狗", "note: 有狗"]
    assert [line for line in shown.splitlines() if line.endswith("T-1001  took the call")]
    out = home / "out.json"
    assert shell("customer", "export", "13800138000", "--to", str(out), "--reason", "x").code == 0
    assert ": in charge\n" in Path(f"{out}.txt").read_text("utf-8")
