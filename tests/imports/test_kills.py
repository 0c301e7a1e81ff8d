"""``kill -9`` at any moment of an import: what was committed stays, the rest comes in, nothing comes twice."""

import subprocess
import sys
import time
from pathlib import Path

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import open_readonly
from tests.imports.files import all_of, stored

ROWS = 600
CHILD = """
import sys, time
from pathlib import Path
from aftersales_tui.bootstrap import open_desk
from aftersales_tui.desk.importing import run as running, work
from aftersales_tui.settings import Settings
from aftersales_tui.views.imports import Order
running.CHUNK = 20
real = work.Work.remember
def slowly(self, *args, **named):
    time.sleep(0.0005)
    real(self, *args, **named)
work.Work.remember = slowly
desk = open_desk(Settings(database=sys.argv[1], person="Kill"))
run = desk.imports.begin(Order("tickets", Path(sys.argv[2])))
while not run.over:
    run.step(desk.act())
    print("chunk", flush=True)
"""


def rows_in(store: Path) -> int:
    connection = open_readonly(store)
    found = connection.execute("SELECT count(*) FROM ticket").fetchone()[0]
    connection.close()
    return int(found)


def test_no_row_is_lost_and_none_comes_twice(shop_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    lines = [
        f"K{n % 50},A{n},客户{n % 50},1380013{n % 50:04},冰箱,响{n},2020-01-{n % 28 + 1:02}"
        for n in range(ROWS)
    ]
    file.write_text("客户编号,ID,报修人,电话,产品,故障,完成时间\n" + "\n".join(lines) + "\n", "utf-8")
    seen = [0]
    for chunks, moment in ((1, 0.004), (3, 0.0), (2, 0.009)):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(shop_file), str(file)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        for _ in range(chunks):
            child.stdout.readline()
        # A chunk takes some twenty milliseconds: this one dies between two, that one in the middle of the next.
        time.sleep(moment)
        child.kill()
        child.communicate()
        seen.append(rows_in(shop_file))
        assert seen[-1] % 20 == 0 or seen[-1] == ROWS, "a chunk is whole or not there"
    assert seen == sorted(seen)
    assert 0 < seen[-1] < ROWS, "the kills came too late or too soon to mean anything"
    desk = open_desk(Settings(database=str(shop_file), person="Kill"))
    outcome = all_of(desk, desk.imports.resume())
    assert (outcome.tally.rows, outcome.tally.new) == (ROWS, ROWS)
    assert stored(desk, "SELECT count(*), count(DISTINCT fault), max(number) - min(number) FROM ticket") == [
        (ROWS, ROWS, ROWS - 1)
    ]
    assert stored(desk, "SELECT count(*) FROM customer") == [(50,)]
    desk.close()
