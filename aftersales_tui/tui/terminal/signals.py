"""Leaving when the system says so: the drafts are kept and the terminal is handed back usable."""

import _thread
import asyncio
import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

STUCK = 1.0
"""Seconds after which a loop that has not answered to a signal is taken to wait for its terminal."""
PATIENCE = 3.0
"""Seconds for saving and restoring; a full disk or a terminal that takes nothing more must not keep us alive."""


def watch_signals(app: "App[Any]", save: "Callable[[], None]") -> None:
    """From now on SIGTERM, SIGHUP and SIGQUIT save the drafts, restore the terminal and exit with 128 + signal.

    Without this they leave the alternate screen on, the mouse reporting and what was typed unsaved. Call it in the
    running app, on the main thread. Does nothing on Windows, which has none of the three, nor in a headless app,
    which has no terminal and may share its process with tests.

    Args:
        app: Its terminal is restored.
        save: Writes the drafts; must not wait for the app's own loop, which is not coming back.
    """
    if sys.platform == "win32" or app.is_headless:
        return
    loop, begun = asyncio.get_running_loop(), threading.Event()

    def leave(status: int) -> None:
        begun.set()
        _leave(app, save, status)

    def told(number: int, _frame: object) -> None:
        # Past the locks of ``threading``, which whoever was interrupted may hold.
        _thread.start_new_thread(_stand_by, (begun, save, 128 + number))
        loop.call_soon_threadsafe(leave, 128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        # Not the loop's own way: it hears nothing while it waits for a terminal that takes no more output.
        signal.signal(number, told)


def _stand_by(begun: threading.Event, save: "Callable[[], None]", status: int) -> None:
    """Leave in the loop's place, with the drafts, when it does not come to it."""
    if not begun.wait(STUCK):
        with suppress(Exception):
            save()
        os._exit(status)


def _leave(app: "App[Any]", save: "Callable[[], None]", status: int) -> None:
    # Not app.exit(): that waits for workers and for a terminal which after SIGHUP takes no more output. A write to
    # the store that is under way is either committed or not, as after a power cut, and its draft is still there.
    deadline = threading.Timer(PATIENCE, partial(os._exit, status))
    deadline.daemon = True
    deadline.start()
    try:
        _save_and_restore(app, save)
    finally:
        os._exit(status)


def _save_and_restore(app: "App[Any]", save: "Callable[[], None]") -> None:
    failure: Exception | None = None
    try:
        save()
    except Exception as error:
        failure = error
    if app._driver is not None:
        app._driver.suspend_application_mode()
    if failure is not None:
        traceback.print_exception(failure, file=sys.__stderr__)
