"""``kill -9`` while somebody types and saves: what was acknowledged is there, what was typed is offered again."""

import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from aftersales_tui import bootstrap
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import open_readonly
from tests.terminal import Terminal

COMMAND = Path(sys.executable).parent / "aftersales"
MAY_BE_LOST = 1.0
"""Seconds of typing that a kill may cost."""


@dataclass
class Toll:
    """What the kills have cost.

    Attributes:
        kills: How often the app was killed.
        acknowledged: Numbers of tickets the screen said were saved.
        offered: Drafts that had to be offered again and were.
        lost_drafts: Drafts that had to be offered again and were not, with what was on the screen.
        lost_tickets: Acknowledged numbers that are not in the store.
        damage: What the store's own checks complain of.
    """

    kills: int = 0
    acknowledged: list[int] = field(default_factory=list)
    offered: int = 0
    lost_drafts: list[str] = field(default_factory=list)
    lost_tickets: list[int] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)


class Killer:
    """Starts the app on one store again and again, and never lets it end by itself."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._luck = random.Random(seed)
        self._expected = ""
        self.toll = Toll()
        self.store = folder / "shop.db"
        self._env = {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "AFTERSALES_STATE_DIR": str(folder / "state"),
            "AFTERSALES_DATABASE_URL": str(self.store),
            "AFTERSALES_PERSON": "Operator",
            "LANG": "en_US.UTF-8",
            "LC_ALL": "",
        }

    def strike(self, turn: int) -> None:
        """One start, one call, one kill at a moment nobody knows."""
        with Terminal([str(COMMAND)], env=self._env, columns=80, lines=24) as terminal:
            terminal.wait_for("F2", 20)
            terminal.press("F2")
            self._look_for_draft(terminal)
            marker = f"fault{turn:04}"
            terminal.enter(f"caller{turn}\t1390000{turn:04}\t\tMill Lane {turn}\t\tKettle\t\t\t{marker}")
            terminal.wait_for(marker)
            typed = time.monotonic()
            saves = self._luck.random() < 0.4
            if saves:
                terminal.press("F12", "F12")
            saved = False
            end = typed + (self._luck.uniform(0, 1) if saves else self._luck.uniform(0.5, 2))
            while time.monotonic() < end:
                terminal.read(end - time.monotonic())
                saved = self._note(terminal.text()) or saved
            terminal.kill()
            self.toll.kills += 1
            old_enough = time.monotonic() - typed > MAY_BE_LOST
            self._expected = "" if saved or not old_enough else marker

    def _look_for_draft(self, terminal: Terminal) -> None:
        """What was typed before the last kill has to stand in the form; it is saved then."""
        if not self._expected:
            terminal.settle(0.4, 3)
            if re.search(r"fault\d{4}", terminal.text()):
                self._finish(terminal)
            return
        try:
            terminal.wait_for(self._expected, 8)
        except TimeoutError:
            if not self._is_saved(self._expected):
                self.toll.lost_drafts.append(f"{self._expected}\n{terminal.text()}")
            return
        self.toll.offered += 1
        self._finish(terminal)

    def _finish(self, terminal: Terminal) -> None:
        terminal.press("F12", "F12")
        terminal.wait_for(self._note, 15)
        terminal.press("Enter")
        terminal.settle(0.3, 2)
        terminal.press("F2")
        terminal.settle(0.3, 2)

    def _note(self, text: str) -> bool:
        """Whether the screen says of a ticket, for the first time, that it is saved."""
        for told in re.findall(r"T-(\d+) (?:saved|is in the queue)", text):
            if int(told) not in self.toll.acknowledged:
                self.toll.acknowledged.append(int(told))
                return True
        return False

    def _is_saved(self, marker: str) -> bool:
        connection = open_readonly(self.store)
        row = connection.execute("SELECT 1 FROM ticket WHERE fault = ?", (marker,)).fetchone()
        connection.close()
        return row is not None

    def reckon(self) -> Toll:
        """Look at what is left: the acknowledged tickets, and the store's own checks."""
        desk = bootstrap.open_desk(Settings(database=str(self.store), person="Checker"))
        desk.close()
        connection = open_readonly(self.store)
        known = {row[0] for row in connection.execute("SELECT number FROM ticket")}
        self.toll.lost_tickets = sorted(set(self.toll.acknowledged) - known)
        for check in ("integrity_check", "foreign_key_check"):
            self.toll.damage += [str(row) for row in connection.execute(f"PRAGMA {check}") if row[0] != "ok"]
        connection.close()
        return self.toll


def kill_often(folder: Path, times: int, seed: int) -> Toll:
    """Kill the app so many times on a store in a folder; the same seed chooses the same moments."""
    killer = Killer(folder, seed)
    for turn in range(times):
        killer.strike(turn)
    return killer.reckon()
