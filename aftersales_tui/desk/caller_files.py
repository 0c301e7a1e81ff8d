"""What the desk remembers of callers between calls: names, numbers, addresses, devices (C3, U1)."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.customer import Addressed
from aftersales_tui.domain.errors import DomainError, NotFound
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.lexicon.fold import address_key, fold, serial_key
from aftersales_tui.lexicon.keys import customer_keys, device_keys, name_key
from aftersales_tui.lexicon.phones import PhoneNumber, digits_of, looks_like_phone, read_phone
from aftersales_tui.lexicon.places import same_place
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import callers, files
from aftersales_tui.views.act import ShopView
from aftersales_tui.views.callers import CallerFile

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEAST_SERIAL = 4
"""Signs of a serial that tells one device from another; shorter ones, and ones without a digit, say "none"."""


def number_said(text: str, view: ShopView) -> PhoneNumber | None:
    """A number as the shop's people say it; nothing when no digit was said."""
    try:
        return read_phone(text, view.country, view.area_code) if text.strip() else None
    except DomainError:
        return None


def phone_key(text: str, view: ShopView) -> str:
    """What makes two writings of one number equal; empty for none."""
    number = number_said(text, view)
    return number.e164 if number else ""


def devices_of_serial(connection: "Connection", shop_id: int, serial: str, product: str) -> list[int]:
    """The devices that bear a serial, whoever has them; of another maker's other product it is another device."""
    key = serial_key(serial)
    if len(key) < LEAST_SERIAL or not any(sign.isdigit() for sign in key):
        return []
    return [
        device_id
        for device_id, known_as in callers.with_serial(connection, shop_id, f"s:{key}")
        if not product.strip() or not known_as or fold(known_as) == fold(product)
    ]


class CallerFiles:
    """Reads a caller's file, and keeps it up with what a call has told."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def read(self, customer_id: int) -> CallerFile:
        """The file of a known caller.

        Raises:
            NotFound: ``record.not_found``.
        """
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            own = callers.customer(connection, shop_id, customer_id)
            customer_id = own["id"]
            numbers = [typed for _, typed in callers.phones(connection, shop_id, customer_id)]
            places = callers.addresses(connection, shop_id, customer_id)
            return CallerFile(
                customer_id=customer_id,
                name=own["name"],
                phone=next(iter(numbers), ""),
                mobile=next(iter(numbers[1:]), ""),
                address=places[0][0] if places else "",
                zone=places[0][1] if places else "",
                note=own["note"],
                do_not_call=bool(own["do_not_call"]),
                devices=callers.devices(connection, shop_id, customer_id),
                open_tickets=callers.open_tickets(connection, shop_id, {"customer": [customer_id]}),
                tier=own["tier"],
                quiet=own["quiet"],
                people=tuple(
                    Addressed(one.name, one.role, one.form)
                    for one in files.persons(connection, shop_id, customer_id)
                ),
                promises=tuple(
                    one for one in files.promises(connection, shop_id, customer_id) if one.done_at is None
                ),
            )

    def remember(self, deed: Deed, sheet: CallSheet) -> tuple[int | None, int | None]:
        """Bring the caller's file up to the call; a new caller gets one.

        Returns:
            The ids of customer and device; ``None`` where the call told of none.

        Raises:
            NotFound: ``record.not_found`` for a customer or device that is not there.
        """
        numbers = self._numbers(sheet)
        if sheet.customer_id and self.is_another(deed.connection, sheet):
            sheet = replace(sheet, customer_id=0, device_id=0)
        customer_id = sheet.customer_id or self._same_person(deed.connection, self._called(sheet), numbers)
        living = self._touched(deed, customer_id) if customer_id else 0
        if customer_id and not living:
            # Erased since the sheet was begun: what it tells begins a file of its own, as from a stranger.
            sheet = replace(sheet, customer_id=0, device_id=0)
        if living:
            customer_id = living
            phones = [e164 for e164, _ in callers.phones(deed.connection, self._shop.shop_id, customer_id)]
            places = callers.addresses(deed.connection, self._shop.shop_id, customer_id)
        else:
            customer_id, phones, places = self._new_customer(deed, sheet), [], []
        if not customer_id:
            return None, None
        self._add_phones(deed, customer_id, numbers, phones)
        self._add_address(deed, customer_id, sheet, places)
        return customer_id, self._device(deed, customer_id, sheet)

    def _touched(self, deed: Deed, customer_id: int) -> int:
        """Note the call in a file, and answer whose it is by now; 0 where nobody's, for he was erased."""
        # Touched before it is read: whoever merges or erases this file in the same moment is waited for, and then seen.
        callers.touch(deed.connection, self._shop.shop_id, customer_id, deed.at)
        own = callers.customer(deed.connection, self._shop.shop_id, customer_id)
        if own["id"] != customer_id:
            callers.touch(deed.connection, self._shop.shop_id, own["id"], deed.at)
        return 0 if own["state"] == callers.ERASED else int(own["id"])

    def is_another(self, connection: "Connection", sheet: CallSheet) -> bool:
        """Whether name and number say that it is not the customer who was taken from the lookup (C3).

        Whoever rings from a number of the file belongs to it, under whatever name. From another number it is
        somebody else when the name is another's too, neither the customer's nor one of his people's, and without a
        name when the number is another customer's.

        Raises:
            NotFound: ``record.not_found`` for a customer that is not there.
        """
        shop_id, own = self._shop.shop_id, sheet.customer_id
        known_as = name_key(callers.customer(connection, shop_id, own)["name"])
        kept = {e164 for e164, _ in callers.phones(connection, shop_id, own)}
        name, numbers = sheet.answers.get(Field.CALLER, "").strip(), self._numbers(sheet)
        if looks_like_phone(name):
            # Typed where the name belongs, on the way to the field for numbers.
            numbers, name = [*numbers, *filter(None, (number_said(name, self._shop.view),))], ""
        if any(number.e164 in kept for number in numbers):
            return False
        if not name:
            return any(owner != own for number in numbers for owner, _ in self._owners(connection, number))
        if name_key(name) == known_as or callers.goes_by(connection, shop_id, own, f"n:{name_key(name)}"):
            return self._same_person(connection, name, numbers) not in {0, own}
        return bool(numbers or callers.named(connection, shop_id, f"n:{name_key(name)}"))

    def _owners(self, connection: "Connection", number: PhoneNumber) -> list[tuple[int, str]]:
        """The customers with a number, and their names."""
        return callers.named(connection, self._shop.shop_id, f"p:{digits_of(number.e164)}")

    def _numbers(self, sheet: CallSheet) -> list[PhoneNumber]:
        said = (sheet.answers.get(name, "") for name in (Field.PHONE, Field.MOBILE))
        return [number for text in said if (number := number_said(text, self._shop.view))]

    def _same_person(self, connection: "Connection", name: str, numbers: list[PhoneNumber]) -> int:
        """The customer of this very name and number, whom nobody took from the lookup; 0 for none.

        Without it every call of somebody in a hurry would leave one more file of him.
        """
        for number in numbers:
            same = [
                customer_id
                for customer_id, known_as in self._owners(connection, number)
                if name_key(known_as) == name_key(name)
                or callers.goes_by(connection, self._shop.shop_id, customer_id, f"n:{name_key(name)}")
            ]
            if same:
                return same[0]
        return 0

    @staticmethod
    def _called(sheet: CallSheet) -> str:
        said = sheet.answers
        return said.get(Field.CALLER, "") or said.get(Field.PHONE, "") or said.get(Field.MOBILE, "")

    def _new_customer(self, deed: Deed, sheet: CallSheet) -> int:
        name = self._called(sheet)
        if not name:
            return 0
        customer_id = deed.new_id()
        deed.put(
            tables.Customer.made(shop_id=self._shop.shop_id, id=customer_id, name=name, last_call_at=deed.at)
        )
        self._add_keys(deed, customer_id, customer_keys(name, (), self._shop.view.country, ""))
        return customer_id

    def _add_phones(self, deed: Deed, customer_id: int, numbers: list[PhoneNumber], known: list[str]) -> None:
        view = self._shop.view
        for number in numbers:
            if number.e164 in known:
                continue
            phone = tables.Phone.made(
                shop_id=view.shop_id,
                id=deed.new_id(),
                customer_id=customer_id,
                place=len(known),
                e164=number.e164,
                extension=number.extension,
                typed=number.typed,
            )
            deed.put(phone)
            known.append(number.e164)
            self._add_keys(deed, customer_id, customer_keys("", (number.e164,), view.country, view.area_code))

    def _add_address(
        self, deed: Deed, customer_id: int, sheet: CallSheet, known: list[tuple[str, str]]
    ) -> None:
        """Put where he says he is into his file, unless one of its addresses is that place, however written."""
        text = sheet.answers.get(Field.ADDRESS, "")
        if not text or any(text == own or same_place(own, text, zone) for own, zone in known):
            return
        address = tables.Address.made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            customer_id=customer_id,
            place=len(known),
            text=text,
            address_key=address_key(text),
            zone=sheet.answers.get(Field.ZONE, ""),
        )
        deed.put(address)

    def _device(self, deed: Deed, customer_id: int, sheet: CallSheet) -> int | None:
        """The device the call is about; blanks of a known one are filled, nothing of it is overwritten.

        A serial names its device also where nobody took it from the file: it gets no second card.
        """
        said = sheet.answers
        told: dict[str, Any] = {
            "product": said.get(Field.PRODUCT, ""),
            "model": said.get(Field.MODEL, ""),
            "serial": said.get(Field.SERIAL, ""),
            "bought_on": said.get(Field.BOUGHT, ""),
        }
        by_serial = devices_of_serial(deed.connection, self._shop.shop_id, told["serial"], told["product"])
        known = sheet.device_id or next(iter(by_serial), 0)
        if known:
            device = deed.held(tables.Device, known)
            if sheet.device_id and device.customer_id != customer_id:
                raise NotFound("record.not_found", table="device", id=sheet.device_id)
            if told["serial"] and not device.serial:
                self._add_keys(deed, customer_id, device_keys(told["serial"]), device.id)
            for column, text in told.items():
                if text and not getattr(device, column):
                    setattr(device, column, text)
            return device.id
        if not (told["product"] or told["model"] or told["serial"]):
            return None
        new = tables.Device.made(
            shop_id=self._shop.shop_id, id=deed.new_id(), customer_id=customer_id, **told
        )
        deed.put(new)
        self._add_keys(deed, customer_id, device_keys(told["serial"]), new.id)
        return new.id

    @staticmethod
    def _add_keys(deed: Deed, customer_id: int, keys: frozenset[str], device_id: int = 0) -> None:
        """Store what the caller is found by."""
        deed.index(
            tables.CallerKey,
            ({"key": key, "customer_id": customer_id, "device_id": device_id} for key in sorted(keys)),
        )
