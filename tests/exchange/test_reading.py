"""Files of other programs as rows of plain text: dialects, encodings, sheets, and files made to harm."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.exchange import reading
from aftersales_tui.exchange.encodings import called
from aftersales_tui.exchange.reading import lines, open_table, write_csv
from tests.imports.shared import NAUGHTY, needs_shared

SIMPLIFIED = "姓名,电话,地址\n张三,13800138000,南山区科技园3号\n李小龙,0755-88888888,罗湖区东门\n"
TRADITIONAL = "姓名,電話,地址\n王小明,0912345678,台北市信義區松高路1號\n陳大文,02-2345678,新北市板橋區\n"
MISTAKEN = {("location_coordinates", "Contact Phone Number")}
"""The set's own two files differ here."""


def put(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def cells(path: Path, encoding: str = "") -> list[tuple[str, ...]]:
    return [line.cells for line in lines(open_table(path, encoding))]


def refusal(path: Path, encoding: str = "") -> str:
    with pytest.raises(DomainError) as refused:
        cells(path, encoding)
    return refused.value.code


@needs_shared
@pytest.mark.parametrize(
    "name", [path.stem for path in sorted((NAUGHTY / "csv-spectrum" / "csvs").glob("*.csv"))]
)
def test_every_dialect_of_the_spectrum_reads_as_it_is_meant(name: str) -> None:
    table = open_table(NAUGHTY / "csv-spectrum" / "csvs" / f"{name}.csv")
    meant = json.loads((NAUGHTY / "csv-spectrum" / "json" / f"{name}.json").read_text("utf-8"))
    found = [dict(zip(table.headings, line.cells, strict=True)) for line in lines(table)]
    for row in (*found, *([meant] if isinstance(meant, dict) else meant)):
        for file, heading in MISTAKEN:
            if file == name:
                row.pop(heading)
    assert found == ([meant] if isinstance(meant, dict) else meant)


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "cp950", "big5"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("name,phone\nAnn,1\n", "ascii", "utf-8"),
    ],
)
def test_the_ladder_finds_the_encoding(tmp_path: Path, text: str, written: str, found: str) -> None:
    table = open_table(put(tmp_path, text, written))
    assert table.encoding == found
    assert table.headings == tuple(text.splitlines()[0].split(","))
    assert [line.cells for line in lines(table)] == [tuple(row.split(",")) for row in text.splitlines()[1:]]


def test_a_person_may_say_another_encoding_in_any_spelling(tmp_path: Path) -> None:
    path = put(tmp_path, TRADITIONAL, "cp950")
    assert cells(path, "Big-5") == cells(path)
    assert cells(path, "GBK") != cells(path)
    assert [called(name) for name in ("GBK", "gb2312", "UTF8", "cp950")] == [
        "gb18030",
        "gb18030",
        "utf-8",
        "big5",
    ]
    assert refusal(path, "latin9") == "import.no_encoding"
    assert refusal(path, "utf-8") == "import.wrong_encoding"


def test_lines_are_counted_where_they_begin_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    path = put(tmp_path, 'a;b\n1;"two\nlines"\n;\n\n3;4\n')
    assert [(line.number, line.cells) for line in lines(open_table(path))] == [
        (2, ("1", "two\nlines")),
        (6, ("3", "4")),
    ]


def test_a_title_over_the_table_is_no_heading(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, "客户资料,,\n,,\n姓名,电话,\n张三,1,\n"))
    assert (table.headings, table.heading_line) == (("姓名", "电话"), 3)


def test_the_guard_against_formulas_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ("a", "b"), [("=1+1", "'=x"), ("plain", "'quoted'")])
    assert "'=1+1" in path.read_text("utf-8-sig")
    assert cells(path) == [("=1+1", "'=x"), ("plain", "'quoted'")]


def test_a_sheet_reads_like_the_same_csv(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet()
    sheet = book.add_worksheet()
    dated = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(2, 0, ["姓名", "电话", "购买日期", "时间", "数"])
    sheet.write_string(3, 0, "=1+1")
    sheet.write_number(3, 1, 13800138000)
    sheet.write_datetime(3, 2, datetime(2024, 5, 3), dated)
    sheet.write_datetime(3, 3, datetime(2024, 5, 3, 14, 5), dated)
    sheet.write_number(3, 4, 1.5)
    book.close()
    table = open_table(path)
    assert (table.form, table.headings[:2]) == ("xlsx", ("姓名", "电话"))
    assert [(line.number, line.cells) for line in lines(table)] == [
        (4, ("=1+1", "13800138000", "2024-05-03", "2024-05-03 14:05:00", "1.5"))
    ]


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (b"", "import.empty"),
        (b"\n\n \n", "import.empty"),
        (b",,,\n,,\n", "import.empty"),
        (b"%PDF-1.4 and so on", "import.not_a_table"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "import.not_a_table"),
        (b"a,b\n\x00\x01\x02\n", "import.not_text"),
        (b"a,b\n\xff\xff\xff,1\n", "import.not_text"),
        (b"PK\x03\x04 but no zip", "import.sheet_unreadable"),
        ("张三,13800138000,南山\n李四,13900139000,福田\n".encode(), "import.no_header"),
        (b",".join([b"h"] * 300) + b"\n", "import.too_wide"),
        (b'a,b\n1,"' + b"x" * 200_000, "import.field_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path: Path, held: bytes, code: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(held)
    assert refusal(path) == code


def test_a_zip_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 3_000_000)
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 1 << 20)
    assert refusal(path) == "import.zip_too_large"


def test_a_file_that_is_missing_a_folder_or_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(tmp_path / "nothing.csv") == "import.not_found"
    assert refusal(tmp_path) == "import.not_a_table"
    path = put(tmp_path, SIMPLIFIED)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "open", locked)
    assert refusal(path) == "import.locked"


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "out.csv"
    with pytest.raises(DomainError) as refused:
        write_csv(path, ("a",), [("1",)])
    assert refused.value.code == "import.unwritable"
    assert list(tmp_path.iterdir()) == []
