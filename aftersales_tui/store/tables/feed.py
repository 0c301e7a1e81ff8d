"""The change feed and the counters that number it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from aftersales_tui.store.keys import Record, whole
from aftersales_tui.store.types import UTCDateTime


class Counter(Record, table=True):
    """A number that only grows: feed entries, tickets. Raised in the transaction that uses it, so it has no gaps."""

    __tablename__ = "counter"

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str = Field(primary_key=True)
    value: int = whole(0)


class FeedEntry(Record, table=True):
    """One change of the shop: who, when, what, before and after; written with the change, never edited (A4).

    Attributes:
        seq: From the shop's counter row, so that entries are in commit order.
        write_id: Made by the client; a write sent twice is done once.
        subject: The ticket the change belongs to, or the record itself where there is none.
        changes: ``[{"table", "id", "before", "after"}]``; undo reverses these.
        undoes: The entry this one takes back; 0 for none.
    """

    __tablename__ = "feed"
    __table_args__ = (
        UniqueConstraint("shop_id", "write_id"),
        Index("ix_feed_subject", "shop_id", "subject", "seq"),
        Index("ix_feed_staff", "shop_id", "staff_id", "seq"),
    )

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    write_id: int = whole()
    happened_at: datetime = Field(sa_type=UTCDateTime)
    entered_at: datetime = Field(sa_type=UTCDateTime)
    staff_id: int = whole()
    seat: str
    verb: str
    subject: int = whole()
    params: dict[str, str] = Field(sa_type=JSON)
    changes: list[dict[str, object]] = Field(sa_type=JSON)
    undoes: int = whole(0)
