"""Tables and lists into files, by the shell."""

import csv
import json
from pathlib import Path

import pytest

from aftersales_tui.exchange.layouts import LAYOUTS
from tests.cli.conftest import Shell


def test_everything_goes_into_a_folder_and_the_reason_into_the_feed(shell: Shell, home: Path) -> None:
    told = shell("export", "all", "--to", str(home / "out"), "--reason", "audit", "--json")
    assert told.code == 0
    rows = {one["what"]: one["rows"] for one in told.records()}
    assert rows["tickets"] == 3
    assert rows["engineers"] >= 3
    with (home / "out" / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *found = list(csv.reader(file))
    assert len(heads) == len(LAYOUTS["customers"])
    assert {"张三", "李四", "O'Neil"} == {row[heads.index("Name")] for row in found}
    again = shell("export", "all", "--to", str(home / "out"), "--reason", "audit")
    assert (again.code, "is there already" in again.err) == (4, True)


def test_a_list_goes_out_as_it_is_shown(shell: Shell, home: Path) -> None:
    file = home / "queue.jsonl"
    told = shell("export", "queue", "--to", str(file), "--reason", "board meeting", "--lang", "zh_CN")
    assert told.code == 0, told.err
    numbers = [json.loads(line)["number"] for line in file.read_text("utf-8").splitlines()]
    assert numbers == ["T-1001", "T-1002", "T-1003"]


def test_without_a_reason_a_file_or_a_known_table_nothing_goes(shell: Shell, home: Path) -> None:
    file = home / "a.csv"
    assert shell("export", "tickets", "--to", str(file), "--json").error()["code"] == "export.no_reason"
    assert shell("export", "tickets", "--reason", "x", "--json").error()["code"] == "export.no_file"
    assert shell("export", "money", "--to", str(file), "--json").error()["code"] == "export.unknown"
    assert (
        shell("export", "tickets", "--to", "a.pdf", "--reason", "x", "--json").error()["code"]
        == "export.format"
    )
    assert not file.exists()


def test_a_place_that_cannot_be_is_named_and_no_trace_is_shown(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    for place in ("x" * 300 + ".csv", "/" + "y" * 300 + "/x.csv"):
        assert shell("export", "customers", "--to", place, "--reason", "x").code == 7
        assert shell("customer", "export", "张三", "--to", place, "--reason", "x").code == 7
    nobody = "~no such user/x.csv"
    assert shell("export", "customers", "--to", nobody, "--reason", "x").code == 0
    assert (home / nobody).exists()
    assert shell("customer", "export", "张三", "--to", "/", "--reason", "x").code == 4
