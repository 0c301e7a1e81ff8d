"""What the screens of the front room share: a heading, a list, and below it what its line says in full."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from textual import events, on
from textual.widget import Widget

from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.lines import Lines, TextLine, folded
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Changes
from aftersales_tui.views.tickets import Receipt

HELD = 300
"""Rows held at most."""
MARGIN = 2


class OnLine(NamedTuple):
    """The ticket that a line is about, for the command line and for notes about it."""

    ticket_id: int
    number: int


class FloorScreen(DeskScreen):
    """A list of the front room.

    A subclass reads its rows in ``read`` and overrides ``head``, ``full`` and what it needs of ``DeskScreen``.
    """

    def __init__(self, columns: Sequence[Column], empty: str) -> None:
        """Make the screen.

        Args:
            columns: Of the list.
            empty: Catalog key of what is said when there is no row.
        """
        super().__init__()
        self._empty = empty
        self.rows = Rows(columns, "floor.opening", limit=HELD)
        self.heading = Word("", id="heading")
        self.detail = Lines(id="detail")

    def compose_body(self) -> Iterator[Widget]:
        """Heading, list, and the line under the cursor in full."""
        yield self.heading
        yield self.rows
        yield self.detail

    def arrive(self, **_: Any) -> None:
        """Come to the list; keys typed ahead are meant for its first line, and wait until that is there."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(self._arrive())), exit_on_error=False)

    @abstractmethod
    async def read(self) -> bool:
        """Read what is shown; whether it was: a later wish may have overtaken this one."""

    def head(self) -> None:
        """Say in the heading what is shown."""

    def full(self) -> Iterator[tuple[str, str]]:
        """The line under the cursor in full: texts with their looks."""
        yield from ()

    def paint(self) -> None:
        """Say the lines again that can be seen."""

    async def catch_up(self, receipt: Receipt) -> None:  # noqa: ARG002 (any write may change the list)
        """Show what this window has just written before the next key means it."""
        await self._arrive()

    def store_changed(self, changes: Changes) -> None:
        """Read again what is shown."""
        if changes.subjects:
            self.read_again()

    def tick(self) -> None:
        """Let the time go on."""
        self.paint()
        self.show_full()

    def retranslate(self) -> None:
        """Say everything again."""
        self.paint()
        self.head()
        self.show_full()

    def read_again(self) -> None:
        """Read what is shown, in the background."""
        self.run_worker(self.desk_app.trouble.guarded(self.refreshed()), exit_on_error=False)

    async def refreshed(self) -> bool:
        """Read and show; whether a later wish has not overtaken this one."""
        shown = await self.read()
        self.rows.empty = self._empty
        self.rows.refresh()
        self.head()
        self.show_full()
        self.refresh_keys()
        return shown

    def show_full(self) -> None:
        """Show below the list what the line under the cursor says in full."""
        lines: list[TextLine] = []
        for text, look in self.full():
            lines += [((line, look),) for line in folded(text, max(1, self.size.width - MARGIN))]
        self.detail.show(lines)

    async def _arrive(self) -> None:
        """Read until the lines are there: a change heard meanwhile overtakes the first reading."""
        while not await self.refreshed():
            pass

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.show_full()
        self.refresh_keys()

    @on(events.Resize)
    def _fold_again(self) -> None:
        self.show_full()
