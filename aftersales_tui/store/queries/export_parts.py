"""What belongs to customers and tickets and may be many: visits, promises made at the sale, notes (U1, U2, U3)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from aftersales_tui.exchange.parts import card
from aftersales_tui.store.queries.exported import Filled, Record, all_of, belonging, of, source_id
from aftersales_tui.store.tables import Customer, Note, Phone, SalePromise, Staff, Ticket, Visit

CUSTOMER: Any = Customer.__table__  # type: ignore[attr-defined]
NOTE: Any = Note.__table__  # type: ignore[attr-defined]
PHONE: Any = Phone.__table__  # type: ignore[attr-defined]
PROMISE: Any = SalePromise.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
VISIT: Any = Visit.__table__  # type: ignore[attr-defined]
_SENT = VISIT.alias("sent")
_FIRST_PHONE = belonging(PHONE, "customer_id", PHONE.c.place, PHONE.c.typed)


def last_visit(ticket: Any) -> Any:
    """The id of a ticket's last visit."""
    return (
        select(_SENT.c.id)
        .where(_SENT.c.shop_id == ticket.c.shop_id, _SENT.c.ticket_id == ticket.c.id)
        .order_by(_SENT.c.starts_at.desc(), _SENT.c.id.desc())
        .limit(1)
        .correlate(ticket)
        .scalar_subquery()
    )


def _same(one: Any, table: Any, column: str) -> Any:
    return (one.c.shop_id == table.c.shop_id) & (one.c.id == table.c[column])


def _of_a_customer(kind: str, table: Any, *columns: Any) -> Select[Any]:
    """What lies in the files of customers who are there, with whose it is and about which device."""
    return (
        all_of(
            kind,
            table,
            source_id("customers", table, table.c.customer_id).label("customer_id"),
            source_id("devices", table, table.c.device_id).label("device_id"),
            table.c.customer_id.label("owner"),
            CUSTOMER.c.name.label("customer_name"),
            *columns,
        )
        .select_from(table.join(CUSTOMER, _same(CUSTOMER, table, "customer_id")))
        .where(CUSTOMER.c.state == "")
    )


_VISITS = all_of(
    "visits",
    VISIT,
    source_id("tickets", VISIT, VISIT.c.ticket_id).label("ticket_id"),
    TICKET.c.number.label("ticket_number"),
    STAFF.c.name.label("engineer"),
    source_id("engineers", VISIT, VISIT.c.engineer_id).label("engineer_id"),
    VISIT.c.starts_at.label("visit_from"),
    VISIT.c.ends_at.label("visit_to"),
    VISIT.c.outcome,
    VISIT.c.outcome_at,
    VISIT.c.words.label("outcome_words"),
    VISIT.c.override_reason,
).select_from(
    VISIT.join(TICKET, _same(TICKET, VISIT, "ticket_id")).join(STAFF, _same(STAFF, VISIT, "engineer_id"))
)
_PROMISES = _of_a_customer(
    "promises",
    PROMISE,
    PROMISE.c.what.label("promised"),
    PROMISE.c.words.label("promise_words"),
    PROMISE.c.due_at,
    PROMISE.c.done_at.label("kept_at"),
    PROMISE.c.done_words.label("kept_words"),
)
_NOTES = _of_a_customer(
    "notes",
    NOTE,
    NOTE.c.text.label("note"),
    NOTE.c.written_at,
    select(STAFF.c.name)
    .where(STAFF.c.shop_id == NOTE.c.shop_id, STAFF.c.id == NOTE.c.written_by)
    .correlate(NOTE)
    .scalar_subquery()
    .label("written_by"),
    source_id("engineers", NOTE, NOTE.c.written_by).label("written_by_id"),
)


class Reached(NamedTuple):
    """A number of a customer's as the queries read it."""

    typed: str
    e164: str
    extension: str
    label: str
    person_id: int | None


def each_once(numbers: Iterable[Sequence[Any]]) -> list[Reached]:
    """A customer's numbers, each once however often it was written: as it was first, with what was said of it."""
    found: dict[tuple[str, str], Reached] = {}
    for one in map(Reached._make, numbers):
        first = found.setdefault((one.e164, one.extension), one)
        found[one.e164, one.extension] = first._replace(
            label=first.label or one.label, person_id=first.person_id or one.person_id
        )
    return list(found.values())


def labels_of(numbers: Iterable[Reached], people: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Cards for those numbers that have a label or are somebody's: ``number (label, whose)``."""
    called: dict[int, tuple[str, int]] = {}
    alike: dict[str, int] = {}
    for person_id, name, *_ in people:
        alike[name] = alike.get(name, 0) + 1
        called[person_id] = name, alike[name]
    for one in numbers:
        whose, which = called.get(one.person_id or 0, ("", 1))
        if one.label or whose:
            yield card(one.typed, one.label, whose, str(which) if which > 1 else "")


def _as_they_are(_connection: Connection, _shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    yield from chunk


def _with_phones(connection: Connection, shop_id: int, chunk: list[dict[str, Any]]) -> Iterator[Record]:
    phones = of(connection, _FIRST_PHONE, shop_id, [row["owner"] for row in chunk])
    for row in chunk:
        yield {**row, "customer_phone": next((typed for (typed,) in phones[row["owner"]]), "")}


PARTS: Mapping[str, tuple[Select[Any], Filled]] = {
    "visits": (_VISITS, _as_they_are),
    "promises": (_PROMISES, _with_phones),
    "notes": (_NOTES, _with_phones),
}
OWN: Mapping[str, Any] = {"visits": VISIT, "promises": PROMISE, "notes": NOTE}
"""The table that a kind of record is in."""
