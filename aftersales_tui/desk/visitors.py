"""Visitors 来访: strictly by arrival, received by a named host or his stand-in (C13)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.calendar import FAR_FUTURE, wall_instant
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.visitor import ORDER, Came, State, standing
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import visitors
from aftersales_tui.views.act import Act
from aftersales_tui.views.floor import VisitorRow
from aftersales_tui.views.tickets import Receipt

NAME_LIMIT = 120
WORDS_LIMIT = 500
MOST = 500
"""Visitors of one look; more do not come in a day."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guest:
    """Who somebody is and whom he wants to see, as it was told."""

    name: str
    company: str = ""
    phone: str = ""
    purpose: str = ""
    host: str = ""

    def cleaned(self) -> "Guest":
        """As it may be stored.

        Raises:
            Invalid: ``visitor.no_name``; a text that cannot be stored, naming its field.
        """
        told = Guest(
            clean(self.name, NAME_LIMIT, "name"),
            clean(self.company, NAME_LIMIT, "company"),
            clean(self.phone, NAME_LIMIT, "phone"),
            clean(self.purpose, WORDS_LIMIT, "purpose"),
            clean(self.host, NAME_LIMIT, "host"),
        )
        if not told.name:
            raise Invalid("visitor.no_name", field="name")
        return told


class Visitors:
    """The verbs of the front door. There is none that changes an order: acquaintance is no priority."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def book(self, day: date | None = None) -> tuple[VisitorRow, ...]:
        """The visitors' book: who waits, by arrival, then who is announced, inside, gone, missed.

        Args:
            day: A day of the shop; ``None`` for today and what is ahead, with those lately missed.
        """
        now, shop_id, zone = self._shop.clock(), self._shop.shop_id, self._shop.zone
        today = now.astimezone(zone).date()
        first = wall_instant(day or today, 0, zone)
        start = first if day else first - self._shop.policy.visitors.missed_kept
        end = wall_instant(day + DAY, 0, zone) if day else FAR_FUTURE
        with self._shop.reading() as connection:
            waiting = [] if day else visitors.waiting(connection, shop_id, MOST)
            listed = visitors.listed(connection, shop_id, start, end, MOST)
        found = {row.visitor_id: self._as_it_stands(row, now) for row in (*waiting, *listed)}
        shown = [row for row in found.values() if day or _is_of_today(row, first)]
        return tuple(sorted(shown, key=_place))

    def _as_it_stands(self, row: VisitorRow, now: datetime) -> VisitorRow:
        state = standing(State(row.state), row.announced_for, now, self._shop.zone)
        late = None
        if state is State.WAITING and row.arrived_at is not None:
            late = row.arrived_at + self._shop.policy.visitors.late_after
        return row._replace(state=state.value, late_at=late)

    def announce(self, act: Act, guest: Guest, at: datetime) -> Receipt:
        """Somebody will come.

        Raises:
            Invalid: ``visitor.no_name``; ``when.past`` for a time that is over.
        """
        told = guest.cleaned()
        if at <= self._shop.clock():
            said = at.astimezone(self._shop.zone).strftime("%Y-%m-%d %H:%M")
            raise Invalid("when.past", field="announced_for", text=said)

        def body(deed: Deed) -> None:
            self._put(deed, told, State.ANNOUNCED, at, announced_for=at)
            deed.params["due"] = at.isoformat()

        return self._shop.perform(act, "visitor_announce", body)

    def walk_in(self, act: Act, guest: Guest) -> Receipt:
        """Somebody nobody has announced has come; he waits behind everybody who came before him."""
        told = guest.cleaned()

        def body(deed: Deed) -> None:
            self._put(deed, told, State.WAITING, deed.at, arrived_at=deed.at)

        return self._shop.perform(act, "visitor_arrive", body)

    def arrive(self, act: Act, visitor_id: int, version: int) -> Receipt:
        """An announced one has come.

        Raises:
            Refused: ``visitor.illegal_move``.
            Stale: Somebody else has changed it.
        """

        def body(deed: Deed) -> None:
            own = self._moved(deed, visitor_id, version, Came.ARRIVED)
            own.arrived_at = own.listed_at = deed.at

        return self._shop.perform(act, "visitor_arrive", body)

    def receive(self, act: Act, visitor_id: int, version: int, by: str) -> Receipt:
        """His host receives him, or a stand-in whom we name to him.

        Args:
            by: Who receives him; one who is not the host is the stand-in.

        Raises:
            Invalid: ``visitor.nobody_receives`` where no name was told.
            Refused: ``visitor.illegal_move``.
            Stale: Somebody else has changed it.
        """
        name = clean(by, NAME_LIMIT, "host")
        if not name:
            raise Invalid("visitor.nobody_receives", field="host")

        def body(deed: Deed) -> None:
            own = self._moved(deed, visitor_id, version, Came.RECEIVED)
            own.received_at = deed.at
            own.host = own.host or name
            own.stand_in = name if name.casefold() != own.host.casefold() else ""
            deed.params["whom"] = name

        return self._shop.perform(act, "visitor_receive", body)

    def leave(self, act: Act, visitor_id: int, version: int) -> Receipt:
        """He has gone, received or not.

        Raises:
            Refused: ``visitor.illegal_move``.
            Stale: Somebody else has changed it.
        """

        def body(deed: Deed) -> None:
            self._moved(deed, visitor_id, version, Came.LEFT).left_at = deed.at

        return self._shop.perform(act, "visitor_leave", body)

    def call_off(self, act: Act, visitor_id: int, version: int) -> Receipt:
        """An announced one will not come.

        Raises:
            Refused: ``visitor.illegal_move``.
            Stale: Somebody else has changed it.
        """

        def body(deed: Deed) -> None:
            self._moved(deed, visitor_id, version, Came.NOT)

        return self._shop.perform(act, "visitor_miss", body)

    def link(self, act: Act, visitor_id: int, call_id: int) -> bool:
        """Keep with a visitor the ticket of what was written down for him; whether the call is saved by now."""
        with self._shop.reading() as connection:
            found = visitors.ticket_of_call(connection, self._shop.shop_id, call_id)
        if found is None:
            return False

        def body(deed: Deed) -> None:
            own = deed.held(tables.Visitor, visitor_id)
            own.ticket_id, own.customer_id = found
            deed.subject, deed.params = own.id, {"name": own.name}

        self._shop.perform(act, "visitor_link", body)
        return True

    def _put(self, deed: Deed, guest: Guest, state: State, listed_at: datetime, **at: datetime) -> None:
        visitor = tables.Visitor.made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            name=guest.name,
            company=guest.company,
            phone=guest.phone,
            purpose=guest.purpose,
            host=guest.host,
            state=state.value,
            listed_at=listed_at,
            **at,
        )
        deed.put(visitor)
        deed.subject, deed.params = visitor.id, {"name": guest.name}

    @staticmethod
    def _moved(deed: Deed, visitor_id: int, version: int, came: Came) -> tables.Visitor:
        """The visitor, in the state that what happened leads to."""
        own = deed.held(tables.Visitor, visitor_id, version)
        state = came.leads(State(own.state))
        if state is None:
            raise Refused("visitor.illegal_move", name=own.name, state=own.state)
        own.state = state.value
        deed.subject, deed.params = own.id, {"name": own.name}
        return own


def _is_of_today(row: VisitorRow, first: datetime) -> bool:
    """Of the days before, only who is still here, and who was missed."""
    return row.state != State.LEFT or row.arrived_at is None or row.arrived_at >= first


def _place(row: VisitorRow) -> tuple[int, datetime, int]:
    """Where a visitor stands in the book: by what he does, then by when he came or is to come."""
    at = row.arrived_at or row.announced_for or FAR_FUTURE
    return ORDER.index(State(row.state)), at, row.visitor_id
