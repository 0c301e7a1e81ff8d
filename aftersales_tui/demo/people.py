"""The demo shop's people: its dispatchers and engineers are hired, its customers have a file each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from aftersales_tui.demo.book import Book
from aftersales_tui.demo.diary import Hired
from aftersales_tui.demo.ledger import Ledger
from aftersales_tui.demo.tale import Caller
from aftersales_tui.demo.town import CHINESE, REMEMBERED, Card, Town
from aftersales_tui.demo.wish import NO_DEVICE, Wish
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.identity import milliseconds, new_id
from aftersales_tui.lexicon.fold import address_key
from aftersales_tui.lexicon.keys import customer_keys, device_keys
from aftersales_tui.lexicon.phones import read_phone
from aftersales_tui.store import tables
from aftersales_tui.views.act import ShopView

DEVICES_EACH = 8
"""Room for the devices of one customer between the ids of two."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works at the demo shop: two dispatchers by id, and the engineers."""

    dispatcher: int
    colleague: int
    engineers: tuple[Hired, ...]


def hire(desk: Desk, book: Book) -> Staff:
    """Hire the book's people by the desk's own verb; whoever sits at the desk is the dispatcher."""
    colleague = desk.roster.hire(desk.act(), book.shop["colleague"], "dispatcher").ticket_id
    engineers = []
    for one in book.engineers:
        tongue = 1 if one.name.isascii() else CHINESE
        skills = [book.products[product].word[tongue] for product in one.skills]
        done = desk.roster.hire(
            desk.act(), one.name, "engineer", phone=one.phone, skills=skills, zones=one.zones, week=one.week
        )
        engineers.append(Hired(done.ticket_id, one))
    return Staff(desk.people.me().staff_id, colleague, tuple(engineers))


def time_off(shop_id: int, staff: Staff, now: datetime, zone: tzinfo, ledger: Ledger) -> None:
    """Give today off to whom the book says so."""
    today = now.astimezone(zone).date()
    start, end = wall_instant(today, 0, zone), wall_instant(today, DAY, zone)
    for hired in staff.engineers:
        if hired.engineer.off:
            row = {
                "shop_id": shop_id,
                "id": new_id(start, 0),
                "staff_id": hired.staff_id,
                "starts_at": milliseconds(start),
                "ends_at": milliseconds(end),
                "reason": hired.engineer.off,
            }
            ledger.add(tables.Absence, row)


class Files:
    """The customers' files, by the number of their card in the town.

    Args:
        town: Who they are.
        view: The shop; its country and area code say how a number is read.
    """

    def __init__(self, town: Town, view: ShopView) -> None:
        self._town = town
        self._view = view
        self._found_by = lru_cache(REMEMBERED)(self._keys_of)
        # Names are put together from few parts: the sounds of most have been looked up before.
        self._named = lru_cache(2 * REMEMBERED)(lambda name: customer_keys(name, (), view.country, ""))

    def customer_id(self, index: int) -> int:
        """The id of a customer."""
        return new_id(self._town.arrivals.joined(index), index * DEVICES_EACH)

    def device_id(self, index: int, device: int) -> int:
        """The id of a device of his."""
        return new_id(self._town.arrivals.joined(index), index * DEVICES_EACH + device)

    def caller(self, wish: Wish) -> Caller:
        """Whom a ticket about this wish belongs to."""
        index, device = wish.card.index, wish.device
        device_id = None if device == NO_DEVICE else self.device_id(index, device)
        return Caller(self.customer_id(index), device_id, *self._found_by(index))

    def _keys_of(self, index: int) -> tuple[str, str]:
        card = self._town.card(index)
        phone = read_phone(card.phone, self._view.country, self._view.area_code)
        return phone.e164, address_key(card.address)

    def write(self, index: int, ledger: Ledger) -> None:
        """Write a customer's file: himself, his numbers, his address, his devices, and what he is found by."""
        card = self._town.card(index)
        customer_id, joined = self.customer_id(index), milliseconds(self._town.arrivals.joined(index))
        own = {"shop_id": self._view.shop_id, "customer_id": customer_id}
        about = {
            "name": card.name,
            "kind": card.kind,
            "tier": card.tier,
            "note": card.note,
            "do_not_call": int(card.do_not_call),
        }
        person = {"shop_id": self._view.shop_id, "id": customer_id, "version": 1, "last_call_at": joined}
        ledger.add(tables.Customer, person | about)
        numbers = [number for number in (card.phone, card.mobile) if number]
        for place, number in enumerate(numbers):
            ledger.add(tables.Phone, own | {"id": customer_id + place} | self._phone(number, place))
        address = {"place": 0, "text": card.address, "address_key": address_key(card.address)}
        ledger.add(tables.Address, own | {"id": customer_id, "zone": card.zone} | address)
        found_by = self._named(card.name) | customer_keys(
            "", numbers, self._view.country, self._view.area_code
        )
        for place, (name, role, form) in enumerate(card.people):
            who = {"id": customer_id + place, "version": 1, "place": place}
            ledger.add(tables.Person, own | who | {"name": name, "role": role, "form": form})
            found_by |= self._named(name)
        for key in sorted(found_by):
            ledger.add(tables.CallerKey, own | {"key": key, "device_id": 0})
        self._devices(card, own, ledger)

    def _phone(self, number: str, place: int) -> dict[str, Any]:
        read = read_phone(number, self._view.country, self._view.area_code)
        return {"place": place, "e164": read.e164, "extension": read.extension, "typed": read.typed}

    def _devices(self, card: Card, own: Mapping[str, int], ledger: Ledger) -> None:
        for place, owned in enumerate(card.devices):
            device_id = self.device_id(card.index, place)
            device = {
                "id": device_id,
                "version": 1,
                "product": card.say(owned.product.word),
                "brand": "",
                "model": owned.model,
                "serial": owned.serial,
                "bought_on": card.bought(owned),
                "invoice": owned.papers and f"FP{owned.papers}",
                "certificate": owned.papers and owned.serial and f"BX{owned.papers}",
                "place": card.say(owned.place),
            }
            ledger.add(tables.Device, {**own, **device})
            for key in sorted(device_keys(owned.serial)):
                ledger.add(tables.CallerKey, {**own, "key": key, "device_id": device_id})
