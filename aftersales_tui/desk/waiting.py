"""What waits for the person at this seat: message slips, and notes of the handover book (C7, A1)."""

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.shift import left_off
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.store.queries import people, waiting
from aftersales_tui.store.queries.waiting import Mark
from aftersales_tui.views.act import StaffView

MOST_NOTES = 100
"""Open notes that are looked through; a shift that leaves more has other troubles."""
OWN = 500
"""Own entries that are looked through for when somebody was away."""


class Waiting:
    """Reads what waits for one person; a desk at rest asks it, and enters no room for it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def messages(self, name: str) -> int:
        """How many open slips lie here for a person."""
        with self._shop.reading() as connection:
            return waiting.messages(connection, self._shop.shop_id, name) if name else 0

    def unread(self, me: StaffView) -> int:
        """How many notes wait for somebody who has not read the book in this shift; 0 for one who has."""
        with self._shop.reading() as connection:
            addressed = waiting.addressees(connection, self._shop.shop_id, MOST_NOTES)
            others = colleagues(self._shop, connection, me.staff_id)
            mine = [whom for whom in addressed if name_key(whom) not in others]
            left, taken = marks(self._shop, connection, me) if mine else (None, None)
        read = taken is not None and (left is None or taken.seq >= left.seq)
        return 0 if read else len(mine)


def colleagues(shop: Shop, connection: Connection, staff_id: int) -> frozenset[str]:
    """What the others who work here are called, folded: a note for one of them is not for this person."""
    names = [(one.staff_id, one.name_key) for one in people.working(connection, shop.shop_id)]
    own = {name for some_id, name in names if some_id == staff_id}
    return frozenset(name for _, name in names) - own


def marks(shop: Shop, connection: Connection, me: StaffView) -> tuple[Mark | None, Mark | None]:
    """Where somebody left off before he was away, and his last takeover."""
    own = waiting.latest_of(connection, shop.shop_id, me.staff_id, OWN)
    place = left_off([mark.at for mark in own], shop.clock(), shop.policy.handover.away)
    return (None if place is None else own[place]), waiting.last_takeover(
        connection, shop.shop_id, me.staff_id
    )
