"""Seats: a place at the desk that one window holds at a time (C12)."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from aftersales_tui.tui.seat import Seat, take_seat

HOLD = """
import sys
from pathlib import Path
from aftersales_tui.tui.seat import take_seat
seat = take_seat(sys.argv[1], Path(sys.argv[2]))
print(seat.name, flush=True)
sys.stdin.read()
"""


def test_the_second_window_takes_the_next_seat(tmp_path: Path) -> None:
    first, second, third = (take_seat("", tmp_path) for _ in range(3))
    assert [seat.name for seat in (first, second, third)] == ["1", "2", "3"]
    second.leave()
    again = take_seat("", tmp_path)
    assert again.name == "2"
    for seat in (first, third, again):
        seat.leave()


@pytest.mark.parametrize("wished", ["front", "前台", "Front Desk / 1", "x" * 300])
def test_a_wished_name_is_taken_and_numbered(wished: str, tmp_path: Path) -> None:
    first, second = take_seat(wished, tmp_path), take_seat(wished, tmp_path)
    assert (first.name, second.name) == (wished, f"{wished}-2")
    first.leave()
    second.leave()


def test_names_that_differ_in_case_are_two_seats(tmp_path: Path) -> None:
    first, second = take_seat("front", tmp_path), take_seat("Front", tmp_path)
    assert (first.name, second.name) == ("front", "Front")
    first.leave()
    second.leave()


def test_a_seat_is_free_again_when_its_process_was_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, "front", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "front"
        beside = take_seat("front", tmp_path)
        assert beside.name == "front-2"
        holder.kill()
        holder.wait()
        after = take_seat("front", tmp_path)
        assert after.name == "front"
    beside.leave()
    after.leave()


def test_a_window_that_cannot_lock_still_works(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert take_seat("front", file).name == "front"
    assert take_seat("", file).name == "1"


def test_what_is_told_once_a_day_is_told_once_at_each_seat(tmp_path: Path) -> None:
    today = date(2026, 11, 25)
    first, second = take_seat("", tmp_path), take_seat("", tmp_path)
    assert [first.first_of_day("holidays", today) for _ in range(2)] == [True, False]
    assert second.first_of_day("holidays", today)
    first.leave()
    again = take_seat("", tmp_path)
    assert not again.first_of_day("holidays", today)
    assert again.first_of_day("holidays", today + timedelta(days=1))
    assert Seat("x").first_of_day("holidays", today)
    again.leave()
    second.leave()
