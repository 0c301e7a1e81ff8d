"""The states an operator may set by hand (V1)."""

from aftersales_tui.domain.ticket import STATUS_EVENTS, Status, possible_events
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.receipts import number_word


class StatusMenu(Menu):
    """Answers a ``Status``'s value; only those the transition table allows from here are offered."""

    def __init__(self, number: int, status: Status) -> None:
        """``number`` and ``status`` are the ticket's."""
        allowed = possible_events(status)
        super().__init__(
            "status.title",
            [
                Choice(target.value, say(f"status.set.{target.value}"))
                for target, event in STATUS_EVENTS.items()
                if event in allowed
            ],
            number=number_word(number),
        )
