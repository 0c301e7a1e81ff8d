"""What stands in an engineer's diary: his time off and his visits. A handful of rows, never paged."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from aftersales_tui.store.queries.engineers import ABSENCE, TICKET, VISIT
from aftersales_tui.store.queries.queue import IS_OPEN
from aftersales_tui.views.staff import PlannedVisit, TimeOff

_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_TIME_OFF = select(
    ABSENCE.c.staff_id, ABSENCE.c.id, ABSENCE.c.starts_at, ABSENCE.c.ends_at, ABSENCE.c.reason
).where(ABSENCE.c.shop_id == _SHOP, ABSENCE.c.staff_id.in_(_IDS), ABSENCE.c.ends_at > bindparam("start"))
_PLANNED = (
    select(TICKET.c.id, TICKET.c.number, VISIT.c.starts_at, VISIT.c.ends_at, TICKET.c.caller, TICKET.c.zone)
    .join(VISIT, (VISIT.c.shop_id == TICKET.c.shop_id) & (VISIT.c.id == TICKET.c.visit_id))
    # Plus nothing, or SQLite would begin with all he ever did.
    .where(TICKET.c.shop_id == _SHOP, IS_OPEN, VISIT.c.engineer_id + 0 == bindparam("staff"))
)


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
