"""A customer's file (F5; U1): opened from whatever has a customer in hand, or by looking him up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.customer import REMOVABLE, Part
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.customer import CUSTOMER, PAGES
from aftersales_tui.tui.customer.file_deeds import FileDeeds, OnFile
from aftersales_tui.tui.customer.finding import customer_beneath, sought, words_beneath
from aftersales_tui.tui.customer.listed import ListedFile
from aftersales_tui.tui.customer.lookup import Lookup
from aftersales_tui.tui.customer.pages import (
    COLUMNS,
    LISTS,
    head,
    moment_row,
    part_of,
    summary,
    ticket_row,
)
from aftersales_tui.tui.customer.paging import HELD, Paged
from aftersales_tui.tui.customer.values import Here, record_of
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.confirm import YES, Confirm
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.record_screen import RecordScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.ticket.tabs import Tabs
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.customers import CustomerFile, FileMoment, FileTicket
from aftersales_tui.views.tickets import Page, PageKey

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

ADDED: dict[str, tuple[Part, ...]] = {
    "people": (Part.PERSON, Part.PHONE),
    "addresses": (Part.ADDRESS,),
    "devices": (Part.DEVICE,),
    "promises": (Part.PROMISE,),
}
"""What is added on a page; on the others a menu asks."""
EVERY = (Part.PERSON, Part.PHONE, Part.ADDRESS, Part.DEVICE, Part.PROMISE)


class CustomerScreen(FileDeeds, ListedFile, RecordScreen):
    """Who he is, and a page for each kind of thing that is kept of him."""

    AUTO_FOCUS = "Paper"
    scopes: ClassVar[tuple[str, ...]] = (CUSTOMER,)

    def __init__(self) -> None:
        super().__init__()
        self._file: CustomerFile | None = None
        self._head, self._paper = Lines(id="head"), Paper()
        self._tabs = Tabs(PAGES, lambda name: say(f"file.tab.{name}"))
        self._rows = Rows((), limit=HELD)
        self._rows.display = False
        self._tickets = Paged[FileTicket](
            self._rows, self._ticket_page, self._ticket_line, lambda one: (one.received_at, one.ticket_id)
        )
        self._line_of_time = Paged[FileMoment](
            self._rows, self._time_page, self._time_line, lambda one: (one.row.happened_at, one.row.seq)
        )

    def compose_body(self) -> Iterator[Widget]:
        """Head, tabs, and the page: text or a list."""
        yield self._head
        yield self._tabs
        yield self._paper
        yield self._rows

    def arrive(self, customer_id: int = 0, caller: str = "", page: str = "", **_: Any) -> None:
        """Show a file.

        Args:
            customer_id: Whose; 0 for that of what was in hand on the screen beneath.
            caller: What to look for, where a name or a number was typed.
            page: To begin with.
        """
        if page:
            self._turn_to(page)
        self.hold_keys(self._arrive(customer_id, caller))

    def tick(self) -> None:
        """Promises become late while one looks."""
        self.paint()

    def retranslate(self) -> None:
        """Say everything again."""
        self.paint()
        if self._tabs.open == "tickets":
            self._tickets.paint()
        elif self._tabs.open == "timeline":
            self._line_of_time.paint()

    def on_file(self) -> OnFile | None:
        """The record under the cursor; on the other pages the customer himself."""
        file = self._file
        if file is None:
            return None
        part, record_id = part_of(self._tabs.open, self._rows.key or 0)
        if part is Part.CUSTOMER:
            return OnFile(file, part, file.customer_id, file, 0)
        record = record_of(file, part, record_id)
        return OnFile(file, part, record_id, record, record_id if part is Part.DEVICE else 0)

    def do_page(self, name: str) -> None:
        """Turn to a page."""
        self._turn_to(name)
        if name not in LISTS:
            self.hold_keys(self._read_page())
        self.paint(name)
        self.refresh_keys()

    def can_add(self) -> bool:
        """Whether a file is in hand."""
        return self._file is not None

    async def do_add(self) -> None:
        """Add to the file what the page shows; where that is not plain, ask what."""
        parts = ADDED.get(self._tabs.open, EVERY)
        part: Part | None = parts[0]
        if len(parts) > 1:
            menu = Menu("file.add.title", [Choice(one.value, say(f"part.{one}")) for one in parts])
            chosen = await self.app.push_screen_wait(menu)
            part = Part(chosen) if chosen else None
        if part is not None:
            await self._fill_in(part, 0, None, **self._preset(part))

    def _preset(self, part: Part) -> dict[str, Any]:
        """A number that is added with the cursor on a person is his."""
        held = self._held()
        whose = held.record_id if held.part is Part.PERSON else getattr(held.record, "person_id", 0)
        return {"person_id": whose} if part is Part.PHONE and whose else {}

    def can_remove(self) -> bool:
        """Whether something that may be removed is under the cursor."""
        held = self.on_file()
        return held is not None and held.part in REMOVABLE and held.record is not None

    async def do_remove(self) -> None:
        """Take what is under the cursor out of the file."""
        held = self._held()
        question = Confirm("file.remove.title", part=say(f"part.{held.part}"), what=_named(held))
        if await self.app.push_screen_wait(question) == YES:
            self._write(
                lambda desk, act: desk.customers.remove(act, held.part, held.file.customer_id, held.record_id)
            )

    def can_fulfil(self) -> bool:
        """Whether an open promise is under the cursor."""
        held = self.on_file()
        return (
            held is not None
            and held.part is Part.PROMISE
            and held.record is not None
            and (held.record.done_at is None)
        )

    async def do_fulfil(self) -> None:
        """The promise was kept."""
        held = self._held()
        words = await self.app.push_screen_wait(
            Ask("file.fulfil.title", about=held.record_id, what=_named(held))
        )
        if words:
            self._write(
                lambda desk, act: desk.customers.fulfil(act, held.file.customer_id, held.record_id, words)
            )

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        page, app = self._tabs.open, self.desk_app
        if page == "devices":
            app.travel.to("device", customer_id=self.record_id, device_id=message.key)
        elif page == "tickets":
            app.open_ticket(message.key)
        elif page == "timeline":
            moment = self._line_of_time.view(message.key)
            if moment is not None and moment.ticket_id:
                app.open_ticket(moment.ticket_id)
        else:
            work = app.trouble.guarded(self.do_change())
            self.run_worker(work, exit_on_error=False)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        more = {"tickets": self._tickets.more, "timeline": self._line_of_time.more}.get(self._tabs.open)
        if more is not None:
            self.run_worker(self.desk_app.trouble.guarded(more(message.edge)), exit_on_error=False)

    @on(Tabs.Chosen)
    def _tab_clicked(self, message: Tabs.Chosen) -> None:
        self.do_page(message.name)

    async def _arrive(self, customer_id: int, caller: str) -> None:
        """Find out whose file is wanted and read it; where nobody is in hand, ask for him."""
        if not customer_id and not caller:
            customer_id = await customer_beneath(self.desk_app, self)
            caller = "" if customer_id else words_beneath(self)
        if not customer_id and caller:
            customer_id = await sought(self.desk_app, caller)
        if customer_id:
            await self.open_record(customer_id)
        else:
            # It waits for a person, and must not hold his keys.
            self.app.push_screen(Lookup(caller), self._looked_up)

    def _looked_up(self, found: Any) -> None:
        if found is None:
            self.do_back()
        else:
            self.come_to(found.customer_id)

    async def look(self) -> None:
        """Read the file, and of the page what is read piece by piece."""
        customer_id = self.record_id
        self._file = await self.desk_app.bridge.run(lambda desk: desk.customers.file(customer_id))
        await self._read_page()

    async def _read_page(self) -> None:
        if self.record_id and self._tabs.open == "tickets":
            await self._tickets.again()
        elif self.record_id and self._tabs.open == "timeline":
            await self._line_of_time.again()

    def _turn_to(self, name: str) -> None:
        """Let the page be text or the right list, and give it the keys."""
        is_list = name in COLUMNS
        self._tabs.show(name, self._counts())
        if is_list:
            self._rows.wear(COLUMNS[name], f"file.empty.{name}")
        self._rows.display, self._paper.display = is_list, not is_list
        if self.is_mounted:
            (self._rows if is_list else self._paper).focus()

    def _counts(self) -> dict[str, int]:
        file = self._file
        if file is None:
            return {}
        return {
            "people": len(file.persons) + len(file.phones),
            "addresses": len(file.addresses),
            "devices": len(file.devices),
            "tickets": file.tickets,
            "promises": sum(one.done_at is None for one in file.promises),
        }

    def _here(self) -> Here:
        return Here(self.desk_app.now(), self.desk_app.zone)

    def paint(self, turned: str = "") -> None:
        """Paint what has changed; a page just turned to from its top."""
        file, page = self._file, self._tabs.open
        if file is None:
            return
        self._head.show(head(file))
        self._tabs.show(page, self._counts())
        if page in LISTS:
            self._rows.show(list(LISTS[page](file, self._here())))
        elif page not in COLUMNS:
            self._paper.write(tuple(summary(file, self._here())), from_top=bool(turned))

    async def _ticket_page(self, limit: int, after: PageKey | None) -> Page[FileTicket] | None:
        mine = self.record_id

        def read(desk: "Desk") -> Page[FileTicket]:
            return desk.customers.tickets(mine, 0, limit, after)

        return await self.desk_app.bridge.latest(f"file.tickets.{id(self)}", read)

    async def _time_page(self, limit: int, after: PageKey | None) -> Page[FileMoment] | None:
        mine = self.record_id

        def read(desk: "Desk") -> Page[FileMoment]:
            return desk.customers.timeline(mine, limit, after)

        return await self.desk_app.bridge.latest(f"file.timeline.{id(self)}", read)

    def _ticket_line(self, one: FileTicket) -> Any:
        return ticket_row(one, self._here())

    def _time_line(self, one: FileMoment) -> Any:
        return moment_row(one, self._here())


def _named(held: OnFile) -> str:
    """The record in a few words."""
    names = {Part.PERSON: "name", Part.PHONE: "typed", Part.ADDRESS: "text", Part.PROMISE: "words"}
    return str(getattr(held.record, names.get(held.part, "name"), ""))
