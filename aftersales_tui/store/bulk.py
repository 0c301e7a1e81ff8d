"""Many records in one transaction: the way of imports past the sessions, with prepared statements for whole lists.

Rows are plain columns here, instants as milliseconds. What belongs to a record goes in behind it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, event, exists, insert, select, update
from sqlmodel import Session

from aftersales_tui.store import tables
from aftersales_tui.store.dialects import adding_once, plainly
from aftersales_tui.store.foreign_ids import GONE, of_told
from aftersales_tui.store.keys import Record, defaults_of
from aftersales_tui.store.queries.callers import ERASED
from aftersales_tui.store.search import index, refresh
from aftersales_tui.store.tables import CallerKey, Counter, Customer, ImportKey, Staff, Ticket
from aftersales_tui.store.texts import ALONE, texts_of

Values = dict[str, Any]
ORDER: tuple[type[Record], ...] = (
    tables.Staff,
    tables.StaffSkill,
    tables.StaffZone,
    tables.Shift,
    tables.Customer,
    tables.Phone,
    tables.Address,
    tables.Person,
    tables.Device,
    tables.Ticket,
    tables.Visit,
    tables.Call,
    tables.Interval,
    tables.Promise,
    tables.SalePromise,
    tables.Note,
    tables.Contact,
    tables.ImportKey,
)
"""Parents go first."""
OF_CUSTOMERS = ("customers", "devices", "tickets", "visits", "promises", "notes")
"""Kinds of records that belong to somebody."""
AT_ONCE = 900
"""Values in one list of a query; SQLite takes no more than some thousand."""

_KEY: Any = ImportKey.__table__  # type: ignore[attr-defined]
_CALLER: Any = CallerKey.__table__  # type: ignore[attr-defined]
_CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
_COUNTER: Any = Counter.__table__  # type: ignore[attr-defined]
_DEVICE: Any = tables.Device.__table__  # type: ignore[attr-defined]
_TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
_PHONE: Any = tables.Phone.__table__  # type: ignore[attr-defined]
_PLACE: Any = tables.Address.__table__  # type: ignore[attr-defined]
_STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
_BATCH: Any = tables.ImportBatch.__table__  # type: ignore[attr-defined]
_SHOP: Any = bindparam("shop")
_WANTED: Any = bindparam("wanted", expanding=True)

_END_BOOK = (
    update(_BATCH)
    .where(_BATCH.c.shop_id == bindparam("of_shop"), _BATCH.c.id == bindparam("of_id"))
    .values(ended_at=bindparam("at", type_=_BATCH.c.ended_at.type))
)
_KNOWN = select(_KEY.c.source_id, _KEY.c.record_id, _KEY.c.digest).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.kind == bindparam("of_kind"),
    _KEY.c.source == bindparam("of_source"),
    _KEY.c.source_id.in_(_WANTED),
)
_CLAIMED = select(_KEY.c.record_id).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.record_id.in_(_WANTED),
    _KEY.c.kind == bindparam("of_kind"),
    _KEY.c.source == bindparam("of_source"),
    of_told(_KEY.c.source_id),
)
_ANY_GONE = (
    select(_KEY.c.record_id)
    .where(
        _KEY.c.shop_id == _SHOP,
        _KEY.c.kind == bindparam("of_kind"),
        _KEY.c.source == bindparam("of_source"),
        _KEY.c.source_id >= GONE,
        _KEY.c.source_id < GONE + "g",
    )
    .limit(1)
)
_NEW_DIGEST = (
    update(_KEY)
    .where(
        _KEY.c.shop_id == _SHOP,
        _KEY.c.kind == bindparam("of_kind"),
        _KEY.c.source == bindparam("of_source"),
        _KEY.c.source_id == bindparam("of_id"),
    )
    .values(digest=bindparam("new_digest"))
)
_NAMED = (
    select(_CALLER.c.key, _CUSTOMER.c.id, _CUSTOMER.c.name)
    .join(_CUSTOMER, (_CUSTOMER.c.shop_id == _CALLER.c.shop_id) & (_CUSTOMER.c.id == _CALLER.c.customer_id))
    .where(_CALLER.c.shop_id == _SHOP, _CALLER.c.key.in_(_WANTED))
    .order_by(_CALLER.c.key, _CALLER.c.customer_id)
)
_NUMBERS = select(_TICKET.c.number).where(_TICKET.c.shop_id == _SHOP, _TICKET.c.number.in_(_WANTED))
_PEOPLE = select(_STAFF.c.name_key, _STAFF.c.id).where(_STAFF.c.shop_id == _SHOP).order_by(_STAFF.c.id.desc())
_TAKE = (
    update(_COUNTER)
    .where(_COUNTER.c.shop_id == _SHOP, _COUNTER.c.name == "ticket")
    .values(value=_COUNTER.c.value + bindparam("amount"))
    .returning(_COUNTER.c.value)
)
_RAISE = (
    update(_COUNTER)
    .where(_COUNTER.c.shop_id == _SHOP, _COUNTER.c.name == "ticket", _COUNTER.c.value < bindparam("least"))
    .values(value=bindparam("least"))
)

_SERIALS = select(_CALLER.c.key, _CALLER.c.device_id).where(
    _CALLER.c.shop_id == _SHOP, _CALLER.c.key.in_(_WANTED), _CALLER.c.device_id != 0
)
_DEVICES = (
    select(
        _DEVICE.c.customer_id,
        _DEVICE.c.id,
        _DEVICE.c.product,
        _DEVICE.c.brand,
        _DEVICE.c.model,
        _DEVICE.c.serial,
    )
    .where(
        _DEVICE.c.shop_id == _SHOP,
        _DEVICE.c.customer_id.in_(_WANTED),
        ~exists().where(_TICKET.c.shop_id == _DEVICE.c.shop_id, _TICKET.c.id == _DEVICE.c.id),
    )
    .order_by(_DEVICE.c.customer_id, _DEVICE.c.id)
)
_CALLED = (
    update(_CUSTOMER)
    .where(
        _CUSTOMER.c.shop_id == _SHOP,
        _CUSTOMER.c.id == bindparam("of_id"),
        _CUSTOMER.c.last_call_at < bindparam("at"),
    )
    .values(last_call_at=bindparam("at"))
)
_PHONES = select(_PHONE.c.e164).where(_PHONE.c.shop_id == _SHOP, _PHONE.c.customer_id == bindparam("of_id"))
_ADDRESS = (
    select(_PLACE.c.id)
    .where(_PLACE.c.shop_id == _SHOP, _PLACE.c.customer_id == bindparam("of_id"))
    .order_by(_PLACE.c.place)
    .limit(1)
)


LOG_PAGES = 16_000
"""Pages of SQLite's log before they go into the store: every chunk of an import fills as many as a seat has."""
CACHE_KIB = 32_000
"""Memory for SQLite's pages during an import: history lies scattered over all of a table."""


class Known(NamedTuple):
    """Which of our records a foreign one is, and the digest of the row it was last read from."""

    record_id: int
    digest: str


class Chunk:
    """Records that go into the store together, in the transaction of their deed.

    Attributes:
        touched: The ids of the records that are new or changed, by table; not of those whose text is made of their
            own columns: they go into the search as they come, and are not read again.
    """

    def __init__(self, connection: Connection, shop_id: int) -> None:
        self._connection = connection
        self._shop_id = shop_id
        self._rows: dict[type[Record], list[Values]] = {}
        self._keys: list[Values] = []
        self._fresh: dict[str, list[Values]] = {}
        self.touched: dict[str, list[int]] = {}

    def put(self, table: type[Record], **values: Any) -> None:
        """A new record; columns that are not told have their defaults."""
        row = {**defaults_of(table), "shop_id": self._shop_id, **values}
        self._rows.setdefault(table, []).append(row)
        if table.__tablename__ in ALONE:
            self._fresh.setdefault(str(table.__tablename__), []).append(row)
        elif "id" in row:
            self.touch(table, row["id"])

    def touch(self, table: type[Record], record_id: int) -> None:
        """Note that a record has changed, by whatever way."""
        self.touched.setdefault(str(table.__tablename__), []).append(record_id)

    def find_by(self, customer_id: int, keys: Iterable[str], device_id: int = 0) -> None:
        """What a caller is found by."""
        self._keys += (
            {"shop_id": self._shop_id, "key": key, "customer_id": customer_id, "device_id": device_id}
            for key in sorted(keys)
        )

    def write(self) -> None:
        """Send everything that was put since the last time; the transaction's owner commits."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint={LOG_PAGES}").close()
            self._connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}").close()
        for table in ORDER:
            rows = self._rows.pop(table, None)
            if rows:
                plainly(self._connection, _adding(table), *rows)
        if self._keys:
            once = adding_once(self._connection.dialect.name, _CALLER)
            plainly(self._connection, once, *self._keys)
            self._keys = []
        fresh, self._fresh = self._fresh, {}
        told = {name: texts_of(self._connection, self._shop_id, name, rows) for name, rows in fresh.items()}
        index(self._connection, self._shop_id, told)
        settle(self._connection, self._shop_id, self.touched)


def while_committing(session: Session, work: Callable[[], None]) -> None:
    """Begin some work as soon as there is nothing left to do but to commit.

    Args:
        session: Of the transaction.
        work: Begins it, in a thread of its own, and returns. Begun any earlier it would slow down the writing: a
            statement has to wait for Python's lock each time it comes back from the store.
    """
    event.listen(session, "before_commit", lambda _session: work(), once=True)


def settle(connection: Connection, shop_id: int, touched: Mapping[str, Sequence[int]]) -> None:
    """What has to follow a chunk, or its undoing, in the same transaction.

    The one place where the ids of all records that imports make, change or remove are known, by table: whatever is
    derived from records is brought up to date here.
    """
    refresh(connection, shop_id, touched)


@cache
def _adding(table: type[Record]) -> Any:
    return insert(table.__table__).inline()  # type: ignore[attr-defined]


def known(
    connection: Connection, shop_id: int, kind: str, source: str, source_ids: Iterable[str]
) -> dict[str, Known]:
    """Which of our records some foreign ones are."""
    at = {"shop": shop_id, "of_kind": kind, "of_source": source}
    return {row[0]: Known(row[1], row[2]) for row in in_lists(connection, _KNOWN, at, source_ids)}


def remember(
    connection: Connection, shop_id: int, kind: str, source: str, digests: Mapping[str, str]
) -> None:
    """Note the digests of rows that have changed."""
    rows = [
        {"shop": shop_id, "of_kind": kind, "of_source": source, "of_id": source_id, "new_digest": digest}
        for source_id, digest in digests.items()
    ]
    if rows:
        connection.execute(_NEW_DIGEST, rows)


def claimed(
    connection: Connection, shop_id: int, kind: str, source: str, record_ids: Iterable[int]
) -> set[int]:
    """Those of our records that go by an id which a file of this program has told."""
    at = {"shop": shop_id, "of_kind": kind, "of_source": source}
    return {row[0] for row in in_lists(connection, _CLAIMED, at, record_ids)}


def any_gone(connection: Connection, shop_id: int, source: str) -> bool:
    """Whether somebody who came from this program has been erased."""
    at = {"shop": shop_id, "of_source": source}
    return any(connection.execute(_ANY_GONE, {**at, "of_kind": kind}).first() for kind in OF_CUSTOMERS)


def erased(connection: Connection, shop_id: int, table: type[Record], ids: Iterable[int]) -> set[int]:
    """Those of the ids whose records belong to somebody who was erased."""
    return {row[0] for row in in_lists(connection, _erased(table), {"shop": shop_id}, ids)}


@cache
def _erased(table: type[Record]) -> Any:
    made: Any = table.__table__  # type: ignore[attr-defined]
    # With the version, which no other index has, each is looked up by its id and the shop's are not searched.
    found = select(made.c.id, made.c.version).where(made.c.shop_id == _SHOP, made.c.id.in_(_WANTED))
    if table is Customer:
        return found.where(made.c.state == ERASED)
    owner = (_CUSTOMER.c.shop_id == made.c.shop_id) & (_CUSTOMER.c.id == made.c.customer_id)
    return found.where(exists().where(owner, _CUSTOMER.c.state == ERASED))


def there(connection: Connection, shop_id: int, table: type[Record], ids: Iterable[int]) -> set[int]:
    """Those of the ids that a record of a table has."""
    return {row[0] for row in in_lists(connection, _there(table), {"shop": shop_id}, ids)}


@cache
def _there(table: type[Record]) -> Any:
    made: Any = table.__table__  # type: ignore[attr-defined]
    return select(made.c.id).where(made.c.shop_id == _SHOP, made.c.id.in_(_WANTED))


def named(connection: Connection, shop_id: int, keys: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """The customers that each of the keys leads to, with their names."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key, customer_id, name in in_lists(connection, _NAMED, {"shop": shop_id}, keys):
        found.setdefault(key, []).append((customer_id, name))
    return found


def people(connection: Connection, shop_id: int) -> dict[str, int]:
    """Everybody who works or has worked here by the key of his name; the earlier of two namesakes."""
    return {row[0]: row[1] for row in connection.execute(_PEOPLE, {"shop": shop_id})}


def taken_numbers(connection: Connection, shop_id: int, numbers: Collection[int]) -> set[int]:
    """Those of the ticket numbers that are taken."""
    return {row[0] for row in in_lists(connection, _NUMBERS, {"shop": shop_id}, numbers)}


def take_numbers(connection: Connection, shop_id: int, amount: int, least: int = 0) -> int:
    """The first of so many ticket numbers in a row, all of them above ``least``."""
    if least:
        connection.execute(_RAISE, {"shop": shop_id, "least": least})
    last = connection.execute(_TAKE, {"shop": shop_id, "amount": amount}).scalar_one()
    return int(last) - amount + 1


def in_lists(
    connection: Connection, statement: Any, at: Mapping[str, Any], wanted: Iterable[Any]
) -> Iterable[Any]:
    """A query with a list of values, in stretches that a store takes."""
    values = list(dict.fromkeys(wanted))
    for start in range(0, len(values), AT_ONCE):
        yield from connection.execute(statement, {**at, "wanted": values[start : start + AT_ONCE]})


def with_serials(connection: Connection, shop_id: int, keys: Iterable[str]) -> dict[str, int]:
    """The devices that have serials, by the key of each."""
    return {row[0]: row[1] for row in in_lists(connection, _SERIALS, {"shop": shop_id}, keys)}


class KnownDevice(NamedTuple):
    """A device of a customer's file, for the question whether a ticket is about it."""

    device_id: int
    product: str
    brand: str
    model: str
    serial: str


def devices_of(
    connection: Connection, shop_id: int, customer_ids: Iterable[int]
) -> dict[int, list[KnownDevice]]:
    """The devices of some customers, but for those that came in with a ticket and have its id."""
    found: dict[int, list[KnownDevice]] = {}
    for customer_id, *told in in_lists(connection, _DEVICES, {"shop": shop_id}, customer_ids):
        found.setdefault(customer_id, []).append(KnownDevice(*told))
    return found


def called(connection: Connection, shop_id: int, latest: Mapping[int, int]) -> None:
    """Note when customers last called, in milliseconds, unless they have called since."""
    rows = [{"shop": shop_id, "of_id": customer_id, "at": at} for customer_id, at in latest.items()]
    if rows:
        plainly(connection, _CALLED, *rows)


def contact_points(connection: Connection, shop_id: int, customer_id: int) -> tuple[set[str], int]:
    """A customer's numbers as they are dialled, and the id of his first address; 0 for none."""
    at = {"shop": shop_id, "of_id": customer_id}
    numbers = {row[0] for row in connection.execute(_PHONES, at)}
    return numbers, int(connection.execute(_ADDRESS, at).scalar() or 0)


def add(connection: Connection, table: type[Record], row: Values) -> None:
    """One row of those that belong to a record that is there, unless it has it already."""
    once = adding_once(connection.dialect.name, table.__table__)  # type: ignore[attr-defined]
    plainly(connection, once, row)


def book(connection: Connection, batch: Values) -> None:
    """Open the book of an import."""
    connection.execute(insert(_BATCH), batch)


def end_book(connection: Connection, shop_id: int, batch_id: int, at: datetime) -> None:
    """Note when an import ended."""
    connection.execute(_END_BOOK, {"of_shop": shop_id, "of_id": batch_id, "at": at})
