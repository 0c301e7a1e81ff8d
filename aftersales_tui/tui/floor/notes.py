"""Writing a note for the next shift from any screen (A1)."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from aftersales_tui.tui.floor.note_dialog import NoteDialog

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host

_kept: "WeakKeyDictionary[Host, dict[str, str]]" = WeakKeyDictionary()
"""What was typed and not written yet, for each window."""


async def write_note(app: "Host") -> None:
    """Ask for a note about the ticket in hand, or about none, and write it into the handover book."""
    ticket_id, number = ticket_here(app)
    kept = _kept.setdefault(app, {})
    noted = await app.push_screen_wait(NoteDialog(kept, number))
    if noted is not None:
        app.write(
            lambda desk, act: desk.handover.note(act, noted.text, noted.for_whom, ticket_id),
            then=lambda _: kept.clear(),
        )


def ticket_here(app: "Host") -> tuple[int, int]:
    """Id and number of the ticket under the cursor or on the screen; zeros for none."""
    in_hand = getattr(app.screen, "in_hand", None)
    ticket = in_hand() if in_hand is not None else None
    return (ticket.ticket_id, ticket.number) if ticket else (0, 0)
