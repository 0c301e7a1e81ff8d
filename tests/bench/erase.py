"""How long a customer's erasing takes, and who waits for it: ``python -m tests.bench.erase`` (U4).

On a copy of a demo shop, which is removed afterwards, two customers are erased: one with a ticket and a rare name,
one with many tickets and a name that many have. Beside it another process takes calls all the time, as another
seat does, and tells how long each save has taken; a save that is refused is counted. A bare look for the name through
every byte of the file says what the machine takes at least.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import event

from aftersales_tui.bootstrap import clock, fresh_id, open_desk
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import open_readonly
from tests.bench.figures import line, median
from tests.bench.search import shop_of
from tests.grep import grep

TICKETS = 100_000
MEBIBYTE = 1 << 20
PAUSE = 0.05
"""Seconds between two calls of the other seat."""
CALM = 2.0
"""Seconds for which the other seat takes calls before anything is erased."""
_MANY = """
SELECT customer_id, count(*) AS many FROM ticket GROUP BY customer_id
HAVING sum(is_open) = 0 ORDER BY many DESC LIMIT 500
"""
_FEW = """
SELECT customer_id, count(*) AS many FROM ticket GROUP BY customer_id
HAVING sum(is_open) = 0 AND many = 1 ORDER BY customer_id LIMIT 500
"""
_NAMESAKES = """
SELECT count(*) FROM caller_key WHERE shop_id = 1 AND key IN (
    SELECT key FROM caller_key WHERE shop_id = 1 AND key >= 'n:' AND key < 'n;' AND customer_id = ?
) AND device_id = 0
"""


_by_cpu = False
"""Whether what is wanted is compared with the time of the thread alone."""


def copy_of(tickets: int, place: Path) -> Path:
    """A copy of a shop of that size that lies there from another bench, else of a new one."""
    folder = Path(tempfile.gettempdir()) / "aftersales-bench"
    made = next((one for one in (folder / f"{tickets}.db",) if one.exists()), None) or shop_of(tickets)
    return Path(shutil.copy(made, place / "erased.db"))


def settings(path: Path) -> Settings:
    """Of the copy."""
    return Settings(database=str(path), person="bench", country="CN", area_code="0755")


def seat(path: Path, stop: Path) -> None:
    """Take calls until a file is there; prints how long each took, in milliseconds, or why it was refused."""
    with closing(open_desk(settings(path), "2")) as desk:
        print("ready", flush=True)
        number = 0
        while not stop.exists():
            number += 1
            said = {
                Field.CALLER: f"另座{number}",
                Field.PHONE: f"1590000{number:04}",
                Field.FAULT: "不制冷",
                Field.ADDRESS: f"另座路{number}号",
            }
            sheet = CallSheet(fresh_id(), "repair", "phone", clock(), said)
            began = time.perf_counter()
            code = ""
            try:
                desk.intake.save(desk.act(write_id=sheet.call_id), sheet)
            except DomainError as error:
                code = error.code
            print(json.dumps([time.time(), (time.perf_counter() - began) * 1000, code]), flush=True)
            time.sleep(PAUSE)


@contextmanager
def beside(path: Path) -> Iterator[list[Any]]:
    """Another seat at work; afterwards the list tells when each of its calls was saved, how long, and why not."""
    stop, took = path.with_name("stop"), list[Any]()
    stop.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.bench.erase", "--seat", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        time.sleep(CALM)
        try:
            yield took
        finally:
            stop.touch()
            took += [json.loads(told) for told in other.stdout]


class Memory:
    """The most memory that this process has while something is done."""

    def __enter__(self) -> "Memory":
        self._own, self._over = psutil.Process(), threading.Event()
        self.before = self.most = self._own.memory_info().rss
        self._watch = threading.Thread(target=self._look)
        self._watch.start()
        return self

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.most = max(self.most, self._own.memory_info().rss)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    @property
    def grown(self) -> float:
        """In MiB."""
        return float(self.most - self.before) / MEBIBYTE


@contextmanager
def heard(desk: Desk) -> Iterator[list[tuple[float, str]]]:
    """The statements of a desk that take longest, in milliseconds."""
    shop: Any = desk.dispatch._shop
    took, begun = list[tuple[float, str]](), list[float]()

    def before(*_: Any) -> None:
        begun.append(time.perf_counter())

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        took.append(((time.perf_counter() - begun.pop()) * 1000, " ".join(statement.split())[:150]))

    event.listen(shop.store.engine, "before_cursor_execute", before)
    event.listen(shop.store.engine, "after_cursor_execute", after)
    try:
        yield took
    finally:
        event.remove(shop.store.engine, "before_cursor_execute", before)
        event.remove(shop.store.engine, "after_cursor_execute", after)


def timed(what: str, deed: Callable[[], Any], wanted: float | None = None) -> Any:
    """Do something, and say how many seconds it took and how much memory."""
    with Memory() as memory:
        began, ran = time.perf_counter(), time.thread_time()
        answer = deed()
        took, ran = time.perf_counter() - began, time.thread_time() - ran
    line(what, took, "s", None if _by_cpu else wanted)
    line(f"{what}, time of this thread alone", ran, "s", wanted if _by_cpu else None)
    line(f"{what}, memory more", memory.grown, "MiB", 64)
    return answer


def erase(path: Path, customer_id: int, who: str, *, slow: bool) -> None:
    """Erase one customer beside another seat, and tell what both have seen of it."""
    with closing(open_desk(settings(path))) as desk:
        seen = timed(f"{who}: preview", lambda: desk.erasing.preview(customer_id), 1)
        print(f"    {seen.file.name}: {dict(seen.goes)}")
        began = time.perf_counter()
        found = grep([path], [seen.file.name])
        line(f"{who}: a bare look through every byte (found: {len(found)})", time.perf_counter() - began, "s")
        with beside(path) as took, heard(desk) as said:
            start = time.time()
            sighting = timed(f"{who}: look", lambda: desk.erasing.look(customer_id), 3)
            looked = time.time()
            timed(
                f"{who}: erase",
                lambda: desk.erasing.erase(desk.act(), seen.file, seen.file.name, "bench", sighting),
                1,
            )
            middle = time.time()
            swept = timed(f"{who}: sweep", desk.erasing.sweep)
            end = time.time()
        if slow:
            for one in sorted(said, reverse=True)[:8]:
                print(f"    {one[0]:8.0f} ms  {one[1]}")
    waits = (
        ("before", 0.0, start),
        ("looked for", start, looked),
        ("erased", looked, middle),
        ("swept", middle, end),
    )
    for what, first, last in waits:
        # One that began meanwhile counts, whenever it was saved.
        calls = [one for one in took if one[0] >= first and one[0] - one[1] / 1000 < last]
        refused = [one[2] for one in calls if one[2]]
        if calls:
            longest = max(one[1] for one in calls)
            line(f"{who}: another seat's save, {what}, p50", median([one[1] for one in calls]), "ms")
            line(f"{who}: another seat's save, {what}, longest", longest, "ms", 1000)
            line(f"{who}: of {len(calls)} saves refused {set(refused) or ''}", len(refused), "", 0)
    line(f"{who}: not swept", float(not swept), "", 0)


def chosen(path: Path) -> tuple[int, int]:
    """A customer with one ticket whose name few others have, and one with many whose name many have."""
    with closing(open_readonly(path)) as store:

        def namesakes(customer_id: int) -> int:
            return int(store.execute(_NAMESAKES, (customer_id,)).fetchone()[0])

        few = min(store.execute(_FEW), key=lambda one: namesakes(one[0]))[0]
        many = max(store.execute(_MANY), key=lambda one: (namesakes(one[0]) > 5, one[1]))[0]
    return few, many


def main() -> None:
    """Measure and print."""
    global _by_cpu
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument("--slow", action="store_true", help="name the statements that take longest")
    parser.add_argument(
        "--cpu", action="store_true", help="judge the time of the thread alone, on a machine that is shared"
    )
    parser.add_argument("--seat", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    _by_cpu = given.cpu
    if given.seat:
        with suppress(KeyboardInterrupt, BrokenPipeError):
            seat(given.seat, given.seat.with_name("stop"))
        return
    with tempfile.TemporaryDirectory(prefix="aftersales-erase-") as folder:
        path = copy_of(given.tickets, Path(folder))
        few, many = chosen(path)
        for customer_id, who in ((few, "one ticket"), (many, "many tickets")):
            erase(path, customer_id, who, slow=given.slow)


if __name__ == "__main__":
    main()
