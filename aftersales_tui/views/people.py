"""What the front ends show of people: callers, their devices, engineers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from aftersales_tui.domain.appointment import Clash
from aftersales_tui.domain.customer import Addressed

if TYPE_CHECKING:
    from aftersales_tui.views.customers import SalePromiseView


class CallerMatch(NamedTuple):
    """One line of the caller lookup (C3): who it may be and why it matched.

    Attributes:
        phone: The number that matched, else his first one; as it was said.
        matched: What matched: ``phone``, ``name``, ``pinyin``, ``serial`` or ``ticket``.
        person: Whose name matched, where it is not the customer's own: somebody of a company.
    """

    customer_id: int
    device_id: int
    name: str
    phone: str
    address: str
    matched: str
    open_tickets: int
    person: str = ""

    @property
    def called(self) -> str:
        """Who it may be, on a line: a company's person with the company."""
        return f"{self.person} ({self.name})" if self.person else self.name


class DeviceView(NamedTuple):
    """A device a known caller has."""

    device_id: int
    product: str
    brand: str
    model: str
    serial: str
    bought_on: str


class OpenTicket(NamedTuple):
    """A ticket that stands open, or was lately solved, for the same caller, device or address (C10).

    Attributes:
        why: ``phone``, ``device``, ``address`` or ``customer`` for an open one; ``same_fault`` for a repair
            within the policy's days.
    """

    ticket_id: int
    version: int
    number: int
    status: str
    product: str
    fault: str
    received_at: datetime
    why: str


class CallerFile(NamedTuple):
    """What a known caller brings along: phones, address, devices, open tickets (C3).

    Attributes:
        people: Who is there, and how each is addressed (U1).
        promises: What was promised at a sale and is still open, the earliest due first (U3).
    """

    customer_id: int
    name: str
    phone: str
    mobile: str
    address: str
    zone: str
    note: str
    do_not_call: bool
    devices: tuple[DeviceView, ...]
    open_tickets: tuple[OpenTicket, ...]
    tier: str = ""
    quiet: str = ""
    people: tuple[Addressed, ...] = ()
    promises: "tuple[SalePromiseView, ...]" = ()


class EngineerView(NamedTuple):
    """An engineer as the assign panel lists him for a window.

    Attributes:
        jobs: Visits he already has on that day.
        clashes: What speaks against the window; empty when he is free (D2).
    """

    engineer_id: int
    name: str
    skills: tuple[str, ...]
    zones: tuple[str, ...]
    jobs: int
    clashes: tuple[Clash, ...]


class ContactRow(NamedTuple):
    """One line of the list of people to be contacted (F4; B1).

    Attributes:
        due_at: When the contact is due.
        whom: The person to ask for.
        words: What was said last, or what the contact is about.
        claimed_by: The name of the person who has claimed it; empty when free.
        ticket_version: Of its ticket, for the verbs on it; ``status`` and ``to_verify`` are the ticket's too.
        customer_id: Whose file it is; 0 for none.
        quiet: When he is not to be rung, as his file says it.
    """

    contact_id: int
    version: int
    reason: str
    about: str
    due_at: datetime
    whom: str
    phone: str
    ticket_id: int
    number: int
    product: str
    fault: str
    words: str
    tries: int
    claimed_by: str
    claimed_by_id: int
    flag: str
    do_not_call: bool
    ticket_version: int
    status: str
    to_verify: tuple[str, ...]
    customer_id: int
    quiet: str


class HolidayNotice(NamedTuple):
    """A year whose holiday list is not known yet: weekday rule is used, and the desk says so."""

    year: int
    day: date
