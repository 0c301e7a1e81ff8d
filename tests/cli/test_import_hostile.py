"""Headings and names of sheets that were made to harm: shown as letters, and a column of such a name can be mapped."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from xlsxwriter import Workbook

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import clean, visible
from aftersales_tui.exchange.guard import guarded
from aftersales_tui.tui.terminal.controls import UNSAFE
from tests.cli.conftest import Shell
from tests.naughty import in_files, kinds

MOST = 150
"""Headings of one file; two hundred columns are a table, more are none."""
MAPPED = (
    "[/]",
    "-",
    "=1+1",
    "@SUM(1)",
    "{name} %s %(x)d $HOME `id`",
    "' OR 1=1; DROP TABLE ticket; --",
    "a\x00b",
)


def harmful() -> list[str]:
    """Strings of each kind that make a heading; one of figures alone would be a row of data."""
    found = [*MAPPED, *(text for text in kinds() if text in set(in_files()) and text.strip())]
    return [one for one in dict.fromkeys(found) if any(map(str.isalpha, one)) or len(one) < 5][:MOST]


def shown(heading: str) -> str:
    """A heading as it stands in the look at a file."""
    text = " ".join(heading.split())
    try:
        return clean(text, 100_000, "heading")[:200]
    except Invalid:
        return visible(text)[:200]


def as_csv(path: Path, heads: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([list(map(guarded, heads)), ["张三", *["x"] * (len(heads) - 1)]])
    return path


def as_sheets(path: Path, heads: Sequence[str]) -> Path:
    """A workbook whose sheets bear harmful names; the first of them is empty, as the first one often is."""
    names = [one[:31] for one in harmful() if all(map(_is_xml, one))][:20]
    plain = path.with_suffix(".plain")
    book = Workbook(str(plain), {"strings_to_formulas": False, "strings_to_urls": False})
    sheets = [book.add_worksheet(f"S{place}") for place in range(len(names))]
    for column, head in enumerate(heads):
        sheets[1].write_string(0, column, "".join(filter(_is_xml, head)))
        sheets[1].write_string(1, column, "x" if column else "张三")
    book.close()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            held = old.read(part).decode()
            for place, name in enumerate(names):
                held = held.replace(f'name="S{place}"', f"name={quoteattr(name)}")
            new.writestr(part, held)
    return path


def _is_xml(character: str) -> bool:
    return character >= " " and not "\ufffe" <= character <= "\uffff"


def cells_of(out: str) -> Iterator[str]:
    for line in out.splitlines():
        yield line
        assert UNSAFE.search(line) is None, ascii(line)


def test_harmful_headings_and_names_of_sheets_are_shown_as_letters_and_can_be_mapped(
    shell: Shell, home: Path
) -> None:
    heads = ["Name", *harmful()]
    assert len(heads) > 40
    for path in (as_csv(home / "k.csv", heads), as_sheets(home / "k.xlsx", heads)):
        tried = shell("import", "customers", str(path), "--dry-run")
        assert (tried.code, tried.err) == (0, ""), path
        lines = list(cells_of(tried.out))
        for head in heads:
            plain = shown("".join(filter(_is_xml, head)) if path.suffix == ".xlsx" else head)
            assert not plain or any(line.startswith(plain) for line in lines), ascii(head)
        for head in MAPPED:
            plain = shown("".join(filter(_is_xml, head)) if path.suffix == ".xlsx" else head)
            (told,) = shell(
                "import", "customers", str(path), "--map", f"{plain}=route_note", "--dry-run", "--json"
            ).records()
            assert told["first"][0]["route_note"] == "x", ascii(head)
        place = 1 + heads.index("=1+1")
        came = shell("import", "customers", str(path), "--map", f"#{place}=note", "--keep-rest", "--json")
        assert came.records()[0]["tally"]["rejected"] == 0, came.out
        list(cells_of(shell("import", "list").out))
        list(cells_of(shell("file", "张三").out))
