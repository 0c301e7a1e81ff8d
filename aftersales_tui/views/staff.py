"""What the front ends show of the shop's own people (A3, A7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.week import Week
from aftersales_tui.views.tickets import TimelineRow


class Seatable(NamedTuple):
    """Somebody who may sit down at this seat, and what he is found by while his name is typed.

    Attributes:
        name_key: The folded name.
        initials: Initials and sounds, blanks between.
    """

    staff_id: int
    name: str
    role: str
    phone: str
    name_key: str
    initials: str


class TimeOff(NamedTuple):
    """Time in which somebody is away (D2)."""

    absence_id: int
    start: datetime
    end: datetime
    reason: str

    @property
    def window(self) -> Window:
        """From when until when."""
        return Window(self.start, self.end)


class PlannedVisit(NamedTuple):
    """A visit that is given to an engineer and not over yet."""

    ticket_id: int
    number: int
    start: datetime
    end: datetime
    customer: str
    zone: str


class PersonRow(NamedTuple):
    """One line of the list of people.

    Attributes:
        scheduled: Whether he has weekly shifts at all; who sits in the office may have none.
        shifts: When he works today; what began yesterday and is not over counts.
        off: His time off that touches today; ``None`` for none.
        active: Whether he works here; who has left stays in the books.
    """

    staff_id: int
    version: int
    name: str
    role: str
    phone: str
    skills: tuple[str, ...]
    zones: tuple[str, ...]
    scheduled: bool
    shifts: tuple[Window, ...]
    off: TimeOff | None
    active: bool


class PersonCard(NamedTuple):
    """A person whole: record, weekly shifts, time off, planned visits, and what was changed of it (A7).

    Attributes:
        in_trade_since: The year; 0 for unknown.
        week: His weekly spans.
        time_off: What is not over yet, the earliest first.
        visits: What he still has to do, the earliest first.
        timeline: The entries about him in the feed.
    """

    staff_id: int
    version: int
    name: str
    role: str
    phone: str
    skills: tuple[str, ...]
    zones: tuple[str, ...]
    week: Week
    in_trade_since: int
    schooling: str
    trainings: str
    note: str
    active: bool
    time_off: tuple[TimeOff, ...]
    visits: tuple[PlannedVisit, ...]
    timeline: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What is to stand on a person's card from now on; only what is told is changed.

    Attributes:
        texts: By column: ``name``, ``role``, ``phone``, ``schooling``, ``trainings``, ``note``.
        skills: All of them; ``None`` leaves them, as with ``zones`` and ``week``.
        in_trade_since: The year; 0 for unknown.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    skills: tuple[str, ...] | None = None
    zones: tuple[str, ...] | None = None
    week: Week | None = None
    in_trade_since: int | None = None
