"""How fast history comes in, and whether all of it does: ``python -m tests.bench.import``.

Takes the sample of repair records as often as told, each time under new ids, and reads it into an empty shop. Then
everything is counted twice: in the store, and in the file by ``csv`` alone.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import open_readonly
from aftersales_tui.views.imports import Order
from tests.bench.figures import line

SHARED = next(
    (up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir()), Path()
)
SAMPLE = SHARED / "repairs-2000.csv"
MAPPING = Path(__file__).parents[1] / "imports" / "repairs.map"
LEAST_ROWS, MOST_MEMORY = 3000, 300
FIXED = {"Fixed": "solved"}
"""The file's words for states that are not simply closed."""
COUNTS = {
    "category": "SELECT product, count(*) FROM ticket GROUP BY product",
    "brand": "SELECT d.brand, count(*) FROM ticket t JOIN device d ON d.shop_id = t.shop_id AND d.id = t.device_id"
    " GROUP BY d.brand",
    "status": "SELECT status, count(*) FROM ticket GROUP BY status",
}


def repeated(sample: Path, times: int, into: Path) -> None:
    """The sample so many times, each time with ids of its own."""
    with sample.open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    place = heads.index("id")
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for turn in range(times):
            writer.writerows([*row[:place], f"{row[place]}-{turn}", *row[place + 1 :]] for row in rows)


def mapping(file: Path = MAPPING) -> dict[str, str]:
    """What the columns of the sample mean, by heading."""
    told = (text.split("=") for text in file.read_text("utf-8").splitlines() if text.strip())
    return {theirs.strip(): ours.strip() for theirs, ours in told}


def take_in(store: Path, file: Path) -> dict[str, float]:
    """Read the file into a new shop; answers seconds and the greatest memory in MiB."""
    desk = open_desk(Settings(database=str(store), person="Bench", shop_name="Bench", zone="Asia/Shanghai"))
    began, busy = time.perf_counter(), time.process_time()
    run = desk.imports.begin(Order("tickets", file, "bench", mapping=mapping()))
    slowest = most = 0.0
    while not run.over:
        chunk = time.perf_counter()
        run.step(desk.act())
        slowest = max(slowest, time.perf_counter() - chunk)
        most = max(most, memory())
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    desk.close()
    return {
        "seconds": seconds,
        "busy": busy,
        "slowest": slowest,
        "memory": most,
        "rows": run.outcome.tally.new,
    }


def memory() -> float:
    """What this process holds in memory, its share of what it shares with others included (PSS), in MiB."""
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.exists():
        told = next(text for text in rollup.read_text().splitlines() if text.startswith("Pss:"))
        return int(told.split()[1]) / 1024
    import psutil

    return float(psutil.Process().memory_info().rss / 2**20)


def in_file(file: Path) -> Mapping[str, Counter[str]]:
    """The counts by ``csv`` alone."""
    found = {name: Counter[str]() for name in COUNTS}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            found["category"][row["product_category"].strip()] += 1
            found["brand"][row["brand"].strip()] += 1
            found["status"][FIXED.get(row["repair_status"].strip(), "closed")] += 1
    return found


def in_store(store: Path) -> Mapping[str, Counter[str]]:
    """The counts of what is in the shop."""
    connection = open_readonly(store)
    found = {name: Counter(dict(connection.execute(question))) for name, question in COUNTS.items()}
    connection.close()
    return found


def endings(store: Path) -> Iterator[tuple[str, int]]:
    """How often each of the file's own words for a state is kept with a ticket."""
    connection = open_readonly(store)
    for word in ("End of life", "Repairable", "Unknown"):
        kept = "SELECT count(*) FROM ticket WHERE memo = ? OR memo LIKE ? || char(10) || '%'"
        yield word, connection.execute(kept, (word, word)).fetchone()[0]
    connection.close()


def compare(store: Path, file: Path) -> bool:
    """Print both counts of everything; whether they are equal."""
    equal = True
    told, stored = in_file(file), in_store(store)
    for name in COUNTS:
        same = told[name] == stored[name]
        equal &= same
        print(f"by {name:<10} {len(told[name]):>4} values, {sum(told[name].values())} rows: {same=}")
        for value in (told[name] | stored[name]) if not same else ():
            if told[name][value] != stored[name][value]:
                print(f"   {value!r}: file {told[name][value]}, store {stored[name][value]}")
    with file.open(encoding="utf-8", newline="") as opened:
        words = Counter(row["repair_status"] for row in csv.DictReader(opened))
    for word, kept in endings(store):
        equal &= kept == words[word]
        print(f"   {word:<12} file {words[word]}, store {kept}")
    return equal


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--sample", type=Path, default=SAMPLE)
    parser.add_argument("--child", nargs=2, type=Path)
    told = parser.parse_args()
    if told.child:
        print(json.dumps(take_in(*told.child)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "records.csv", Path(folder) / "shop.db"
        repeated(told.sample, told.times, file)
        # A process of its own: its memory is that of an import and nothing else.
        command = [sys.executable, "-m", "tests.bench.import", "--child", str(store), str(file)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
        got = json.loads(ended.stdout.splitlines()[-1])
        line(f"{got['rows']:.0f} rows, in all", got["seconds"], "s")
        line("rows a second (at least 3000)", got["rows"] / got["seconds"], "/s")
        line("rows a second of its own time, others' work left out", got["rows"] / got["busy"], "/s")
        line("memory at most", got["memory"], "MiB", MOST_MEMORY)
        line("the slowest chunk, for which another seat waits", got["slowest"] * 1000, "ms")
        equal = compare(store, file)
    return 0 if equal and got["rows"] / got["seconds"] >= LEAST_ROWS and got["memory"] <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
