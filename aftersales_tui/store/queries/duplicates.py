"""Customers who may be the same: found by the keys they share, never by comparing all with all (U4)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.tables import Address, CallerKey, Customer, Device, NotSame, Phone
from aftersales_tui.views.mergers import FileLine

CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
ADDRESS: Any = Address.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
KEY: Any = CallerKey.__table__  # type: ignore[attr-defined]
NOT_SAME: Any = NotSame.__table__  # type: ignore[attr-defined]
AT_ONCE = 400
"""Ids in one statement."""

_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_LIVING = CUSTOMER.c.state == literal_column("''")
_NEWEST = (
    select(CUSTOMER.c.id)
    .where(CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id < bindparam("below"), _LIVING)
    .order_by(CUSTOMER.c.id.desc())
    .limit(bindparam("limit"))
)
_FILES = select(CUSTOMER.c.id, CUSTOMER.c.version, CUSTOMER.c.name, CUSTOMER.c.state).where(
    CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id.in_(_IDS)
)
_PHONES = select(PHONE.c.customer_id, PHONE.c.place, PHONE.c.e164, PHONE.c.typed).where(
    PHONE.c.shop_id == _SHOP, PHONE.c.customer_id.in_(_IDS)
)
_ADDRESSES = select(ADDRESS.c.customer_id, ADDRESS.c.place, ADDRESS.c.text).where(
    ADDRESS.c.shop_id == _SHOP, ADDRESS.c.customer_id.in_(_IDS)
)
_DEVICES = select(DEVICE.c.customer_id, DEVICE.c.serial).where(
    DEVICE.c.shop_id == _SHOP, DEVICE.c.customer_id.in_(_IDS)
)
_SHARING = (
    select(KEY.c.customer_id)
    .where(KEY.c.shop_id == _SHOP, KEY.c.key == bindparam("key"))
    .order_by(KEY.c.customer_id.desc())
    .limit(bindparam("limit"))
)
_NOT_SAME = select(NOT_SAME.c.one_id, NOT_SAME.c.other_id).where(
    NOT_SAME.c.shop_id == _SHOP, NOT_SAME.c.one_id.in_(_IDS)
)
_ABSORBED = select(CUSTOMER.c.id).where(
    CUSTOMER.c.shop_id == _SHOP,
    CUSTOMER.c.merged_into.is_not(None),
    CUSTOMER.c.merged_into == bindparam("customer"),
)


@dataclass
class Traits:
    """What customers are compared by."""

    line: FileLine
    phones: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)


def newest(connection: Connection, shop_id: int, below: int, limit: int) -> list[int]:
    """The ids of the newest living files below an id."""
    rows = connection.execute(_NEWEST, {"shop": shop_id, "below": below, "limit": limit})
    return [row[0] for row in rows]


def traits(connection: Connection, shop_id: int, ids: Iterable[int]) -> dict[int, Traits]:
    """What is known of customers, for comparing."""
    found: dict[int, Traits] = {}
    for some in _chunks(ids):
        values = {"shop": shop_id, "ids": some}
        phones, addresses = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
        for row in connection.execute(_PHONES, values):
            phones[row[0]].append(row[1:])
        for row in connection.execute(_ADDRESSES, values):
            addresses[row[0]].append(row[1:])
        for own in connection.execute(_FILES, values):
            numbers, places = sorted(phones[own[0]]), sorted(addresses[own[0]])
            line = FileLine(
                own[0],
                own[1],
                own[2],
                numbers[0][2] if numbers else "",
                places[0][1] if places else "",
                own[3],
            )
            found[own[0]] = Traits(line, [one[1] for one in numbers], [one[1] for one in places])
        for customer_id, serial in connection.execute(_DEVICES, values):
            if serial and customer_id in found:
                found[customer_id].serials.append(serial)
    return found


def sharing(connection: Connection, shop_id: int, keys: Iterable[str], limit: int) -> dict[str, list[int]]:
    """The newest customers that each key leads to."""
    return {
        key: [row[0] for row in plainly(connection, _SHARING, {"shop": shop_id, "key": key, "limit": limit})]
        for key in keys
    }


def not_same(connection: Connection, shop_id: int, ids: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs, smaller id first, that somebody has said are not the same."""
    pairs: set[tuple[int, int]] = set()
    for some in _chunks(ids):
        pairs.update(
            (row[0], row[1]) for row in connection.execute(_NOT_SAME, {"shop": shop_id, "ids": some})
        )
    return pairs


def lines(connection: Connection, shop_id: int, ids: Sequence[int]) -> tuple[FileLine, ...]:
    """Files on one line each, in the order of their ids as given."""
    found: Mapping[int, Traits] = traits(connection, shop_id, ids)
    return tuple(found[one].line for one in ids if one in found)


def family(connection: Connection, shop_id: int, customer_id: int) -> list[int]:
    """A customer's id and those of all files that were merged into his, and into those."""
    ids, seen = [customer_id], 0
    while seen < len(ids):
        values = {"shop": shop_id, "customer": ids[seen]}
        ids += [row[0] for row in connection.execute(_ABSORBED, values) if row[0] not in ids]
        seen += 1
    return ids


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    left = iter(dict.fromkeys(ids))
    while some := list(islice(left, AT_ONCE)):
        yield some
