"""Erasing a customer: the person is gone, what statistics need stays; it is never taken back (U4)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.text import clean
from aftersales_tui.lexicon.fold import fold_name
from aftersales_tui.lexicon.phones import digits_of, national_digits
from aftersales_tui.store import mentions, sweeping, tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.erase import Person, Sighting, look_for, take_out
from aftersales_tui.store.queries import belongings, duplicates
from aftersales_tui.views.act import Act
from aftersales_tui.views.mergers import ErasurePreview, FileLine
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from sqlalchemy import Connection

REASON_LIMIT = 200
LEAST_MARK = 2
"""Characters that tell somebody from others at least."""
LEAST_DIGITS = 5
LEAST_ADDRESS = 4
COUNTED = ("phone", "address", "person", "note", "device", "ticket", "call", "contact", "visitor")
"""What the preview counts."""


class Erasing:
    """The verbs that end a customer's file."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def preview(self, customer_id: int) -> ErasurePreview:
        """What erasing would do; of a file that was erased, which only needs sweeping, everything is nought.

        Raises:
            NotFound: ``record.not_found``.
        """
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            found = duplicates.lines(connection, shop_id, [customer_id])
            if not found:
                raise NotFound("record.not_found", table="customer", id=customer_id)
            family = duplicates.family(connection, shop_id, customer_id)
            rows = {
                table.name: belongings.rows(connection, shop_id, family, table)
                for table in belongings.owned()
                if table.name in COUNTED
            }
            numbers = belongings.open_numbers(connection, shop_id, family)
            told = mentions_of(self._shop, connection, family)
            rows["visitor"] += mentions.visitors(connection, shop_id, told, family)
            seconds = sweeping.seconds(self._shop.store)
        phones = tuple(dict.fromkeys(row["e164"] for row in rows["phone"]))
        goes = {name: len(rows[name]) for name in COUNTED}
        return ErasurePreview(found[0], tuple(family), goes, tuple(numbers), phones, told.shared, seconds)

    def look(self, customer_id: int) -> Sighting:
        """Go through all that was written for what tells of a customer: seconds in a large shop, while others work.

        By a connection of its own: it may be asked for in a thread that soon ends.
        """
        with self._shop.store.aside() as connection:
            family = duplicates.family(connection, self._shop.shop_id, customer_id)
            return look_for(connection, self._shop.shop_id, self._person(connection, family))

    def erase(
        self, act: Act, file: FileLine, confirmed: str, reason: str, seen: Sighting | None = None
    ) -> Receipt:
        """Erase a customer; ``sweep`` afterwards makes the store forget the bytes too.

        Args:
            file: As it was seen.
            seen: What ``look`` has found a moment ago; it is looked for here where nobody has.
            confirmed: His name, typed by whoever answers for it.
            reason: Why; kept in the feed, so that it must not name him.

        Raises:
            Invalid: ``erase.name_differs``, ``erase.no_reason``, ``erase.reason_names``.
            Refused: ``erase.open_tickets`` with their numbers; ``merge.gone`` for a file that is none any more.
            Stale: Somebody else has changed the file.
            NotFound: ``record.not_found``.
        """
        if fold_name(confirmed).strip() != fold_name(file.name).strip():
            raise Invalid("erase.name_differs", field="name")
        why = clean(reason, REASON_LIMIT, "reason")
        if not why:
            raise Invalid("erase.no_reason", field="reason")
        found = seen or self.look(file.customer_id)
        return self._shop.perform(act, "erase", lambda deed: self._erase(deed, file, why, found))

    def sweep(self) -> bool:
        """Make the store forget the bytes of what was erased; ``False`` when another seat was in the way."""
        return sweeping.sweep(self._shop.store)

    def _erase(self, deed: Deed, file: FileLine, why: str, seen: Sighting) -> None:
        own = deed.held(tables.Customer, file.customer_id, file.version)
        if own.state:
            raise Refused("merge.gone", name=own.name, state=own.state)
        family = duplicates.family(deed.connection, deed.shop_id, own.id)
        numbers = belongings.open_numbers(deed.connection, deed.shop_id, family)
        if numbers:
            raise Refused("erase.open_tickets", numbers=tuple(f"T-{number}" for number in numbers))
        person = self._person(deed.connection, family)
        if person.is_named_in(why):
            raise Invalid("erase.reason_names", field="reason")
        touched = take_out(deed, person, seen)
        deed.subject = own.id
        deed.params = {"reason": why, "tickets": str(touched["ticket"])}

    def _person(self, connection: "Connection", family: list[int]) -> Person:
        """What tells this person from others, in every form it is stored in."""
        rows = {
            table.name: belongings.rows(connection, self._shop.shop_id, family, table)
            for table in belongings.owned()
            if table.name in {"customer", "person", "phone", "address"}
        }
        names = {row["name"] for table in ("customer", "person") for row in rows[table]}
        numbers = {row["typed"] for row in rows["phone"]}
        for row in rows["phone"]:
            numbers |= {row["e164"], digits_of(row["e164"]), national_digits(row["e164"])}
        places = {row["text"] for row in rows["address"]} | {row["address_key"] for row in rows["address"]}
        marks = {name for name in names if len(name) >= LEAST_MARK}
        marks |= {number for number in numbers if len(number) >= LEAST_DIGITS}
        marks |= {place for place in places if len(place) >= LEAST_ADDRESS}
        told = mentions_of(self._shop, connection, family)
        return Person(tuple(family), frozenset(marks), told)


def mentions_of(shop: Shop, connection: "Connection", family: Sequence[int]) -> mentions.Mentions:
    """By what others' words tell of a customer: his own name and numbers, not those of his people."""

    def all_of(table: Any, column: str) -> list[str]:
        return [row[column] for row in belongings.rows(connection, shop.shop_id, family, table)]

    names, numbers = all_of(belongings.CUSTOMER, "name"), all_of(belongings.PHONE, "e164")
    area_code = shop.view.area_code
    return mentions.of_person(connection, shop.shop_id, family, names, numbers, area_code)


def visitors_of(shop: Shop, connection: "Connection", family: Sequence[int]) -> list[dict[str, Any]]:
    """Visitors whom only their number makes the customer's."""
    told = mentions_of(shop, connection, family)
    return mentions.visitors(connection, shop.shop_id, told, family)
