"""Customers, how to reach them, what they own, and the keys a caller is found by (C3)."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Record, Versioned, belongs_to, whole
from aftersales_tui.store.types import KEY_TEXT, UTCDateTime


class Customer(Versioned, table=True):
    """A person or company that has called."""

    __tablename__ = "customer"

    name: str
    note: str = ""
    do_not_call: int = 0
    last_call_at: datetime = Field(sa_type=UTCDateTime)


class Phone(Keyed, table=True):
    """A number of a customer: E.164 where it can be, and always as it was said."""

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


class Device(Versioned, table=True):
    """A device of a customer."""

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


class CallerKey(Record, table=True):
    """One way to find a caller: a folded name, initials, phone digits forwards or backwards, a serial.

    One range over the primary key answers each keystroke of the lookup.
    """

    __tablename__ = "caller_key"
    __table_args__ = (
        belongs_to("customer", "customer_id"),
        {"sqlite_with_rowid": False},
    )

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str = Field(primary_key=True, sa_type=KEY_TEXT)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    device_id: int = Field(primary_key=True, sa_type=BigInteger, default=0)
