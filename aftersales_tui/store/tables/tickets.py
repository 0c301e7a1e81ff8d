"""Tickets and what belongs to them: calls, status intervals, promises, visits, contacts."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from aftersales_tui.store.keys import Versioned, belongs_to, whole
from aftersales_tui.store.tables.customers import Customer, Device
from aftersales_tui.store.tables.people import Staff
from aftersales_tui.store.types import UTCDateTime

OPEN = "is_open = 1"
"""The partial indexes' condition, spelled as the queries spell it: a bound value would defeat the index."""


MESSAGE = "(is_open = 1) AND (for_whom != '')"
"""A message slip that nobody has passed on yet (C7)."""


def _partial_index(name: str, *columns: str, where: str = OPEN) -> Index:
    from sqlalchemy import text

    # In SQLite's words alone: PostgreSQL's would load its dialect into every shop. Migrations say them in both.
    return Index(name, "shop_id", *columns, sqlite_where=text(where))


class Ticket(Versioned, table=True):
    """A call that needs something done.

    ``urgent_at`` is the earliest running due instant, far in the future while every clock waits; the queue is
    ordered by it. The answers are the words of the call and stay as they were said.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        belongs_to(Customer, "customer_id"),
        belongs_to(Device, "device_id"),
        UniqueConstraint("shop_id", "number"),
        _partial_index("ix_ticket_queue", "urgent_at", "id"),
        _partial_index("ix_ticket_open_status", "status", "urgent_at", "id"),
        _partial_index("ix_ticket_open_phone", "phone_key"),
        _partial_index("ix_ticket_open_address", "address_key"),
        Index("ix_ticket_customer", "shop_id", "customer_id", "received_at"),
        Index("ix_ticket_device", "shop_id", "device_id", "received_at"),
        _partial_index("ix_ticket_message", "urgent_at", "id", where=MESSAGE),
    )

    number: int = whole()
    kind: str
    channel: str
    status: str
    is_open: int = 1
    urgent_at: datetime = Field(sa_type=UTCDateTime)
    received_at: datetime = Field(sa_type=UTCDateTime)
    entered_at: datetime = Field(sa_type=UTCDateTime)
    customer_id: int | None = whole(null=True)
    device_id: int | None = whole(null=True)
    repeat_of: int | None = whole(null=True)
    visit_id: int | None = whole(null=True)
    calls: int = 1
    caller: str = ""
    phone: str = ""
    phone_key: str = ""
    mobile: str = ""
    address: str = ""
    address_key: str = ""
    zone: str = ""
    product: str = ""
    model: str = ""
    serial: str = ""
    fault: str = ""
    wanted: str = ""
    quantity: str = ""
    when_wanted: str = ""
    bought: str = ""
    cause: str = ""
    degree: str = ""
    memo: str = ""
    for_whom: str = ""
    to_verify: str = ""
    policy_digest: str = ""


class Visit(Versioned, table=True):
    """One visit of an engineer in a window; ``active`` visits keep him busy (D2)."""

    __tablename__ = "visit"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        belongs_to(Staff, "engineer_id"),
        Index("ix_visit_ticket", "shop_id", "ticket_id", "starts_at", "id"),
        Index("ix_visit_engineer", "shop_id", "engineer_id", "ends_at"),
    )

    ticket_id: int = whole()
    engineer_id: int = whole()
    starts_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    active: int = 1
    outcome: str = ""
    outcome_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    words: str = ""
    override_reason: str = ""


class Contact(Versioned, table=True):
    """Somebody to be contacted: why, whom, by when, and how it went (B1, B2).

    Attributes:
        ticket_id: What it is about; ``None`` where a clock of a customer's file has put it on the list.
        customer_id: Whose file that is; ``None`` where there is a ticket, which has a customer of its own.
        promise_id: The promise made at the sale that it stands for (U3); ``None`` for any other. No key leads there:
            a promise may be taken out of the file, and its call stays in the history.
    """

    __tablename__ = "contact"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        belongs_to(Customer, "customer_id"),
        _partial_index("ix_contact_due", "due_at", "id"),
        Index("ix_contact_ticket", "shop_id", "ticket_id", "due_at"),
        Index("ix_contact_customer", "shop_id", "customer_id", "due_at", "id"),
        _partial_index("ix_contact_promise", "promise_id", where="promise_id IS NOT NULL"),
    )

    ticket_id: int | None = whole(null=True)
    customer_id: int | None = whole(null=True)
    promise_id: int | None = whole(null=True)
    reason: str
    about: str = ""
    due_at: datetime = Field(sa_type=UTCDateTime)
    is_open: int = 1
    whom: str = ""
    phone: str = ""
    words: str = ""
    tries: int = 0
    flag: str = ""
    claimed_by: int | None = whole(null=True)
    claimed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    result: str = ""
    result_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
