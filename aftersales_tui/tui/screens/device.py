"""A device's card (用户维护卡): what it is, its papers, and what was wrong with it before (U2)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.customer import Part
from aftersales_tui.i18n import say
from aftersales_tui.tui.customer.file_deeds import FileDeeds, OnFile
from aftersales_tui.tui.customer.finding import meant_beneath
from aftersales_tui.tui.customer.pages import COLUMNS, card, ticket_row
from aftersales_tui.tui.customer.paging import HELD, Paged
from aftersales_tui.tui.customer.values import Here, device_word
from aftersales_tui.tui.record_screen import RecordScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import BAD, saying
from aftersales_tui.views.customers import CustomerFile, DeviceCard, FileTicket
from aftersales_tui.views.tickets import Page, PageKey

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

FAULTS = 6
"""Lines that the earlier faults keep, with their heading."""


class DeviceScreen(FileDeeds, RecordScreen):
    """The card above, its tickets below; Enter opens one of them."""

    AUTO_FOCUS = "Rows"
    scopes: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self._file: CustomerFile | None = None
        self._card: DeviceCard | None = None
        self._head, self._paper = Lines(id="head"), Paper()
        self._head.styles.height = 1
        self._paper.can_focus = False
        self._rows = Rows(COLUMNS["tickets"], "file.empty.faults", limit=HELD)
        self._faults = Paged[FileTicket](
            self._rows, self._page, self._line, lambda one: (one.received_at, one.ticket_id)
        )

    def compose_body(self) -> Iterator[Widget]:
        """Whose it is, the card, the faults."""
        yield self._head
        yield self._paper
        yield self._rows

    def arrive(self, device_id: int = 0, **_: Any) -> None:
        """Show a card; of 0 that of the device in hand beneath."""
        self.hold_keys(self._arrive(device_id))

    def on_file(self) -> OnFile | None:
        """The card."""
        if self._file is None or self._card is None:
            return None
        return OnFile(self._file, Part.DEVICE, self.record_id, self._card, self.record_id)

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        self.desk_app.open_ticket(message.key)

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._faults.more(message.edge)), exit_on_error=False)

    async def _arrive(self, device_id: int) -> None:
        device_id = device_id or (await meant_beneath(self.desk_app, self)).device_id
        if device_id:
            await self.open_record(device_id)
        else:
            self.do_back()
            self.desk_app.tell(saying("file.no_device", BAD))

    async def look(self) -> None:
        """Read the card, the file it is in, and the faults that are in sight."""
        device_id = self.record_id

        def read(desk: "Desk") -> tuple[DeviceCard, CustomerFile]:
            device = desk.customers.card(device_id)
            return device, desk.customers.file(device.customer_id)

        self._card, self._file = await self.desk_app.bridge.run(read)
        await self._faults.again()

    def paint(self) -> None:
        """Show the card, and its faults in the words of the present language."""
        file, device = self._file, self._card
        if file is None or device is None:
            return
        title = ((f" {device_word(device)} ", "strong"), (f" {say('file.card_of', name=file.name)}", ""))
        self._head.show((title,))
        here = Here(self.desk_app.now(), self.desk_app.zone)
        entries = tuple(card(file, device, here))
        width = max(20, self.size.width)
        needed = sum(len(list(entry.lines(width))) for entry in entries)
        room = max(3, self.size.height - FAULTS - 4)
        self._paper.styles.height = min(needed, room)
        self._paper.write(entries)

    def retranslate(self) -> None:
        """Say everything again."""
        self.paint()
        self._faults.paint()

    async def _page(self, limit: int, after: PageKey | None) -> Page[FileTicket] | None:
        mine = self.record_id

        def read(desk: "Desk") -> Page[FileTicket]:
            return desk.customers.tickets(0, mine, limit, after)

        return await self.desk_app.bridge.latest(f"card.tickets.{id(self)}", read)

    def _line(self, one: FileTicket) -> Any:
        return ticket_row(one, Here(self.desk_app.now(), self.desk_app.zone))
