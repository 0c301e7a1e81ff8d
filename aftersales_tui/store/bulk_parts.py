"""What an import of visits, promises and notes looks up and fills in, past the sessions as ``store.bulk``."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from aftersales_tui.store import tables
from aftersales_tui.store.bulk import in_lists
from aftersales_tui.store.dialects import plainly

_BATCH: Any = tables.ImportBatch.__table__  # type: ignore[attr-defined]
_KEY: Any = tables.ImportKey.__table__  # type: ignore[attr-defined]
_DEVICE: Any = tables.Device.__table__  # type: ignore[attr-defined]
_TICKET: Any = tables.Ticket.__table__  # type: ignore[attr-defined]
_VISIT: Any = tables.Visit.__table__  # type: ignore[attr-defined]
_SHOP: Any = bindparam("shop")
_WANTED: Any = bindparam("wanted", expanding=True)
FILLED = ("outcome", "outcome_at", "words", "override_reason")
"""Columns of a visit that a file of visits tells better than the ticket it came with."""

# With the version, which no other index has, each is looked up by its id and the shop's are not searched.
_OWNERS = select(_DEVICE.c.id, _DEVICE.c.customer_id, _DEVICE.c.version).where(
    _DEVICE.c.shop_id == _SHOP, _DEVICE.c.id.in_(_WANTED)
)
_VISITS = select(_VISIT.c.id, _VISIT.c.ticket_id, _VISIT.c.engineer_id, _VISIT.c.starts_at).where(
    _VISIT.c.shop_id == _SHOP, _VISIT.c.ticket_id.in_(_WANTED)
)
_VISIT_NOW = select(_VISIT.c.active, *(_VISIT.c[name] for name in FILLED)).where(
    _VISIT.c.shop_id == _SHOP, _VISIT.c.id == bindparam("of_id"), _VISIT.c.version == 1
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


_SOURCES = select(_BATCH.c.source).where(_BATCH.c.shop_id == _SHOP)
_ANY_SOURCE = select(_KEY.c.source_id, _KEY.c.record_id).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.kind == bindparam("of_kind"),
    _KEY.c.source.in_(bindparam("sources", expanding=True)),
    _KEY.c.source_id.in_(_WANTED),
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
    """What is told of a visit, where it says something else; one that somebody here has gone on with stays as it is.

    Its version stays: it has come in with its ticket, and goes with it when that is taken back.
    """
    now = connection.execute(_VISIT_NOW, {"shop": shop_id, "of_id": visit_id}).mappings().first()
    if now is None:
        return
    # What comes of a visit that is still under way is recorded by whoever ends it.
    open_to = FILLED if not now["active"] else ("override_reason",)
    new = {name: told[name] if told.get(name) and name in open_to else now[name] for name in FILLED}
    if any(new[name] != now[name] for name in FILLED):
        values = {f"new_{name}": value for name, value in new.items()}
        connection.execute(_FILL_VISIT, {"of_shop": shop_id, "of_id": visit_id, **values})


def repeats(connection: Connection, shop_id: int, firsts: Mapping[int, int]) -> None:
    """Note of tickets that are there which earlier one each repeats."""
    rows = [{"of_shop": shop_id, "of_id": ticket, "first": first} for ticket, first in firsts.items()]
    if rows:
        plainly(connection, _REPEAT, *rows)


def by_any_source(
    connection: Connection, shop_id: int, kind: str, source_ids: Iterable[str]
) -> dict[str, int]:
    """The records that ids stand for, whichever program has given them; one that stands for several is left out."""
    # Some hundred batches at most; with their sources named, every id is looked up in the key it is part of.
    sources = sorted({row[0] for row in connection.execute(_SOURCES, {"shop": shop_id})})
    if not sources:
        return {}
    found: dict[str, set[int]] = {}
    at = {"shop": shop_id, "of_kind": kind, "sources": sources}
    for source_id, record_id in in_lists(connection, _ANY_SOURCE, at, source_ids):
        found.setdefault(source_id, set()).add(record_id)
    return {source_id: next(iter(ids)) for source_id, ids in found.items() if len(ids) == 1}
