"""How fast anything is found in a large shop: ``python -m tests.bench.search`` (issue 3, item 3; C3).

Builds a demo shop of a million tickets in the temporary folder, or takes the one that lies there from the last run.
Fifty queries of two to eight characters go through the desk as the screen sends them, in turn, many times over; the
first round, which meets a cold cache, is told apart.
"""

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.demo.make import make_demo
from aftersales_tui.desk.desk import Desk
from aftersales_tui.settings import Settings
from aftersales_tui.views.tickets import CEILING, Counts
from tests.bench.figures import line, median, p95

TICKETS = 1_000_000
ROUNDS = 12
_clock = time.perf_counter
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
MEBIBYTE = 1 << 20
COMMON = (
    "冰箱", "空调", "漏水", "上门", "维修", "洗衣机", "不制冷", "热水器", "城东区", "3号楼", "2单元", "朝阳路",
    "冰箱 维修", "空调 上门", "城东区 漏水", "投影仪", "bcd-215", "kfr-72", "tv", "fridge", "water", "1390", "138",
    "张伟", "李娜", "電視", "冰櫃", "8室",
)  # fmt: skip
"""In many records: the newest forty are soon found."""
RARE = (
    "张伟 冰箱", "欧阳 漏水", "徐雪梅 空调", "促销 电视", "1801室 徐", "投影仪 漏水", "王立新 3室", "water 张",
    "pj17 漏水", "302室 沈", "2370 冰箱", "经销商 冰箱", "沈晓梅 12号", "kfr 投影仪", "大桥路 李娜",
)  # fmt: skip
"""Words that are seldom together: many candidates, few answers."""
NONE = ("覃家骏", "xyzzy", "不存在的", "冰箱 覃骉", "99999999", "qqq 冰箱", "魑魅魍魉")
QUERIES = (*COMMON, *RARE, *NONE)


def shop_of(tickets: int) -> Path:
    """The demo shop of that size; made once, for it takes some minutes."""
    made = Path(tempfile.gettempdir()) / "aftersales-bench" / f"search-{tickets}.db"
    if not made.exists():
        began = time.perf_counter()
        make_demo(made, tickets, NOW)
        line(f"making {tickets} tickets", time.perf_counter() - began, "s")
    return made


def timed(deeds: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each."""
    took = []
    for deed in deeds:
        began = _clock()
        deed()
        took.append((_clock() - began) * 1000)
    return took


def tell(what: str, took: Sequence[float], wanted: float, most: float | None = None) -> None:
    """The median, the 95th percentile and the longest."""
    line(f"{what}, p50", median(took), "ms")
    line(f"{what}, p95", p95(took), "ms", wanted)
    line(f"{what}, max", max(took), "ms", most)


def searches(desk: Desk) -> None:
    """The search page, by what is looked for."""
    cold = timed([partial(desk.search.find, query) for query in QUERIES])
    line("search page, the first time, p50", median(cold), "ms")
    line("search page, the first time, max", max(cold), "ms")
    order = random.Random(1)
    for what, queries, wanted in (
        ("common", COMMON, 5),
        ("rare together", RARE, 15),
        ("none found", NONE, 15),
    ):
        asked = [query for _ in range(ROUNDS) for query in order.sample(queries, len(queries))]
        took = timed([partial(desk.search.find, query) for query in asked])
        tell(f"search page, {what} ({len(queries)} queries)", took, wanted, 15)
        slow = sorted({query: one for query, one in zip(asked, took, strict=True) if one > wanted}.items())
        if slow:
            print("   ", ", ".join(f"{query} {one:.1f}" for query, one in slow))


def lookups(desk: Desk, phones: Sequence[str]) -> None:
    """The caller while the telephone rings."""
    whole = [phone.removeprefix("+86") for phone in phones]
    timed([partial(desk.intake.callers, typed) for typed in whole[:50]])
    tell("caller by full number", timed([partial(desk.intake.callers, typed) for typed in whole]), 2, 15)
    last = [typed[-4:] for typed in whole]
    timed([partial(desk.intake.callers, typed) for typed in last[:50]])
    tell("caller by four last digits", timed([partial(desk.intake.callers, typed) for typed in last]), 2, 15)


def recounted(desk: Desk) -> Counts:
    """The counts of the top line by counting every row."""
    shop: Any = desk.dispatch._shop
    at = int(shop.clock().timestamp() * 1000)
    with shop.reading() as connection:

        def count(statement: str) -> int:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {statement}").scalar_one())

        found = (
            count("ticket WHERE +is_open = 1 AND status = 'new'"),
            count(f"ticket WHERE +is_open = 1 AND urgent_at < {at}"),
            count(f"contact WHERE +is_open = 1 AND due_at <= {at}"),
            count("ticket WHERE +is_open = 1 AND status = 'on_the_road'"),
        )
    return Counts(*(min(one, CEILING + 1) for one in found))


def main() -> None:
    """Measure and print."""
    global _clock
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument(
        "--cpu", action="store_true", help="time of this thread alone, on a machine that is shared"
    )
    given = parser.parse_args()
    _clock = time.thread_time if given.cpu else _clock
    path = shop_of(given.tickets)
    settings = Settings(database=str(path), person="bench", country="CN", area_code="0755")
    with closing(open_desk(settings)) as desk:
        desk.search.find("冰箱")
        # As the app does once its first screen stands.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 50, 1000)
        shop: Any = desk.dispatch._shop
        with shop.reading() as connection:
            some = connection.exec_driver_sql("SELECT e164 FROM phone WHERE id % 97 = 5 LIMIT 300")
            phones = [row[0] for row in some]
        searches(desk)
        lookups(desk, phones)
        tell("counts on the top line", timed([desk.queue.counts] * 400), 0.5, 15)
        line("counts that differ from a recount", float(desk.queue.counts() != recounted(desk)), "", 0)
        before = psutil.Process().memory_info().rss
        for _ in range(20):
            timed([partial(desk.search.find, query) for query in QUERIES])
        grown = (psutil.Process().memory_info().rss - before) / MEBIBYTE
        line(f"memory after 1,000 more searches ({before / MEBIBYTE:.0f} MiB before)", grown, "MiB", 2)


if __name__ == "__main__":
    main()
