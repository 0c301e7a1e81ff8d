"""The shop's people as their list and their cards show them. A handful of rows: nothing here is paged."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from aftersales_tui.store.queries.engineers import ABSENCE, STAFF, TICKET, VISIT
from aftersales_tui.store.queries.queue import IS_OPEN
from aftersales_tui.views.staff import PlannedVisit, TimeOff

_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_COLUMNS = (
    STAFF.c.id,
    STAFF.c.version,
    STAFF.c.name,
    STAFF.c.role,
    STAFF.c.phone,
    STAFF.c.active,
    STAFF.c.name_key,
    STAFF.c.initials,
)
_EVERYBODY = select(*_COLUMNS).where(STAFF.c.shop_id == _SHOP).order_by(STAFF.c.id)
_ONE = select(STAFF).where(STAFF.c.shop_id == _SHOP, STAFF.c.id == bindparam("staff"))
_TIME_OFF = select(
    ABSENCE.c.staff_id, ABSENCE.c.id, ABSENCE.c.starts_at, ABSENCE.c.ends_at, ABSENCE.c.reason
).where(ABSENCE.c.shop_id == _SHOP, ABSENCE.c.staff_id.in_(_IDS), ABSENCE.c.ends_at > bindparam("start"))
_PLANNED = (
    select(TICKET.c.id, TICKET.c.number, VISIT.c.starts_at, VISIT.c.ends_at, TICKET.c.caller, TICKET.c.zone)
    .join(VISIT, (VISIT.c.shop_id == TICKET.c.shop_id) & (VISIT.c.id == TICKET.c.visit_id))
    # Plus nothing, or SQLite would begin with all he ever did.
    .where(TICKET.c.shop_id == _SHOP, IS_OPEN, VISIT.c.engineer_id + 0 == bindparam("staff"))
)


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


def everybody(connection: Connection, shop_id: int) -> list[Known]:
    """Everybody who works here or has left."""
    return [Known(*row) for row in connection.execute(_EVERYBODY, {"shop": shop_id})]


def one(connection: Connection, shop_id: int, staff_id: int) -> Row[Any] | None:
    """All columns of one person; ``None`` when there is none of that id."""
    return connection.execute(_ONE, {"shop": shop_id, "staff": staff_id}).first()


def time_off(
    connection: Connection, shop_id: int, ids: Sequence[int], start: datetime
) -> dict[int, list[TimeOff]]:
    """The time off of these people that is not over at an instant, the earliest first."""
    found: dict[int, list[TimeOff]] = defaultdict(list)
    values = {"shop": shop_id, "ids": list(ids), "start": start}
    for staff_id, *columns in connection.execute(_TIME_OFF, values):
        found[staff_id].append(TimeOff(*columns))
    return {staff_id: sorted(some, key=lambda one: one.start) for staff_id, some in found.items()}


def planned(connection: Connection, shop_id: int, staff_id: int) -> tuple[PlannedVisit, ...]:
    """The visits an engineer still has to do, the earliest first."""
    rows = connection.execute(_PLANNED, {"shop": shop_id, "staff": staff_id})
    return tuple(sorted((PlannedVisit(*row) for row in rows), key=lambda visit: visit.start))
