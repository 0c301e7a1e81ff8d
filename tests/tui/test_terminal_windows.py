"""Textual's own reading thread for Windows, run here against a console that is made up."""

import ctypes
import importlib
import sys
import threading
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from textual import drivers, events
from textual.message import Message

from aftersales_tui.tui.terminal.drivers import driver_class

KEY_EVENT = 1
MODULES = ("textual.drivers.win32", "textual.drivers.windows_driver")


class Kernel:
    """As much of a console as the thread asks for: it hands out what was typed, a piece at each look."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.empty = threading.Event()
        self.GetStdHandle = lambda _: 1
        self.GetStdHandle.argtypes = self.GetStdHandle.restype = None  # type: ignore[attr-defined]

    def WaitForMultipleObjects(self, *_: object) -> int:  # noqa: N802 (the console's own name)
        if not self.pieces:
            self.empty.set()
        return 0 if self.pieces else 0x102

    def ReadConsoleInputW(self, _: object, records: Any, __: int, count: Any) -> None:  # noqa: N802
        piece = self.pieces.pop(0)
        for record, letter in zip(records._obj, piece, strict=False):
            record.EventType = KEY_EVENT
            record.Event.KeyEvent.bKeyDown = 1
            record.Event.KeyEvent.wVirtualKeyCode = 65
            record.Event.KeyEvent.uChar.UnicodeChar = letter
        count._obj.value = len(piece)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    """Windows, as far as Textual's two modules for it can tell."""
    made = Kernel()
    monkeypatch.setitem(sys.modules, "msvcrt", ModuleType("msvcrt"))
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: made, raising=False)
    yield made
    for name in MODULES:
        sys.modules.pop(name, None)
        # The package keeps what was imported out of it.
        vars(drivers).pop(name.rpartition(".")[2], None)


def read(kernel: Kernel, typed: str, length: int) -> list[Message]:
    """What the thread makes of some input that comes in pieces."""
    win32: Any = importlib.import_module(MODULES[0])
    kernel.pieces = [typed[at : at + length] for at in range(0, len(typed), length)]
    seen: list[Message] = []
    app: Any = type("App", (), {"log": ModuleType("log")})()
    app.log.error = lambda *told: seen.append(told)
    leaving = threading.Event()
    thread = win32.EventMonitor(None, app, leaving, seen.append)
    thread.start()
    assert kernel.empty.wait(10)
    leaving.set()
    thread.join(10)
    assert not thread.is_alive()
    return seen


TYPED = "a\x1b[200~line1\rline2\x1b[31m\x1b\x1bOQ\x1b[201~b"


@pytest.mark.parametrize("length", [1, 4, 1000])
def test_an_escape_in_a_paste_does_not_end_it_under_windows(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    stock: Any = importlib.import_module(MODULES[1])
    monkeypatch.setattr("sys.platform", "win32")
    assert driver_class() is stock.WindowsDriver
    seen = read(kernel, TYPED, length)
    assert [one.key for one in seen if isinstance(one, events.Key)] == ["a", "b"]
    assert [one.text for one in seen if isinstance(one, events.Paste)] == ["line1\rline2[31mOQ"]


def test_the_stock_thread_takes_the_rest_for_keys(kernel: Kernel) -> None:
    seen = read(kernel, TYPED, 1000)
    assert len([one for one in seen if isinstance(one, events.Key)]) > 2
