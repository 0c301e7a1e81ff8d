"""Keeping a customer findable: what he is found by follows what his file says (C3)."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.lexicon.keys import customer_keys, device_keys
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import files

CallerKeys = set[tuple[str, int]]
"""Each key with the device it belongs to; 0 for the customer's own."""


def keys_of(shop: Shop, connection: Connection, name: str, customer_id: int) -> CallerKeys:
    """Everything a customer is to be found by: his name, his people's, every number, every serial."""
    view, shop_id = shop.view, shop.shop_id
    numbers = [phone.e164 for phone in files.phones(connection, shop_id, customer_id)]
    found = {(key, 0) for key in customer_keys(name, numbers, view.country, view.area_code)}
    for person in files.persons(connection, shop_id, customer_id):
        found |= {(key, 0) for key in customer_keys(person.name, (), view.country, "")}
    for device in files.devices(connection, shop_id, customer_id):
        found |= {(key, device.device_id) for key in device_keys(device.serial)}
    return found


@contextmanager
def kept_findable(shop: Shop, deed: Deed, customer_id: int) -> Iterator[None]:
    """While it lasts the file changes; behind it the customer is found by what it says then, and by nothing else.

    Nothing is done for what is no customer: undo reverses entries of every kind.
    """
    own = deed.find(tables.Customer, customer_id)
    if own is None:
        yield
        return
    before = keys_of(shop, deed.flushed(), own.name, customer_id)
    # Whoever has the file before him sees by its version that something in it is another than it was.
    deed.touch(own)
    yield
    after = keys_of(shop, deed.flushed(), own.name, customer_id)
    files.drop_keys(deed.connection, shop.shop_id, customer_id, before - after)
    deed.index(
        tables.CallerKey,
        ({"key": key, "customer_id": customer_id, "device_id": device} for key, device in sorted(after)),
    )
