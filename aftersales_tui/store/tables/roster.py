"""What an engineer can mend, where, and when he works (D2, A7)."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Record, belongs_to, whole
from aftersales_tui.store.tables.people import Staff
from aftersales_tui.store.types import UTCDateTime


class StaffSkill(Record, table=True):
    """A product an engineer can mend."""

    __tablename__ = "staff_skill"
    __table_args__ = (belongs_to(Staff, "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    skill: str = Field(primary_key=True)


class StaffZone(Record, table=True):
    """A part of the town an engineer serves."""

    __tablename__ = "staff_zone"
    __table_args__ = (belongs_to(Staff, "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    zone: str = Field(primary_key=True)


class Shift(Record, table=True):
    """A weekly working span: minutes of the day in the shop's zone, Monday is 0."""

    __tablename__ = "shift"
    __table_args__ = (belongs_to(Staff, "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    weekday: int = Field(primary_key=True)
    start_minute: int = Field(primary_key=True)
    end_minute: int


class Absence(Keyed, table=True):
    """Time off of a person, with its reason (D2)."""

    __tablename__ = "absence"
    __table_args__ = (belongs_to(Staff, "staff_id"),)

    staff_id: int = whole()
    starts_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    reason: str = ""
