"""Moves all records of one customer to another in a few statements, and back (U4).

The records are not loaded: a customer may have thousands of tickets. Which ones were moved is told to the feed as one
change of each table, their ids packed: some eleven characters for a record.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from aftersales_tui.store.deed import Deed
from aftersales_tui.store.packing import MOVED, packed, unpacked
from aftersales_tui.store.tables import (
    Call,
    CallerKey,
    Contact,
    Device,
    Note,
    SalePromise,
    Ticket,
    Visitor,
)

CALL: Any = Call.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
KEY: Any = CallerKey.__table__  # type: ignore[attr-defined]
WHOLESALE: tuple[Any, ...] = tuple(
    table.__table__  # type: ignore[union-attr]
    for table in (Ticket, Device, Note, SalePromise, Contact, Visitor)
)
"""Tables whose records go over as they are; calls, and contacts about a ticket, go with their tickets."""
AT_ONCE = 400
"""Ids in one statement."""
ADDED, TAKEN = "added", "taken"
"""Caller keys that a merge gave to the one file, and took from the other."""

_SHOP: Any = bindparam("shop")
_OF: Any = bindparam("of")
_TO: Any = bindparam("to")
_IDS: Any = bindparam("ids", expanding=True)
_CALLS = (
    update(CALL)
    .where(
        CALL.c.shop_id == _SHOP,
        CALL.c.customer_id == _OF,
        CALL.c.ticket_id.in_(
            select(TICKET.c.id).where(TICKET.c.shop_id == _SHOP, TICKET.c.customer_id == _OF)
        ),
    )
    .values(customer_id=_TO)
)
_CALLS_BACK = (
    update(CALL)
    .where(CALL.c.shop_id == _SHOP, CALL.c.ticket_id.in_(_IDS), CALL.c.customer_id == _OF)
    .values(customer_id=_TO)
)
_MINE = (KEY.c.shop_id == _SHOP, KEY.c.customer_id == _OF, KEY.c.key.in_(_IDS))
_OWN_KEYS = select(KEY.c.key).where(*_MINE, KEY.c.device_id == 0)
_DROP_KEYS = delete(KEY).where(*_MINE, KEY.c.device_id == 0)
_SERIALS = update(KEY).where(*_MINE, KEY.c.device_id > 0).values(customer_id=_TO)


def move(deed: Deed, of: int, to: int) -> dict[str, int]:
    """Give all that a customer has, from tickets to the contacts of his file, to another; how many of each."""
    values = {"shop": deed.shop_id, "of": of, "to": to}
    count = {"call": deed.connection.execute(_CALLS, values).rowcount}
    for table in WHOLESALE:
        everything = (
            update(table)
            .where(table.c.shop_id == _SHOP, table.c.customer_id == _OF)
            .values(customer_id=_TO)
            .returning(table.c.id)
        )
        ids = [row[0] for row in deed.connection.execute(everything, values)]
        count[table.name] = len(ids)
        if ids:
            deed.tell(_change(table.name, of, to, ids))
    return count


def move_keys(deed: Deed, of: int, to: int, own: Iterable[str], serials: Iterable[str]) -> None:
    """Let the keys of a customer lead to another; the feed tells which he had and which the other had not yet.

    Args:
        own: Keys of names and phones; ``serials`` those of devices, which stay with their device.
    """
    _move_serials(deed, of, to, serials)
    taken = sorted(_held_keys(deed, of, own))
    added = sorted(set(taken) - _held_keys(deed, to, taken))
    deed.index(CallerKey, ({"key": key, "customer_id": to, "device_id": 0} for key in added))
    _drop_keys(deed, of, taken)
    if taken:
        change = _change(KEY.name, of, to, ())
        deed.tell({**change, TAKEN: taken, ADDED: added})


def move_back(deed: Deed, change: Mapping[str, Any], serials: Iterable[str]) -> bool:
    """Undo one change that ``move`` or ``move_keys`` has told; whether all that it moved was still there.

    Args:
        serials: Keys of the devices that go back with it.
    """
    of, to = change["after"]["customer_id"], change["before"]["customer_id"]
    if change["table"] == KEY.name:
        _drop_keys(deed, of, change[ADDED])
        deed.index(CallerKey, ({"key": key, "customer_id": to, "device_id": 0} for key in change[TAKEN]))
        return True
    table = next(one for one in WHOLESALE if one.name == change["table"])
    ids, moved = unpacked(change[MOVED]), 0
    back = (
        update(table)
        .where(table.c.shop_id == _SHOP, table.c.id.in_(_IDS), table.c.customer_id == _OF)
        .values(customer_id=_TO)
    )
    for some in _chunks(ids):
        values = {"shop": deed.shop_id, "of": of, "to": to, "ids": some}
        moved += deed.connection.execute(back, values).rowcount
        if table is TICKET:
            deed.connection.execute(_CALLS_BACK, values)
    _move_serials(deed, of, to, serials)
    deed.tell(_change(table.name, of, to, ids))
    return moved == len(ids)


def _change(table: str, of: int, to: int, ids: Iterable[int]) -> dict[str, Any]:
    before, after = {"customer_id": of}, {"customer_id": to}
    return {"table": table, "id": 0, "before": before, "after": after, MOVED: packed(ids)}


def _move_serials(deed: Deed, of: int, to: int, keys: Iterable[str]) -> None:
    for some in _chunks(keys):
        deed.connection.execute(_SERIALS, {"shop": deed.shop_id, "of": of, "to": to, "ids": some})


def _held_keys(deed: Deed, of: int, keys: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in _chunks(keys):
        values = {"shop": deed.shop_id, "of": of, "ids": some}
        found.update(row[0] for row in deed.connection.execute(_OWN_KEYS, values))
    return found


def _drop_keys(deed: Deed, of: int, keys: Iterable[str]) -> None:
    for some in _chunks(keys):
        deed.connection.execute(_DROP_KEYS, {"shop": deed.shop_id, "of": of, "ids": some})


def _chunks(some: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(some)
    while chunk := list(islice(left, AT_ONCE)):
        yield chunk
