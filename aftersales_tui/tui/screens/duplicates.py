"""Files that may be one and the same customer's, the likeliest first (U4)."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.tui.commands.customer_deeds import DUPLICATES
from aftersales_tui.tui.customer.pairs import COLUMNS, ids_of, key_of, likeliest, pair_line
from aftersales_tui.tui.customer_deeds import CustomerDeeds
from aftersales_tui.tui.listed import ListedApart
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.act import Changes
from aftersales_tui.views.mergers import Suggestion, Suggestions
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

ENOUGH = 20
"""Pairs after which the list is shown; it looks further when one comes near its end."""
LOOKS = 20
"""Looks taken for one filling of the list at most; other verbs get their turn between two of them."""
READS_AGAIN = frozenset({"merge", "differ", "undo", "erase"})
"""Deeds of this window after which other pairs may be on the list."""


class DuplicatesScreen(CustomerDeeds, ListedApart, DeskScreen):
    """Pairs with why they match; Enter looks at both, ``x`` says that they are two."""

    scopes: ClassVar[tuple[str, ...]] = (DUPLICATES,)

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows(COLUMNS, "duplicates.opening")
        self._pairs: dict[int, Suggestion] = {}
        self._in_work: Suggestion | None = None
        self._go_on = 0
        self._turn = 0

    def compose_body(self) -> Iterator[Widget]:
        """The list."""
        yield self._rows

    def arrive(self, **_: Any) -> None:
        """Come to the list; keys typed ahead are meant for its first line, and wait until that is there."""
        app = self.desk_app
        keys = ExitStack()
        keys.enter_context(app.type_ahead.hold())
        app.run_worker(app.trouble.guarded(self._arrive(keys)), exit_on_error=False)

    def store_changed(self, changes: Changes) -> None:
        """Look again when one of the files on the list was changed."""
        shown = {customer_id for pair in self._pairs.values() for customer_id in ids_of(pair)}
        if not shown.isdisjoint(changes.subjects):
            self._read_again()

    async def catch_up(self, receipt: Receipt) -> None:
        """Take the pair that was dealt with off the list, so that the next is under the cursor; then look again."""
        if receipt.verb not in READS_AGAIN:
            return
        if receipt.verb in {"merge", "differ"} and self._in_work is not None:
            gone, pairs = self._in_work, self._pairs
            self._pairs = {
                key: pair
                for key, pair in pairs.items()
                if pair != gone and not (receipt.verb == "merge" and ids_of(pair) & ids_of(gone))
            }
            self._show()
        self._read_again()

    def retranslate(self) -> None:
        """Say the reasons again."""
        self._show()

    def listing(self) -> Listing:
        """All pairs there are, as they are shown."""
        from aftersales_tui.tui import listings

        return listings.duplicates()

    def customer_in_hand(self) -> int:
        """The older one of the pair under the cursor."""
        pair = self._pair()
        return pair.one.customer_id if pair else 0

    def can_differ(self) -> bool:
        """Whether there is a pair."""
        return self._pair() is not None

    def do_differ(self) -> None:
        """Remember that the two are not the same."""
        pair = self._in_work = self._pair()
        if pair is not None:
            one, other = pair.one.customer_id, pair.other.customer_id
            self.desk_app.write(lambda desk, act: desk.mergers.differ(act, one, other), hold=True)

    def can_look_further(self) -> bool:
        """Whether there are customers who were not looked at."""
        return bool(self._go_on)

    async def do_look_further(self) -> None:
        """Look at the customers before those who were looked at."""
        await self._look(self._go_on, self._pairs, len(self._pairs) + ENOUGH)

    @on(Rows.Wanted)
    def _more(self, message: Rows.Wanted) -> None:
        if message.edge in {"after", "last"} and self._go_on:
            self.run_worker(self.desk_app.trouble.guarded(self.do_look_further()), exit_on_error=False)

    @on(Rows.Opened)
    def _opened(self) -> None:
        pair = self._in_work = self._pair()
        if pair is not None:
            # Held from here on: the worker begins only when the next key may already have gone out.
            keys = ExitStack()
            keys.enter_context(self.desk_app.type_ahead.hold())
            work = self.compare(pair.one.customer_id, pair.other.customer_id, keys)
            self.desk_app.run_worker(self.desk_app.trouble.guarded(work), exit_on_error=False)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    def _pair(self) -> Suggestion | None:
        return self._pairs.get(self._rows.key or 0)

    async def _arrive(self, keys: ExitStack) -> None:
        with keys:
            await self._read(keys)

    def _read_again(self) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._read()), exit_on_error=False)

    async def _read(self, keys: ExitStack | None = None) -> None:
        await self._look(0, {}, max(ENOUGH, len(self._pairs)), keys)

    async def _look(
        self, go_on: int, pairs: dict[int, Suggestion], enough: int, keys: ExitStack | None = None
    ) -> None:
        """Look at customers, some at a time, until there are pairs enough; a later look overtakes this one.

        The first pairs are shown at once, and ``keys`` held for them let go.
        """
        turn = self._turn = self._turn + 1
        for look in range(1, LOOKS + 1):
            found = await self.desk_app.bridge.run(partial(_suggested, go_on))
            if turn != self._turn:
                return
            pairs = pairs | {key_of(pair): pair for pair in found.pairs}
            go_on = found.go_on
            is_last = not go_on or len(pairs) >= enough or look == LOOKS
            if is_last or (pairs and keys is not None):
                self._pairs, self._go_on = pairs, go_on
                self._rows.empty = "duplicates.none_yet" if go_on else "duplicates.none"
                self._show(more=is_last and len(pairs) >= enough)
            if keys is not None:
                keys.close()
            if is_last:
                return

    def _show(self, *, more: bool = False) -> None:
        """Paint the pairs; with ``more`` the list looks further by itself when the cursor comes near its end."""
        self._rows.show(
            [pair_line(pair) for pair in likeliest(self._pairs.values())], after=more and bool(self._go_on)
        )
        self._rows.refresh()
        self.refresh_keys()


def _suggested(go_on: int, desk: "Desk") -> Suggestions:
    return desk.mergers.suggested(go_on)
