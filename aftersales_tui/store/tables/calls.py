"""What a ticket is made of beside itself: its calls, the times of its states, its promised times (C1, P8)."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, belongs_to, whole
from aftersales_tui.store.tables.tickets import Ticket
from aftersales_tui.store.types import UTCDateTime


class Call(Keyed, table=True):
    """One call, taken or made; several may belong to one ticket (C9, C10)."""

    __tablename__ = "call"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        Index("ix_call_ticket", "shop_id", "ticket_id", "started_at", "id"),
        Index("ix_call_register", "shop_id", "started_at", "id"),
        Index("ix_call_operator", "shop_id", "taken_by", "started_at", "id"),
    )

    ticket_id: int = whole()
    customer_id: int | None = whole(null=True)
    kind: str
    channel: str
    outgoing: int = 0
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime = Field(sa_type=UTCDateTime)
    hold_seconds: int = 0
    caller: str = ""
    phone: str = ""
    words: str = ""
    taken_by: int = whole()


class Interval(Keyed, table=True):
    """How long a ticket stood in one state, by happened-at; promise clocks are reckoned from these (P8)."""

    __tablename__ = "interval"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        Index("ix_interval_ticket", "shop_id", "ticket_id", "starts_at", "id"),
    )

    ticket_id: int = whole()
    status: str
    starts_at: datetime = Field(sa_type=UTCDateTime)
    entered_at: datetime = Field(sa_type=UTCDateTime)


class Promise(Keyed, table=True):
    """A promise clock of a ticket: its rule and when it started; the rest is reckoned (P8)."""

    __tablename__ = "promise"
    __table_args__ = (
        belongs_to(Ticket, "ticket_id"),
        Index("ix_promise_ticket", "shop_id", "ticket_id", "id"),
    )

    ticket_id: int = whole()
    clock: str
    starts_at: datetime = Field(sa_type=UTCDateTime)
    policy_digest: str = ""
