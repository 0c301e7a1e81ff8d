"""The calls of this seat: taken up, left, parked, gone through (C12)."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from aftersales_tui.domain.errors import NotFound, Unavailable
from aftersales_tui.domain.intake import Field
from aftersales_tui.tui.drafts import drafts_of
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.intake.call import SOUGHT, Call
from aftersales_tui.tui.intake.erased import forget_erased
from aftersales_tui.tui.intake.keeper import Keeper
from aftersales_tui.tui.intake.misplaced import can_be_moved, to_fault
from aftersales_tui.tui.intake.parking import Calls
from aftersales_tui.tui.intake.sheet_screen import SheetScreen
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.watch import StoreChanged
from aftersales_tui.tui.widgets.status import BAD, saying

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class CallsScreen(SheetScreen):
    """The call sheet, and which call it shows."""

    def arrive(
        self,
        caller: str = "",
        channel: str = "",
        call_id: int = 0,
        at: datetime | None = None,
        customer_id: int = 0,
        device_id: int = 0,
        **_: Any,
    ) -> None:
        """Take up the call that was left, or begin one.

        Args:
            caller: A number or a name to look for; begins a call of its own.
            channel: How he comes, where it is not by phone (C13).
            call_id: Of that call, for who wants to know later what came of it.
            at: When that call came, where it was not now.
            customer_id: Whose file was in hand, for a call of his own; his name and all is filled in.
            device_id: The device in hand there; 0 for none.
        """
        if not hasattr(self, "keeper"):
            self._take_up_drafts()
        if self.call.is_blank or self.call.saved or caller or customer_id:
            self.calls.open(self.begun())
        else:
            self.desk_app.tell(saying("intake.resumed"))
        if caller:
            self.call.write(Field.CALLER, caller)
            self.call.amend(
                channel=channel or self.call.sheet.channel, call_id=call_id or self.call.sheet.call_id
            )
            if at is not None:
                self.came(at)
        self.show_call()
        if customer_id:
            taking = self.finding.take(self.call, customer_id, device_id)
            self.in_background(holding(self.desk_app.type_ahead, taking))

    def customer_in_hand(self) -> int:
        """The caller, once he was taken; 0 before."""
        return self.call.sheet.customer_id

    def device_in_hand(self) -> int:
        """The device the call is about; 0 for none that is known."""
        return self.call.sheet.device_id

    def words_in_hand(self) -> str:
        """What was typed to find the caller, before anybody was taken."""
        self.collect()
        call = self.call
        return call.text(call.here).strip() if call.here in SOUGHT and not call.sheet.customer_id else ""

    def came(self, at: datetime) -> None:
        """The call came then: its clocks count from there, "tomorrow" is the day after that (P8)."""
        self.call.amend(opened_at=at)
        app = self.desk_app
        app.tell(saying("intake.came_at", at=instant_word(at, app.now(), app.zone)))

    def do_back(self) -> None:
        """Leave the call for later; it stays as it is, and as a draft."""
        super().do_back()
        if not self.call.is_blank:
            self.desk_app.tell(saying("intake.left"))

    def do_park(self) -> None:
        """Let this call wait and begin another (C12)."""
        desk = self.desk_app.bridge.desk
        if self.call.is_blank:
            self.desk_app.tell(saying("intake.nothing_to_park"))
        elif desk is not None and len(self.calls.parked) >= desk.policy.call.parked:
            self.desk_app.tell(saying("intake.parking_full", BAD, n=desk.policy.call.parked))
        else:
            self.calls.open(self.begun())
            self.show_call()

    def can_to_fault(self) -> bool:
        """Whether a product was typed and no fault."""
        return can_be_moved(self.call)

    def do_to_fault(self) -> None:
        """What stands in the box of the product is the fault; the cursor stays, for the product is still to be told."""
        to_fault(self.call)
        self.form.fill({box: self.call.text(box) for box in (Field.PRODUCT, Field.FAULT)})
        self.touch()
        self.repaint()

    def can_next_parked(self) -> bool:
        """Whether a call waits."""
        return bool(self.calls.parked)

    def do_next_parked(self) -> None:
        """To the next call that waits; this one waits in its place."""
        self.calls.next()
        self.show_call()

    def leave(self) -> None:
        """On to the next call that waits, or back to where F2 was pressed."""
        if self.calls.next():
            self.show_call()
            return
        self.calls.present = self.begun()
        self.show_call()
        if self.app.screen is self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    async def hand_over(self) -> None:
        """Keep every call as a draft of whoever took it, and empty the form.

        Raises:
            Unavailable: ``seat.drafts_not_kept`` when the disk refuses; then everything stays as it is.
        """
        if not hasattr(self, "keeper"):
            return
        self._touch_all()
        if not self.keeper.now():
            raise Unavailable("seat.drafts_not_kept")
        del self.keeper
        self.finding.stop()
        self.calls = Calls(self.begun())

    @on(StoreChanged)
    def _hear_of_erased(self, message: StoreChanged) -> None:
        """Also while another screen is in front: a call that waits here may be that of somebody who was erased."""
        calls = self.calls.all()
        if message.changes.subjects and not all(call.saved or call.is_blank for call in calls):
            self.in_background(forget_erased(self, message.changes))

    def _touch_all(self) -> None:
        self.collect()
        for call in self.calls.all():
            if not (call.saved or call.is_blank):
                self.keeper.touch(call.draft(self.desk_app.now()))

    def seated(self) -> None:
        """Take up the calls that the person who sits here now had left; calls in hand are kept under his name."""
        if hasattr(self, "keeper"):
            drafts = drafts_of(self.desk_app)
            if not self.keeper.is_for(drafts):
                # What is under way ends first, or it would make the old file anew.
                self.keeper.now()
                self.keeper = Keeper(drafts, self.desk_app.trouble.report)
                self._touch_all()
        elif self._stands:
            self._take_up_drafts()
            self.show_call()

    def _take_up_drafts(self) -> None:
        """Offer what was left behind at this seat: the latest comes back into the form, the others wait (C12)."""
        self.keeper = Keeper(drafts_of(self.desk_app), self.desk_app.trouble.report)
        left = [Call.resumed(draft) for draft in self.keeper.offered()]
        if left:
            self.calls.present = left.pop()
            self.calls.wait(left)
            self.in_background(self._weed())

    async def _weed(self) -> None:
        """A call whose commit was the last thing before the end is no draft any more."""
        for call in self.calls.all():
            call_id = call.sheet.call_id
            try:
                await self.desk_app.bridge.run(partial(_saved, call_id))
            except NotFound:
                continue
            self.keeper.drop(call_id)
            self.calls.weed(call_id)
            if call is self.call:
                call.saved = True
                self.calls.next()
                self.arrive()


def _saved(call_id: int, desk: "Desk") -> None:
    """Make sure that a call is in the store; ``NotFound`` when it is not."""
    desk.dispatch.ticket(call_id)
