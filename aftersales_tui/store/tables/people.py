"""The shop and its people."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from aftersales_tui.store.keys import Record, Versioned


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
