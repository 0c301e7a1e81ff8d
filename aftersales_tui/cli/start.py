"""Opens the desk on the terminal. Reached without Typer, so that ``aftersales`` alone starts as fast as it can."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.paths import state_dir
from aftersales_tui.settings import Settings
from aftersales_tui.tui.ime import prepare_environment
from aftersales_tui.tui.runtime import loading
from aftersales_tui.tui.terminal.presence import require_terminal

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

FIRST_ROWS = 100
"""Rows read ahead of the store: what the highest terminal shows."""


def open_app(
    settings: Settings, make_store: Callable[[], object] | None = None, *, door: str = "", **carrying: object
) -> int:
    """Run the desk in this terminal until it is left; answers the exit code.

    Args:
        settings: Of the shop and the seat.
        make_store: Makes the store in the desk's thread, after the first frame, for the demo shop.
        door: The screen to begin on; empty for the queue.
        carrying: What that screen is told.

    Raises:
        Unavailable: ``terminal.none``; ``folder.no_state`` or ``folder.no_store`` where a folder cannot be made.
        Invalid: The keymap of the settings does not fit.
    """
    require_terminal()
    # Told while there is a shell to read it: a desk without this folder would lose the call that is being typed.
    state_dir()
    bootstrap.database_of(settings)
    if settings.ime:
        prepare_environment()
    loading()
    # Textual reads the environment when it is imported, so this import waits for the line above.
    from aftersales_tui.tui.app import DeskApp
    from aftersales_tui.tui.travel import Go
    from aftersales_tui.tui.upkeep import telling_upgrade

    stopped = list[Unavailable]()

    def opener() -> "Desk":
        with _noting(stopped):
            return _open(settings, make_store, telling_upgrade(app))

    app = DeskApp(settings, opener, partial(bootstrap.glance, settings, FIRST_ROWS))
    if door:
        # Waits in the app's queue until there is a screen to go from.
        app.post_message(Go(door, **carrying))
    app.run(mouse=settings.mouse)
    _say(stopped)
    return app.return_code or 0


def _open(
    settings: Settings, make_store: Callable[[], object] | None, tell: Callable[[float], None]
) -> "Desk":
    if make_store is not None:
        make_store()
    return bootstrap.open_desk(settings, tell=tell)


@contextmanager
def _noting(stopped: list[Unavailable]) -> Iterator[None]:
    """Note that an upgrade was stopped because somebody has left; the app has no screen left to say it on."""
    try:
        yield
    except Unavailable as error:
        if error.code == "store.upgrade_stopped":
            stopped.append(error)
        raise


def _say(errors: list[Unavailable]) -> None:
    for error in errors:
        from aftersales_tui.cli.output import Output

        Output().error(error)
