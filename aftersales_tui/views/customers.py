"""What the front ends show of a customer's file (U1, U2, U3)."""

from datetime import datetime
from typing import NamedTuple

from aftersales_tui.views.tickets import TimelineRow


class PersonView(NamedTuple):
    """Somebody at a customer's, and how he is addressed."""

    person_id: int
    name: str
    role: str
    form: str
    note: str


class PhoneView(NamedTuple):
    """A number of a customer.

    Attributes:
        person_id: Whose it is; 0 for the customer's own.
    """

    phone_id: int
    typed: str
    e164: str
    extension: str
    person_id: int
    label: str


class AddressView(NamedTuple):
    """An address of a customer, and how one gets there (乘车路线)."""

    address_id: int
    text: str
    zone: str
    route_note: str


class DeviceCard(NamedTuple):
    """A device with its papers (U2).

    Attributes:
        tickets: How many tickets it has had.
    """

    device_id: int
    customer_id: int
    product: str
    brand: str
    model: str
    serial: str
    bought_on: str
    invoice: str
    certificate: str
    place: str
    note: str
    tickets: int


class FileTicket(NamedTuple):
    """A ticket as a file lists it: what was wrong, and how it ended."""

    ticket_id: int
    number: int
    kind: str
    status: str
    received_at: datetime
    device_id: int
    product: str
    fault: str
    outcome: str
    words: str


class SalePromiseView(NamedTuple):
    """Something promised at the sale (U3).

    Attributes:
        device_id: The device it was promised with; 0 for none.
        device: That device in words.
        done_at: When it was kept; ``None`` while it is open.
    """

    promise_id: int
    device_id: int
    device: str
    what: str
    words: str
    due_at: datetime | None
    done_at: datetime | None
    done_words: str


class NoteView(NamedTuple):
    """A note in a file; ``device_id`` is 0 where it is about the customer himself."""

    note_id: int
    device_id: int
    text: str
    written_at: datetime
    written_by: str


class CustomerFile(NamedTuple):
    """A whole file (F5; U1); people, numbers and addresses in their order, the rest the newest first.

    Attributes:
        promises: Open ones first, the earliest due of them first of all.
        tickets: How many there are.
        state: Empty; ``merged`` or ``erased``.
    """

    customer_id: int
    version: int
    name: str
    kind: str
    tier: str
    note: str
    do_not_call: bool
    quiet: str
    contact_months: int
    contact_at: datetime | None
    last_call_at: datetime | None
    state: str
    persons: tuple[PersonView, ...]
    phones: tuple[PhoneView, ...]
    addresses: tuple[AddressView, ...]
    devices: tuple[DeviceCard, ...]
    promises: tuple[SalePromiseView, ...]
    notes: tuple[NoteView, ...]
    tickets: int


class FileMoment(NamedTuple):
    """One entry of a customer's time line.

    Attributes:
        ticket_id: The ticket it belongs to; 0 for one of the file itself.
        number: Of that ticket.
        row: What was done, by whom, when.
    """

    ticket_id: int
    number: int
    row: TimelineRow
