"""The people to contact (F4): due first, claimed by one at a time (B1, B2)."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.contact import Reason
from aftersales_tui.domain.errors import DomainError, NotFound, Refused
from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import language
from aftersales_tui.lexicon.contact_scripts import lines_of, load_contact_scripts, spoken
from aftersales_tui.paths import config_dir, data_dir
from aftersales_tui.tui.commands.contact import CONTACT
from aftersales_tui.tui.contact.columns import COLUMNS, listed
from aftersales_tui.tui.contact.file_rows import FileRows
from aftersales_tui.tui.contact.follows import told
from aftersales_tui.tui.contact.pages import Held
from aftersales_tui.tui.contact.script import ScriptDialog, Told
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.ticket_deeds import InHand
from aftersales_tui.tui.widgets.rows import Edge, Rows
from aftersales_tui.views.act import Act, Changes
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page, PageKey, Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

HELD = 300
"""Rows held at most."""
SCRIPTS = "scripts"


class ContactScreen(FileRows, Listed, DeskScreen):
    """Whom to ring, why, and what was said last."""

    scopes: ClassVar[tuple[str, ...]] = (CONTACT,)

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows(COLUMNS, "contact.opening", limit=HELD)
        self._held_rows = Held(self._rows, self._page)
        self._results: dict[int, int] = {}
        self._kept: set[int] = set()

    def compose_body(self) -> Iterator[Widget]:
        """The list."""
        yield self._rows

    def arrive(self, **_: Any) -> None:
        """Come to the list; keys typed ahead are meant for its first line, and wait until that is there."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(self._arrive())), exit_on_error=False)

    def store_changed(self, changes: Changes) -> None:
        """Read again: somebody has claimed, done or promised something."""
        if changes.contact_ids or changes.subjects:
            self._read_again()

    def tick(self) -> None:
        """Let the time go on, on the lines that can be seen."""
        self._held_rows.paint(self._rows.visible_keys(), self.desk_app.now(), self.desk_app.zone)

    def retranslate(self) -> None:
        """Say the words of the lines again."""
        keys = tuple(row.key for row in self._rows.rows)
        self._held_rows.paint(keys, self.desk_app.now(), self.desk_app.zone)

    def listing(self) -> Listing:
        """Everybody who is to be contacted."""
        return listed(self.desk_app.now(), self.desk_app.zone)

    async def hand_over(self) -> None:
        """Let go of the contacts whose ticket was opened out of the script: they are free for whoever sits down."""
        await super().hand_over()
        self._results.clear()
        kept, self._kept = self._kept, set()
        for contact_id in kept:
            # It may be done by now, or have lapsed and be another's.
            with suppress(Refused, NotFound):
                await self.desk_app.bridge.run(partial(_let_go, contact_id))

    def line_in_hand(self) -> ContactRow | None:
        """The line under the cursor."""
        return self._held_rows.view(self._rows.key)

    def in_hand(self) -> InHand | None:
        """The ticket of the line under the cursor; ``None`` also for a clock of a customer's file."""
        view = self.line_in_hand()
        if view is None or not view.ticket_id:
            return None
        title = " / ".join(filter(None, (view.whom, view.product, view.fault)))
        number, status = view.number, Status(view.status)
        return InHand(view.ticket_id, view.ticket_version, number, status, title, view.to_verify, None, None)

    def can_goto_ticket(self) -> bool:
        """Whether there is a line."""
        return self._rows.key is not None

    def do_goto_ticket(self) -> None:
        """Open the ticket of the line, or the customer's file where it has none."""
        view = self.line_in_hand()
        if view is not None:
            self._open(view)

    def _open(self, view: ContactRow) -> None:
        if view.ticket_id:
            self.desk_app.open_ticket(view.ticket_id)
        else:
            self.desk_app.travel.to("customer", customer_id=view.customer_id)

    def do_undo(self) -> None:
        """Take back the last deed; a contact that is open again then belongs to nobody."""
        results = self._results

        def undo(desk: "Desk", act: Act) -> Receipt:
            newest = desk.feed.last_mine(act)
            receipt = desk.undoing.undo(act, newest)
            contact_id = results.pop(newest, 0)
            if contact_id:
                desk.contacts.release(desk.act(), contact_id)
            return receipt

        self._write(undo)

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._read_more(message.edge)), exit_on_error=False)

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        view = self._held_rows.view(message.key)
        if view is not None:
            # Held from here on: the worker begins only when the next key may already have gone out.
            keys = ExitStack()
            keys.enter_context(self.desk_app.type_ahead.hold())
            # The app's worker: the deed goes on when somebody leaves the screen meanwhile.
            work = self.desk_app.trouble.guarded(self._contact(view, keys))
            self.desk_app.run_worker(work, exit_on_error=False)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    async def _contact(self, view: ContactRow, keys: ExitStack) -> None:
        """Claim a contact, show its script, write down what came of it."""
        app = self.desk_app
        with keys:
            try:
                dialog, claimed = await self._script(view)
            except DomainError:
                self._read_again()
                raise
            answer = app.push_screen(dialog, wait_for_dismiss=True)
        came = await answer
        if came is None:
            await app.bridge.run(lambda desk: desk.contacts.release(desk.act(), view.contact_id))
        elif came.to_ticket:
            self._kept.add(view.contact_id)
            # Whoever comes back and goes on at once means the contact he has.
            self._held_rows.know(claimed)
            self._open(view)
        else:
            self.record(claimed, came)

    async def _script(self, view: ContactRow) -> tuple[ScriptDialog, ContactRow]:
        def claim(desk: "Desk") -> tuple[ContactRow, str]:
            row = desk.contacts.claim(desk.act(), view.contact_id, view.version)
            return row, desk.customers.addressed(row.customer_id, row.whom)

        claimed, form = await self.desk_app.bridge.run(claim)
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise LookupError("a contact was claimed without a desk")
        known = {
            "name": form or claimed.whom,
            "product": claimed.product,
            "fault": claimed.fault,
            "words": claimed.words,
            "number": number_word(claimed.number),
            "shop": desk.shop.name,
            "person": desk.people.me().name,
        }
        own: Path = config_dir() / SCRIPTS / language()
        scripts = load_contact_scripts(data_dir() / SCRIPTS / language(), own)
        said = spoken(lines_of(scripts, claimed.reason, claimed.about), known)

        def answered(came: Told) -> None:
            if not came.to_ticket:
                self._held_rows.hide(claimed.contact_id, self.desk_app.now(), self.desk_app.zone)

        return ScriptDialog(
            claimed, desk.policy.reason(claimed.reason, claimed.about), said, answered
        ), claimed

    def record(self, contact: ContactRow, came: Told) -> None:
        """Write a result; the line goes at once, and comes back if the desk refuses."""
        app, contact_id = self.desk_app, contact.contact_id
        after: list[tuple[Reason, str]] = []

        def write(desk: "Desk", act: Act) -> Receipt:
            receipt = desk.contacts.result(
                act, contact_id, contact.version, came.result, came.words, came.again_at, came.agreed
            )
            rule = desk.policy.reason(contact.reason, contact.about)
            status = desk.dispatch.ticket(contact.ticket_id).status if contact.ticket_id else ""
            after.append((rule, status))
            return receipt

        def done(receipt: Receipt) -> None:
            self._results[receipt.seq] = contact_id
            app.tell(told(receipt, *after[0], app.zone))
            self._back_on_list(contact_id)

        def failed(_: DomainError) -> bool:
            self._back_on_list(contact_id)
            return False

        self.refresh_keys()
        app.write(write, then=done, failed=failed)

    def _back_on_list(self, contact_id: int) -> None:
        """Show a contact again where it stands now, if it is still open."""
        self._held_rows.leaving.discard(contact_id)
        self._read_again()

    def _read_again(self) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._refresh()), exit_on_error=False)

    async def _arrive(self) -> None:
        """Read until the lines are there: a change heard meanwhile overtakes the first reading."""
        while not await self._refresh():
            pass

    async def _refresh(self) -> bool:
        shown = await self._held_rows.again(self.desk_app.now(), self.desk_app.zone)
        self._rows.empty = "contact.nothing"
        self._rows.refresh()
        self.refresh_keys()
        return shown

    async def _read_more(self, edge: Edge) -> None:
        await self._held_rows.more(edge, self.desk_app.now(), self.desk_app.zone)

    async def _page(
        self, after: PageKey | None, limit: int, before: PageKey | None
    ) -> Page[ContactRow] | None:
        return await self.desk_app.bridge.latest(
            "contacts", lambda desk: desk.contacts.due(after, limit, before)
        )


def _let_go(contact_id: int, desk: "Desk") -> None:
    desk.contacts.release(desk.act(), contact_id)
