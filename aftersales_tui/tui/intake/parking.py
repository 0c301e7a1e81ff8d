"""The call in hand and those that wait (C12)."""

from collections.abc import Iterable

from aftersales_tui.tui.intake.call import Call


class Calls:
    """The calls of this seat.

    Attributes:
        present: The one in hand.
        parked: Those that wait, in the order in which they come round.
    """

    def __init__(self, first: Call) -> None:
        self.present = first
        self.parked: list[Call] = []

    def all(self) -> tuple[Call, ...]:
        """Every one of them."""
        return (self.present, *self.parked)

    def wait(self, calls: Iterable[Call]) -> None:
        """More calls to come back to."""
        self.parked.extend(calls)

    def open(self, call: Call) -> None:
        """Take another call in hand; the present one waits, unless it is blank or saved."""
        if self._is_worth_keeping(self.present):
            self.parked.append(self.present)
        self.present = call

    def next(self) -> bool:
        """Go to the next parked call; ``False`` when there is none."""
        if self.parked:
            self.open(self.parked.pop(0))
            return True
        return False

    def weed(self, call_id: int) -> None:
        """Forget a parked call."""
        self.parked = [call for call in self.parked if call.sheet.call_id != call_id]

    @staticmethod
    def _is_worth_keeping(call: Call) -> bool:
        return not (call.saved or call.is_blank)
