"""Customers, how to reach them, what they own, and the keys a caller is found by (C3)."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Record, Versioned, belongs_to, whole
from aftersales_tui.store.types import KEY_TEXT, UTCDateTime


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


class Person(Versioned, table=True):
    """Somebody at a customer's: who he is there, and how he wants to be addressed (U1).

    Attributes:
        place: His place in the list; the first one is asked for.
        role: ``contact``, ``in_charge``, ``user``, ``payer``, or empty.
        form: The form of address 称呼, as it is said: 王经理, Mrs Lee.
    """

    __tablename__ = "person"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        Index("ix_person_customer", "shop_id", "customer_id", "place"),
    )

    customer_id: int = whole()
    place: int = 0
    name: str
    role: str = ""
    form: str = ""
    note: str = ""


class Phone(Keyed, table=True):
    """A number of a customer, or of one of his people: E.164 where it can be, and always as it was said."""

    __tablename__ = "phone"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        Index("ix_phone_customer", "shop_id", "customer_id", "place"),
    )

    customer_id: int = whole()
    place: int = 0
    e164: str
    extension: str = ""
    typed: str
    person_id: int | None = whole(null=True)
    label: str = ""


class Address(Keyed, table=True):
    """An address of a customer; ``address_key`` is the folded text that makes two writings equal (C10)."""

    __tablename__ = "address"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        Index("ix_address_customer", "shop_id", "customer_id", "place"),
    )

    customer_id: int = whole()
    place: int = 0
    text: str
    address_key: str
    zone: str = ""
    route_note: str = ""


class Device(Versioned, table=True):
    """A device of a customer, and which of its papers were seen (U2).

    Attributes:
        invoice: Number of the invoice that was seen; ``certificate`` that of the warranty certificate 保修证书.
        place: Where it stands.
    """

    __tablename__ = "device"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
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


class SalePromise(Versioned, table=True):
    """Something that was promised when a device was sold: free fitting, a trial, a gift (U3).

    Attributes:
        what: ``fitting``, ``trial``, ``gift`` or ``other``.
        due_at: By when; ``None`` where no time was told.
        done_at: When it was kept; ``None`` while it is open.
    """

    __tablename__ = "sale_promise"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        belongs_to("device", "device_id"),
        Index("ix_sale_promise_customer", "shop_id", "customer_id", "id"),
        Index("ix_sale_promise_device", "shop_id", "device_id"),
        Index("ix_sale_promise_due", "shop_id", "due_at", "id", sqlite_where=text("done_at IS NULL")),
    )

    customer_id: int = whole()
    device_id: int | None = whole(null=True)
    what: str
    words: str = ""
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_words: str = ""


class Note(Keyed, table=True):
    """A note in a customer's file, about him or one of his devices; it stays as it was written (U1)."""

    __tablename__ = "note"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        belongs_to("device", "device_id"),
        Index("ix_note_customer", "shop_id", "customer_id", "id"),
        Index("ix_note_device", "shop_id", "device_id"),
    )

    customer_id: int = whole()
    device_id: int | None = whole(null=True)
    text: str
    written_by: int = whole()
    written_at: datetime = Field(sa_type=UTCDateTime)


class CallerKey(Record, table=True):
    """One way to find a caller: a folded name, initials, phone digits forwards or backwards, a serial.

    One range over the primary key answers each keystroke of the lookup.
    """

    __tablename__ = "caller_key"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        Index("ix_caller_key_customer", "shop_id", "customer_id"),
        {"sqlite_with_rowid": False},
    )

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str = Field(primary_key=True, sa_type=KEY_TEXT)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    device_id: int = Field(primary_key=True, sa_type=BigInteger, default=0)


class NotSame(Keyed, table=True):
    """Two customers who look alike and are not the same: the pair is not suggested again (U4).

    Attributes:
        one_id: The smaller id of the two; ``other_id`` the larger.
    """

    __tablename__ = "not_same"
    __table_args__ = (
        belongs_to("customer", "one_id"),
        belongs_to("customer", "other_id"),
        UniqueConstraint("shop_id", "one_id", "other_id"),
    )

    one_id: int = whole()
    other_id: int = whole()
