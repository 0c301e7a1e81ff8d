"""How fast the store answers, beside the same SQL by the bare driver: ``python -m tests.bench.store``.

Builds a demo shop of 100,000 tickets in a temporary folder, or takes the one that lies there from the last run. What
is compared is measured in rotated order, so that neither always runs on the other's warm caches.
"""

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Any

from sqlalchemy import event

from aftersales_tui.bootstrap import clock, fresh_id, open_desk
from aftersales_tui.demo.make import make_demo
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import prepare, sqlite_driver
from aftersales_tui.views.tickets import PageKey, QueueFilter
from tests.bench.figures import line, median, p95

ROUNDS = 200
Deed = Callable[[], object]
Said = list[tuple[str, Any]]


def shop_of(tickets: int, place: Path) -> Path:
    """A copy of a demo shop of that size; the shop itself is made once, for it takes half a minute."""
    folder = Path(tempfile.gettempdir()) / "aftersales-bench"
    made = folder / f"{tickets}.db"
    if not made.exists():
        began = time.perf_counter()
        make_demo(made, tickets)
        line(f"making {tickets} tickets", time.perf_counter() - began, "s")
    return Path(copy(made, place / "measured.db"))


@contextmanager
def heard(desk: Desk) -> Any:
    """What the desk says to the store meanwhile."""
    said: Said = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, values))

    shop: Any = desk.dispatch._shop
    event.listen(shop.store.engine, "before_cursor_execute", hear)
    yield said
    event.remove(shop.store.engine, "before_cursor_execute", hear)


def bare(raw: Any, said: Said) -> Deed:
    """The same statements by the driver alone, in one transaction like the desk's."""

    def ask() -> None:
        raw.execute("BEGIN")
        for statement, values in said:
            raw.execute(statement, values).fetchall()
        raw.execute("COMMIT")

    return ask


def timed(deeds: Sequence[Deed]) -> list[float]:
    """The time of each, one after the other."""
    took = []
    for deed in deeds:
        began = time.perf_counter()
        deed()
        took.append((time.perf_counter() - began) * 1000)
    return took


def beside(desk: Desk, raw: Any, questions: Sequence[Deed]) -> tuple[list[float], list[float]]:
    """The desk's questions and the same by the bare driver, taking turns at going first; milliseconds."""
    ours, theirs = list[float](), list[float]()
    for turn, question in enumerate(questions):
        with heard(desk) as said:
            question()
        for first in (turn % 2, 1 - turn % 2):
            if first:
                ours += timed([question])
            else:
                theirs += timed([bare(raw, said)])
    return ours, theirs


def in_turn(makers: Sequence[Deed]) -> list[Deed]:
    return [makers[turn % len(makers)] for turn in range(ROUNDS)]


def pages(desk: Desk) -> list[Deed]:
    edge = desk.queue.page(QueueFilter(), None, 40).rows[-1]
    assert edge.urgent_at is not None
    after = PageKey(edge.urgent_at, edge.ticket_id)
    return in_turn(
        [
            lambda: desk.queue.page(QueueFilter(), None, 40),
            lambda: desk.queue.page(QueueFilter(), after, 40),
        ]
    )


def sheet(number: int, at: datetime) -> CallSheet:
    """A call of somebody new, with all that dispatch needs."""
    answers = {
        Field.CALLER: f"欧阳{number}",
        Field.PHONE: f"139{number:08}",
        Field.ADDRESS: f"南山区科技园{number}号",
        Field.ZONE: "南山",
        Field.PRODUCT: "冰箱",
        Field.MODEL: "BCD-215",
        Field.SERIAL: f"SN{number:07}",
        Field.FAULT: "不制冷，压缩机不启动",
        Field.WANTED: "上门维修",
        Field.WHEN_WANTED: "明天下午",
        Field.BOUGHT: "2024年5月",
    }
    return CallSheet(fresh_id(), "repair", "phone", at, answers)


def saving(desk: Desk) -> list[float]:
    """Milliseconds of each saved call, synced to the disk."""
    desk.warm()
    desk.intake.warm()
    start = random.randrange(10_000_000)
    sheets = [sheet(start + number, clock()) for number in range(ROUNDS)]
    for one in sheets:
        # The form has asked this at every key before anybody saves.
        desk.intake.implausible(one)
    return timed([partial(desk.intake.save, desk.act(write_id=one.call_id), one) for one in sheets])


def syncing(raw: Any) -> list[float]:
    """Milliseconds of the least write there can be, by the bare driver: what the disk alone takes."""

    def write() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT OR REPLACE INTO counter VALUES (1, 'bench', abs(random()))")
        raw.execute("COMMIT")

    return timed([write] * ROUNDS)


def desk_size(desk: Desk) -> int:
    """How many tickets there are."""
    shop: Any = desk.dispatch._shop
    with shop.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one())


def report(desk: Desk, raw: Any) -> None:
    """Print every figure."""
    dice = random.Random(1)
    rows = desk.queue.page(QueueFilter(), None, 500).rows
    ids = [row.ticket_id for row in rows]
    ids += [desk.dispatch.by_number(dice.randrange(1001, 1001 + desk_size(desk))) for _ in ids]
    typed = ["8000", "张", "zs", "wangf", "1380013", "李四", "T-50000", "138001", "0755", "SN12"]
    asked: list[Deed] = [partial(desk.intake.callers, dice.choice(typed)) for _ in range(ROUNDS)]
    opened: list[Deed] = [partial(desk.dispatch.ticket, dice.choice(ids)) for _ in range(ROUNDS)]
    for what, questions in (
        ("queue page", pages(desk)),
        ("contact page", in_turn([lambda: desk.contacts.due(None, 40)])),
        ("counts", in_turn([desk.queue.counts])),
    ):
        ours, theirs = beside(desk, raw, questions)
        line(f"{what}: desk, median ({median(theirs):.2f} bare)", median(ours), "ms")
        line(
            f"{what}: desk to bare driver", median(ours) / median(theirs), "x", 3 if "page" in what else None
        )
    for what, questions in (("caller lookup", asked), ("ticket", opened)):
        ours, theirs = beside(desk, raw, questions)
        line(f"{what}: desk, p95 ({p95(theirs):.2f} bare)", p95(ours), "ms")
        line(f"{what}: desk above bare driver, p95", p95(ours) - p95(theirs), "ms", 1)
    disk, saved = syncing(raw), saving(desk)
    line(f"saving a call, median ({median(disk):.2f} the disk alone)", median(saved), "ms")
    line(f"saving a call, p95 ({p95(disk):.2f} the disk alone)", p95(saved), "ms", 4)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=100_000)
    with tempfile.TemporaryDirectory() as place:
        path = shop_of(parser.parse_args().tickets, Path(place))
        with closing(sqlite_driver().connect(str(path))) as raw:
            prepare(raw)
            with closing(open_desk(Settings(database=str(path), person="bench"))) as desk:
                # As the app does once its first screen stands.
                gc.collect()
                gc.freeze()
                gc.set_threshold(100_000, 50, 1000)
                report(desk, raw)


if __name__ == "__main__":
    main()
