"""What is typed into a customer's file, as it may be stored (U1, U2, U3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.customer import MOST_MONTHS, PARTS, Entry, Part, Sort
from aftersales_tui.domain.errors import Invalid, NotFound
from aftersales_tui.domain.quiet import quiet_text, read_quiet, ringing_time, stored_quiet
from aftersales_tui.domain.text import clean
from aftersales_tui.lexicon.fold import address_key
from aftersales_tui.lexicon.phones import read_phone
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.keys import Keyed

TABLES: Mapping[Part, type[Keyed]] = {
    Part.CUSTOMER: tables.Customer,
    Part.PERSON: tables.Person,
    Part.PHONE: tables.Phone,
    Part.ADDRESS: tables.Address,
    Part.DEVICE: tables.Device,
    Part.PROMISE: tables.SalePromise,
}
PLACED = frozenset({Part.PERSON, Part.PHONE, Part.ADDRESS})
"""Parts that stand in an order; the first one is dialled, visited, asked for."""
_CALLED_BY: Mapping[Part, tuple[str, ...]] = {
    Part.PHONE: ("typed",),
    Part.ADDRESS: ("text",),
    Part.DEVICE: ("brand", "product", "model", "serial"),
    Part.PROMISE: ("words",),
}
REFERS: Mapping[Sort, type[Keyed]] = {Sort.PERSON: tables.Person, Sort.DEVICE: tables.Device}


def label(part: Part, row: Keyed) -> str:
    """A record in a few words, for the sentence that tells what was done to it."""
    return " ".join(filter(None, (getattr(row, name) for name in _CALLED_BY.get(part, ("name",)))))


def understood(part: Part, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a part, cleaned and checked.

    Raises:
        Invalid: Naming its ``field``: ``text.*`` for one that cannot be stored, ``file.needed`` for an empty one
            without which the record makes no sense, ``quiet.*``, ``file.not_one_of``, ``file.bad_months``.
    """
    entries = {entry.name: entry for entry in PARTS[part]}
    unknown = given.keys() - entries.keys()
    if unknown:
        raise Invalid("file.not_one_of", field=sorted(unknown)[0], given=sorted(unknown)[0])
    told = {name: _value(entries[name], value) for name, value in given.items()}
    for name, value in told.items():
        if entries[name].required and not value:
            raise Invalid("file.needed", field=name)
    return told


def _value(entry: Entry, value: Any) -> Any:
    if entry.sort is Sort.CHOICE:
        if value not in entry.choices:
            raise Invalid("file.not_one_of", field=entry.name, given=str(value))
        return value
    if entry.sort is Sort.FLAG:
        return int(bool(value))
    if entry.sort is Sort.MONTHS:
        if not 0 <= int(value or 0) <= MOST_MONTHS:
            raise Invalid("file.bad_months", field=entry.name, most=MOST_MONTHS)
        return int(value or 0)
    if entry.sort is Sort.MOMENT:
        return value if isinstance(value, datetime) else None
    if entry.sort in REFERS:
        return int(value) if value else None
    text = clean(str(value or ""), entry.limit, entry.name)
    return quiet_text(read_quiet(text)) if entry.sort is Sort.QUIET else text


def require_own(deed: Deed, part: Part, customer_id: int, values: Mapping[str, Any]) -> None:
    """A number belongs to a person of this file, a promise to a device of it.

    Raises:
        NotFound: ``record.not_found``.
    """
    for entry in PARTS[part]:
        table, record_id = REFERS.get(entry.sort), values.get(entry.name)
        if table is None or not record_id:
            continue
        row: Any = deed.get(table, record_id)
        if row.customer_id != customer_id:
            raise NotFound("record.not_found", table=str(table.__tablename__), id=record_id)


def follows(shop: Shop, part: Part, values: Mapping[str, Any]) -> dict[str, Any]:
    """What else of a record changes with its fields: how a number is dialled, what makes two addresses equal."""
    if part is Part.PHONE and "typed" in values:
        number = read_phone(values["typed"], shop.view.country, shop.view.area_code)
        return {"e164": number.e164, "extension": number.extension}
    if part is Part.ADDRESS and "text" in values:
        return {"address_key": address_key(values["text"])}
    return {}


def keep_plan(shop: Shop, own: tables.Customer, told: Mapping[str, Any], now: datetime) -> None:
    """Set when a customer is contacted next by his own plan: never in his quiet hours (B2, B4).

    Raises:
        Invalid: ``file.plan_needs_months`` for a date without a plan.
    """
    if not own.contact_months and told.get("contact_at"):
        raise Invalid("file.plan_needs_months", field="contact_months")
    if not own.contact_months:
        own.contact_at = None
        return
    wanted = own.contact_at or shop.calendars.always.later(now, months=own.contact_months)
    own.contact_at = ringing_time(wanted, shop.calendars.calls, stored_quiet(own.quiet))
