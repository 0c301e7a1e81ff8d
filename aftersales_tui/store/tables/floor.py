"""The shop's front room: who comes through the door, and what one shift leaves to the next (C13, A1)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Versioned, belongs_to, whole
from aftersales_tui.store.tables.customers import Customer
from aftersales_tui.store.tables.people import Staff
from aftersales_tui.store.tables.tickets import Ticket
from aftersales_tui.store.types import UTCDateTime


class Visitor(Versioned, table=True):
    """Somebody who comes to the shop, announced or not; they are received strictly by arrival (C13).

    Attributes:
        state: ``announced``, ``waiting``, ``received``, ``left`` or ``missed``.
        announced_for: When he said he would come; ``None`` for a walk-in.
        arrived_at: When he came; those who wait are ordered by it.
        host: Whom he wants to see; ``stand_in`` receives him where the host is away.
    """

    __tablename__ = "visitor"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        belongs_to(Customer, "customer_id"),
        Index("ix_visitor_waiting", "shop_id", "arrived_at", "id", sqlite_where=text("state = 'waiting'")),
        Index("ix_visitor_day", "shop_id", "listed_at", "id"),
        Index("ix_visitor_customer", "shop_id", "customer_id", sqlite_where=text("customer_id IS NOT NULL")),
    )

    name: str
    company: str = ""
    phone: str = ""
    purpose: str = ""
    host: str = ""
    stand_in: str = ""
    state: str
    listed_at: datetime = Field(sa_type=UTCDateTime)
    announced_for: datetime | None = Field(default=None, sa_type=UTCDateTime)
    arrived_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    received_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    words: str = ""
    ticket_id: int | None = whole(null=True)
    customer_id: int | None = whole(null=True)


class HandoverNote(Versioned, table=True):
    """A note in the handover book 交接班簿; it is open until somebody of the next shift takes it over (A1)."""

    __tablename__ = "handover_note"
    __table_args__ = (
        belongs_to(Staff, "written_by"),
        belongs_to(Ticket, "ticket_id"),
        Index("ix_handover_note_open", "shop_id", "id", sqlite_where=text("taken_at IS NULL")),
        Index("ix_handover_note_written", "shop_id", "written_at", "id"),
    )

    text: str
    written_by: int = whole()
    written_at: datetime = Field(sa_type=UTCDateTime)
    for_whom: str = ""
    ticket_id: int | None = whole(null=True)
    taken_by: int | None = whole(null=True)
    taken_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Takeover(Keyed, table=True):
    """Somebody has read the handover book and taken the shift over; ``seq`` is the feed as he then saw it (A1)."""

    __tablename__ = "takeover"
    __table_args__ = (
        belongs_to(Staff, "staff_id"),
        Index("ix_takeover_staff", "shop_id", "staff_id", "id"),
    )

    staff_id: int = whole()
    taken_at: datetime = Field(sa_type=UTCDateTime)
    seq: int = whole()
    words: str = ""
