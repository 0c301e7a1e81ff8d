"""What the front ends show of the front room: the call register, messages, visitors, the handover book."""

from datetime import date, datetime
from typing import NamedTuple

from aftersales_tui.views.people import ContactRow
from aftersales_tui.views.tickets import QueueRow, TimelineRow


class RegisterRow(NamedTuple):
    """One line of the call register 叫修登记簿 (C9).

    Attributes:
        call_id: The line's identity.
        direction: ``in`` or ``out``.
        outcome: How the ticket's last visit ended, an id of policy ``outcomes.toml``; empty before the first.
        status: Where the ticket stands now.
        struck: Whether the line is struck off: its ticket is closed.
        taken_by: The operator.
    """

    call_id: int
    ticket_id: int
    number: int
    started_at: datetime
    kind: str
    channel: str
    direction: str
    caller: str
    address: str
    phone: str
    product: str
    model: str
    fault: str
    outcome: str
    status: str
    struck: bool
    taken_by: str


class RegisterFilter(NamedTuple):
    """What the register is narrowed to; what is empty narrows nothing.

    Attributes:
        day: Only the calls of one day in the shop's zone.
        operator_id: Only calls this person took; 0 for everybody's.
        outcome: Only lines whose outcome or status this is.
    """

    day: date | None = None
    operator_id: int = 0
    outcome: str = ""


class MessageRow(NamedTuple):
    """An open message slip 留言单 (C7).

    Attributes:
        urgent_at: When it is to be passed on; ``None`` while its clock waits.
        status: Its ticket's.
        visit: Whether its kind of call needs a visit; then passing the message on does not settle it.
    """

    ticket_id: int
    version: int
    number: int
    kind: str
    status: str
    for_whom: str
    caller: str
    phone: str
    words: str
    received_at: datetime
    urgent_at: datetime | None
    to_verify: tuple[str, ...]
    visit: bool = False


class VisitorRow(NamedTuple):
    """Somebody who comes to the shop (C13).

    Attributes:
        state: ``announced``, ``waiting``, ``received``, ``left`` or ``missed``; the last also for somebody who was
            announced and whose day is over.
        waiting_since: When he came, while he waits.
        late_at: When he will have waited too long, by policy ``visitors.toml``.
        ticket_number: Of what was written down for him; 0 for nothing.
    """

    visitor_id: int
    version: int
    state: str
    name: str
    company: str
    phone: str
    purpose: str
    host: str
    stand_in: str
    announced_for: datetime | None
    arrived_at: datetime | None
    received_at: datetime | None
    left_at: datetime | None
    late_at: datetime | None
    ticket_id: int
    ticket_number: int


class NoteRow(NamedTuple):
    """A note of the handover book (A1).

    Attributes:
        taken_by: Who has taken it over; empty while it is open.
    """

    note_id: int
    version: int
    text: str
    written_by: str
    written_at: datetime
    for_whom: str
    ticket_id: int
    ticket_number: int
    taken_by: str
    taken_at: datetime | None


class SalePromiseRow(NamedTuple):
    """Something that was promised at a sale and is still to be done (U3)."""

    promise_id: int
    customer_id: int
    customer: str
    product: str
    what: str
    words: str
    due_at: datetime | None


class ChangedRow(NamedTuple):
    """What others have done to one ticket, or to another record, while somebody was away (A1).

    Attributes:
        subject: The record.
        ticket_id: 0 where it is no ticket; version, number, status and ``to_verify`` are the ticket's.
        about: Its product and fault.
        deeds: The newest first.
    """

    subject: int
    ticket_id: int
    version: int
    number: int
    status: str
    to_verify: tuple[str, ...]
    caller: str
    about: str
    deeds: tuple[TimelineRow, ...]


class Handover(NamedTuple):
    """The open page of the handover book 交接班簿 for one person (A1).

    Attributes:
        seq: The feed as the page shows it; taking over remembers it.
        away_since: Since when he has done nothing; ``None`` for somebody who never has.
        taken_at: When he took this shift over; ``None`` while he has not read the book yet.
        notes: The open ones in order, and those that were taken over lately.
        to_take: How many open ones he would take over: all but those for a colleague by name.
        changes_cut: Whether there are older changes than these.
    """

    seq: int
    away_since: datetime | None
    taken_at: datetime | None
    notes: tuple[NoteRow, ...]
    to_take: int
    contacts: tuple[ContactRow, ...]
    sale_promises: tuple[SalePromiseRow, ...]
    visits: tuple[QueueRow, ...]
    messages: tuple[MessageRow, ...]
    changes: tuple[ChangedRow, ...]
    changes_cut: bool
