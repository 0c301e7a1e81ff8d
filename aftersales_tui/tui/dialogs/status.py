"""The states an operator may set by hand (V1)."""

from textual import events, on

from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.ticket import STATUS_EVENTS, Status, possible_events
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.happened import AT
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.receipts import number_word

EARLIER = "earlier"
"""Answered when it is first to be said when it was."""


class StatusMenu(Menu):
    """Answers a ``Status``'s value; only those the transition table allows from here are offered.

    The last entry, or ``@``, answers ``EARLIER``: the state was reached some time ago (P8).
    """

    def __init__(self, number: int, status: Status, at: str = "") -> None:
        """Make the menu.

        Args:
            number: The ticket's.
            status: Where it stands.
            at: When the next state was reached, in words; empty for now.
        """
        allowed = possible_events(status)
        states = [
            Choice(target.value, say(f"status.set.{target.value}"))
            for target, event in STATUS_EVENTS.items()
            if event in allowed
        ]
        super().__init__(
            "status.title_at" if at else "status.title",
            [*states, Choice(EARLIER, say("status.earlier"), AT)],
            number=number_word(number),
            at=at,
        )

    @on(events.Key)
    def _by_sign(self, event: events.Key) -> None:
        if narrow(event.character or "") == AT:
            event.stop()
            self.dismiss(EARLIER)
