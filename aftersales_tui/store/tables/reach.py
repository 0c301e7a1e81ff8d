"""How a customer is reached, and the keys he is found by (C3, C10)."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Record, belongs_to, whole
from aftersales_tui.store.tables.customers import Customer
from aftersales_tui.store.types import KEY_TEXT


class Phone(Keyed, table=True):
    """A number of a customer, or of one of his people: E.164 where it can be, and always as it was said."""

    __tablename__ = "phone"
    __table_args__ = (
        belongs_to(Customer, "customer_id"),
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
        belongs_to(Customer, "customer_id"),
        Index("ix_address_customer", "shop_id", "customer_id", "place"),
    )

    customer_id: int = whole()
    place: int = 0
    text: str
    address_key: str
    zone: str = ""
    route_note: str = ""


class CallerKey(Record, table=True):
    """One way to find a caller: a folded name, initials, phone digits forwards or backwards, a serial.

    One range over the primary key answers each keystroke of the lookup.
    """

    __tablename__ = "caller_key"
    __table_args__ = (
        belongs_to(Customer, "customer_id"),
        Index("ix_caller_key_customer", "shop_id", "customer_id"),
        {"sqlite_with_rowid": False},
    )

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str = Field(primary_key=True, sa_type=KEY_TEXT)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    device_id: int = Field(primary_key=True, sa_type=BigInteger, default=0)
