"""The first minute of a shop: its record, its counters, its first person."""

from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.pinyin import sounds
from aftersales_tui.store import tables
from aftersales_tui.store.engine import Store
from aftersales_tui.store.queries import shops
from aftersales_tui.views.act import ShopView, StaffView

FIRST_TICKET = 1000
"""Tickets are numbered from here: a number of four digits is never taken for a count."""


def found(store: Store, view: ShopView, person: str, person_id: int) -> tuple[ShopView, StaffView]:
    """Open the shop's books if nobody has, and find or add the person who sits down.

    Args:
        store: The store, migrated.
        view: How a new shop is called; an existing one keeps its own.
        person: The person's name.
        person_id: The id he gets if he is new.

    Raises:
        Refused: ``person.has_left``: whoever has left sits down no more.
    """
    with store.reading() as connection:
        known = shops.shop(connection, store.shop_id)
        someone = shops.person(connection, store.shop_id, person)
        if someone:
            shops.require_here(connection, store.shop_id, someone.staff_id)
    if known and someone:
        return known, someone
    with store.writing() as session:
        shops.open_books(session.connection(), view, FIRST_TICKET)
        known = shops.shop(session.connection(), store.shop_id) or view
        someone = shops.person(session.connection(), store.shop_id, person)
        if someone is None:
            someone = StaffView(person_id, person, "dispatcher")
            session.add(_seated(someone, view.shop_id))
    return known, someone


def _seated(someone: StaffView, shop_id: int) -> tables.Staff:
    return tables.Staff(
        shop_id=shop_id,
        id=someone.staff_id,
        name=someone.name,
        name_key=name_key(someone.name),
        initials=sounds(someone.name),
        role=someone.role,
    )
