"""Taking an import back: its records go, unless somebody has touched them since."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from aftersales_tui.store import tables
from aftersales_tui.store.bulk import settle
from aftersales_tui.store.bulk_undo_parts import ERASED_SINCE, REPEATED, RUNG, VISITED, loosen, unlist
from aftersales_tui.store.keys import Record

AT_ONCE = 500
"""Records of one transaction."""

OF_CUSTOMER = "customer."
"""In front of a column without an index of its own: it is sought among what the same customers have."""

_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_KEY: Any = tables.ImportKey.__table__  # type: ignore[attr-defined]
_FEED: Any = tables.FeedEntry.__table__  # type: ignore[attr-defined]
_DEVICE: Any = tables.Device.__table__  # type: ignore[attr-defined]


class Rules(NamedTuple):
    """How records of one kind are taken back.

    Attributes:
        table: Of the record.
        touched_by: Records of others that are there only because somebody went on with it.
        goes_with: What belongs to it and goes first.
        name: Of a record, for saying which ones stay.
    """

    table: type[Record]
    touched_by: tuple[tuple[type[Record], str], ...]
    goes_with: tuple[tuple[type[Record], str], ...]
    name: Callable[[Any], Any]


KINDS: dict[str, Rules] = {
    "visits": Rules(tables.Visit, (), (), lambda made: made.c.words),
    "notes": Rules(tables.Note, (), (), lambda made: made.c.text),
    "promises": Rules(tables.SalePromise, (), (), lambda made: made.c.words),
    "tickets": Rules(
        tables.Ticket,
        ((tables.Contact, "ticket_id"),),
        (
            (tables.Call, "ticket_id"),
            (tables.Interval, "ticket_id"),
            (tables.Promise, "ticket_id"),
            (tables.Visit, "ticket_id"),
        ),
        lambda made: made.c.number,
    ),
    "devices": Rules(
        tables.Device,
        (
            (tables.Ticket, "device_id"),
            (tables.SalePromise, OF_CUSTOMER + "device_id"),
            (tables.Note, OF_CUSTOMER + "device_id"),
        ),
        (),
        lambda made: func.trim(made.c.product + " " + made.c.model),
    ),
    "customers": Rules(
        tables.Customer,
        (
            (tables.Ticket, "customer_id"),
            (tables.SalePromise, "customer_id"),
            (tables.Note, "customer_id"),
        ),
        (
            (tables.CallerKey, "customer_id"),
            (tables.Phone, "customer_id"),
            (tables.Address, "customer_id"),
            (tables.Person, "customer_id"),
            (tables.Device, "customer_id"),
            (tables.Contact, "customer_id"),
        ),
        lambda made: made.c.name,
    ),
    "engineers": Rules(
        tables.Staff,
        ((tables.Visit, "engineer_id"), (tables.Absence, "staff_id"), (tables.FeedEntry, "staff_id")),
        (
            (tables.StaffSkill, "staff_id"),
            (tables.StaffZone, "staff_id"),
            (tables.Shift, "staff_id"),
        ),
        lambda made: made.c.name,
    ),
}
"""In the order in which a batch is taken back: what belongs to others goes before them."""
MADE_BY: dict[str, tuple[str, ...]] = {
    "visits": ("visits",),
    "notes": ("notes", "customers"),
    "promises": ("promises", "customers"),
    "tickets": ("tickets", "devices", "customers"),
    "devices": ("devices", "customers"),
    "customers": ("customers",),
    "engineers": ("engineers",),
}
"""What a file of a kind makes: a row that names a customer nobody knows makes him, too."""

_NEXT = (
    select(_KEY.c.record_id)
    .where(
        _KEY.c.shop_id == _SHOP,
        _KEY.c.batch_id == bindparam("batch"),
        _KEY.c.record_id > bindparam("last"),
        _KEY.c.kind == bindparam("of_kind"),
        _KEY.c.is_new == 1,
    )
    .order_by(_KEY.c.record_id)
    .limit(AT_ONCE)
)
_SPOKEN_OF = select(_FEED.c.subject).where(_FEED.c.shop_id == _SHOP, _FEED.c.subject.in_(_IDS))
_OWN_DEVICES = select(_KEY.c.record_id).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.record_id.in_(_IDS),
    _KEY.c.kind == "devices",
    _KEY.c.batch_id != bindparam("batch"),
)
"""Those that came in with a file of devices, by ids that may be those of a customer or of a ticket."""
_OTHER_DEVICES = select(_DEVICE.c.customer_id).where(
    _DEVICE.c.shop_id == _SHOP,
    _DEVICE.c.customer_id.in_(_IDS),
    or_(_DEVICE.c.id != _DEVICE.c.customer_id, _DEVICE.c.version > 1, _DEVICE.c.id.in_(_OWN_DEVICES)),
)
_FORGET = delete(_KEY).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.batch_id == bindparam("batch"),
    _KEY.c.kind == bindparam("of_kind"),
    _KEY.c.record_id.in_(_IDS),
)
_FORGET_MET = delete(_KEY).where(
    _KEY.c.shop_id == _SHOP, _KEY.c.batch_id == bindparam("batch"), _KEY.c.is_new == 0
)


class TakenBack(NamedTuple):
    """What one chunk of an undoing has done.

    Attributes:
        last: The last record that was looked at; 0 when there was none.
        removed: How many are gone.
        kept: The names of those that stay.
    """

    last: int
    removed: int
    kept: tuple[str, ...]


def take_back(connection: Connection, shop_id: int, batch_id: int, kind: str, last: int) -> TakenBack:
    """Remove the next records of a kind that a batch has made; those that were touched since stay."""
    rules = KINDS[kind]
    wanted = {"shop": shop_id, "batch": batch_id, "last": last, "of_kind": kind}
    ids = [row[0] for row in connection.execute(_NEXT, wanted)]
    if not ids:
        return TakenBack(0, 0, ())
    touched = _touched(connection, shop_id, batch_id, kind, ids)
    going = [one for one in ids if one not in touched]
    kept = _names(connection, shop_id, rules, [one for one in ids if one in touched])
    if going:
        at = {"shop": shop_id, "ids": going}
        for table, column in rules.goes_with:
            connection.execute(_deleting(table, column), at)
        owners = _owners(connection, rules.table, at) if kind == "promises" else []
        if kind == "tickets":
            loosen(connection, at)
        if kind == "promises":
            unlist(connection, at)
        connection.execute(_deleting(rules.table, "id"), at)
        if kind == "tickets":
            _devices_of(connection, shop_id, batch_id, going)
        connection.execute(_FORGET, {**at, "batch": batch_id, "of_kind": kind})
        settle(connection, shop_id, {"customer": owners, str(rules.table.__tablename__): going})
    return TakenBack(ids[-1], len(going), kept)


def forget_met(connection: Connection, shop_id: int, batch_id: int) -> None:
    """Forget which records a batch has met, for it has not made them."""
    connection.execute(_FORGET_MET, {"shop": shop_id, "batch": batch_id})


def _touched(connection: Connection, shop_id: int, batch_id: int, kind: str, ids: list[int]) -> set[int]:
    """The records that somebody has gone on with: changed, spoken of in the feed, or referred to."""
    rules = KINDS[kind]
    at = {"shop": shop_id, "ids": ids, "batch": batch_id}
    asked = [_SPOKEN_OF, *(_referring(rules.table, *one) for one in rules.touched_by)]
    # A note has no version: it stays as it was written, unless whom it is about was erased.
    asked.append(ERASED_SINCE if kind == "notes" else _changed(rules.table))
    if kind == "customers":
        asked.append(_OTHER_DEVICES)
    if kind == "tickets":
        asked += (_going_on(), REPEATED, VISITED)
    if kind == "promises":
        asked.append(RUNG)
    return {row[0] for question in asked for row in connection.execute(question, at)}


def _devices_of(connection: Connection, shop_id: int, batch_id: int, tickets: list[int]) -> None:
    """The devices that came in with tickets and have their ids; one that is in use elsewhere stays."""
    rules = KINDS["devices"]
    there = {row[0] for row in connection.execute(_naming(rules), {"shop": shop_id, "ids": tickets})}
    used = _touched(connection, shop_id, batch_id, "devices", list(there)) if there else set()
    used |= {
        row[0]
        for row in connection.execute(_OWN_DEVICES, {"shop": shop_id, "ids": tickets, "batch": batch_id})
    }
    going = list(there - used)
    if going:
        connection.execute(_deleting_keys(), {"shop": shop_id, "ids": going})
        connection.execute(_deleting(tables.Device, "id"), {"shop": shop_id, "ids": going})
        settle(connection, shop_id, {"device": going})


def _names(connection: Connection, shop_id: int, rules: Rules, ids: Iterable[int]) -> tuple[str, ...]:
    wanted = list(ids)
    if not wanted:
        return ()
    found = connection.execute(_naming(rules), {"shop": shop_id, "ids": wanted})
    return tuple(str(row[1]) for row in found)


def _owners(connection: Connection, table: type[Record], at: dict[str, Any]) -> list[int]:
    """The customers whose text in the index tells of records that are about to go."""
    made: Any = table.__table__  # type: ignore[attr-defined]
    found = select(made.c.customer_id).where(made.c.shop_id == _SHOP, made.c.id.in_(_IDS)).distinct()
    return [row[0] for row in connection.execute(found, at)]


@cache
def _naming(rules: Rules) -> Any:
    made: Any = rules.table.__table__  # type: ignore[attr-defined]
    return (
        select(made.c.id, rules.name(made))
        .where(made.c.shop_id == _SHOP, made.c.id.in_(_IDS))
        .order_by(made.c.id)
    )


@cache
def _changed(table: type[Record]) -> Any:
    made: Any = table.__table__  # type: ignore[attr-defined]
    return select(made.c.id).where(made.c.shop_id == _SHOP, made.c.id.in_(_IDS), made.c.version > 1)


@cache
def _going_on() -> Any:
    visit: Any = tables.Visit.__table__  # type: ignore[attr-defined]
    # A visit that came in with its ticket may still be to come; one that was agreed here has changed the ticket.
    return select(visit.c.ticket_id).where(
        visit.c.shop_id == _SHOP, visit.c.ticket_id.in_(_IDS), visit.c.version > 1
    )


@cache
def _referring(to: type[Record], table: type[Record], column: str) -> Any:
    made: Any = table.__table__  # type: ignore[attr-defined]
    own: Any = to.__table__.alias("own")  # type: ignore[attr-defined]
    name = column.removeprefix(OF_CUSTOMER)
    found = select(made.c[name]).where(made.c.shop_id == _SHOP, made.c[name].in_(_IDS))
    if name == column:
        return found
    owners = select(own.c.customer_id).where(own.c.shop_id == _SHOP, own.c.id.in_(_IDS))
    return found.where(made.c.customer_id.in_(owners))


@cache
def _deleting(table: type[Record], column: str) -> Any:
    made: Any = table.__table__  # type: ignore[attr-defined]
    return delete(made).where(made.c.shop_id == _SHOP, made.c[column].in_(_IDS))


@cache
def _deleting_keys() -> Any:
    """The serials a device is found by: those of its customer that name it."""
    key: Any = tables.CallerKey.__table__  # type: ignore[attr-defined]
    owners = select(_DEVICE.c.customer_id).where(_DEVICE.c.shop_id == _SHOP, _DEVICE.c.id.in_(_IDS))
    return delete(key).where(key.c.shop_id == _SHOP, key.c.customer_id.in_(owners), key.c.device_id.in_(_IDS))
