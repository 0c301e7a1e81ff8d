"""A whole day on the installed app, through a pty: forty calls taken, sent out, done, called back."""

import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.desk.desk import Desk
from aftersales_tui.settings import Settings
from aftersales_tui.views.tickets import QueueFilter
from tests.e2e.calls import TOWN, Said, calls
from tests.terminal import Terminal

COMMAND = Path(sys.executable).parent / "aftersales"
ENGINEERS = ("Anna", "Bernd", "Carla")
FIRST = 1001
WITH_A_TIME = ("callback (agree a time):", "callback (repair or not):")
"""How a script begins whose first result is a time."""
HEADING = 1
"""The line of the screen that names the columns of a list."""
BOX = "\u2502"
"""The edge of a box."""
LINE = re.compile(r"T-\d+")
OUTCOMES = ("solved", "solved", "inspected_only", "solved", "nobody_home")


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """A home of its own: no settings, drafts or stores of anybody else."""
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "AFTERSALES_STATE_DIR": str(tmp_path / "state"),
        "AFTERSALES_DATABASE_URL": str(tmp_path / "shop.db"),
        "AFTERSALES_PERSON": "Operator",
        "LANG": "en_US.UTF-8",
        "LC_ALL": "",
    }


def shell(place: dict[str, str], *arguments: str) -> str:
    """A verb in the shell; its answer."""
    done = subprocess.run(
        [str(COMMAND), *arguments], env=os.environ | place, check=True, capture_output=True, text=True
    )
    return done.stdout


def take(terminal: Terminal, said: Said, number: int) -> None:
    """Take one call as a practised hand does: every field by Tab, typed in one go."""
    terminal.press("F2")
    first = [
        said.caller,
        said.phone,
        "",
        said.address,
        TOWN,
        said.product,
        said.model,
        "",
        said.fault,
        "repair it",
    ]
    last = ["1", "tomorrow 2pm", "2024-05", "", ""]
    terminal.enter("\t".join([*first, *last]))
    terminal.press("F12", "F12")
    terminal.wait_for(lambda text: f"T-{number} saved" in text or f"T-{number} is in" in text, 15)
    terminal.press("Enter")
    terminal.wait_for(lambda text: "7/7" not in text and f"T-{number}" in text, 15)


def line(terminal: Terminal, words: str, answer: str) -> None:
    """Say something on the command line and wait for its result line."""
    terminal.press(":")
    terminal.enter(words)
    terminal.press("Enter")
    terminal.wait_for(answer, 15)


def first_due(terminal: Terminal) -> str:
    """The ticket of the first line of the list of people to call; empty when there is none, or a box is over it."""
    line = terminal.rows()[HEADING + 1]
    found = None if BOX in line else LINE.search(line)
    return found.group() if found else ""


def call_back(terminal: Terminal, count: int) -> None:
    """Call everybody on the list: Enter, and the digit of the first result; its line goes."""
    # The first two keys are typed ahead of the list: they are meant for its first line.
    terminal.press("F4", "Enter")
    tell_result(terminal)
    done = {""}
    for _ in range(count - 1):
        terminal.wait_for(lambda _: first_due(terminal) not in done, 15)
        done.add(first_due(terminal))
        terminal.press("Enter")
        tell_result(terminal)
    terminal.wait_for("Nobody", 15)


def tell_result(terminal: Terminal) -> None:
    """What the customer has said, in the script that is open: all is well, or when we are to come."""
    terminal.wait_for(lambda text: "Digit: result" in text and BOX in terminal.rows()[HEADING + 1], 15)
    terminal.settle(0.1)
    wants_us = any(about in terminal.text() for about in WITH_A_TIME)
    terminal.press("1")
    if wants_us:
        terminal.enter("tomorrow 3pm")
        terminal.press("Enter")


def opened(place: dict[str, str]) -> Desk:
    """The store as the day has left it."""
    return bootstrap.open_desk(Settings(database=place["AFTERSALES_DATABASE_URL"], person="Checker"))


def work(terminal: Terminal, day: list[Said]) -> None:
    """The operator's day: take every call, send it out, record how it went, call everybody back."""
    terminal.wait_for("F2")
    for number, said in enumerate(day, FIRST):
        take(terminal, said, number)
    terminal.press("F3")
    for turn, number in enumerate(range(FIRST, FIRST + len(day))):
        hour = 7 + turn // len(ENGINEERS)
        engineer = ENGINEERS[turn % len(ENGINEERS)]
        line(terminal, f"a {number} {engineer} tomorrow {hour}:00-{hour + 1}:00", f"T-{number} > {engineer}")
    for turn, number in enumerate(range(FIRST, FIRST + len(day))):
        line(terminal, f"o {number} {OUTCOMES[turn % len(OUTCOMES)]}", f"T-{number}")
        terminal.settle(0.05)
    call_back(terminal, len(day))
    terminal.settle(0.5)


def check(desk: Desk, turn: int, said: Said) -> None:
    """One ticket holds what was said, who went, how it ended, and that it was called back."""
    ticket = desk.dispatch.ticket(desk.dispatch.by_number(FIRST + turn))
    told = {
        name: ticket.answers[name] for name in ("caller", "phone", "address", "product", "model", "fault")
    }
    assert told == asdict(said)
    assert [visit.outcome for visit in ticket.visits] == [OUTCOMES[turn % len(OUTCOMES)]]
    assert ticket.visits[0].engineer == ENGINEERS[turn % len(ENGINEERS)]
    assert ticket.contact_due_at is None, f"T-{ticket.number} was not called back"
    assert [entry.verb for entry in ticket.timeline] == ["call", "assign", "outcome", "claim", "contact"]


def test_a_day_of_forty_calls_leaves_exactly_what_was_said_and_done(place: dict[str, str]) -> None:
    for name in ENGINEERS:
        shell(place, "engineer", "add", name, "--zone", TOWN, "--shift", "mon-sun 0:00-24:00")
    day = calls()
    with Terminal([str(COMMAND)], env=place, columns=80, lines=24) as terminal:
        work(terminal, day)
    desk = opened(place)
    for turn, said in enumerate(day):
        check(desk, turn, said)
    assert desk.contacts.due(None, 10).rows == ()
    assert not any(row.number >= FIRST + len(day) for row in desk.queue.page(QueueFilter(), None, 100).rows)
    desk.close()
