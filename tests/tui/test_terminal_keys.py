"""What the driver makes of the bytes a terminal sends."""

import hashlib
import inspect
import json
import os
import threading
import time
from pathlib import Path

import pytest
from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from aftersales_tui.tui.terminal.drivers import driver_class
from aftersales_tui.tui.terminal.guard import GuardedApp
from aftersales_tui.tui.terminal.posix import PatientDriver
from tests.tui.terminal_pty import F12, Terminal

# "ab", two Han characters in GBK, "cd"
GBK_PASTE = b"ab\xc4\xe3\xba\xc3cd"


def test_the_reading_loop_that_our_driver_replaces_is_the_one_it_was_written_for() -> None:
    source = inspect.getsource(LinuxDriver.run_input_thread)
    assert (
        hashlib.sha256(source.encode()).hexdigest()
        == "d796af6d69db337d6fa6bd463984f7d17188d991dbb22f60efb92a8a9619507c"
    ), (
        "Textual's reading loop has changed: compare PatientDriver.run_input_thread with it, then pin the new one"
    )


def test_the_app_reads_by_our_driver() -> None:
    assert driver_class() is PatientDriver
    assert GuardedApp[None]().driver_class is PatientDriver


def test_a_paste_that_is_not_utf8_does_no_harm(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.type(GBK_PASTE)
        terminal.type(F12)
        assert terminal.end() == 0
        typed = json.loads(terminal.result.read_text("utf-8"))[0]
    assert typed.startswith("ab")
    assert typed.endswith("cd")
    assert "\ufffd" in typed


def test_the_stock_driver_dies_of_it(tmp_path: Path) -> None:
    with Terminal("Fields", tmp_path) as terminal:
        terminal.start()
        terminal.type(GBK_PASTE)
        assert b"UnicodeDecodeError" in terminal.wait_for(b"UnicodeDecodeError")
        assert not terminal.result.exists()


class Reading:
    """A driver's reading thread on a pipe, and when each key came out of it."""

    def __init__(self, driver: LinuxDriver) -> None:
        self.driver = driver
        self.keys: list[tuple[str, float]] = []
        self.came = threading.Event()
        self.near, self.far = os.pipe()
        driver._debug = False
        driver.fileno = self.near
        driver.exit_event = threading.Event()
        driver.process_message = self._note  # type: ignore[method-assign]
        self.thread = threading.Thread(target=driver.run_input_thread)
        self.thread.start()

    def _note(self, message: Message) -> None:
        assert isinstance(message, events.Key)
        self.keys.append((message.key, time.monotonic()))
        self.came.set()

    def seconds_for(self, typed: bytes) -> float:
        self.came.clear()
        begun = time.monotonic()
        os.write(self.far, typed)
        assert self.came.wait(5)
        return self.keys[-1][1] - begun

    def stop(self) -> None:
        self.driver.exit_event.set()
        self.thread.join(5)
        assert not self.thread.is_alive()
        os.close(self.near)
        os.close(self.far)


def quickest_escape(kind: type[LinuxDriver]) -> float:
    """Seconds; the quickest of five, so that a busy machine does not count."""
    reading = Reading(kind.__new__(kind))
    try:
        times = []
        for pause in (0.01, 0.03, 0.05, 0.07, 0.09):
            time.sleep(pause)
            times.append(reading.seconds_for(b"\x1b"))
        assert {key for key, _ in reading.keys} == {"escape"}
        return min(times)
    finally:
        reading.stop()


def test_a_lone_escape_acts_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.025)
    assert 0.025 <= quickest_escape(PatientDriver) < 0.06


def test_the_stock_driver_lets_it_wait_for_a_tenth_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.025)
    assert quickest_escape(LinuxDriver) > 0.06


def test_an_arrow_key_in_two_pieces_is_no_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 1.0)
    reading = Reading(PatientDriver.__new__(PatientDriver))
    try:
        os.write(reading.far, b"\x1b")
        time.sleep(0.05)
        reading.seconds_for(b"[A")
    finally:
        reading.stop()
    assert [key for key, _ in reading.keys] == ["up"]


def test_escape_acts_quickly_in_a_terminal(tmp_path: Path) -> None:
    times = []
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        for count in range(1, 6):
            begun = time.monotonic()
            terminal.type("\x1b")
            terminal.read_until(lambda painted, count=count: painted.count(b"<escape>") >= count)  # type: ignore[misc]
            times.append(time.monotonic() - begun)
    assert min(times) < 0.1, times


def test_a_window_that_is_closed_counts_as_hung_up(tmp_path: Path) -> None:
    with Terminal("Watched", tmp_path) as terminal:
        terminal.start()
        terminal.type("typed")
        terminal.wait_for("typed")
        terminal.hang_up()
        assert terminal.process.wait(10) == 128 + 1
        assert json.loads(terminal.result.read_text("utf-8"))[0] == "typed"
