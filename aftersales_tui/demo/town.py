"""The demo shop's customers: each is worked out from the seed and a number, so that none needs to be remembered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from aftersales_tui.demo.book import Book, Pair, Product, Zone

CHINESE, ENGLISH = 0, 1
REMEMBERED = 2048
"""Cards that are kept; any other is worked out anew."""
PREFIXES = (
    138,
    139,
    135,
    136,
    137,
    150,
    151,
    152,
    157,
    158,
    159,
    182,
    183,
    187,
    188,
    130,
    131,
    132,
    155,
    156,
)
"""Mobile prefixes; with four zeros behind them the numbers are possible but belong to nobody we know."""
LINES = 10_000
LARGE_PRIME = 1_000_003
FIRMS_APART = 14
"""One customer of so many is a company."""
OLDEST_DEVICE = timedelta(days=9 * 365)


@dataclass(frozen=True, slots=True)
class Owned:
    """A device of a customer; ``serial`` may be empty, ``bought`` is a day of the month it was bought in.

    Attributes:
        papers: The number its invoice and its certificate have; empty where nobody has seen them.
        place: Where it stands; empty where nobody has asked.
    """

    product: Product
    model: str
    serial: str
    bought: date
    papers: str = ""
    place: Pair = ("", "")


@dataclass(frozen=True, slots=True)
class Card:
    """A customer as he is before he calls for the first time.

    Attributes:
        tongue: ``CHINESE`` or ``ENGLISH``: which of a pair's words he says.
        people: Name, role and form of address of who is there.
    """

    index: int
    tongue: int
    name: str
    phone: str
    mobile: str
    address: str
    zone: str
    devices: tuple[Owned, ...]
    note: str = ""
    do_not_call: bool = False
    kind: str = "person"
    tier: str = ""
    people: tuple[tuple[str, str, str], ...] = ()

    def say(self, pair: Pair) -> str:
        """The half of a pair in his language."""
        return pair[self.tongue]

    def bought(self, owned: Owned) -> str:
        """When he bought a device, as he says it."""
        day = owned.bought
        return f"{day.year}年{day.month}月" if self.tongue == CHINESE else f"{day:%B %Y}"


class Arrivals:
    """When each customer came to the shop: a third on its first day, the others one by one until today.

    Args:
        opened: The shop's first day.
        now: The moment.
        count: How many customers there are.
    """

    def __init__(self, opened: datetime, now: datetime, count: int) -> None:
        self.count = count
        self._opened = opened
        self._open_for = now - opened
        self._first = max(count // 3, 1)

    def joined(self, index: int) -> datetime:
        """When a customer first came."""
        later = max(index - self._first + 1, 0) / (self.count - self._first + 1)
        return self._opened + timedelta(seconds=int(self._open_for.total_seconds() * later))

    def known(self, at: datetime) -> int:
        """How many customers there were at an instant."""
        share = max((at - self._opened) / self._open_for, 0)
        return min(self._first + int((self.count - self._first) * share), self.count)


class Town:
    """Everybody who may ring the demo shop.

    Args:
        book: What they are made of.
        seed: Another seed makes another town.
        arrivals: When they came; what they had then they had bought before.
    """

    def __init__(self, book: Book, seed: int, arrivals: Arrivals) -> None:
        self._book = book
        self._seed = seed
        self.arrivals = arrivals
        self._products = tuple(book.products.values())
        self.card: Callable[[int], Card] = lru_cache(REMEMBERED)(self._card)

    def _card(self, index: int) -> Card:
        rng = Random(self._seed * LARGE_PRIME + index)
        known = self._book.known[index] if index < len(self._book.known) else None
        company = not known and index % FIRMS_APART == FIRMS_APART // 2
        tongue = ENGLISH if index % 3 == 2 else CHINESE
        if known:
            tongue = ENGLISH if known.name.isascii() else CHINESE
        zone = rng.choice(self._book.zones)
        name = known.name if known else self._name(rng, index, tongue, company)
        wanted = self._book.products[known.product] if known and known.product else None
        card = Card(
            index=index,
            tongue=tongue,
            name=name,
            phone=known.phone if known and known.phone else self._phone(index, company),
            mobile=mobile(index + LINES * len(PREFIXES) // 2) if company or rng.random() < 0.1 else "",
            address=_address(rng, zone, tongue),
            zone=zone.name,
            devices=tuple(
                self._device(rng, index, wanted if not place else None)
                for place in range(rng.choice((1, 1, 1, 2, 2, 3)))
            ),
            note=known.note if known else "",
            do_not_call=bool(known and known.do_not_call),
            kind="company" if company else "person",
            tier=known.tier if known else _tier(index, company),
            people=tuple(self._people(rng, tongue)) if company else (),
        )
        twin = self._twin(index, card)
        return replace(card, name=twin.name, address=twin.address) if twin else card

    def _twin(self, index: int, card: Card) -> Card | None:
        """Who the last customer really is: he has called before from another number, and got a second file (U4)."""
        if index != self.arrivals.count - 1 or card.kind == "company":
            return None
        same = (card.tongue, card.zone, card.kind)
        others = map(self.card, range(index - 1, len(self._book.known) - 1, -1))
        return next((one for one in others if (one.tongue, one.zone, one.kind) == same), None)

    def _people(self, rng: Random, tongue: int) -> Iterator[tuple[str, str, str]]:
        """Who is to be asked for at a company, and who pays."""
        names = self._book.names
        for role in ("contact", "payer"):
            title = rng.choice(names.titles)[tongue]
            if tongue == ENGLISH:
                last, first = rng.choice(names.last), rng.choice(names.first)
                yield f"{first} {last}", role, f"{names.title(first, title)} {last}"
            else:
                surname = rng.choice(names.surnames)
                yield surname + rng.choice(names.given), role, surname + title

    def _name(self, rng: Random, index: int, tongue: int, company: bool) -> str:
        names = self._book.names
        if company:
            branch, firm = divmod(index // FIRMS_APART, len(names.companies))
            plain = names.companies[firm][tongue]
            return plain if not branch else f"{plain} {branch + 1}"
        if tongue == ENGLISH:
            return f"{rng.choice(names.first)} {rng.choice(names.last)}"
        return rng.choice(names.surnames) + rng.choice(names.given)

    def _phone(self, index: int, company: bool) -> str:
        return f"{self._book.shop['area_code']}-80{index:06d}" if company else mobile(index)

    def _device(self, rng: Random, index: int, wanted: Product | None = None) -> Owned:
        product = wanted or rng.choice(self._products)
        came = self.arrivals.joined(index).date()
        bought = came - timedelta(days=rng.randrange(30, OLDEST_DEVICE.days))
        serial = f"{product.serial}{bought:%y%m}{index:05d}{rng.randrange(100):02d}"
        model, shown = rng.choice(product.models), rng.random() < 0.6
        # What comes later is worked out from the number: one more throw would make another town.
        papers = f"{bought:%y%m}{index:05d}" if shown and index % 2 else ""
        places = self._book.names.places
        return Owned(product, model, serial if shown else "", bought, papers, places[index % len(places)])


def _tier(index: int, company: bool) -> str:
    """One customer in nine is a member, every other company has a contract."""
    if company:
        return "contract" if index // FIRMS_APART % 2 == 0 else ""
    return "member" if index % 9 == 4 else ""


def mobile(index: int) -> str:
    """The mobile number of that index, no two alike below 200,000."""
    line = index * 7919 % LINES
    return f"{PREFIXES[index // LINES % len(PREFIXES)]}0000{line:04d}"


def _address(rng: Random, zone: Zone, tongue: int) -> str:
    street, house = rng.choice(zone.streets)[tongue], rng.randrange(1, 300)
    estate = rng.choice(zone.estates)[tongue]
    block, stairs = rng.randrange(1, 30), rng.randrange(1, 5)
    flat = rng.randrange(1, 19) * 100 + rng.randrange(1, 5)
    if tongue == ENGLISH:
        return f"{flat}, Block {block}, {estate}, {house} {street}"
    return f"{zone.name}{street}{house}号{estate}{block}号楼{stairs}单元{flat}室"
