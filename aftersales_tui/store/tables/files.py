"""What else a customer's file holds: his people, promises made at a sale, notes, and who he is not (U1, U3, U4)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Versioned, belongs_to, whole
from aftersales_tui.store.tables.customers import Customer, Device
from aftersales_tui.store.types import UTCDateTime


class Person(Versioned, table=True):
    """Somebody at a customer's: who he is there, and how he wants to be addressed (U1).

    Attributes:
        place: His place in the list; the first one is asked for.
        role: ``contact``, ``in_charge``, ``user``, ``payer``, or empty.
        form: The form of address 称呼, as it is said: 王经理, Mrs Lee.
    """

    __tablename__ = "person"
    __table_args__ = (
        belongs_to(Customer, "customer_id"),
        Index("ix_person_customer", "shop_id", "customer_id", "place"),
    )

    customer_id: int = whole()
    place: int = 0
    name: str
    role: str = ""
    form: str = ""
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
        belongs_to(Customer, "customer_id"),
        belongs_to(Device, "device_id"),
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
        belongs_to(Customer, "customer_id"),
        belongs_to(Device, "device_id"),
        Index("ix_note_customer", "shop_id", "customer_id", "id"),
        Index("ix_note_device", "shop_id", "device_id"),
    )

    customer_id: int = whole()
    device_id: int | None = whole(null=True)
    text: str
    written_by: int = whole()
    written_at: datetime = Field(sa_type=UTCDateTime)


class NotSame(Keyed, table=True):
    """Two customers who look alike and are not the same: the pair is not suggested again (U4).

    Attributes:
        one_id: The smaller id of the two; ``other_id`` the larger.
    """

    __tablename__ = "not_same"
    __table_args__ = (
        belongs_to(Customer, "one_id"),
        belongs_to(Customer, "other_id"),
        UniqueConstraint("shop_id", "one_id", "other_id"),
    )

    one_id: int = whole()
    other_id: int = whole()
