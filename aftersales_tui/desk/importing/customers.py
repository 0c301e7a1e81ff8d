"""Customers out of a file, with their numbers, addresses, people, and the device that a list of customers names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from aftersales_tui.desk.caller_files import number_said
from aftersales_tui.desk.file_clocks import PLAN, Changed, keep_clocks
from aftersales_tui.desk.importing import phone_labels
from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.phone_labels import NONE, Labels
from aftersales_tui.desk.importing.work import Look, Work, fill, own_id
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.contact import PERIODIC
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.identity import NEVER, milliseconds
from aftersales_tui.domain.quiet import ringing_time, stored_quiet
from aftersales_tui.exchange.headings import Headings
from aftersales_tui.exchange.parts import card_read
from aftersales_tui.lexicon.fold import address_key
from aftersales_tui.lexicon.keys import customer_keys, device_keys, name_key
from aftersales_tui.lexicon.phones import PhoneNumber, digits_of
from aftersales_tui.store import bulk, tables
from aftersales_tui.store.foreign_ids import MADE_OF
from aftersales_tui.views.imports import Fault

NOTHING: Mapping[str, Any] = {}
DEVICE = ("product", "brand", "model", "serial", "bought_on", "invoice", "certificate")


class Customers:
    """Takes in customers (U1)."""

    def __init__(self, shop: Shop, headings: Headings) -> None:
        self._shop = shop
        self._headings = headings

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """A number without a digit can be neither dialled nor found."""
        faults = tuple(
            Fault(row.line, "phones", text, Invalid("import.bad_phone", value=text))
            for text in row.values.get("phones", ())
            if not digits_of(text)
        )
        return (*faults, *phone_labels.faults_of(row)) if phone_labels.COLUMN in row.values else faults

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Customers that came from here, and those of the very name and number."""
        found = look.ours(tables.Customer, rows)
        wanted = {
            row.line: (row.values["name"], _numbers(self._shop, row.values.get("phones", ())))
            for row in rows
            if row.line not in found
        }
        return {**look.apart("customers", rows, same_people(look, wanted)), **found}

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:  # noqa: ARG002 (they stand alone)
        """A customer belongs to nobody."""
        return {}

    def named(self, row: Foreign, now: datetime) -> None:
        """A customer belongs to nobody."""

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New customers."""
        for row in rows:
            told = row.values
            at: datetime = told.get("last_call_at") or work.deed.now
            customer_id = own_id(row.source_id, work.deed.now) or work.new_id(at, row.line)
            people = self._people(work, customer_id, row)
            self._put(work, customer_id, row, at, people)
            self._device(work, customer_id, row, None)
            work.remember("customers", row.source_id, customer_id, row.digest, is_new=True)

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What the row tells goes into the file; numbers are added, none is taken away."""
        told = row.values
        own = work.deed.held(tables.Customer, record_id)
        renamed, planned = told["name"] != own.name, (own.contact_months, own.contact_at)
        fill(own, {**_columns(told), "last_call_at": told.get("last_call_at")})
        if own.contact_months != planned[0]:
            since = own.last_call_at if own.last_call_at > NEVER else work.deed.now
            fill(own, {"contact_at": self._contact_at(told, since)})
        if own.contact_months:
            moved = frozenset[int]() if own.contact_at == planned[1] else frozenset({PLAN})
            keep_clocks(self._shop, work.deed, own, Changed(moved))
        known, address_id = bulk.contact_points(work.connection, self._shop.shop_id, record_id)
        fresh = [one for one in _numbers(self._shop, told.get("phones", ())) if one.e164 not in known]
        labels = phone_labels.label_known(work, record_id, row) if phone_labels.COLUMN in told else NONE
        fresh += [
            one.number for one in labels.values() if one.number.e164 not in {*known, *(f.e164 for f in fresh)}
        ]
        put_phones(work, record_id, fresh, len(known), row.line, labels)
        if fresh or renamed:
            view = self._shop.view
            numbers = (one.e164 for one in fresh)
            work.chunk.find_by(record_id, customer_keys(told["name"], numbers, view.country, view.area_code))
        if told.get("address") or told.get("zone") or told.get("route_note"):
            self._move(work, record_id, address_id, row)
        self._device(work, record_id, row, work.deed.find(tables.Device, record_id))
        work.chunk.touch(tables.Customer, record_id)

    def _put(
        self, work: Work, customer_id: int, row: Foreign, at: datetime, people: Sequence[tuple[int, str]]
    ) -> None:
        told = row.values
        due_at = self._contact_at(told, at)
        numbers = _numbers(self._shop, told.get("phones", ()))
        labels = phone_labels.labels(self._shop, row, people) if phone_labels.COLUMN in told else NONE
        if labels:
            there = {(one.e164, one.extension) for one in numbers}
            numbers += [one.number for key, one in labels.items() if key not in there]
        put_customer(
            work,
            customer_id,
            told["name"],
            numbers,
            row.line,
            labels=labels,
            contact_at=_ms(due_at),
            last_call_at=milliseconds(told.get("last_call_at") or NEVER),
            **{name: value for name, value in _columns(told).items() if value != "" and name != "name"},
        )
        first = (told.get("address", ""), told.get("zone", ""), told.get("route_note", ""))
        more = (card_read(text, 2) for text in told.get("more_addresses", ()))
        for place, (text, zone, route) in enumerate(one for one in (first, *more) if any(one)):
            put_address(work, customer_id, row.line, text, zone, route, place=place)
        if due_at is not None:
            self._plan(work, customer_id, row, due_at, numbers[0].typed if numbers else "")

    def _plan(self, work: Work, customer_id: int, row: Foreign, due_at: datetime, phone: str) -> None:
        """His plan on the list of contacts, as the desk's own verbs keep it there."""
        told = row.values
        quiet = stored_quiet(told.get("quiet", ""))
        work.chunk.put(
            tables.Contact,
            id=work.new_id(work.deed.now, row.line),
            customer_id=customer_id,
            reason=PERIODIC,
            due_at=milliseconds(ringing_time(due_at, self._shop.calendars.calls, quiet)),
            whom=told["name"],
            phone=phone,
        )

    def _contact_at(self, told: Mapping[str, Any], at: datetime) -> datetime | None:
        """When he is to be rung next without a cause (B4)."""
        months = told.get("contact_months")
        return self._shop.calendars.of("always").later(at, months=months) if months else None

    def _move(self, work: Work, customer_id: int, address_id: int, row: Foreign) -> None:
        told = row.values
        if not address_id:
            put_address(
                work, customer_id, row.line, told.get("address", ""), told.get("zone"), told.get("route_note")
            )
            return
        place = work.deed.held(tables.Address, address_id)
        fill(
            place,
            {"text": told.get("address"), "zone": told.get("zone"), "route_note": told.get("route_note")},
        )
        place.address_key = address_key(place.text)

    def _people(self, work: Work, customer_id: int, row: Foreign) -> list[tuple[int, str]]:
        """New people in order; answers their ids and names."""
        made: list[tuple[int, str]] = []
        for place, text in enumerate(row.values.get("people", ())):
            name, role, form, note = card_read(text, 3)
            known_role = self._headings.value("person_role", role)
            made.append((work.new_id(work.deed.now, row.line), name))
            work.chunk.put(
                tables.Person,
                id=made[-1][0],
                customer_id=customer_id,
                place=place,
                name=name,
                role=known_role,
                # A word that is no role of ours says all the same who that is.
                form=form or ("" if known_role else role),
                note=note,
            )
        return made

    @staticmethod
    def _device(work: Work, customer_id: int, row: Foreign, known: tables.Device | None) -> None:
        """The device a list of customers names; it has the customer's id, by which it is found again."""
        told = {name: row.values[name] for name in DEVICE if row.values.get(name)}
        if not told.keys() - {"bought_on", "invoice", "certificate"}:
            return
        if known is not None:
            fill(known, told)
            work.chunk.touch(tables.Device, customer_id)
        else:
            work.chunk.put(tables.Device, id=customer_id, customer_id=customer_id, **told)
        work.chunk.find_by(customer_id, device_keys(told.get("serial", "")), customer_id)


def _columns(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": told["name"],
        "kind": told.get("customer_kind", ""),
        **{name: told.get(name, "") for name in ("tier", "note", "do_not_call", "quiet", "contact_months")},
    }


def _ms(at: datetime | None) -> int | None:
    return None if at is None else milliseconds(at)


def _numbers(shop: Shop, texts: Iterable[str]) -> list[PhoneNumber]:
    said = (number_said(text, shop.view) for text in texts)
    return list({(number.e164, number.extension): number for number in said if number is not None}.values())


def same_people(look: Look, wanted: Mapping[int, tuple[str, Sequence[PhoneNumber]]]) -> dict[int, int]:
    """The customers of the very name and number, by the line that asks for them."""
    keys = {line: [f"p:{digits_of(one.e164)}" for one in numbers] for line, (_, numbers) in wanted.items()}
    named = bulk.named(look.connection, look.shop.shop_id, (key for some in keys.values() for key in some))
    found: dict[int, int] = {}
    for line, (name, _) in wanted.items():
        known_as = name_key(name)
        for key in keys[line]:
            for customer_id, called in named.get(key, ()):
                if name_key(called) == known_as:
                    found.setdefault(line, customer_id)
    return found


def made_of(name: str, numbers: Sequence[PhoneNumber], address: str) -> str:
    """What a customer without an id in the other program is known by: name and number, else name and address."""
    known_as = name_key(name) or name
    told = f"{known_as}|{numbers[0].e164 if numbers else address_key(address)}"
    # Its digest alone is kept: a customer who is erased must not be read out of the keys of an import.
    return MADE_OF + blake2b(told.encode(), digest_size=16).hexdigest()


def put_customer(
    work: Work,
    customer_id: int,
    name: str,
    numbers: Sequence[PhoneNumber],
    line: int,
    *,
    labels: Labels = NONE,
    **columns: Any,
) -> None:
    """A new customer with his numbers and what he is found by; among the columns must be when he called last."""
    view = work.shop.view
    work.chunk.put(tables.Customer, id=customer_id, name=name, **columns)
    put_phones(work, customer_id, numbers, 0, line, labels)
    keys = customer_keys(name, (one.e164 for one in numbers), view.country, view.area_code)
    work.chunk.find_by(customer_id, keys)


def put_phones(
    work: Work,
    customer_id: int,
    numbers: Sequence[PhoneNumber],
    place: int,
    line: int,
    labels: Labels = NONE,
) -> None:
    """Numbers of a customer, in order, with what is said of each."""
    for number in numbers:
        said = labels.get((number.e164, number.extension)) if labels else None
        more = {"label": said.label, "person_id": said.person_id} if said else NOTHING
        work.chunk.put(
            tables.Phone,
            id=work.new_id(work.deed.now, line),
            customer_id=customer_id,
            place=place,
            e164=number.e164,
            extension=number.extension,
            typed=number.typed,
            **more,
        )
        place += 1


def put_address(
    work: Work,
    customer_id: int,
    line: int,
    text: str,
    zone: str | None = "",
    route_note: str | None = "",
    *,
    place: int = 0,
) -> None:
    """An address of a customer, the first unless told."""
    work.chunk.put(
        tables.Address,
        id=work.new_id(work.deed.now, line),
        customer_id=customer_id,
        place=place,
        text=text,
        address_key=address_key(text),
        zone=zone or "",
        route_note=route_note or "",
    )
