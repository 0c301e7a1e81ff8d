"""Text that was made to harm, through every column: stored cleaned, or refused with a reason (C12)."""

import json
from pathlib import Path

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import clean, visible
from aftersales_tui.exchange.guard import guarded
from aftersales_tui.exchange.layouts import Shape, taken_in
from tests.imports.files import stored, table, take
from tests.naughty import in_files

TABLES = {
    "customers": "customer",
    "devices": "device",
    "tickets": "ticket",
    "engineers": "staff",
    "promises": "sale_promise",
    "notes": "note",
}
NEEDED = {
    "customers": {"name": "x"},
    "devices": {"customer_name": "x", "product": "x"},
    "tickets": {"caller": "x", "fault": "x"},
    "engineers": {"name": "x"},
    "promises": {"customer_name": "x", "promised": "gift"},
    "notes": {"customer_name": "x", "note": "x"},
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_string_goes_through_every_text_column_cleaned_or_refused(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    texts = [
        column
        for column in taken_in(kind)
        if column.shape is Shape.TEXT
        and column.name not in {"kind", "channel", "status", "tier", "customer_kind", "role", "promised"}
    ]
    rows = [
        {**NEEDED[kind], **{column.name: guarded(text) for column in texts}, "source_id": f"N{place}"}
        for place, text in enumerate(in_files())
    ]
    outcome = take(desk, kind, table(tmp_path / f"{kind}.csv", rows))
    assert outcome.tally.rows == len(rows)
    assert outcome.tally.new + outcome.tally.changed + outcome.tally.rejected == len(rows)
    assert outcome.tally.new > len(rows) // 2
    for (row,) in stored(desk, f"SELECT json_array({columns(desk, TABLES[kind])}) FROM {TABLES[kind]}"):
        for value in json.loads(row):
            if isinstance(value, str):
                assert visible(value, multiline=True) == value, ascii(value)
                assert clean(value, 10_000, "x", multiline=True) == value


def test_a_text_is_stored_as_the_form_would_store_it(desk: Desk, tmp_path: Path) -> None:
    rows = [{"source_id": f"N{n}", "name": "x", "note": guarded(text)} for n, text in enumerate(in_files())]
    take(desk, "customers", table(tmp_path / "k.csv", rows))
    notes = dict(
        stored(
            desk,
            "SELECT k.source_id, c.note FROM import_key k JOIN customer c ON c.id = k.record_id",
        )
    )
    for place, text in enumerate(in_files()):
        try:
            meant = clean(text, 2000, "note", multiline=True)
        except Invalid:
            assert f"N{place}" not in notes
        else:
            assert notes[f"N{place}"] == meant, ascii(text)


def columns(desk: Desk, name: str) -> str:
    return ", ".join(row[1] for row in stored(desk, f"PRAGMA table_info({name})"))
