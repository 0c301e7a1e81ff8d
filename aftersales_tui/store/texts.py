"""What each record says to the search over everything: its fields as one folded text (issue 3)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, literal_column, select, union_all

from aftersales_tui.lexicon.grams import document
from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.tables import (
    Address,
    Call,
    Customer,
    Device,
    Note,
    Person,
    Phone,
    SalePromise,
    Ticket,
)

Row = Sequence[Any]
Texts = dict[int, str]
"""By id; those of the records that are there and can be found."""


def _table(record: Any) -> Table:
    table: Table = record.__table__
    return table


CUSTOMER, DEVICE, TICKET, CALL, NOTE = (_table(one) for one in (Customer, Device, Ticket, Call, Note))
PERSON, PHONE, ADDRESS, PROMISE = (_table(one) for one in (Person, Phone, Address, SalePromise))


class Said(NamedTuple):
    """Which columns of a table are lines of text, which are numbers, which are serials and the like."""

    table: Table
    lines: tuple[str, ...]
    phones: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, in that order."""
        return (*self.lines, *self.phones, *self.codes)

    def part(self, row: Row) -> tuple[Row, Row, Row]:
        """The values of a row that begins with a key, parted again."""
        first, second = 1 + len(self.lines), 1 + len(self.lines) + len(self.phones)
        return row[1:first], row[first:second], row[second:]


_WHOLE: Mapping[str, Said] = {
    # The first line of a device is the name of its customer: "Zhang fridge" finds it.
    "device": Said(
        DEVICE,
        ("customer_id", "product", "brand", "place", "note"),
        codes=("model", "serial", "invoice", "certificate", "bought_on"),
    ),
    "ticket": Said(
        TICKET,
        ("caller", "address", "zone", "product", "fault", "wanted", "cause", "memo", "for_whom"),
        ("phone", "phone_key", "mobile"),
        ("model", "serial", "number"),
    ),
    "call": Said(CALL, ("caller", "words"), ("phone",)),
    "note": Said(NOTE, ("text",)),
}
_OF_A_CUSTOMER: Mapping[str, Said] = {
    "person": Said(PERSON, ("name", "form", "note")),
    "phone": Said(PHONE, ("label",), ("typed", "e164")),
    "address": Said(ADDRESS, ("text", "zone", "route_note")),
    "sale_promise": Said(PROMISE, ("words", "done_words")),
}
_CUSTOMER = Said(CUSTOMER, ("name", "note", "state"))
TELLING: Mapping[str, frozenset[str]] = {
    name: frozenset({*said.columns, *({"customer_id"} if name in _OF_A_CUSTOMER else ())})
    for name, said in {"customer": _CUSTOMER, **_WHOLE, **_OF_A_CUSTOMER}.items()
}
"""By table the columns that texts are made of; a change of others leaves every text as it was."""
PARTS = tuple(_OF_A_CUSTOMER)
"""Tables whose rows are part of their customer's text."""
ALONE = frozenset(_WHOLE)
"""Tables whose rows are a text each, and of those of no other table more than their customer's name."""


def texts(connection: Connection, shop_id: int, kind: str, ids: Sequence[int]) -> Texts:
    """What these records say; the first line of a customer's and of a device's text is the customer's name."""
    return (
        _customers(connection, shop_id, ids)
        if kind == "customer"
        else _records(connection, shop_id, kind, ids)
    )


def customers_of(connection: Connection, shop_id: int, part: str, ids: Sequence[int]) -> Iterator[int]:
    """The customers that persons, phones, addresses or sale promises belong to."""
    table = _OF_A_CUSTOMER[part].table
    yield from (
        row[0]
        for row in _asked(connection, lambda many: _ids(table, ("customer_id",), "id", many), shop_id, ids)
    )


def devices_of(connection: Connection, shop_id: int, ids: Sequence[int]) -> Iterator[int]:
    """The devices of customers."""
    yield from (
        row[0]
        for row in _asked(connection, lambda many: _ids(DEVICE, ("id",), "customer_id", many), shop_id, ids)
    )


def texts_of(connection: Connection, shop_id: int, kind: str, rows: Sequence[Mapping[str, Any]]) -> Texts:
    """What records of one of the tables in ``ALONE`` say, of which all columns are at hand."""
    said = _WHOLE[kind]
    if kind == "device":
        owners = {row["customer_id"] for row in rows}
        found = _asked(
            connection, lambda many: _ids(CUSTOMER, ("id", "name"), "id", many), shop_id, [*owners]
        )
        names = {row[0]: row[1] for row in found}
        rows = [{**row, "customer_id": names[row["customer_id"]]} for row in rows]
    values = itemgetter("id", *said.columns)
    return {row["id"]: _text(kind, values(row)) for row in rows}


def _records(connection: Connection, shop_id: int, kind: str, ids: Sequence[int]) -> Texts:
    rows = _asked(connection, lambda many: _record(kind, many), shop_id, ids)
    return {row[0]: _text(kind, row) for row in rows}


def _text(kind: str, row: Row) -> str:
    lines, phones, codes = _WHOLE[kind].part(row)
    if kind == "ticket":
        codes = (*codes[:-1], f"T-{codes[-1]}")
    return document(lines, phones, codes)


@cache
def _record(kind: str, many: bool) -> Any:
    said = _WHOLE[kind]
    columns = [said.table.c[name] for name in said.columns]
    shown = select(said.table.c.id, *columns)
    if kind == "device":
        own = (CUSTOMER.c.shop_id == DEVICE.c.shop_id) & (CUSTOMER.c.id == DEVICE.c.customer_id)
        shown = select(DEVICE.c.id, CUSTOMER.c.name, *columns[1:]).join(CUSTOMER, own)
    return shown.where(said.table.c.shop_id == bindparam("shop"), _among(said.table.c.id, many))


def _customers(connection: Connection, shop_id: int, ids: Sequence[int]) -> Texts:
    said: dict[int, tuple[list[str], list[str]]] = {}
    parts = (_CUSTOMER, *_OF_A_CUSTOMER.values())
    for place, _, customer_id, *values in sorted(map(tuple, _asked(connection, _customer, shop_id, ids))):
        # The customer's own row is the first one; where he was merged into another, or erased, he is not to be found.
        if not place and not values[2]:
            said[customer_id] = ([], [])
        if customer_id in said:
            phones = len(parts[place].phones)
            said[customer_id][0].extend(values[: len(values) - phones])
            said[customer_id][1].extend(values[len(values) - phones :])
    return {customer_id: document(*own) for customer_id, own in said.items()}


@cache
def _customer(many: bool) -> Any:
    """A customer and his persons, phones, addresses and sale promises, each with three columns, in one read."""
    some = []
    for place, said in enumerate((_CUSTOMER, *_OF_A_CUSTOMER.values())):
        table, own = said.table, said.table.c["customer_id" if place else "id"]
        blank: list[Any] = [literal_column("''")] * (3 - len(said.columns))
        columns = (
            literal_column(str(place)),
            table.c.id,
            own,
            *blank,
            *(table.c[name] for name in said.columns),
        )
        some.append(select(*columns).where(table.c.shop_id == bindparam("shop"), _among(own, many)))
    return union_all(*some)


def _asked(
    connection: Connection, statement: Callable[[bool], Any], shop_id: int, ids: Sequence[int]
) -> list[Row]:
    """The rows of a statement about one record, which nearly every write is about, or about many."""
    if not ids:
        return []
    if len(ids) == 1:
        return [*plainly(connection, statement(False), {"shop": shop_id, "id": ids[0]})]
    return [*connection.execute(statement(True), {"shop": shop_id, "ids": ids})]


@cache
def _ids(table: Table, shown: tuple[str, ...], by: str, many: bool) -> Any:
    return select(*(table.c[name] for name in shown)).where(
        table.c.shop_id == bindparam("shop"), _among(table.c[by], many)
    )


def _among(column: Any, many: bool) -> Any:
    return column.in_(bindparam("ids", expanding=True)) if many else column == bindparam("id")
