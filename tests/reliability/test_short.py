"""The short form of what ``python -m tests.reliability`` does at length."""

from pathlib import Path

from tests.reliability.kills import kill_often
from tests.reliability.races import race


def test_a_killed_desk_keeps_what_it_acknowledged_and_offers_what_was_typed(tmp_path: Path) -> None:
    toll = kill_often(tmp_path, 4, seed=3)
    assert toll.kills == 4
    assert not toll.lost_tickets
    assert not toll.lost_drafts
    assert not toll.damage
    assert toll.offered + len(toll.acknowledged) > 0


def test_two_processes_on_one_ticket_lose_no_update(tmp_path: Path) -> None:
    told = race(str(tmp_path / "race.db"), 30)
    assert told.acknowledged == told.entries == 60
    assert told.version == 61
