"""The diary of the demo shop's engineers: which of their windows are free, so that nobody is sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from aftersales_tui.demo.book import Engineer
from aftersales_tui.domain.appointment import Window, shift_windows

EARLIEST, LATEST = 8, 18
"""Hours of the wall clock between which an ordinary visit begins."""


@dataclass(frozen=True, slots=True)
class Hired:
    """An engineer of the book with his id in the store."""

    staff_id: int
    engineer: Engineer


@dataclass(frozen=True, slots=True)
class Slot:
    """A free window of an engineer; ``by_day`` ones are for ordinary visits."""

    hired: Hired
    window: Window
    by_day: bool


class Diary:
    """Free windows, day by day.

    Args:
        staff: The engineers.
        zone: The shop's zone.
        length: How long a window is.
        off: Nobody who has time off is sent on this day.
    """

    def __init__(self, staff: Sequence[Hired], zone: tzinfo, length: timedelta, off: date) -> None:
        self._staff = staff
        self._zone = zone
        self._length = length
        self._off = off
        self._free: dict[date, list[Slot]] = {}

    def take(self, skill: str, first: datetime, days: int, over_by: datetime | None = None) -> Slot | None:
        """The first free window for an ordinary visit, of somebody who can mend that if there is one that day.

        Args:
            skill: Id of the product; empty where anybody will do.
            first: Not before this instant.
            days: How many days to look through.
            over_by: The window has to end before this instant, if it is given.
        """
        day = first.astimezone(self._zone).date()
        for ahead in range(days):
            free = self._on(day + timedelta(days=ahead))
            best: Slot | None = None
            for slot in free:
                if not slot.by_day or slot.window.start < first or (over_by and slot.window.end > over_by):
                    continue
                best = best or slot
                if not skill or skill in slot.hired.engineer.skills:
                    best = slot
                    break
            if best:
                free.remove(best)
                return best
        return None

    def now(self, at: datetime) -> list[Slot]:
        """The windows that hold this instant, given away."""
        today = at.astimezone(self._zone).date()
        found = []
        for day in (today - timedelta(days=1), today):
            free = self._on(day)
            running = [slot for slot in free if slot.window.contains(at)]
            self._free[day] = [slot for slot in free if slot not in running]
            found += running
        return found

    def forget(self, before: datetime) -> None:
        """Let go of the days before an instant."""
        day = before.astimezone(self._zone).date()
        self._free = {known: free for known, free in self._free.items() if known >= day}

    def _on(self, day: date) -> list[Slot]:
        """The free windows of the shifts that begin on a day, in order of time."""
        if day not in self._free:
            slots = [
                Slot(hired, window, self._by_day(window))
                for hired in self._staff
                if not (hired.engineer.off and day == self._off)
                for shift in shift_windows(_weekly(hired.engineer), day, 1, self._zone)
                for window in _cut(shift, self._length)
            ]
            self._free[day] = sorted(slots, key=lambda slot: (slot.window.start, slot.hired.staff_id))
        return self._free[day]

    def _by_day(self, window: Window) -> bool:
        return EARLIEST <= window.start.astimezone(self._zone).hour < LATEST


def _weekly(engineer: Engineer) -> dict[int, list[tuple[int, int]]]:
    weekly: dict[int, list[tuple[int, int]]] = {}
    for weekday, start, end in engineer.week:
        weekly.setdefault(weekday, []).append((start, end))
    return weekly


def _cut(shift: Window, length: timedelta) -> list[Window]:
    """A shift in windows of one length; a rest that is too short is left."""
    starts = (shift.start + n * length for n in range(shift.length // length))
    return [Window(start, start + length) for start in starts]
