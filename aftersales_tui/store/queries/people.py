"""The shop's people by themselves: who works here, who somebody is (A3)."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, literal_column, select

from aftersales_tui.store.tables import Staff

STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
ENGINEER = "engineer"

_SHOP: Any = bindparam("shop")
_WORKING = (
    select(STAFF.c.id, STAFF.c.name, STAFF.c.role, STAFF.c.name_key, STAFF.c.initials)
    .where(STAFF.c.shop_id == _SHOP, STAFF.c.active == literal_column("1"))
    .order_by(STAFF.c.id)
)
_EVERYBODY = (
    select(
        STAFF.c.id,
        STAFF.c.version,
        STAFF.c.name,
        STAFF.c.role,
        STAFF.c.phone,
        STAFF.c.active,
        STAFF.c.name_key,
        STAFF.c.initials,
    )
    .where(STAFF.c.shop_id == _SHOP)
    .order_by(STAFF.c.id)
)
_ONE = select(STAFF).where(STAFF.c.shop_id == _SHOP, STAFF.c.id == bindparam("staff"))


class Person(NamedTuple):
    """A person of the shop with what he is called by."""

    staff_id: int
    name: str
    role: str
    name_key: str
    initials: str


class Known(NamedTuple):
    """A person's own columns, as far as the list needs them."""

    staff_id: int
    version: int
    name: str
    role: str
    phone: str
    active: int
    name_key: str
    initials: str


def working(connection: Connection, shop_id: int) -> list[Person]:
    """Everybody who works here now."""
    return [Person(*row) for row in connection.execute(_WORKING, {"shop": shop_id})]


def everybody(connection: Connection, shop_id: int) -> list[Known]:
    """Everybody who works here or has left."""
    return [Known(*row) for row in connection.execute(_EVERYBODY, {"shop": shop_id})]


def one(connection: Connection, shop_id: int, staff_id: int) -> Row[Any] | None:
    """All columns of one person; ``None`` when there is none of that id."""
    return connection.execute(_ONE, {"shop": shop_id, "staff": staff_id}).first()
