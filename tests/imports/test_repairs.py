"""Real records with their dirt: all of them come in, and the counts are those of the file."""

import csv
from importlib import import_module
from pathlib import Path

from aftersales_tui.desk.desk import Desk
from aftersales_tui.lexicon.keys import name_key
from tests.imports.files import count, stored, take
from tests.imports.shared import RECORDS, needs_shared

bench = import_module("tests.bench.import")
pytestmark = needs_shared


def test_every_record_comes_in_and_the_counts_are_those_of_the_file(desk: Desk, shop_file: Path) -> None:
    outcome = take(desk, "tickets", RECORDS, mapping=bench.mapping())
    with RECORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (outcome.tally.rows, outcome.tally.new, outcome.tally.rejected) == (len(rows), len(rows), 0)
    assert bench.in_store(shop_file) == bench.in_file(RECORDS)
    assert dict(bench.endings(shop_file))["Unknown"] == sum(row["repair_status"] == "Unknown" for row in rows)
    assert count(desk, "ticket", "is_open = 1") == count(desk, "contact") == count(desk, "promise") == 0
    assert stored(desk, "SELECT bought, to_verify LIKE '%bought%' FROM ticket WHERE bought = '1015'") == [
        ("1015", 1)
    ]
    places = {name_key(f"{row['data_provider']} {row['group_identifier']}") for row in rows}
    assert count(desk, "customer") == len(places)


def test_a_file_that_lacks_two_of_the_columns_works_too(desk: Desk, tmp_path: Path) -> None:
    left_out = {"product_age", "repair_barrier_if_end_of_life"}
    with RECORDS.open(encoding="utf-8", newline="") as file:
        rows = [{k: v for k, v in row.items() if k not in left_out} for row in csv.DictReader(file)][:300]
    path = tmp_path / "other.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    mapping = {theirs: ours for theirs, ours in bench.mapping().items() if theirs not in left_out}
    assert take(desk, "tickets", path, mapping=mapping).tally.new == 300
