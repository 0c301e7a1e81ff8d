"""Files that other programs read: whole or not there, and nothing in them is ever run."""

import csv
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from aftersales_tui.domain.errors import Invalid, Refused, Unavailable
from aftersales_tui.exchange.guard import MARK, STARTERS, guarded, unguarded
from aftersales_tui.exchange.writing import Format, format_of, write

PAYLOADS = Path(__file__).parents[3] / "shared" / "data" / "naughty" / "csv-injection-payloads.txt"
HEADS = ("姓名", "备注")
NAMES = ("name", "note")
ROWS = [
    ("张三", "=1+1"),
    ("O'Neil", "+86 138"),
    ("two\nlines", "0012"),
    ("'quoted", "'=x"),
    ("", "＝SUM(A1)"),
]


def hostile() -> list[str]:
    own = ["=cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "－2", "http://example.org", "1e5", "'=1"]
    return [*own, *(PAYLOADS.read_text("utf-8").splitlines() if PAYLOADS.exists() else ())]


def sheet_of(path: Path) -> list[list[object]]:
    return [[*row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


@given(st.text())
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(STARTERS)


def test_csv_opens_in_a_spreadsheet_as_utf8_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert write(path, Format.CSV, HEADS, NAMES, iter(ROWS)) == len(ROWS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [tuple(map(unguarded, row)) for row in csv.reader(file)]
    assert read == [HEADS, *ROWS]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_json_lines_go_by_the_programs_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write(path, Format.JSONL, HEADS, NAMES, iter(ROWS))
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [
        dict(zip(NAMES, row, strict=True)) for row in ROWS
    ]


def test_a_sheet_holds_every_cell_as_the_text_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    texts = hostile()
    write(path, Format.XLSX, ("text",), ("text",), ((text,) for text in texts))
    assert [row[0] for row in sheet_of(path)[1:]] == texts
    from zipfile import ZipFile

    with ZipFile(path) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in name for name in parts.namelist())
    assert "<f>" not in xml
    assert "<hyperlink" not in xml


def test_no_payload_is_live_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    texts = hostile()
    write(path, Format.CSV, ("text",), ("text",), ((text,) for text in texts))
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert not [cell for cell in cells if cell.startswith(STARTERS)]
    assert [
        cell for cell, text in zip(cells, texts, strict=True) if cell != text and cell != MARK + text
    ] == []


def test_nothing_is_overwritten_and_a_file_that_failed_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(Refused, match=r"export\.exists"):
        write(path, Format.CSV, HEADS, NAMES, iter(ROWS))
    assert path.read_text() == "mine"

    def breaks() -> Iterator[tuple[str, str]]:
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "b.csv", Format.CSV, HEADS, NAMES, breaks())
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match=r"export\.unwritable"):
        write(tmp_path / "file" / "a.csv", Format.CSV, HEADS, NAMES, iter(ROWS))


@pytest.mark.parametrize(
    ("name", "wished", "form"),
    [("a.csv", "", "csv"), ("a.XLSX", "", "xlsx"), ("a.txt", "jsonl", "jsonl"), ("a", "CSV", "csv")],
)
def test_the_ending_or_a_wish_says_the_format(name: str, wished: str, form: str) -> None:
    assert format_of(Path(name), wished) == form


@pytest.mark.parametrize("name", ["a.pdf", "a", "csv"])
def test_a_format_nobody_can_write_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match=r"export\.format"):
        format_of(Path(name))
