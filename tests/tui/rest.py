"""Waiting for an app until nothing is under way, instead of until the processor is idle.

Textual's own ``wait_for_idle`` sleeps 20 ms at a time, twice for each key, until this process does little work: most of
a test's time went there, and a busy machine or a slow disk decided what a test saw. Here it is asked what is still to
come: a callback of the loop, a verb in a thread, a key in the queue, a line to be painted, an animation.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from textual.app import App, ScreenStackError
from textual.pilot import Pilot

from aftersales_tui.tui.typeahead import TypeAhead, TypeAheadApp

PATIENCE = 1.0
"""Seconds for what does not come to rest by itself: a test may keep a thread busy on purpose. Textual's own limit."""
MOMENT = 0.002
"""Seconds between two looks at what only a thread or a timer can end."""

_threads: set[asyncio.Future[Any]] = set()
"""What runs in a thread and will come back to the loop."""


async def at_rest(app: App[Any]) -> None:
    """Let the app go on until nothing is under way, but at most for ``PATIENCE``."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready or _paint(app):  # type: ignore[attr-defined]
            continue
        if not _is_busy(app):
            return
        await asyncio.sleep(MOMENT)


def _is_busy(app: App[Any]) -> bool:
    """Whether something is under way that will not end within the loop's own turn."""
    loop = asyncio.get_running_loop()
    return (
        any(work.get_loop() is loop for work in _threads)
        or (isinstance(app, TypeAheadApp) and _has_keys_under_way(app.type_ahead))
        or not app._animator._complete_event.is_set()
    )


def _has_keys_under_way(queue: TypeAhead) -> bool:
    """Keys that are held wait for whoever holds them: for a thread, which counts by itself, or for the test."""
    return not queue.is_quiet(0) and not queue._holds


def _paint(app: App[Any]) -> bool:
    """Paint what waits for the next frame; whether there was anything."""
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    if app._batch_count or not screen.is_running:
        return False
    waits = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if not waits:
        return False
    with app._context():
        screen._on_timer_update()
    return True


def waiting_for_rest(patch: pytest.MonkeyPatch) -> None:
    """Let ``pilot.press`` and ``pilot.pause()`` wait for rest, and ``pilot.click`` begin with it."""
    press, click, run = App._press_keys, Pilot.click, asyncio.BaseEventLoop.run_in_executor

    async def idle(*_: float) -> None:
        await asyncio.sleep(0)

    async def press_keys(self: App[Any], keys: Iterable[str]) -> None:
        for key in keys:
            await press(self, [key])
            await at_rest(self)

    async def pause(self: Pilot[Any], delay: float | None = None) -> None:
        await self._wait_for_screen()
        if delay is not None:
            await asyncio.sleep(delay)
        await at_rest(self.app)

    async def clicked(self: Pilot[Any], *target: Any, **how: Any) -> bool:
        # What is still to be laid out would move away under the mouse.
        await at_rest(self.app)
        return await click(self, *target, **how)

    def in_a_thread(
        self: asyncio.BaseEventLoop, executor: Any, work: Callable[..., Any], *arguments: Any
    ) -> asyncio.Future[Any]:
        future = run(self, executor, work, *arguments)
        _threads.add(future)
        future.add_done_callback(_threads.discard)
        return future

    patch.setattr("textual.app.wait_for_idle", idle)
    patch.setattr("textual.pilot.wait_for_idle", idle)
    patch.setattr(App, "_press_keys", press_keys)
    patch.setattr(Pilot, "pause", pause)
    patch.setattr(Pilot, "click", clicked)
    patch.setattr(asyncio.BaseEventLoop, "run_in_executor", in_a_thread)
