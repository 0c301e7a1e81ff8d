"""A customer is erased while his call stands in a form of this seat: the form forgets him too (U4, C12)."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from aftersales_tui.tui.intake.call import Call
from aftersales_tui.tui.widgets.status import BAD, saying
from aftersales_tui.views.act import Changes

if TYPE_CHECKING:
    from aftersales_tui.tui.intake.sheet_screen import SheetScreen

MOST = 500
"""Records of one piece of news that are looked at: nobody erases more in one go."""


async def forget_erased(screen: "SheetScreen", changes: Changes) -> None:
    """Empty every open or parked call of a customer who was erased, and take its draft away again.

    It is his by the file that was taken, or by his number; a call of which neither is known is told by its draft,
    which whoever erased him on this machine has taken away.

    Args:
        screen: With the calls of this seat.
        changes: What the feed has told.
    """
    told = frozenset(sorted(changes.subjects, reverse=True)[:MOST])
    asked = told.union(*(_customers(call) for call in screen.calls.all()))
    gone = await screen.desk_app.bridge.run(lambda desk: desk.intake.erased(asked))
    if gone:
        _empty(screen, gone, by_draft=bool(gone & told))


def _customers(call: Call) -> frozenset[int]:
    """Whose call it is, or may be by a number: the caller's file, and those that have the number."""
    return frozenset({call.sheet.customer_id} - {0}).union(*call.met.values())


def _empty(screen: "SheetScreen", gone: Collection[int], *, by_draft: bool) -> None:
    keeper, calls = screen.keeper, screen.calls
    his = [
        call
        for call in calls.all()
        if not (call.saved or call.is_blank)
        and (not _customers(call).isdisjoint(gone) or (by_draft and keeper.is_taken_away(call.sheet.call_id)))
    ]
    for call in his:
        keeper.drop(call.sheet.call_id)
        calls.weed(call.sheet.call_id)
        if call is calls.present:
            calls.present = screen.begun()
            screen.show_call()
    if his:
        screen.desk_app.tell(saying("intake.erased", BAD))
