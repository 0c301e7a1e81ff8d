"""Visit windows, and what speaks against giving one to an engineer (D2).

All instants are aware and in UTC; the shop's zone is used only to lay weekly shifts on real days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from aftersales_tui.domain.calendar import merged, wall_instant
from aftersales_tui.domain.errors import Invalid

ClashKind = Literal["overlap", "absent", "off_shift"]
WeeklyShifts = Mapping[int, Sequence[tuple[int, int]]]
"""By weekday (Monday is 0): start and end in minutes from midnight; an end over 1440 lies on the next day."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The time agreed for a visit: from ``start`` up to, but without, ``end`` (D2).

    Attributes:
        start: Aware; kept in UTC.
        end: Aware; kept in UTC; later than ``start``.

    Raises:
        Invalid: ``window.ends_before_start``, also for a window without any length.
        ValueError: An instant without a zone, which would be read in the machine's.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            instant: datetime = getattr(self, name)
            if instant.utcoffset() is None:
                raise ValueError(name)
            object.__setattr__(self, name, instant.astimezone(UTC))
        if self.end <= self.start:
            raise Invalid("window.ends_before_start", start=self.start, end=self.end)

    @property
    def length(self) -> timedelta:
        """The real time between both ends, also over a change of the clock."""
        return self.end - self.start

    def overlaps(self, other: "Window") -> bool:
        """Whether some instant lies in both; windows that only touch do not overlap."""
        return self.start < other.end and other.start < self.end

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies in it; the end does not."""
        return self.start <= instant < self.end


class Busy(NamedTuple):
    """Time of an engineer that is given away already (D2, D7).

    Attributes:
        kind: A visit to a customer or time off.
        window: When.
        label: What to show for it, such as the ticket's number or the reason of the absence.
    """

    kind: Literal["visit", "absence"]
    window: Window
    label: str = ""


class Clash(NamedTuple):
    """One thing that speaks against a window; shown before it is saved, lifted only by an override (D2).

    Attributes:
        kind: ``overlap`` with a visit, ``absent`` for time off, ``off_shift`` if no shift covers it.
        window: The visit or time off it meets; for ``off_shift`` the wanted window itself.
        label: That of the visit or time off; empty for ``off_shift``.
    """

    kind: ClashKind
    window: Window
    label: str = ""


_CLASH_OF: Mapping[str, ClashKind] = {"visit": "overlap", "absence": "absent"}


def clashes(wanted: Window, busy: Sequence[Busy], shifts: Sequence[Window]) -> tuple[Clash, ...]:
    """Everything that speaks against the wanted window, in order of time, the missing shift last (D2).

    Args:
        wanted: The window the customer would like.
        busy: The engineer's visits and time off around it. The visit that is being moved is not among them.
        shifts: The engineer's shifts around it, as ``shift_windows`` gives them. Shifts that touch are one;
            none at all means that the engineer does not work then.
    """
    met = sorted((one for one in busy if one.window.overlaps(wanted)), key=lambda one: one.window)
    found = [Clash(_CLASH_OF[one.kind], one.window, one.label) for one in met]
    worked = merged((shift.start, shift.end) for shift in shifts)
    if not any(start <= wanted.start and wanted.end <= end for start, end in worked):
        found.append(Clash("off_shift", wanted))
    return tuple(found)


def shift_windows(weekly: WeeklyShifts, day_from: date, days: int, zone: tzinfo) -> tuple[Window, ...]:
    """The shifts that begin on some days, in order (D2, D7).

    In the night the clock changes a shift is longer or shorter; one that the clock skips is left out.

    Args:
        weekly: The shifts of an ordinary week, in minutes of the wall clock.
        day_from: The first date; begin a day early where shifts run over midnight.
        days: How many dates.
        zone: The zone of the shop's wall clock.

    Raises:
        Invalid: ``window.ends_before_start`` for a shift whose end is not after its start.
    """
    dates = (day_from + timedelta(days=ahead) for ahead in range(days))
    return tuple(sorted(_on(dates, weekly, zone)))


def _on(dates: Iterable[date], weekly: WeeklyShifts, zone: tzinfo) -> Iterator[Window]:
    for day in dates:
        for start, end in weekly.get(day.weekday(), ()):
            if end <= start:
                raise Invalid("window.ends_before_start", start=start, end=end)
            opens, closes = wall_instant(day, start, zone), wall_instant(day, end, zone)
            if opens < closes:
                yield Window(opens, closes)
