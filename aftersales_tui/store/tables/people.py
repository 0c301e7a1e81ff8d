"""The shop and its people."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from aftersales_tui.store.keys import Keyed, Record, Versioned, belongs_to, whole
from aftersales_tui.store.types import UTCDateTime


class Shop(Record, table=True):
    """One shop of a store; a small shop's store holds exactly one."""

    __tablename__ = "shop"

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str
    zone: str
    country: str
    area_code: str = ""


class Staff(Versioned, table=True):
    """A person of the shop with one role (A3), and his record (A7).

    Attributes:
        role: ``clerk``, ``dispatcher``, ``head``, ``engineer``, ``accountant``, ``supervisor`` or ``owner``.
        in_trade_since: The year in which he began in the trade; 0 for unknown.
        active: 0 for somebody who has left; what he did keeps his name.
    """

    __tablename__ = "staff"

    name: str
    name_key: str = Field(index=False)
    initials: str = ""
    role: str
    phone: str = ""
    in_trade_since: int = 0
    schooling: str = ""
    trainings: str = ""
    note: str = ""
    active: int = 1


class StaffSkill(Record, table=True):
    """A product an engineer can mend."""

    __tablename__ = "staff_skill"
    __table_args__ = (belongs_to("staff", "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    skill: str = Field(primary_key=True)


class StaffZone(Record, table=True):
    """A part of the town an engineer serves."""

    __tablename__ = "staff_zone"
    __table_args__ = (belongs_to("staff", "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    zone: str = Field(primary_key=True)


class Shift(Record, table=True):
    """A weekly working span: minutes of the day in the shop's zone, Monday is 0."""

    __tablename__ = "shift"
    __table_args__ = (belongs_to("staff", "staff_id"),)

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    weekday: int = Field(primary_key=True)
    start_minute: int = Field(primary_key=True)
    end_minute: int


class Absence(Keyed, table=True):
    """Time off of a person, with its reason (D2)."""

    __tablename__ = "absence"
    __table_args__ = (belongs_to("staff", "staff_id"),)

    staff_id: int = whole()
    starts_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    reason: str = ""
