"""Whose a device or a ticket of a file is: by the customer's id, else by name and number; a new one is made."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from aftersales_tui.desk.caller_files import number_said
from aftersales_tui.desk.importing.customers import made_of, put_address, put_customer, same_people
from aftersales_tui.desk.importing.work import Look, Work
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.identity import NEVER, milliseconds
from aftersales_tui.lexicon.phones import PhoneNumber
from aftersales_tui.store import bulk, tables
from aftersales_tui.store.foreign_ids import is_told


class Named(NamedTuple):
    """How a row names its customer.

    Attributes:
        line: Of the row.
        customer_id: The customer's source id.
        name: His name; a number where no name is told.
        phones: His numbers as written.
        address: Where he lives; empty where the row does not tell.
        zone: The part of town.
        at: When he called, or came in.
        called: Whether he did call: a device tells nothing of that.
    """

    line: int
    customer_id: str
    name: str
    phones: tuple[str, ...]
    address: str
    zone: str
    at: datetime
    called: bool = True


def owners(work: Work, rows: list[Named]) -> dict[int, int]:
    """The customer of each row by its line; rows that name nobody have none."""
    numbers = {row.line: _numbers(work.shop, row) for row in rows}
    keys = {row.line: row.customer_id or _made_of(row, numbers[row.line]) for row in rows}
    known = known_customers(work.look, filter(None, keys.values()))
    called = _last_calls(rows, keys)
    wanted = {row.line: row for row in rows if row.name and keys[row.line] and keys[row.line] not in known}
    met = same_people(work.look, {line: (row.name, numbers[line]) for line, row in wanted.items()})
    told = {line for line in met if is_told(keys[line])}
    taken = bulk.claimed(work.connection, work.shop.shop_id, "customers", work.source, met.values())
    met = {line: own for line, own in met.items() if line not in told or own not in taken}
    rang = {keys[row.line] for row in rows if row.called}
    old = {key: called[key] for key in (*known, *(keys[line] for line in met)) if key in rang}
    for line, row in wanted.items():
        key = keys[line]
        if key in known:
            continue
        known[key] = met.get(line) or _made(work, row, numbers[line], called[key], key in rang)
        work.remember("customers", key, known[key], "", is_new=line not in met)
    latest = {known[key]: milliseconds(at) for key, at in old.items()}
    bulk.called(work.connection, work.shop.shop_id, latest)
    return {line: known[key] for line, key in keys.items() if key in known}


def known_customers(look: Look, keys: Iterable[str]) -> dict[str, int]:
    """The customers that keys of the other program stand for; one that is an id of ours stands for itself."""
    return look.referred(tables.Customer, "customers", keys)


def _made(work: Work, row: Named, numbers: list[PhoneNumber], at: datetime, rang: bool) -> int:
    customer_id = work.new_id(at, row.line)
    put_customer(
        work, customer_id, row.name, numbers, row.line, last_call_at=milliseconds(at if rang else NEVER)
    )
    if row.address:
        put_address(work, customer_id, row.line, row.address, row.zone)
    return customer_id


def _made_of(row: Named, numbers: list[PhoneNumber]) -> str:
    return made_of(row.name, numbers, row.address) if row.name else ""


def goes_by(shop: Shop, row: Named) -> str:
    """What a row's customer is known by: his id in the other program, else what he is called and reached at."""
    return row.customer_id or _made_of(row, _numbers(shop, row))


def _numbers(shop: Shop, row: Named) -> list[PhoneNumber]:
    said = (number_said(text, shop.view) for text in row.phones if text)
    return list({number.e164: number for number in said if number is not None}.values())


def _last_calls(rows: list[Named], keys: Mapping[int, str]) -> dict[str, datetime]:
    latest: dict[str, datetime] = {}
    for row in rows:
        key = keys[row.line]
        latest[key] = max(latest.get(key, row.at), row.at)
    return latest
