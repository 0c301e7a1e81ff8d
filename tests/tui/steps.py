"""What the tests of the screens do again and again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from textual import events
from textual.css.query import NoMatches
from textual.keys import _character_to_key
from textual.pilot import Pilot

from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import StatusLine
from aftersales_tui.tui.widgets.strip import KeyStrip
from tests.tui.rest import MOMENT, at_rest

LONG = 20.0
"""Seconds after which something that has not become so is taken for a failure."""


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the app go on until something is so; it has to become so. Another screen may be in front."""
    clock = asyncio.get_running_loop().time
    end = clock() + LONG
    while not _is_so(condition):
        assert clock() < end, "it did not happen"
        await at_rest(pilot.app)
        if not _is_so(condition):
            await asyncio.sleep(MOMENT)


def _is_so(condition: Callable[[], object]) -> bool:
    with suppress(NoMatches, IndexError):
        return bool(condition())
    return False


def rows_of(app: DeskApp) -> Rows:
    return app.screen.query_one(Rows)


def cells(app: DeskApp, column: int) -> list[str]:
    return [row.cells[column] for row in rows_of(app).rows]


def status(app: DeskApp) -> str:
    return app.screen.query_one(StatusLine).render().plain.strip()


def strip(app: DeskApp) -> str:
    return app.screen.query_one(KeyStrip).render().plain


async def opened(app: DeskApp, pilot: Pilot[None]) -> None:
    """Wait until the store is open and the queue shows it."""
    await until(pilot, lambda: app.bridge.desk is not None and rows_of(app).rows)


def burst(app: DeskApp, *keys: str) -> None:
    """Keys at once, faster than any screen follows."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(name, key if len(key) == 1 else None))
