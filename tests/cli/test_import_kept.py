"""What an import from the shell keeps, counts and says of what it could not take."""

import csv
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.imports.files import table

REPAIRS = [
    {"id": f"r{n}", "group_identifier": "0074", "product": "Fan", "year_of_manufacture": "????"}
    for n in range(6)
]
CUSTOMERS = [
    {"客户编号": "K1", "姓名": "赵六", "电话": "13600136000", "最近来电": "2030-99-99", "等级": "?"},
    {"客户编号": "K2", "姓名": "钱七", "电话": "abc", "最近来电": "", "等级": ""},
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_that_tells_no_caller_is_refused_once_with_the_likeliest_column(
    shell: Shell, home: Path
) -> None:
    path = table(home / "repairs.csv", REPAIRS)
    for more in ((), ("--dry-run",)):
        told = shell("import", "tickets", str(path), *more)
        assert (told.code, told.err.count("Caller (caller)")) == (3, 1)
        assert '--map "group_identifier=caller"' in told.err
        assert "Line 2" not in told.out
    assert list(home.glob("*.rejects*")) == []
    for word in ("caller", "来电人", "來電人", "Caller"):
        came = shell(
            "import", "tickets", str(path), "--map", f"group_identifier={word}", "--dry-run", "--json"
        )
        assert came.records()[0]["tally"]["new"] == len(REPAIRS), word
    told = shell("import", "tickets", str(path), "--map", "group_identifier=caller")
    assert told.code == 0
    assert told.out.count("???? is no date") == 3
    assert "and 3 more of this kind in year_of_manufacture" in told.out
    refused = shell("import", "tickets", str(path), "--map", "id=nonsense")
    assert "Caller (caller)" in refused.err


def test_a_run_that_takes_nothing_and_refuses_something_has_failed(shell: Shell, home: Path) -> None:
    path = table(home / "k.csv", [{"编号": "K1", "姓名": ""}])
    assert shell("import", "customers", str(path)).code == 3
    assert shell("import", "customers", str(path), "--dry-run").code == 3


def test_a_value_left_out_lies_beside_the_file_and_mended_changes_its_record(
    shell: Shell, home: Path
) -> None:
    path = table(home / "k.csv", CUSTOMERS)
    (came,) = shell("import", "customers", str(path), "--json").records()
    assert (came["tally"]["new"], came["tally"]["rejected"], came["tally"]["warnings"]) == (2, 0, 3)
    rejects = Path(came["rejects_file"])
    rows = rows_of(rejects)
    assert [(row["!line"], row["!column"], row["!value"], row["!row"]) for row in rows] == [
        ("2", "等级 / 最近来电", "? / 2030-99-99", "went in"),
        ("3", "phones", "abc", "went in"),
    ]
    table(rejects, [{**rows[1], "电话": "13700137000"}], "utf-8-sig")
    (again,) = shell("import", "customers", str(rejects), "--json").records()
    assert (again["source"], again["tally"]["changed"], again["tally"]["new"]) == ("k", 1, 0)
    assert [one["name"] for one in shell("who", "13700137000", "--json").records()[0]] == ["钱七"]


def test_the_same_file_once_more_leaves_no_second_file_of_rejects(shell: Shell, home: Path) -> None:
    path = table(home / "k.csv", CUSTOMERS)
    first, second = (shell("import", "customers", str(path), "--json").records()[0] for _ in range(2))
    assert first["rejects_file"] == second["rejects_file"] == str(home / "k.rejects.csv")
    # Another fault is another file: what somebody may be mending stays.
    table(path, [{**CUSTOMERS[1], "电话": "def"}])
    for _ in range(2):
        (third,) = shell("import", "customers", str(path), "--json").records()
        assert third["rejects_file"] == str(home / "k.rejects-2.csv")
    assert len(list(home.glob("*.rejects*"))) == 2


def test_one_record_taken_back_is_one_record_in_english(shell: Shell, home: Path) -> None:
    path = table(home / "k.csv", CUSTOMERS[:1])
    (came,) = shell("import", "customers", str(path), "--json").records()
    assert shell("import", "undo", str(came["batch_id"])).out == "Taken back: 1 record.\n"


def test_a_row_without_an_id_that_went_in_is_known_again_in_the_file_of_rejects(
    shell: Shell, home: Path
) -> None:
    path = table(home / "t.csv", [{"来电人": "赵六", "故障现象": "不转", "购买日期": "2030-01-01"}])
    (came,) = shell("import", "tickets", str(path), "--json").records()
    rejects = Path(came["rejects_file"])
    (row,) = rows_of(rejects)
    table(rejects, [{**row, "购买日期": "2020-01-01"}], "utf-8-sig")
    (again,) = shell("import", "tickets", str(rejects), "--json").records()
    assert (again["tally"]["changed"], again["tally"]["new"], again["tally"]["warnings"]) == (1, 0, 0)


def test_a_file_of_rejects_never_takes_another_ones_place(shell: Shell, home: Path) -> None:
    path = table(home / "k.csv", CUSTOMERS)
    mending = home / "k.rejects.csv"
    mending.write_text("half mended", "utf-8")
    (came,) = shell("import", "customers", str(path), "--json").records()
    assert Path(came["rejects_file"]).name == "k.rejects-2.csv"
    (third,) = shell("import", "customers", str(path), "--json", "--rejects", str(mending)).records()
    assert Path(third["rejects_file"]).name == "k.rejects-2.csv"
    assert mending.read_text("utf-8") == "half mended"
    (again,) = shell("import", "customers", third["rejects_file"], "--dry-run", "--json").records()
    assert again["source"] == "k"


@pytest.mark.skipif(os.name != "posix", reason="a folder that is no folder is a POSIX error")
def test_a_folder_that_cannot_be_written_to_is_gone_round_and_told(shell: Shell, home: Path) -> None:
    path = table(home / "k.csv", CUSTOMERS)
    nowhere = home / "nowhere"
    told = shell("import", "customers", str(path), "--rejects", str(nowhere / "left.csv"))
    assert told.code == 0
    assert f"{nowhere} cannot be written to" in told.out
    (found,) = home.rglob("left.csv")
    assert len(rows_of(found)) == 2


def test_a_try_makes_no_store(shell: Shell, home: Path) -> None:
    path, store = table(home / "k.csv", CUSTOMERS), home / "none.db"
    told = shell("import", "customers", str(path), "--dry-run", "--db", str(store))
    assert (told.code, "2 new" in told.out, f"no store {store} yet" in told.out) == (0, True, True)
    assert not store.exists()


def test_an_import_ends_when_its_last_row_is_in(shell: Shell, home: Path) -> None:
    shell("import", "customers", str(table(home / "k.csv", CUSTOMERS)))
    (batches,) = shell("import", "list", "--json").records()
    assert batches[0]["ended_at"] > batches[0]["started_at"]


def test_numbers_of_shop_sheets_are_the_ids_of_their_records(shell: Shell, home: Path) -> None:
    for kind, heading, more in (
        ("customers", "客户编号", {"姓名": "赵六"}),
        ("customers", "會員編號", {"姓名": "赵六"}),
        ("customers", "客户号", {"姓名": "赵六"}),
        ("customers", "Customer no.", {"姓名": "赵六"}),
        ("customers", "ID", {"姓名": "赵六"}),
        ("devices", "设备编号", {"客户": "赵六", "产品": "冰箱"}),
        ("tickets", "编号", {"来电人": "赵六", "故障": "不转"}),
        ("engineers", "师傅编号", {"姓名": "赵六"}),
    ):
        path = table(home / "n.csv", [{heading: "WX-7", **more}])
        (came,) = shell("import", kind, str(path), "--dry-run", "--json").records()
        assert came["first"][0].get("source_id") == "WX-7", heading
    path = table(home / "n.csv", [{"工单号": "WX-7", "来电人": "赵六", "故障": "不转"}])
    (came,) = shell("import", "tickets", str(path), "--json").records()
    assert (came["first"][0]["source_id"], came["tally"]["warnings"]) == ("WX-7", 0)
    table(path, [{"工单号": "WX-7", "来电人": "赵六", "故障": "不响"}])
    (again,) = shell("import", "tickets", str(path), "--json").records()
    assert (again["tally"]["changed"], again["tally"]["new"]) == (1, 0)
