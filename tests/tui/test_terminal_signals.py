"""Leaving when the system says so."""

import json
import signal
from pathlib import Path

import pytest

from tests.tui.terminal_pty import Terminal

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]
RESTORING = {
    "alternate screen off": b"\x1b[?1049l",
    "cursor on": b"\x1b[?25h",
    "mouse clicks off": b"\x1b[?1000l",
    "mouse moves off": b"\x1b[?1003l",
    "bracketed paste off": b"\x1b[?2004l",
    "focus reports off": b"\x1b[?1004l",
    "line wrap on": b"\x1b[?7h",
}


def missing(painted: bytes) -> list[str]:
    return [name for name, sequence in RESTORING.items() if sequence not in painted]


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_saves_the_drafts_and_hands_the_terminal_back(
    number: signal.Signals, tmp_path: Path
) -> None:
    with Terminal("Watched", tmp_path) as terminal:
        terminal.start()
        terminal.type("half a sen")
        terminal.wait_for("half a sen")
        assert not terminal.is_restored()
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        assert missing(terminal.painted) == []
        assert terminal.is_restored()
        assert json.loads(terminal.result.read_text("utf-8")) == ["half a sen", "", ""]


@pytest.mark.parametrize("number", SIGNALS)
def test_an_app_that_does_not_watch_leaves_the_terminal_spoiled(
    number: signal.Signals, tmp_path: Path
) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.process.send_signal(number)
        assert terminal.end() == -number
        assert len(missing(terminal.painted)) == len(RESTORING)
        assert not terminal.is_restored()


def test_a_full_disk_does_not_keep_the_terminal(tmp_path: Path) -> None:
    with Terminal("FailingSave", tmp_path) as terminal:
        terminal.start()
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert missing(terminal.painted) == []
        assert terminal.is_restored()
        assert b"disk full" in terminal.painted


def test_a_disk_that_does_not_answer_does_not_keep_the_process(tmp_path: Path) -> None:
    with Terminal("HangingSave", tmp_path) as terminal:
        terminal.start()
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM


def test_a_terminal_that_takes_no_more_output_does_not_keep_the_process(tmp_path: Path) -> None:
    with Terminal("Watched", tmp_path) as terminal:
        terminal.start()
        terminal.type("x" * 400)  # painted some hundred times; nobody reads it from here on
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.process.wait(10) == 128 + signal.SIGTERM
        assert terminal.result.exists()
