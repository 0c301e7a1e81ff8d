"""Reading other programs' tables in from the shell."""

import csv
import os
import signal
from pathlib import Path

import pytest

from aftersales_tui.desk.importing import run as running
from tests.cli.conftest import Shell
from tests.imports.files import table

ROWS = [
    {
        "编号": "K1",
        "姓名": "赵六",
        "电话": "13600136000",
        "地址": "南山区1号",
        "客户等极": "会员",
        "生肖": "兔",
    },
    {"编号": "K2", "姓名": "", "电话": "13700137000", "地址": "南山区2号", "客户等极": "", "生肖": ""},
]


@pytest.fixture
def sheet(home: Path) -> Path:
    return table(home / "客户.csv", ROWS, "gb18030")


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(shell: Shell, sheet: Path) -> None:
    told = shell("import", "customers", str(sheet), "--dry-run")
    assert told.code == 0
    for part in (
        "gb18030",
        "suggestion?",
        '--map "客户等极=tier"',
        "Left out: 生肖",
        "Line 3, 姓名: Name is missing",
        "nothing was written",
        "2 rows: 1 new, 0 the same, 0 changed, 1 rejected.",
    ):
        assert part in told.out, part
    assert shell("import", "list").out.strip() == "Nothing found."
    assert not list(sheet.parent.glob("*.rejects.csv"))


def test_what_is_refused_is_mended_in_its_file_and_read_in_again(shell: Shell, sheet: Path) -> None:
    told = shell("import", "customers", str(sheet), "--map", "客户等极=tier", "--keep-rest", "--json")
    (came,) = told.records()
    assert came["tally"] | {"new": 1, "rejected": 1} == came["tally"]
    rejects = Path(came["rejects_file"])
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["!line"], row["!column"], row["!value"]) == ("3", "姓名", "")
    assert row["!reason"].startswith("Name is missing")
    table(rejects, [{**row, "姓名": "钱七"}], "utf-8-sig")
    (again,) = shell("import", "customers", str(rejects), "--json").records()
    assert (again["tally"]["new"], again["source"], again["unmapped"][-1]) == (1, "客户", "!row")
    assert [found["name"] for found in shell("who", "13700137000", "--json").records()[0]] == ["钱七"]


def test_batches_are_listed_and_taken_back_by_their_id(shell: Shell, sheet: Path) -> None:
    shell("import", "customers", str(sheet), "--source", "old")
    (batches,) = shell("import", "list", "--json").records()
    (batch,) = batches
    assert (batch["kind"], batch["state"], batch["source"]) == ("customers", "done", "old")
    assert "客户.csv" in shell("import", "list").out
    assert shell("import", "undo", batch["batch_id"]).out.strip() == "Taken back: 1 record."
    assert "taken back" in shell("import", "list").out
    assert shell("import", "undo", batch["batch_id"]).code == 4


def test_ctrl_c_stops_between_two_chunks_and_resume_goes_on(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    path = table(home / "t.csv", [{"ID": f"{n}", "name": "Ann", "problem": f"noise {n}"} for n in range(5)])
    step = running.ImportRun.step

    def interrupted(self: running.ImportRun, act: object) -> object:
        came = step(self, act)  # type: ignore[arg-type]
        if came.tally.rows == 2:
            signal.raise_signal(signal.SIGINT)
        return came

    monkeypatch.setattr(running.ImportRun, "step", interrupted)
    told = shell("import", "tickets", str(path))
    assert told.code == 130
    assert "was stopped" in told.out
    resumed = shell("import", "resume")
    assert (resumed.code, "5 rows: 5 new" in resumed.out) == (0, True)
    assert shell("import", "resume").code == 6


def test_a_mapping_may_stand_in_a_file(shell: Shell, home: Path) -> None:
    (home / "our.map").write_text("wer = caller\nwas = fault\n\n", "utf-8")
    path = table(home / "t.csv", [{"wer": "Ann", "was": "noise", "wie": "Wartet"}])
    words = ("import", "tickets", str(path), "--map", f"@{home / 'our.map'}", "--map", "wie=status")
    assert shell(*words, "--status", "Wartet=waiting_part", "--json").records()[0]["tally"]["open"] == 1


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("import", "tickets", "nothing.csv"), 3, "no file"),
        (("import", "tickets", "{sheet}", "--map", "x"), 2, "THEIRS=OURS"),
        (("import", "tickets", "{sheet}", "--map", "@nothing"), 2, "THEIRS=OURS"),
        (("import", "tickets", "{sheet}", "--map", "姓名=nonsense"), 3, "no column nonsense"),
        (("import", "tickets", "{sheet}", "--encoding", "latin9"), 3, "latin9"),
        (("import", "devices", "{sheet}", "--zone", "Mars"), 3, "Mars"),
        (("import", "undo"), 2, "Which import"),
        (("import", "undo", "x"), 2, "x is no ID"),
        (("import", "undo", "12"), 6, "no import 12"),
        (("import", "resume"), 6, "No import"),
        (("import", "tickets"), 2, "Which file"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    shell: Shell, sheet: Path, words: tuple[str, ...], code: int, part: str
) -> None:
    told = shell(*(word.format(sheet=sheet) for word in words))
    assert (told.code, part in told.err) == (code, True), told.err
    assert "error." not in told.err


def test_the_group_alone_tells_what_it_has(shell: Shell) -> None:
    told = shell("import")
    assert told.code == 0
    assert {"customers", "devices", "tickets", "engineers", "list", "resume", "undo"} <= set(told.out.split())


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_file_whose_name_cannot_be_kept_is_refused_by_its_name(shell: Shell, home: Path) -> None:
    for name in (b"\xc4\xe3.csv", b"a\x1b[31m.csv"):
        path = os.fsencode(home) + b"/" + name
        with open(path, "wb") as file:  # noqa: PTH123 (a name in another encoding)
            file.write("姓名,电话\n张三丰,13800138001\n".encode())
        ended = shell("import", "customers", os.fsdecode(path))
        assert ended.code == 3
        assert "another name" in ended.err
        assert "\x1b" not in ended.err
    assert shell("import", "customers", ".").err.startswith(". is no table")
