"""How long a key takes to show, in a pty at 120x40: p95 in milliseconds, and the memory at rest.

``python -m tests.bench.keys [--tickets 100000] [--rounds 60] [--command PATH] [--store NAME=PATH ...]``

A key counts from the write into the terminal to the first byte that comes back ("first") or to the last one before
60 ms of silence ("settled"). Every measured key changes what is seen.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from tests.bench.figures import line, median, p95
from tests.bench.wheel import installed, stores_of
from tests.terminal import Terminal

ELSEWHERE = Path(__file__).with_name("elsewhere.py")
TYPED = "the machine hums and does not cool any more since monday evening "
CALLERS = ("zhang", "1380", "T-10", "smith", "wang", "li")
TO_FAULT = 8
"""Fields from the caller to the fault."""
Measured = Iterator[tuple[str, float]]


def first_and_last(terminal: Terminal, *keys: str) -> tuple[float, float]:
    """Milliseconds from a key to the first byte it paints, and to the last before all is quiet."""
    terminal.settle(0.08)
    at = terminal.press(*keys)
    if not terminal.read(2.0):
        raise TimeoutError(f"{keys} painted nothing\n{terminal.text()}")
    first = terminal.heard
    last = terminal.settle(0.06, 1.0)
    return (first - at) * 1000, (last - at) * 1000


def in_the_list(terminal: Terminal, rounds: int) -> Measured:
    """The cursor and the pages of the queue; to and fro, so that no key meets an end."""
    for key in islice(cycle(["Down"] * 20 + ["Up"] * 20), rounds):
        yield "cursor", first_and_last(terminal, key)[0]
    terminal.press("Home")
    for key in islice(cycle(["PgDn", "PgUp"]), rounds):
        yield "page", first_and_last(terminal, key)[0]


def over_the_list(terminal: Terminal, rounds: int) -> Measured:
    """A ticket, and the dialog that assigns the first one: opened, and left by either key."""
    for what, key in (("open", "Enter"), ("assign", "a")):
        terminal.press("Home")
        terminal.settle(0.2)
        while what == "assign" and "Assign" not in terminal.rows()[-1]:
            # A ticket that was advised by phone is not sent out.
            terminal.press("Down")
            terminal.settle(0.2)
        for leave in islice(cycle(["Esc", "F10"]), rounds // 2):
            first, settled = first_and_last(terminal, key)
            yield f"{what} first", first
            yield f"{what} settled", settled
            yield f"{what}, back by {leave}", first_and_last(terminal, leave)[0]
            if what == "open":
                terminal.press("Down")


def at_intake(terminal: Terminal, rounds: int) -> Measured:
    """Letters where the caller is looked for, and letters of the fault."""
    terminal.press("F2")
    terminal.settle(0.5)
    for caller in CALLERS:
        for letter in caller:
            first, settled = first_and_last(terminal, letter)
            yield "caller typed", first
            yield "caller looked up", settled
        terminal.enter("\x7f" * len(caller))
        terminal.settle(0.3)
    for _ in range(TO_FAULT):
        terminal.press("Tab")
        terminal.settle(0.1)
    typed = "".join(islice(cycle(TYPED), rounds))
    for letter in typed:
        yield "typing", first_and_last(terminal, letter)[0]
    fault = next(row for row in terminal.rows() if "Fault" in row)
    assert typed[-8:].strip() in fault, terminal.text()
    terminal.press("F3")
    terminal.settle(0.3)


def elsewhere(terminal: Terminal, command: Path, database: Path, env: Mapping[str, str]) -> Measured:
    """From another process's commit to its word on this screen."""
    terminal.press("Home")
    terminal.settle(0.5)
    for turn in range(20):
        caller = f"Other{turn:03}"
        python = str(command.parent / "python")
        with subprocess.Popen(
            [python, str(ELSEWHERE), str(database), caller],
            stdout=subprocess.PIPE,
            env=os.environ | dict(env),
        ) as other:
            seen = terminal.wait_for(caller, 20)
            assert other.stdout is not None
            yield "elsewhere", (seen - float(other.stdout.readline())) * 1000


WANTED = {
    "typing": 12,
    "caller typed": 12,
    "cursor": 10,
    "page": 25,
    "open first": 60,
    "open settled": 110,
    "assign first": 60,
    "assign settled": 110,
    "open, back by Esc": 60,
    "open, back by F10": 60,
    "assign, back by Esc": 60,
    "assign, back by F10": 60,
    "elsewhere": 250,
}


def measure(name: str, command: Path, store: Path, env: Mapping[str, str], rounds: int) -> None:
    """Run every measurement on one store and print it."""
    with Terminal([str(command)], env={**env, "AFTERSALES_DATABASE_URL": str(store)}) as terminal:
        terminal.wait_for("T-")
        time.sleep(4)
        terminal.settle(0.3)
        line(f"{name}: memory at rest", terminal.memory(), "MiB", 70)
        found: dict[str, list[float]] = {}
        for measured in (
            in_the_list(terminal, rounds),
            over_the_list(terminal, rounds),
            at_intake(terminal, rounds),
            elsewhere(terminal, command, store, env),
        ):
            for what, milliseconds in measured:
                found.setdefault(what, []).append(milliseconds)
        for what, all_of_them in found.items():
            middle = f"median {median(all_of_them):.0f}"
            line(
                f"{name}: {what}, {middle}, p95 of {len(all_of_them)}",
                p95(all_of_them),
                "ms",
                WANTED.get(what),
            )
        line(f"{name}: memory after it all", terminal.memory(), "MiB")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--tickets", type=int, default=100_000)
    options.add_argument("--command", type=Path)
    options.add_argument("--store", action="append", help="NAME=PATH of one made before; then none is made")
    given = options.parse_args()
    command = given.command or installed()
    folder = Path(tempfile.mkdtemp(prefix="aftersales-keys-"))
    env = {
        "AFTERSALES_STATE_DIR": str(folder / "state"),
        "LANG": "en_US.UTF-8",
        "XDG_CONFIG_HOME": str(folder),
    }
    for name, store in stores_of(command, folder, given.tickets, given.store).items():
        measure(name, command, store, env, given.rounds)


if __name__ == "__main__":
    main()
