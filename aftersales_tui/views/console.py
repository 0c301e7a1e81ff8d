"""What the command line answers: values that both front ends make words of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import Kind
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.floor import Handover, MessageRow, RegisterRow, VisitorRow
from aftersales_tui.views.people import CallerMatch, ContactRow
from aftersales_tui.views.search import Found
from aftersales_tui.views.staff import PersonRow
from aftersales_tui.views.tickets import Page, QueueFilter, QueueRow, Receipt, TicketView

ALL = QueueFilter()
"""The queue as it is."""
Answer = (
    TicketView
    | Page[QueueRow]
    | Page[ContactRow]
    | tuple[CallerMatch, ...]
    | Page[RegisterRow]
    | Page[MessageRow]
    | Page[VisitorRow]
    | Handover
    | Found
    | CustomerFile
    | tuple[PersonRow, ...]
)
"""What a verb that only reads has found."""


class TicketHead(NamedTuple):
    """As much of a ticket as one line about it needs.

    Attributes:
        to_verify: Names of the facts still missing (C2).
        engineer: Whom its planned visit belongs to; empty for none.
    """

    ticket_id: int
    version: int
    number: int
    status: str
    customer: str
    to_verify: tuple[str, ...]
    engineer: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a step would do.

    Attributes:
        verb: Its id; empty while the line cannot be read at all.
        params: As a receipt has them: ``number``, ``whom``, ``engineer``, ``start``, ``end``, ``due`` ..
        error: Why it would not be done; none when nothing speaks against it.
    """

    verb: str
    params: Mapping[str, str] = field(default_factory=dict)
    error: DomainError | None = None


class Completion(NamedTuple):
    """Something that can stand where the cursor is.

    Attributes:
        text: Put in place of ``start`` to ``end`` of the line.
        kind: What it is.
        value: Its id where the catalog has a word for it, as for a verb or a state.
        note: What tells it from others, as typed by somebody: a name, a product, a zone.
    """

    text: str
    start: int
    end: int
    kind: Kind
    value: str = ""
    note: str = ""


class Said(NamedTuple):
    """What came of a step.

    Attributes:
        verb: Its id; empty when the line could not be read.
        ticket_id: The ticket it was about; 0 for none.
        text: The phone, name or words that were to be found; for the queue the name of its engineer.
        wanted: What the queue is narrowed to.
        receipt: Of a write that was done.
        answer: Of a verb that reads, where it was asked for.
        offers: What fits where ``?`` stood.
        error: Why it was not done; the steps before it were.
        happened_at: When it was, as far as a screen that goes on with it has to know; none for now.
    """

    verb: str
    ticket_id: int = 0
    text: str = ""
    wanted: QueueFilter = ALL
    receipt: Receipt | None = None
    answer: Answer | None = None
    offers: tuple[Completion, ...] = ()
    error: DomainError | None = None
    happened_at: datetime | None = None
