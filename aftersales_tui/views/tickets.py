"""What the front ends show of tickets: frozen rows, never a stored record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from aftersales_tui.domain.calendar import FAR_FUTURE

Row = TypeVar("Row")


class QueueRow(NamedTuple):
    """One line of the queue (F3; D1).

    Attributes:
        ticket_id: The ticket's id; the row's identity while the list changes.
        version: The version that was read; a write compares it.
        number: The number people say, shown as ``T-1042``.
        urgent_at: The earliest running due instant; ``None`` while every clock waits or has stopped.
        to_verify: Names of the eight facts that are still missing or implausible (C2).
    """

    ticket_id: int
    version: int
    number: int
    kind: str
    status: str
    urgent_at: datetime | None
    customer: str
    zone: str
    product: str
    fault: str
    window_start: datetime | None
    window_end: datetime | None
    engineer: str
    to_verify: tuple[str, ...]
    calls: int

    @classmethod
    def read(cls, row: Sequence[Any]) -> "QueueRow":
        """A row of the queue's statement, its sixteen columns in the store's order."""
        return cls(
            ticket_id=row[0],
            version=row[1],
            number=row[2],
            kind=row[3],
            status=row[4],
            urgent_at=None if row[5] >= FAR_FUTURE else row[5],
            customer=row[6] or row[15],
            zone=row[7],
            product=row[8],
            fault=row[9],
            window_start=row[10],
            window_end=row[11],
            engineer=row[12] or "",
            to_verify=tuple(filter(None, row[13].split(","))),
            calls=row[14],
        )


class QueueFilter(NamedTuple):
    """What the queue is narrowed to; empty strings narrow nothing.

    Attributes:
        late_before: Only tickets whose urgent instant lies before this one.
        engineer_id: Only tickets of this engineer; 0 for all.
        product: A part of the product's name, the fault category on the phone.
    """

    status: str = ""
    zone: str = ""
    kind: str = ""
    engineer_id: int = 0
    product: str = ""
    late_before: datetime | None = None


class PageKey(NamedTuple):
    """Where a page starts: the sort instant and the id of the row before it (keyset)."""

    at: datetime
    record_id: int


class Page(NamedTuple, Generic[Row]):
    """A page of rows in order, and whether there are more after and before it."""

    rows: tuple[Row, ...]
    more_after: bool
    more_before: bool


class Counts(NamedTuple):
    """The counts on the top line; each stops at ``CEILING`` and is then shown as ``99+``."""

    to_send: int
    late: int
    to_contact: int
    on_the_road: int


CEILING = 99


class ClockView(NamedTuple):
    """A promise clock as it stands: its rule, when it is due, and how it goes (P8)."""

    clock: str
    rule: str
    started_at: datetime
    due_at: datetime | None
    state: str
    left_seconds: int
    stopped_at: datetime | None


class VisitView(NamedTuple):
    """One visit of a ticket: who, in which window, how it went."""

    visit_id: int
    engineer: str
    window_start: datetime
    window_end: datetime
    status: str
    outcome: str
    outcome_at: datetime | None
    words: str
    override_reason: str


class TimelineRow(NamedTuple):
    """One entry of the change feed as people read it (A4).

    Attributes:
        seq: The entry's place in the feed.
        params: What the sentence ``feed.<verb>`` fills in.
        undone: Whether a later entry has taken it back.
    """

    seq: int
    happened_at: datetime
    entered_at: datetime
    who: str
    seat: str
    verb: str
    params: dict[str, str]
    undone: bool


class CallView(NamedTuple):
    """One call of a ticket, taken or made."""

    call_id: int
    started_at: datetime
    channel: str
    direction: str
    caller: str
    phone: str
    taken_by: str
    words: str


class TicketView(NamedTuple):
    """A whole ticket as its screen shows it; the lists are in order of time."""

    ticket_id: int
    version: int
    number: int
    kind: str
    channel: str
    status: str
    received_at: datetime
    entered_at: datetime
    urgent_at: datetime | None
    customer_id: int
    device_id: int
    repeat_of: int
    calls_count: int
    answers: dict[str, str]
    to_verify: tuple[str, ...]
    engineer: str
    window_start: datetime | None
    window_end: datetime | None
    clocks: tuple[ClockView, ...]
    visits: tuple[VisitView, ...]
    calls: tuple[CallView, ...]
    timeline: tuple[TimelineRow, ...]
    contact_due_at: datetime | None
    contact_reason: str


FINAL_DEEDS = frozenset(
    {
        *("call", "join", "hire", "sit_down", "undo", "export", "erase", "hand_out"),
        *("import", "import_cancel", "import_undo"),
    }
)
"""Deeds that are not undone: a call that was taken has been taken; its ticket can be cancelled (A4). Who was erased,
or whose data were handed out, stays so (U4)."""


class Receipt(NamedTuple):
    """What a write answers: what was done, in values the front end makes a sentence of.

    Attributes:
        verb: Names the sentence ``done.<verb>``.
        ticket_id: The ticket touched; 0 where none was.
        number: Its number for people.
        version: Its version after the write.
        seq: The feed entry, which undo names.
        params: What the sentence fills in.
    """

    verb: str
    ticket_id: int
    number: int
    version: int
    seq: int
    params: dict[str, str]
