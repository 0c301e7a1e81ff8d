"""What can be done with the customer in hand, the same on every screen that has one (U4)."""

import asyncio
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from aftersales_tui.paths import typed_path
from aftersales_tui.tui.commands.command import Command
from aftersales_tui.tui.commands.customer_deeds import CUSTOMER_ROW
from aftersales_tui.tui.undoing import Undoing
from aftersales_tui.tui.widgets.status import BAD, GOOD, saying

if TYPE_CHECKING:
    from concurrent.futures import Future

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.store.erase import Sighting
    from aftersales_tui.tui.dialogs.erase import Erased
    from aftersales_tui.views.mergers import ErasurePreview, MergePreview
    from aftersales_tui.views.tickets import Receipt


class CustomerDeeds(Undoing):
    """Lends a screen the verbs on its customer; it overrides ``customer_in_hand`` and needs nothing else.

    Each dialog is imported when it opens.
    """

    scopes: ClassVar[tuple[str, ...]] = (CUSTOMER_ROW,)

    def customer_in_hand(self) -> int:
        """The customer under the cursor or on the screen; 0 for none."""
        return 0

    def can(self, command: Command) -> bool:
        """Whether there is a customer for a verb on one."""
        return super().can(command) and (command.where != CUSTOMER_ROW or bool(self.customer_in_hand()))

    async def do_merge(self) -> None:
        """Find the other file of the same customer, look at both, and merge them."""
        from aftersales_tui.tui.dialogs.pick_customer import PickCustomer

        customer_id = self.customer_in_hand()
        other = await self._customer_screen.app.push_screen_wait(PickCustomer(customer_id))
        if other:
            await self.compare(customer_id, other)

    async def compare(self, kept_id: int, lost_id: int, keys: ExitStack | None = None) -> None:
        """Show two files side by side, and merge them as the operator chooses.

        Args:
            kept_id: The file that stays unless he changes them over.
            lost_id: The other one.
            keys: Holds the keys typed ahead, if the caller does already; they are meant for the dialog.
        """
        from aftersales_tui.tui.dialogs.merge import SWAP, MergeDialog

        app, pair, keys = self.desk_app, (kept_id, lost_id), keys or ExitStack()
        while True:
            keys.enter_context(app.type_ahead.hold())
            with keys:
                seen = await app.bridge.run(partial(_preview, pair))
                answer = app.push_screen(MergeDialog(seen), wait_for_dismiss=True)
            sides = await answer
            if sides is None:
                return
            if sides is not SWAP:
                break
            pair = pair[1], pair[0]
        kept, lost = ((one.customer_id, one.version) for one in (seen.kept, seen.lost))
        app.write(lambda desk, act: desk.mergers.merge(act, kept, lost, sides), hold=True)

    async def do_hand_out(self) -> None:
        """Write all that is known of the customer to a file, with a reason."""
        from aftersales_tui.tui.dialogs.hand_out import HandOutDialog
        from aftersales_tui.tui.dossiers import default_path, hand_out

        app, customer_id = self.desk_app, self.customer_in_hand()
        told = await self._customer_screen.app.push_screen_wait(HandOutDialog(f"~/{default_path(app.now())}"))
        if told is None:
            return
        path, zone = typed_path(told.path), app.zone
        app.write(
            lambda desk, act: hand_out(desk, act, customer_id, path, told.reason, zone),
            then=lambda _: app.tell(saying("dossier.written", GOOD, path=path.absolute())),
        )

    async def do_erase(self) -> None:
        """Erase the customer, after his name was typed and a reason given."""
        from aftersales_tui.tui.dialogs.erase import EraseDialog
        from aftersales_tui.tui.erasure import look

        app, customer_id = self.desk_app, self.customer_in_hand()
        with app.type_ahead.hold():
            seen = await app.bridge.run(lambda desk: desk.erasing.preview(customer_id))
            answer = app.push_screen(EraseDialog(seen), wait_for_dismiss=True)
        looking = None if seen.open_numbers else look(await app.bridge.opened(), seen)
        told = await answer
        if told is not None:
            self._erase(seen, told, looking)

    def _erase(self, seen: "ErasurePreview", told: "Erased", looking: "Future[Sighting] | None") -> None:
        from aftersales_tui.tui.erasure import erase, is_swept_later

        app = self.desk_app

        def done(_: "Receipt") -> None:
            if is_swept_later(seen):
                app.tell(saying("erase.swept_later", n=seen.seconds, id=seen.file.customer_id))
            else:
                app.run_worker(app.trouble.guarded(self._sweep()), exit_on_error=False)

        app.write(lambda desk, act: erase(desk, act, seen, told.name, told.reason, looking), then=done)

    async def _sweep(self) -> None:
        """Rewrite the store without what was erased: seconds for a large one, so past the lane of the verbs."""
        app = self.desk_app
        desk = await app.bridge.opened()
        if not await asyncio.to_thread(desk.erasing.sweep):
            app.tell(saying("erase.not_swept", BAD))

    @property
    def _customer_screen(self) -> Screen[None]:
        return cast("Screen[None]", self)


def _preview(pair: tuple[int, int], desk: "Desk") -> "MergePreview":
    return desk.mergers.preview(*pair)
