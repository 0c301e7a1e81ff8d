"""What an import of visits, promises and notes looks up and fills in, past the sessions as ``store.bulk``."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from aftersales_tui.store import tables
from aftersales_tui.store.bulk import in_lists
from aftersales_tui.store.dialects import plainly

_DEVICE: Any = tables.Device.__table__  # type: ignore[attr-defined]
_TICKET: Any = tables.Ticket.__table__  # type: ignore[attr-defined]
_VISIT: Any = tables.Visit.__table__  # type: ignore[attr-defined]
_SHOP: Any = bindparam("shop")
_WANTED: Any = bindparam("wanted", expanding=True)
FILLED = ("outcome", "outcome_at", "words", "override_reason")
"""Columns of a visit that a file of visits tells better than the ticket it came with."""

_OWNERS = select(_DEVICE.c.id, _DEVICE.c.customer_id).where(
    _DEVICE.c.shop_id == _SHOP, _DEVICE.c.id.in_(_WANTED)
)
_VISITS = select(_VISIT.c.id, _VISIT.c.ticket_id, _VISIT.c.engineer_id, _VISIT.c.starts_at).where(
    _VISIT.c.shop_id == _SHOP, _VISIT.c.ticket_id.in_(_WANTED)
)
_VISIT_NOW = select(*(_VISIT.c[name] for name in FILLED)).where(
    _VISIT.c.shop_id == _SHOP, _VISIT.c.id == bindparam("of_id")
)
_FILL_VISIT = (
    update(_VISIT)
    .where(_VISIT.c.shop_id == bindparam("of_shop"), _VISIT.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}", type_=_VISIT.c[name].type) for name in FILLED})
)
_REPEAT = (
    update(_TICKET)
    .where(_TICKET.c.shop_id == bindparam("of_shop"), _TICKET.c.id == bindparam("of_id"))
    .values(repeat_of=bindparam("first"))
)


class KnownVisit(NamedTuple):
    """A visit of ours, for the question whether a row tells of it; ``starts_at`` is an instant."""

    visit_id: int
    ticket_id: int
    engineer_id: int
    starts_at: Any


def owners_of(connection: Connection, shop_id: int, device_ids: Iterable[int]) -> dict[int, int]:
    """The customers of devices."""
    return {row[0]: row[1] for row in in_lists(connection, _OWNERS, {"shop": shop_id}, device_ids)}


def visits_of(connection: Connection, shop_id: int, ticket_ids: Iterable[int]) -> list[KnownVisit]:
    """The visits of tickets."""
    return [KnownVisit(*row) for row in in_lists(connection, _VISITS, {"shop": shop_id}, ticket_ids)]


def fill_visit(connection: Connection, shop_id: int, visit_id: int, told: Mapping[str, Any]) -> None:
    """What is told of a visit, where it says something else.

    Its version stays: it has come in with its ticket, and goes with it when that is taken back.
    """
    now = connection.execute(_VISIT_NOW, {"shop": shop_id, "of_id": visit_id}).mappings().first()
    if now is None:
        return
    new = {name: told[name] if told.get(name) else now[name] for name in FILLED}
    if new != dict(now):
        values = {f"new_{name}": value for name, value in new.items()}
        connection.execute(_FILL_VISIT, {"of_shop": shop_id, "of_id": visit_id, **values})


def repeats(connection: Connection, shop_id: int, firsts: Mapping[int, int]) -> None:
    """Note of tickets that are there which earlier one each repeats."""
    rows = [{"of_shop": shop_id, "of_id": ticket, "first": first} for ticket, first in firsts.items()]
    if rows:
        plainly(connection, _REPEAT, *rows)
