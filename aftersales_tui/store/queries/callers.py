"""Finding a caller while his name or number is being typed, and what he brings along (C3, C10)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, literal_column, select, update

from aftersales_tui.domain.errors import NotFound
from aftersales_tui.domain.ticket import Status
from aftersales_tui.lexicon.keys import customer_keys
from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.tables import Address, CallerKey, Customer, Device, Interval, Person, Phone, Ticket
from aftersales_tui.views.callers import CallerMatch, DeviceView, OpenTicket

KEY: Any = CallerKey.__table__  # type: ignore[attr-defined]
CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
PERSON: Any = Person.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
ADDRESS: Any = Address.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
INTERVAL: Any = Interval.__table__  # type: ignore[attr-defined]
IS_OPEN = TICKET.c.is_open == literal_column("1")
MERGED, ERASED = "merged", "erased"
"""States of a file that is none any more."""
NAMES = frozenset({"name", "pinyin"})
"""Ways in which somebody's name is met."""
FEW = 60
"""How many hits of one probe are weighed: four last digits match some 36 people in a large shop."""

_SHOP: Any = bindparam("shop")
_PLACES = tuple(f"id{place}" for place in range(8))
"""Customers asked for at once: as many as the lookup shows."""
_SOME: Any = [bindparam(place) for place in _PLACES]
_KEYS = (
    select(KEY.c.customer_id, KEY.c.device_id, KEY.c.key, CUSTOMER.c.last_call_at)
    .join(CUSTOMER, (CUSTOMER.c.shop_id == KEY.c.shop_id) & (CUSTOMER.c.id == KEY.c.customer_id))
    .where(
        KEY.c.shop_id == _SHOP,
        KEY.c.key >= bindparam("low"),
        KEY.c.key < bindparam("high"),
        CUSTOMER.c.state == literal_column("''"),
    )
    .order_by(KEY.c.key, KEY.c.customer_id, KEY.c.device_id)
    .limit(FEW)
)
_FIRST_PHONE = (
    select(PHONE.c.typed)
    .where(PHONE.c.shop_id == CUSTOMER.c.shop_id, PHONE.c.customer_id == CUSTOMER.c.id, PHONE.c.place == 0)
    .limit(1)
    .scalar_subquery()
)
_FIRST_ADDRESS = (
    select(ADDRESS.c.text)
    .where(
        ADDRESS.c.shop_id == CUSTOMER.c.shop_id, ADDRESS.c.customer_id == CUSTOMER.c.id, ADDRESS.c.place == 0
    )
    .limit(1)
    .scalar_subquery()
)
_OPEN_TICKETS = (
    select(func.count())
    .where(TICKET.c.shop_id == CUSTOMER.c.shop_id, TICKET.c.customer_id == CUSTOMER.c.id, IS_OPEN)
    .scalar_subquery()
)
_MATCHES = select(CUSTOMER.c.id, CUSTOMER.c.name, _FIRST_PHONE, _FIRST_ADDRESS, _OPEN_TICKETS).where(
    CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id.in_(bindparam("ids", expanding=True))
)
_CUSTOMER = select(CUSTOMER).where(CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id == bindparam("id"))
_ERASED = select(CUSTOMER.c.id).where(
    CUSTOMER.c.shop_id == _SHOP,
    CUSTOMER.c.id.in_(bindparam("ids", expanding=True)),
    CUSTOMER.c.state == literal_column(f"'{ERASED}'"),
)
_PHONES = (
    select(PHONE.c.e164, PHONE.c.typed)
    .where(PHONE.c.shop_id == _SHOP, PHONE.c.customer_id == bindparam("id"))
    .order_by(PHONE.c.place)
)
_PHONES_OF = (
    select(PHONE.c.customer_id, PHONE.c.e164, PHONE.c.typed)
    .where(PHONE.c.shop_id == _SHOP, PHONE.c.customer_id.in_(_SOME))
    .order_by(PHONE.c.customer_id, PHONE.c.place)
)
_PEOPLE_OF = (
    select(PERSON.c.customer_id, PERSON.c.name)
    .where(PERSON.c.shop_id == _SHOP, PERSON.c.customer_id.in_(_SOME))
    .order_by(PERSON.c.customer_id, PERSON.c.place)
)
_ADDRESSES = (
    select(ADDRESS.c.text, ADDRESS.c.zone)
    .where(ADDRESS.c.shop_id == _SHOP, ADDRESS.c.customer_id == bindparam("id"))
    .order_by(ADDRESS.c.place)
)
_DEVICES = (
    select(DEVICE.c.id, DEVICE.c.product, DEVICE.c.brand, DEVICE.c.model, DEVICE.c.serial, DEVICE.c.bought_on)
    .where(DEVICE.c.shop_id == _SHOP, DEVICE.c.customer_id == bindparam("id"))
    .order_by(DEVICE.c.id.desc())
    .limit(FEW)
)
_OPEN = select(
    TICKET.c.id,
    TICKET.c.version,
    TICKET.c.number,
    TICKET.c.status,
    TICKET.c.product,
    TICKET.c.fault,
    TICKET.c.received_at,
).where(TICKET.c.shop_id == _SHOP)
_NAMED = (
    select(CUSTOMER.c.id, CUSTOMER.c.name)
    .join(KEY, (KEY.c.shop_id == CUSTOMER.c.shop_id) & (KEY.c.customer_id == CUSTOMER.c.id))
    .where(KEY.c.shop_id == _SHOP, KEY.c.key == bindparam("key"), CUSTOMER.c.state == literal_column("''"))
    .order_by(KEY.c.customer_id)
    .limit(FEW)
)
_GOES_BY = select(KEY.c.customer_id).where(
    KEY.c.shop_id == _SHOP, KEY.c.key == bindparam("key"), KEY.c.customer_id == bindparam("customer")
)
_OF_SERIAL = (
    select(KEY.c.device_id, DEVICE.c.product)
    .join(DEVICE, (DEVICE.c.shop_id == KEY.c.shop_id) & (DEVICE.c.id == KEY.c.device_id))
    .where(KEY.c.shop_id == _SHOP, KEY.c.key == bindparam("key"))
    .order_by(KEY.c.customer_id, KEY.c.device_id)
    .limit(FEW)
)
_TOUCH = (
    update(CUSTOMER)
    .where(CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id == bindparam("customer"))
    .values(last_call_at=bindparam("at"))
)
_OF_CUSTOMER = _OPEN.where(IS_OPEN, TICKET.c.customer_id == bindparam("key")).limit(FEW)
_OF_DEVICE = _OPEN.where(IS_OPEN, TICKET.c.device_id == bindparam("key")).limit(FEW)
_OF_PHONE = _OPEN.where(IS_OPEN, TICKET.c.phone_key == bindparam("key")).limit(FEW)
_OF_ADDRESS = _OPEN.where(IS_OPEN, TICKET.c.address_key == bindparam("key")).limit(FEW)
_SAME = {"device": _OF_DEVICE, "phone": _OF_PHONE, "address": _OF_ADDRESS, "customer": _OF_CUSTOMER}
_SOLVED_SINCE = exists().where(
    INTERVAL.c.shop_id == TICKET.c.shop_id,
    INTERVAL.c.ticket_id == TICKET.c.id,
    INTERVAL.c.starts_at >= bindparam("since"),
    INTERVAL.c.status == literal_column(f"'{Status.SOLVED.value}'"),
)
_LATEST = _OPEN.where(TICKET.c.is_open == literal_column("0"), _SOLVED_SINCE).order_by(
    TICKET.c.received_at.desc()
)
_REPAIRED_OF_DEVICE = _LATEST.where(TICKET.c.device_id == bindparam("key")).limit(FEW)
_REPAIRED_OF_CUSTOMER = _LATEST.where(TICKET.c.customer_id == bindparam("key")).limit(FEW)


class Hit(NamedTuple):
    """A customer, and the device where a serial led to it."""

    customer_id: int
    device_id: int


class Find(NamedTuple):
    """How a hit was found.

    Attributes:
        whole: Whether what was typed is all of it, which is a better find than a beginning.
        called_at: When he last called.
        matched: By what.
        key: The key that was met; empty for none.
    """

    whole: bool
    called_at: datetime
    matched: str
    key: str = ""


def hits(
    connection: Connection, shop_id: int, low: str, high: str, matched: str, *, exact_first: bool
) -> Iterator[tuple[Hit, Find]]:
    """The callers whose key lies in a range, in the order of the keys."""
    for row in connection.execute(_KEYS, {"shop": shop_id, "low": low, "high": high}):
        yield Hit(row[0], row[1]), Find(exact_first and row[2] == low, row[3], matched, row[2])


def matches(connection: Connection, shop_id: int, found: Mapping[Hit, Find], limit: int) -> list[CallerMatch]:
    """The lines of the lookup: whole matches first, and among equals who called last."""
    ranked = sorted(found, key=lambda hit: found[hit][:2], reverse=True)[:limit]
    if not ranked:
        return []
    ids = list({hit.customer_id for hit in ranked})
    rows = {row[0]: row for row in connection.execute(_MATCHES, {"shop": shop_id, "ids": ids})}
    led = _led(connection, shop_id, {hit: found[hit] for hit in ranked if hit.customer_id in rows}, rows)
    return [
        CallerMatch(
            customer_id=hit.customer_id,
            device_id=hit.device_id,
            name=row[1],
            phone=led.get(hit, _NOBODY).phone or row[2] or "",
            address=row[3] or "",
            matched=found[hit].matched,
            open_tickets=row[4],
            person=led.get(hit, _NOBODY).person,
        )
        for hit in ranked
        if (row := rows.get(hit.customer_id))
    ]


class _Led(NamedTuple):
    """What of a file was met: a number as it was said, or one of the customer's people; empty for his own."""

    phone: str = ""
    person: str = ""


_NOBODY = _Led()


def _led(
    connection: Connection, shop_id: int, found: Mapping[Hit, Find], rows: Mapping[int, Any]
) -> dict[Hit, _Led]:
    """Which number, or whose name, has led to each of these customers; what nothing is to be said of is missing."""
    by_phone = {hit: find.key for hit, find in found.items() if find.key and find.matched == "phone"}
    by_name = {hit: find.key for hit, find in found.items() if find.key and find.matched in NAMES}
    numbers = _of_each(connection, shop_id, _PHONES_OF, by_phone)
    people = _of_each(connection, shop_id, _PEOPLE_OF, by_name)
    led = {hit: _Led(phone=_number_met(numbers[hit.customer_id], key)) for hit, key in by_phone.items()}
    for hit, key in by_name.items():
        # His own name comes before his people's; what sounds is only asked where there is somebody to ask about.
        names = [name for (name,) in people[hit.customer_id]]
        if names and key not in customer_keys(rows[hit.customer_id][1], (), "", ""):
            led[hit] = _Led(person=next((one for one in names if key in customer_keys(one, (), "", "")), ""))
    return led


def _of_each(
    connection: Connection, shop_id: int, statement: Any, hits: Collection[Hit]
) -> Mapping[int, list[tuple[Any, ...]]]:
    """What a statement tells of each customer that was hit."""
    told: dict[int, list[tuple[Any, ...]]] = {hit.customer_id: [] for hit in hits}
    waiting = list(told)
    nobody: Any = 0
    while waiting:
        some, waiting = waiting[: len(_PLACES)], waiting[len(_PLACES) :]
        asked: dict[str, Any] = dict(zip_longest(_PLACES, some, fillvalue=nobody))
        rows: Iterable[Any] = plainly(connection, statement, {"shop": shop_id, **asked})
        for customer_id, *columns in rows:
            told[customer_id].append(tuple(columns))
    return told


def _number_met(numbers: Collection[tuple[Any, ...]], key: str) -> str:
    """The number, as it was said, whose digits are those of a key: turned round, or without a neighbour's prefix."""
    ending = key[:1:-1] if key.startswith("r") else key[2:]
    return next((typed for e164, typed in numbers if e164.endswith(ending)), "")


def named(connection: Connection, shop_id: int, key: str) -> list[tuple[int, str]]:
    """The customers that one key leads to, with their names."""
    rows: list[Any] = list(plainly(connection, _NAMED, {"shop": shop_id, "key": key}))
    return [(row[0], row[1]) for row in rows]


def goes_by(connection: Connection, shop_id: int, customer_id: int, key: str) -> bool:
    """Whether a customer is found by this key: also by the name of a file that was merged into his."""
    values = {"shop": shop_id, "customer": customer_id, "key": key}
    return plainly(connection, _GOES_BY, values).first() is not None


def with_serial(connection: Connection, shop_id: int, key: str) -> list[tuple[int, str]]:
    """The devices of one serial, whoever has them, each with its product."""
    rows: list[Any] = list(plainly(connection, _OF_SERIAL, {"shop": shop_id, "key": key}))
    return [(row[0], row[1]) for row in rows]


def touch(connection: Connection, shop_id: int, customer_id: int, at: datetime) -> None:
    """Note when a customer last called, past the version: an editor of his file has not been overtaken by that."""
    connection.execute(_TOUCH, {"shop": shop_id, "customer": customer_id, "at": at})


def customer(connection: Connection, shop_id: int, customer_id: int) -> dict[str, Any]:
    """A customer's own columns; of a file that was merged, those of the one it is in now (U4).

    Raises:
        NotFound: ``record.not_found``.
    """
    wanted: int | None = customer_id
    while wanted:
        row = connection.execute(_CUSTOMER, {"shop": shop_id, "id": wanted}).mappings().first()
        if row is None:
            break
        if row["state"] != MERGED:
            return dict(row)
        wanted = row["merged_into"]
    raise NotFound("record.not_found", table="customer", id=customer_id)


def erased(connection: Connection, shop_id: int, ids: Collection[int]) -> frozenset[int]:
    """Those of some records that are customers who were erased (U4)."""
    rows = connection.execute(_ERASED, {"shop": shop_id, "ids": list(ids)})
    return frozenset(row[0] for row in rows)


def phones(connection: Connection, shop_id: int, customer_id: int) -> list[tuple[str, str]]:
    """A customer's numbers, each as E.164 and as it was said."""
    return [(row[0], row[1]) for row in connection.execute(_PHONES, {"shop": shop_id, "id": customer_id})]


def addresses(connection: Connection, shop_id: int, customer_id: int) -> list[tuple[str, str]]:
    """A customer's addresses with their zones."""
    return [(row[0], row[1]) for row in connection.execute(_ADDRESSES, {"shop": shop_id, "id": customer_id})]


def devices(connection: Connection, shop_id: int, customer_id: int) -> tuple[DeviceView, ...]:
    """A customer's devices, the newest first."""
    return tuple(
        DeviceView(*row) for row in connection.execute(_DEVICES, {"shop": shop_id, "id": customer_id})
    )


def open_tickets(
    connection: Connection, shop_id: int, sought: Mapping[str, Sequence[int | str]]
) -> tuple[OpenTicket, ...]:
    """Open tickets with the same device, phone, address or customer, each once, with the strongest reason.

    Args:
        sought: The keys to look for under ``device``, ``phone``, ``address`` and ``customer``; empty ones find
            nothing.
    """
    found: dict[int, OpenTicket] = {}
    for why, statement in _SAME.items():
        for key in filter(None, sought.get(why, ())):
            for row in connection.execute(statement, {"shop": shop_id, "key": key}):
                found.setdefault(row[0], OpenTicket(*row, why))
    return tuple(sorted(found.values(), key=lambda ticket: ticket.received_at, reverse=True))


def repaired_since(
    connection: Connection, shop_id: int, customer_id: int, device_id: int, since: datetime
) -> tuple[OpenTicket, ...]:
    """Repairs done since an instant, of a device or else of all that a customer has, the latest first (C10)."""
    if not (device_id or customer_id):
        return ()
    statement = _REPAIRED_OF_DEVICE if device_id else _REPAIRED_OF_CUSTOMER
    values = {"shop": shop_id, "key": device_id or customer_id, "since": since}
    return tuple(OpenTicket(*row, "same_fault") for row in connection.execute(statement, values))
