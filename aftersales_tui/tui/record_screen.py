"""What the screens about one record have in common: a ticket, a customer's file, a device's card, a person's card."""

from abc import abstractmethod
from asyncio import Lock
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import events, on

from aftersales_tui.domain.errors import NotFound
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from aftersales_tui.views.act import Changes
    from aftersales_tui.views.tickets import Receipt


class RecordScreen(DeskScreen):
    """A record is read when somebody comes to it, and again whenever it may have changed.

    A subclass overrides ``look`` and ``paint``, and ``concerns`` where not every write may be about its record.
    """

    record_id = 0
    """Which record it is; 0 until that is known."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = Lock()
        self._asked = self._answered = 0

    @abstractmethod
    async def look(self) -> None:
        """Read the record and what is shown with it; never twice at a time."""

    @abstractmethod
    def paint(self) -> None:
        """Show what was read, as it stands now; nothing until it was."""

    def concerns(self, changes: "Changes") -> bool:
        """Whether what was written may be about this record."""
        return bool(changes.subjects)

    def come_to(self, record_id: int) -> None:
        """Read a record for the first time; keys typed ahead are meant for it and wait until it is there."""
        self.hold_keys(self.open_record(record_id))

    def hold_keys(self, work: Coroutine[Any, Any, None]) -> None:
        """Do some work while the keys wait; what goes wrong is said."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(work)), exit_on_error=False)

    async def open_record(self, record_id: int) -> None:
        """Read a record for the first time.

        Raises:
            NotFound: There is none; the screen is left.
        """
        self.record_id = record_id
        try:
            await self.look_again()
        except NotFound:
            if self.app.screen is self:
                self.do_back()
            raise

    async def look_again(self) -> None:
        """Read the record and show it; one reading answers all who have asked before it began."""
        self._asked += 1
        mine = self._asked
        async with self._turn:
            if self._answered >= mine:
                return
            self._answered = self._asked
            await self.look()
        self.paint()
        self.refresh_keys()

    def store_changed(self, changes: "Changes") -> None:
        """Read again."""
        if self.record_id and self.concerns(changes):
            self.run_worker(self.desk_app.trouble.guarded(self.look_again()), exit_on_error=False)

    async def catch_up(self, receipt: "Receipt") -> None:
        """Show what was just written before the next key means it."""
        if receipt.ticket_id and self.record_id:
            await self.look_again()

    def retranslate(self) -> None:
        """Say everything again."""
        self.paint()

    @on(events.Resize)
    def _fold_again(self) -> None:
        self.paint()
