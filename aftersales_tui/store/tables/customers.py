"""Customers, how to reach them, what they own, and the keys a caller is found by (C3)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from aftersales_tui.store.keys import Versioned, belongs_to, whole
from aftersales_tui.store.types import UTCDateTime


class Customer(Versioned, table=True):
    """A person or company that has called (U1).

    Attributes:
        kind: ``person`` or ``company``.
        tier: ``member``, ``contract``, or empty.
        quiet: Spans of the day in which he is not to be rung, as ``12:00-14:00 22:00-08:00``; empty for none (B2).
        contact_months: He is rung every so many months without a cause; 0 for never (B4).
        contact_at: When that is due next.
        state: Empty; ``merged`` into another file; ``erased`` (U4).
    """

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_merged", "shop_id", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
    )

    name: str
    kind: str = "person"
    tier: str = ""
    note: str = ""
    do_not_call: int = 0
    quiet: str = ""
    contact_months: int = 0
    contact_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_call_at: datetime = Field(sa_type=UTCDateTime)
    state: str = ""
    merged_into: int | None = whole(null=True)


class Device(Versioned, table=True):
    """A device of a customer, and which of its papers were seen (U2).

    Attributes:
        invoice: Number of the invoice that was seen; ``certificate`` that of the warranty certificate 保修证书.
        place: Where it stands.
    """

    __tablename__ = "device"
    __table_args__ = (
        belongs_to(Customer, "customer_id"),
        Index("ix_device_customer", "shop_id", "customer_id", "id"),
    )

    customer_id: int = whole()
    product: str = ""
    brand: str = ""
    model: str = ""
    serial: str = ""
    bought_on: str = ""
    invoice: str = ""
    certificate: str = ""
    place: str = ""
    note: str = ""
