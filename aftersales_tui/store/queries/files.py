"""One customer's file whole: people, numbers, addresses, devices, promises, notes (U1, U2, U3)."""

from collections.abc import Iterable
from heapq import nlargest
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from aftersales_tui.store.tables import (
    Address,
    CallerKey,
    Customer,
    Device,
    Note,
    Person,
    Phone,
    SalePromise,
    Staff,
    Ticket,
    Visit,
)
from aftersales_tui.views.customers import (
    AddressView,
    DeviceCard,
    FileTicket,
    NoteView,
    PersonView,
    PhoneView,
    SalePromiseView,
)
from aftersales_tui.views.tickets import Page, PageKey

CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
PERSON: Any = Person.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
ADDRESS: Any = Address.__table__  # type: ignore[attr-defined]
DEVICE: Any = Device.__table__  # type: ignore[attr-defined]
PROMISE: Any = SalePromise.__table__  # type: ignore[attr-defined]
NOTE: Any = Note.__table__  # type: ignore[attr-defined]
KEY: Any = CallerKey.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
MANY = 500
"""Devices, promises and notes of one file that are read; a chain of hotels has fewer."""

_SHOP: Any = bindparam("shop")
_ID: Any = bindparam("id")


def _of(table: Any, *columns: Any) -> Any:
    return select(*columns).where(table.c.shop_id == _SHOP, table.c.customer_id == _ID)


_PERSONS = _of(PERSON, PERSON.c.id, PERSON.c.name, PERSON.c.role, PERSON.c.form, PERSON.c.note).order_by(
    PERSON.c.place
)
_PHONES = _of(
    PHONE, PHONE.c.id, PHONE.c.typed, PHONE.c.e164, PHONE.c.extension, PHONE.c.person_id, PHONE.c.label
).order_by(PHONE.c.place)
_ADDRESSES = _of(ADDRESS, ADDRESS.c.id, ADDRESS.c.text, ADDRESS.c.zone, ADDRESS.c.route_note).order_by(
    ADDRESS.c.place
)
_TICKETS_OF_DEVICE = (
    select(func.count())
    .where(TICKET.c.shop_id == DEVICE.c.shop_id, TICKET.c.device_id == DEVICE.c.id)
    .scalar_subquery()
)
_CARD = (
    DEVICE.c.id,
    DEVICE.c.customer_id,
    DEVICE.c.product,
    DEVICE.c.brand,
    DEVICE.c.model,
    DEVICE.c.serial,
    DEVICE.c.bought_on,
    DEVICE.c.invoice,
    DEVICE.c.certificate,
    DEVICE.c.place,
    DEVICE.c.note,
    _TICKETS_OF_DEVICE,
)
_DEVICES = _of(DEVICE, *_CARD).order_by(DEVICE.c.id.desc()).limit(MANY)
_DEVICE = select(*_CARD).where(DEVICE.c.shop_id == _SHOP, DEVICE.c.id == _ID)
_PROMISES = (
    select(
        PROMISE.c.id,
        PROMISE.c.device_id,
        DEVICE.c.product,
        DEVICE.c.model,
        PROMISE.c.what,
        PROMISE.c.words,
        PROMISE.c.due_at,
        PROMISE.c.done_at,
        PROMISE.c.done_words,
    )
    .select_from(
        PROMISE.outerjoin(
            DEVICE, (DEVICE.c.shop_id == PROMISE.c.shop_id) & (DEVICE.c.id == PROMISE.c.device_id)
        )
    )
    .where(PROMISE.c.shop_id == _SHOP, PROMISE.c.customer_id == _ID)
    .order_by(PROMISE.c.id)
    .limit(MANY)
)
_NOTES = (
    select(NOTE.c.id, NOTE.c.device_id, NOTE.c.text, NOTE.c.written_at, STAFF.c.name)
    .join(STAFF, (STAFF.c.shop_id == NOTE.c.shop_id) & (STAFF.c.id == NOTE.c.written_by))
    .where(NOTE.c.shop_id == _SHOP, NOTE.c.customer_id == _ID)
    .order_by(NOTE.c.id.desc())
    .limit(MANY)
)
_COUNT = select(func.count()).where(TICKET.c.shop_id == _SHOP, TICKET.c.customer_id == _ID)
_QUIET = select(CUSTOMER.c.quiet).where(CUSTOMER.c.shop_id == _SHOP, CUSTOMER.c.id == _ID)
_OWNER = select(TICKET.c.customer_id, TICKET.c.device_id).where(TICKET.c.shop_id == _SHOP, TICKET.c.id == _ID)


def _last_visit(column: Any) -> Any:
    return (
        select(column)
        .where(VISIT.c.shop_id == TICKET.c.shop_id, VISIT.c.ticket_id == TICKET.c.id)
        .order_by(VISIT.c.starts_at.desc(), VISIT.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_TICKETS = select(
    TICKET.c.id,
    TICKET.c.number,
    TICKET.c.kind,
    TICKET.c.status,
    TICKET.c.received_at,
    TICKET.c.device_id,
    TICKET.c.product,
    TICKET.c.fault,
    _last_visit(VISIT.c.outcome),
    _last_visit(VISIT.c.words),
).where(TICKET.c.shop_id == _SHOP, TICKET.c.id.in_(bindparam("ids", expanding=True)))
_PLACES = select(TICKET.c.received_at, TICKET.c.id).where(TICKET.c.shop_id == _SHOP)
_OF_CUSTOMER = _PLACES.where(TICKET.c.customer_id == _ID)
_OF_DEVICE = _PLACES.where(TICKET.c.device_id == _ID)
_DROP_KEYS = delete(KEY).where(
    KEY.c.shop_id == _SHOP,
    KEY.c.key == bindparam("old_key"),
    KEY.c.customer_id == bindparam("customer"),
    KEY.c.device_id == bindparam("device"),
)


def persons(connection: Connection, shop_id: int, customer_id: int) -> tuple[PersonView, ...]:
    """A customer's people in order."""
    return tuple(PersonView(*row) for row in _rows(connection, _PERSONS, shop_id, customer_id))


def phones(connection: Connection, shop_id: int, customer_id: int) -> tuple[PhoneView, ...]:
    """A customer's numbers in order."""
    rows = _rows(connection, _PHONES, shop_id, customer_id)
    return tuple(PhoneView(row[0], row[1], row[2], row[3], row[4] or 0, row[5]) for row in rows)


def addresses(connection: Connection, shop_id: int, customer_id: int) -> tuple[AddressView, ...]:
    """A customer's addresses in order."""
    return tuple(AddressView(*row) for row in _rows(connection, _ADDRESSES, shop_id, customer_id))


def devices(connection: Connection, shop_id: int, customer_id: int) -> tuple[DeviceCard, ...]:
    """A customer's devices, the newest first."""
    return tuple(DeviceCard(*row) for row in _rows(connection, _DEVICES, shop_id, customer_id))


def device(connection: Connection, shop_id: int, device_id: int) -> DeviceCard | None:
    """One device."""
    return next((DeviceCard(*row) for row in _rows(connection, _DEVICE, shop_id, device_id)), None)


def promises(connection: Connection, shop_id: int, customer_id: int) -> tuple[SalePromiseView, ...]:
    """What was promised at the sale: open ones first, the earliest due of them first of all."""
    found = [
        SalePromiseView(row[0], row[1] or 0, " ".join(filter(None, row[2:4])), *row[4:])
        for row in _rows(connection, _PROMISES, shop_id, customer_id)
    ]

    def urgency(one: SalePromiseView) -> tuple[bool, bool, float]:
        moment = one.due_at if one.done_at is None else one.done_at
        since = moment.timestamp() if moment else 0.0
        return one.done_at is not None, moment is None, since if one.done_at is None else -since

    return tuple(sorted(found, key=urgency))


def notes(connection: Connection, shop_id: int, customer_id: int) -> tuple[NoteView, ...]:
    """A file's notes, the newest first."""
    rows = _rows(connection, _NOTES, shop_id, customer_id)
    return tuple(NoteView(row[0], row[1] or 0, *row[2:]) for row in rows)


def ticket_count(connection: Connection, shop_id: int, customer_id: int) -> int:
    """How many tickets a customer has had."""
    return int(connection.execute(_COUNT, {"shop": shop_id, "id": customer_id}).scalar_one())


def tickets(
    connection: Connection, shop_id: int, owner_id: int, limit: int, after: PageKey | None, *, of_device: bool
) -> Page[FileTicket]:
    """A page of the tickets of a customer or a device, the latest first, by keyset.

    Where each stands is read of all of them: one customer has few, and no index needs to hold that order.
    """
    wanted = {"shop": shop_id, "id": owner_id}
    places = [
        (at, ticket_id)
        for at, ticket_id in connection.execute(_OF_DEVICE if of_device else _OF_CUSTOMER, wanted)
        if after is None or (at, ticket_id) < (after.at, after.record_id)
    ]
    found = nlargest(limit + 1, places)
    ids = [ticket_id for _, ticket_id in found[:limit]]
    rows = {
        row[0]: FileTicket(*row[:5], row[5] or 0, *row[6:8], row[8] or "", row[9] or "")
        for row in (connection.execute(_TICKETS, {"shop": shop_id, "ids": ids}) if ids else ())
    }
    shown = tuple(rows[ticket_id] for ticket_id in ids)
    return Page(shown, more_after=len(found) > limit, more_before=after is not None)


def quiet_hours(connection: Connection, shop_id: int, customer_id: int) -> str:
    """A customer's quiet hours as they are stored."""
    return str(connection.execute(_QUIET, {"shop": shop_id, "id": customer_id}).scalar() or "")


def owner(connection: Connection, shop_id: int, ticket_id: int) -> tuple[int, int]:
    """The customer and the device of a ticket; 0 for none."""
    row = connection.execute(_OWNER, {"shop": shop_id, "id": ticket_id}).first()
    return (row[0] or 0, row[1] or 0) if row else (0, 0)


def drop_keys(
    connection: Connection, shop_id: int, customer_id: int, keys: Iterable[tuple[str, int]]
) -> None:
    """Let a customer no longer be found by these keys, each with its device."""
    gone = [
        {"shop": shop_id, "customer": customer_id, "old_key": key, "device": device_id}
        for key, device_id in sorted(keys)
    ]
    if gone:
        connection.execute(_DROP_KEYS, gone)


def _rows(connection: Connection, statement: Any, shop_id: int, record_id: int) -> Any:
    return connection.execute(statement, {"shop": shop_id, "id": record_id})
