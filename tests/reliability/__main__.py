"""The long form: ``python -m tests.reliability [--kills 200] [--changes 600] [--seed 1]``."""

import argparse
import tempfile
from pathlib import Path

from tests.reliability.kills import kill_often
from tests.reliability.races import race


def main() -> None:
    """Kill, race, and print what it has cost; the exit code is 1 when anything was lost."""
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--changes", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="aftersales-reliability-"))
    raced = race(str(folder / "race.db"), given.changes // 2)
    print(f"race: {raced}")
    toll = kill_often(folder, given.kills, given.seed)
    print(
        f"kills: {toll.kills}, acknowledged tickets: {len(toll.acknowledged)}, of them lost: {toll.lost_tickets}"
    )
    print(f"drafts offered again: {toll.offered}, lost: {len(toll.lost_drafts)}, damage: {toll.damage}")
    for screen in toll.lost_drafts:
        print(screen)
    lost = raced.entries != given.changes or toll.lost_tickets or toll.lost_drafts or toll.damage
    raise SystemExit(1 if lost else 0)


if __name__ == "__main__":
    main()
