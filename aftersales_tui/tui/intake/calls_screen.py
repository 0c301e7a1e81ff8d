"""The calls of this seat: taken up, left, parked, gone through (C12)."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from aftersales_tui.bootstrap import database_of, person_here
from aftersales_tui.domain.errors import NotFound
from aftersales_tui.domain.intake import Field
from aftersales_tui.paths import state_dir
from aftersales_tui.tui.drafts import FOLDER, Drafts
from aftersales_tui.tui.intake.call import Call
from aftersales_tui.tui.intake.keeper import Keeper
from aftersales_tui.tui.intake.sheet_screen import SheetScreen
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.widgets.status import BAD, saying

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class CallsScreen(SheetScreen):
    """The call sheet, and which call it shows."""

    def arrive(self, caller: str = "", at: datetime | None = None, **_: Any) -> None:
        """Take up the call that was left, or begin one.

        Args:
            caller: A number or a name to look for; begins a call of its own.
            at: When that call came, where it was not now.
        """
        if not hasattr(self, "keeper"):
            self._take_up_drafts()
        if self.call.is_blank or self.call.saved or caller:
            self.calls.open(self.begun())
        else:
            self.desk_app.tell(saying("intake.resumed"))
        if caller:
            self.call.write(Field.CALLER, caller)
            if at is not None:
                self.came(at)
        self.show_call()

    def came(self, at: datetime) -> None:
        """The call came then: its clocks count from there, "tomorrow" is the day after that (P8)."""
        self.call.amend(opened_at=at)
        app = self.desk_app
        app.tell(saying("intake.came_at", at=instant_word(at, app.now(), app.zone)))

    def do_back(self) -> None:
        """Leave the call for later; it stays as it is, and as a draft."""
        if not self.call.is_blank:
            self.desk_app.tell(saying("intake.left"))
        super().do_back()

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

    def _take_up_drafts(self) -> None:
        """Offer what was left behind at this seat: the latest comes back into the form, the others wait (C12)."""
        app = self.desk_app
        drafts = Drafts(
            state_dir() / FOLDER,
            f"{database_of(app.settings)} {app.settings.shop_id}",
            app.seat.name,
            person_here(app.settings),
        )
        self.keeper = Keeper(drafts, app.trouble.report)
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
