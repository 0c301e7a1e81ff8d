"""The shop's own record and its people by name."""

from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from aftersales_tui.domain.errors import Refused
from aftersales_tui.store.dialects import insert_once, plainly
from aftersales_tui.store.tables import Counter, Shop, Staff
from aftersales_tui.views.act import ShopView, StaffView

SHOP: Any = Shop.__table__  # type: ignore[attr-defined]
COUNTER: Any = Counter.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]

_SHOP = select(SHOP.c.shop_id, SHOP.c.name, SHOP.c.zone, SHOP.c.country, SHOP.c.area_code).where(
    SHOP.c.shop_id == bindparam("shop")
)
_HOLD = select(SHOP.c.shop_id).where(SHOP.c.shop_id == bindparam("shop")).with_for_update()
_HAS_LEFT = select(STAFF.c.name).where(
    STAFF.c.shop_id == bindparam("shop"),
    STAFF.c.id == bindparam("staff"),
    STAFF.c.active == literal_column("0"),
)
_PERSON = (
    select(STAFF.c.id, STAFF.c.name, STAFF.c.role)
    .where(STAFF.c.shop_id == bindparam("shop"), STAFF.c.name == bindparam("name"))
    # Of two of one name the one who works here; somebody who has left is better than a stranger.
    .order_by(STAFF.c.active.desc(), STAFF.c.id)
    .limit(1)
)


def open_books(connection: Connection, view: ShopView, first_ticket: int) -> None:
    """Make the shop's record and counters unless they are there, and hold the shop until the commit.

    Two seats may found one shop at the same moment: the second waits here, and then finds what the first made.
    """
    columns = {
        "name": view.name,
        "zone": view.zone,
        "country": view.country,
        "area_code": view.area_code,
    }
    insert_once(connection, SHOP, [{"shop_id": view.shop_id, **columns}])
    connection.execute(_HOLD, {"shop": view.shop_id})
    counters = {"ticket": first_ticket, "feed": 0}
    rows = [{"shop_id": view.shop_id, "name": name, "value": value} for name, value in counters.items()]
    insert_once(connection, COUNTER, rows)


def shop(connection: Connection, shop_id: int) -> ShopView | None:
    """The shop's record; ``None`` before its books are opened."""
    row = connection.execute(_SHOP, {"shop": shop_id}).first()
    return None if row is None else ShopView(*row)


def person(connection: Connection, shop_id: int, name: str) -> StaffView | None:
    """The person of that name; ``None`` when nobody is called so."""
    row = connection.execute(_PERSON, {"shop": shop_id, "name": name}).first()
    return None if row is None else StaffView(*row)


def require_here(connection: Connection, shop_id: int, staff_id: int) -> None:
    """Let nobody act in the name of somebody who works here no longer (A3).

    Raises:
        Refused: ``person.has_left``.
    """
    gone = plainly(connection, _HAS_LEFT, {"shop": shop_id, "staff": staff_id}).first()
    if gone is not None:
        raise Refused("person.has_left", name=gone[0])
