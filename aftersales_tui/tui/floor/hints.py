"""What whoever sits down is told, on lines that are there anyway: nothing of it stops a call (A1, C7)."""

from typing import TYPE_CHECKING

from aftersales_tui.tui.widgets.status import BAD, Said, saying

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.floor import AtTheSeat


def waiting(desk: "Desk") -> "AtTheSeat":
    """What waits for the person here; in the desk's lane."""
    return desk.handover.at_the_seat(desk.people.me())


def before_shift(found: "AtTheSeat") -> Said | None:
    """The hint at the start of a shift; ``None`` where there is nothing to read."""
    if found.notes:
        return saying("handover.hint", BAD, n=found.notes)
    return saying("messages.hint", n=found.messages) if found.messages else None
