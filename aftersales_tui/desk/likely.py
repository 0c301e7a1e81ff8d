"""How likely two files are one customer's (U4): what they share, weighed by the shop's rules."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.lexicon.fold import serial_key
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.likeness import ALL, address_likeness, name_likeness
from aftersales_tui.lexicon.phones import digits_of
from aftersales_tui.lexicon.pinyin import spelling
from aftersales_tui.policy.rules import DuplicateRules
from aftersales_tui.store.queries import duplicates
from aftersales_tui.store.queries.duplicates import Traits
from aftersales_tui.views.mergers import Suggestion


def likely(connection: Connection, shop: Shop, ids: Sequence[int]) -> tuple[Suggestion, ...]:
    """Pairs of these customers with others that share a phone, a serial or the sound of a name with them."""
    rules, shop_id = shop.policy.duplicates, shop.shop_id
    known = duplicates.traits(connection, shop_id, ids)
    keys = {one: tuple(_keys(traits)) for one, traits in known.items()}
    wanted = sorted({key for mine in keys.values() for key in mine})
    leads = duplicates.sharing(connection, shop_id, wanted, rules.candidates)
    pairs = {
        (min(one, other), max(one, other))
        for one, mine in keys.items()
        for key in mine
        for other in leads[key]
        if one != other
    }
    others = {one for pair in pairs for one in pair} - known.keys()
    known |= duplicates.traits(connection, shop_id, sorted(others))
    pairs -= duplicates.not_same(connection, shop_id, [first for first, _ in pairs])
    found = (
        _weighed(rules, known[first], known[second])
        for first, second in pairs
        if not (known[first].line.state or known[second].line.state)
    )
    likeliest = sorted(
        filter(None, found), key=lambda pair: (-pair.points, -pair.other.customer_id, -pair.one.customer_id)
    )
    return tuple(likeliest)


def _keys(traits: Traits) -> Iterator[str]:
    """The keys under which a customer's doubles would be found (``lexicon.keys``)."""
    yield from (f"p:{digits_of(phone)}" for phone in traits.phones)
    yield from (f"s:{key}" for serial in traits.serials if (key := serial_key(serial)))
    name, sound = name_key(traits.line.name), spelling(traits.line.name)
    # A file that goes by its number alone has no name to sound like.
    if name and name != digits_of(name):
        yield f"n:{name}"
    if sound and sound != digits_of(sound):
        yield f"y:{sound}"


def _weighed(rules: DuplicateRules, one: Traits, other: Traits) -> Suggestion | None:
    """A pair with its reasons; nothing when they do not suffice."""
    name = name_likeness(one.line.name, other.line.name)
    places = [address_likeness(here, there) for here in one.addresses for there in other.addresses]
    address = max(places, default=0)
    serials = {serial_key(one_of) for one_of in one.serials}
    points = {
        "serial": rules.serial * bool(serials.intersection(map(serial_key, other.serials))),
        "phone": rules.phone * bool(set(one.phones).intersection(other.phones)),
        "name": rules.name * name // ALL if name >= rules.name_alike else 0,
        "address": rules.address * address // ALL if address >= rules.address_alike else 0,
    }
    total = sum(points.values())
    if total < rules.least:
        return None
    return Suggestion(one.line, other.line, tuple(why for why, some in points.items() if some), total)
