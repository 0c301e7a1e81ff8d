"""How fast the installed app starts, against a bare Textual app in the same run.

``python -m tests.bench.start [--rounds 15] [--tickets 100000] [--command PATH]``
"""

import argparse
import re
import tempfile
from pathlib import Path

from tests.bench.figures import line, median
from tests.bench.wheel import demo_store, installed
from tests.terminal import Terminal

BARE = Path(__file__).with_name("bare.py")
FRAME, ROWS, KEY = "frame", "rows", "key"
TYPED = "zq"
"""Letters that stand nowhere on a screen before they are typed."""


def a_ticket(text: str) -> bool:
    """Whether a ticket's number is on the screen; the most urgent of many need not be an early one."""
    return re.search(r"T-\d", text) is not None


def at(database: Path) -> dict[str, str]:
    """The setting that names the store; an option would load the shell, which a seat's start does not."""
    return {"AFTERSALES_DATABASE_URL": str(database)}


def bare_start(python: Path) -> dict[str, float]:
    """Seconds from the spawn of the bare app to its frame, and to a typed key on the screen."""
    with Terminal([str(python), str(BARE)]) as terminal:
        frame = terminal.wait_for("bare frame")
        terminal.press(*TYPED)
        return {FRAME: frame - terminal.spawned, KEY: terminal.wait_for(TYPED) - terminal.spawned}


def app_start(command: Path, database: Path, env: dict[str, str]) -> dict[str, float]:
    """Seconds from the spawn of the app to its frame, to an acting key, and to the first rows."""
    with Terminal([str(command)], env=env | at(database)) as terminal:
        frame = terminal.wait_for("F2")
        terminal.press(":", *TYPED)
        key = terminal.wait_for(TYPED) - terminal.spawned
        terminal.press("Esc")
        rows = terminal.wait_for(a_ticket) - terminal.spawned
        return {FRAME: frame - terminal.spawned, KEY: key, ROWS: rows}


def form_start(command: Path, database: Path, env: dict[str, str]) -> float:
    """Seconds from the spawn to a letter in the form of a call, where F2 is the first key pressed."""
    with Terminal([str(command)], env=env | at(database)) as terminal:
        terminal.wait_for("F2")
        terminal.press("F2", *TYPED)
        return terminal.wait_for(TYPED) - terminal.spawned


def rows_start(command: Path, database: Path, env: dict[str, str]) -> float:
    """Seconds from the spawn to the first rows, with nobody typing."""
    with Terminal([str(command)], env=env | at(database)) as terminal:
        return terminal.wait_for(a_ticket) - terminal.spawned


def typed_at_spawn(command: Path, database: Path, env: dict[str, str]) -> bool:
    """Whether everything typed before the first frame arrives, in order."""
    words = "\x1bOQ" + "zhangsan0123456789"
    with Terminal([str(command)], env=env | at(database), typed=words) as terminal:
        try:
            terminal.wait_for("zhangsan0123456789", 8)
        except TimeoutError:
            return False
        return True


def measure(command: Path, stores: dict[str, Path], env: dict[str, str], rounds: int) -> None:
    """Start everything in turn, so many times, and print what it took beside the bare app."""
    bare: list[dict[str, float]] = []
    ours: dict[str, list[dict[str, float]]] = {name: [] for name in stores}
    quiet: dict[str, list[float]] = {name: [] for name in stores}
    forms: dict[str, list[float]] = {name: [] for name in stores}
    for _ in range(rounds):
        bare.append(bare_start(command.parent / "python"))
        for name, store in stores.items():
            ours[name].append(app_start(command, store, env))
            quiet[name].append(rows_start(command, store, env))
            forms[name].append(form_start(command, store, env))
    base = {what: median([one[what] for one in bare]) for what in (FRAME, KEY)}
    line("bare: frame painted", base[FRAME] * 1000, "ms")
    line("bare: frame painted and a key acts", base[KEY] * 1000, "ms")
    for name in stores:
        for what, wanted in ((FRAME, None), (KEY, 1.25)):
            line(
                f"{name}: {what} / bare", median([one[what] for one in ours[name]]) / base[what], "x", wanted
            )
        line(
            f"{name}: a letter in the form, F2 pressed first / bare key", median(forms[name]) / base[KEY], "x"
        )
        line(f"{name}: first rows / bare frame", median(quiet[name]) / base[FRAME], "x", 2.5)
        line(f"{name}: first rows", median(quiet[name]) * 1000, "ms")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--tickets", type=int, default=100_000)
    options.add_argument("--command", type=Path)
    given = options.parse_args()
    command = given.command or installed()
    folder = Path(tempfile.mkdtemp(prefix="aftersales-start-"))
    env = {
        "AFTERSALES_STATE_DIR": str(folder / "state"),
        "LANG": "en_US.UTF-8",
        "XDG_CONFIG_HOME": str(folder),
    }
    stores = {"demo": folder / "demo.db", f"{given.tickets}": folder / "many.db"}
    for name, store in stores.items():
        demo_store(command, store, None if name == "demo" else int(name))
    measure(command, stores, env, given.rounds)
    arrived = sum(typed_at_spawn(command, stores["demo"], env) for _ in range(20))
    print(f"keys typed at spawn arrived in {arrived} of 20 starts")


if __name__ == "__main__":
    main()
