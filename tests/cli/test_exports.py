"""Tables and lists into files, by the shell."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftersales_tui.cli.main import run
from aftersales_tui.demo.book import load_book
from aftersales_tui.demo.make import make_demo
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


def test_the_queue_goes_out_narrowed_by_the_words_of_the_command_line(shell: Shell, home: Path) -> None:
    def told(*what: str) -> list[dict[str, str]]:
        file = home / f"{len(list(home.glob('*.jsonl')))}.jsonl"
        came = shell("export", *what, "--to", str(file), "--reason", "audit")
        assert came.code == 0, (what, came.err)
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    every = told("queue")
    for words in ("zone:福田", "产品:冰箱", "kind:repair", "状态:待派", "late", "超时", "late:是 kind:报修"):
        narrowed = told("queue", *words.split())
        shown = [row["number"] for row in shell("queue", *words.split(), "--json").records()[0]["rows"]]
        assert [f"T-{number}" for number in shown] == [row["number"] for row in narrowed], words
    assert 0 < len(told("queue", "product:冰箱")) < len(every)
    assert told("queue", "late") == []
    refused = {"queue zone": "grammar.too_many", "queue late:tomorrow": "grammar.too_many"}
    refused |= {"queue status:fine": "grammar.no_status", "contacts late": "export.not_narrowed"}
    for words, code in refused.items():
        came = shell("export", *words.split(), "--to", str(home / "x.csv"), "--reason", "x", "--json")
        assert came.error()["code"] == code, words
    assert not (home / "x.csv").exists()


def test_every_list_goes_out_as_it_is_shown_and_some_by_a_word_that_says_which(
    shell: Shell, home: Path
) -> None:
    def told(*what: str) -> list[dict[str, str]]:
        file = home / f"{len(list(home.glob('*.jsonl')))}.jsonl"
        came = shell("export", *what, "--to", str(file), "--reason", "audit")
        assert came.code == 0, (what, came.err)
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    assert {row["number"] for row in told("register")} == {"T-1001", "T-1002", "T-1003"}
    assert told("register", "2020-01-01") == []
    assert len(told("register", "all")) == 3
    assert {row["name"] for row in told("people", "engineer")} <= {row["name"] for row in told("people")}
    (found, *_) = told("found", "customer:张三")
    assert found["who"] == "张三"
    assert [row["number"] for row in told("file.tickets", "张三")] == [
        row["number"] for row in told("found", "ticket:张三")
    ]
    assert told("file.timeline", "张三")
    for what in ("messages", "visitors", "handover", "duplicates", "imports", "contacts"):
        told(what)
    for words in (("found",), ("file.devices",), ("register", "someday"), ("people", "pilot")):
        refused = shell("export", *words, "--to", str(home / "x.csv"), "--reason", "x", "--json")
        assert refused.error()["code"] == "export.which"


def test_the_demo_shop_moves_into_an_empty_one_and_goes_out_as_the_same_files(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def do(store: Path, *words: str) -> None:
        capsys.readouterr()
        assert run(["--db", str(store), "--as", load_book().shop["dispatcher"], *words]) == 0, words

    demo = home / "demo.db"
    make_demo(demo, now=datetime.now(UTC))
    one, two = home / "one", home / "two"
    do(demo, "export", "all", "--to", str(one), "--reason", "move")
    for kind in LAYOUTS:
        do(home / "empty.db", "import", kind, str(one / f"{kind}.csv"))
    do(home / "empty.db", "export", "all", "--to", str(two), "--reason", "move")
    assert {
        kind: (one / f"{kind}.csv").read_bytes() == (two / f"{kind}.csv").read_bytes() for kind in LAYOUTS
    } == (dict.fromkeys(LAYOUTS, True))
    assert len((one / "devices.csv").read_bytes().splitlines()) > 300


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
