"""An answer that never came: what was saved is not saved twice, what was not is saved after all (C12)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store import engine
from aftersales_tui.store.engine import Store
from aftersales_tui.views.tickets import QueueFilter
from tests.desk.day import Day
from tests.stores import FakeClock, Server, sit_down


def breaks(monkeypatch: pytest.MonkeyPatch, times: int, *, after: bool) -> None:
    """Let the connection break some times, before or after the commit."""
    whole, left = Store.writing, [times]

    @contextmanager
    def writing(self: Store) -> Iterator[Any]:
        with whole(self) as session:
            yield session
            if left[0] and not after:
                left[0] -= 1
                raise Unavailable("store.lost", why="")
        if left[0]:
            left[0] -= 1
            raise Unavailable("store.lost", why="")

    monkeypatch.setattr(Store, "writing", writing)


def saved(day: Day) -> list[int]:
    return [row.number for row in day.desk.queue.page(QueueFilter(), None, 10).rows]


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
def test_a_connection_that_broke_around_the_commit_leaves_one_ticket(
    day: Day, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    breaks(monkeypatch, 1, after=after)
    receipt = day.save(day.sheet())
    assert (receipt.number, receipt.version, saved(day)) == (1001, 1, [1001])
    assert day.desk.feed.latest() == 1


def test_a_connection_that_stays_broken_is_told_and_the_same_save_may_be_sent_again(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, 2, after=True)
    sheet = day.sheet()
    with pytest.raises(Unavailable, match=r"store\.lost"):
        day.save(sheet)
    assert day.save(sheet).number == 1001
    assert saved(day) == [1001]


FIRST_DEED = """
import sys
from tests.desk.day import Day
from tests.stores import FakeClock, sit_down
desk = sit_down(sys.argv[1], FakeClock())
day = Day(desk, desk.dispatch._shop.clock, sys.argv[1])
print(day.save(day.sheet(serial="SN1")).number)
desk.close()
"""


def test_the_first_deed_of_a_process_may_be_a_call(shop_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_DEED, str(shop_file)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("1001\n", "")


def test_a_server_that_ends_the_connection_in_the_middle_of_a_save_costs_nothing(
    shop_url: str, postgres: Server, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LONG_UNUSED", 0)
    desk = sit_down(shop_url, clock)
    day = Day(desk, clock, shop_url)
    sheet, shop = day.sheet(), desk.dispatch._shop
    ended = list[int]()

    def new_id(at: Any) -> int:
        if len(ended) == 2:
            postgres.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        ended.append(1)
        return clock.new_id(at)

    object.__setattr__(shop, "new_id", new_id)
    receipt = desk.intake.save(desk.act(write_id=sheet.call_id), sheet)
    assert len(ended) > 3
    assert (receipt.number, saved(day)) == (1001, [1001])
    desk.close()
