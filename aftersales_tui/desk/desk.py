"""The desk of one shop: every verb of the trade, by the room it is said in."""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aftersales_tui.desk.people import People
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.when import Words
from aftersales_tui.policy.calendars import Calendars
from aftersales_tui.policy.rules import Policy
from aftersales_tui.store.deed import get_ready
from aftersales_tui.views.act import Act, ShopView, StaffView

if TYPE_CHECKING:
    from aftersales_tui.desk.contacts import Contacts
    from aftersales_tui.desk.customers import Customers
    from aftersales_tui.desk.dispatch import Dispatch
    from aftersales_tui.desk.dossiers import Dossiers
    from aftersales_tui.desk.erasing import Erasing
    from aftersales_tui.desk.exports import Exports
    from aftersales_tui.desk.feed import Feed
    from aftersales_tui.desk.handover import HandoverBook
    from aftersales_tui.desk.imports import Imports
    from aftersales_tui.desk.intake import Intake
    from aftersales_tui.desk.mergers import Mergers
    from aftersales_tui.desk.messages import Messages
    from aftersales_tui.desk.queue import Queue
    from aftersales_tui.desk.register import Register
    from aftersales_tui.desk.roster import Roster
    from aftersales_tui.desk.search import Search
    from aftersales_tui.desk.undoing import Undoing
    from aftersales_tui.desk.visitors import Visitors
    from aftersales_tui.desk.visits import Visits
    from aftersales_tui.desk.waiting import Waiting

R = TypeVar("R")


class Room(Generic[R]):
    """A room of the desk, built when somebody first enters it: a desk at rest has not loaded what nobody uses.

    It lies in the module of its attribute's name.
    """

    def __init__(self, verbs: str) -> None:
        """Name the class of its verbs; it is made of a ``Shop``."""
        self._verbs = verbs

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, desk: "Desk", owner: type) -> R:
        room: R = desk.build(self._name, self._verbs)
        # From now on the desk's own attribute is found before this one.
        setattr(desk, self._name, room)
        return room


class Desk:
    """What the front ends hold: the only way to the shop's records.

    Attributes:
        intake: Taking calls.
        queue: What is to be sent out, and how much of it.
        waiting: What waits for the person at this seat.
        dispatch: Tickets, and sending engineers.
        visits: What becomes of a ticket.
        contacts: Calling people back.
        register: Every call in order.
        messages: What is to be passed on.
        visitors: The front door.
        handover: What one shift leaves to the next.
        mergers: Files of one and the same customer.
        dossiers: Handing out what is known of one.
        erasing: Ending a file.
        customers: Their files.
        search: Finding anything.
        people: The staff: who sits here, who can be sent.
        roster: Their cards, shifts and time off; who is new.
        feed: What has changed.
        undoing: Taking a deed back.
        exports: What goes out of the shop.
        imports: Files of other programs.
        seat: This seat's name.
    """

    intake: "Room[Intake]" = Room("Intake")
    queue: "Room[Queue]" = Room("Queue")
    waiting: "Room[Waiting]" = Room("Waiting")
    dispatch: "Room[Dispatch]" = Room("Dispatch")
    visits: "Room[Visits]" = Room("Visits")
    contacts: "Room[Contacts]" = Room("Contacts")
    register: "Room[Register]" = Room("Register")
    messages: "Room[Messages]" = Room("Messages")
    visitors: "Room[Visitors]" = Room("Visitors")
    handover: "Room[HandoverBook]" = Room("HandoverBook")
    mergers: "Room[Mergers]" = Room("Mergers")
    dossiers: "Room[Dossiers]" = Room("Dossiers")
    erasing: "Room[Erasing]" = Room("Erasing")
    customers: "Room[Customers]" = Room("Customers")
    search: "Room[Search]" = Room("Search")
    roster: "Room[Roster]" = Room("Roster")
    feed: "Room[Feed]" = Room("Feed")
    undoing: "Room[Undoing]" = Room("Undoing")
    exports: "Room[Exports]" = Room("Exports")
    imports: "Room[Imports]" = Room("Imports")

    def __init__(self, shop: Shop, me: StaffView, seat: str) -> None:
        self._shop = shop
        self.seat = seat
        self.people = People(shop, me)

    def build(self, room: str, verbs: str) -> Any:
        """A room of this desk, its module loaded now."""
        return getattr(import_module(f"aftersales_tui.desk.{room}"), verbs)(self._shop)

    @property
    def shop(self) -> ShopView:
        """The shop as the frame shows it."""
        return self._shop.view

    @property
    def policy(self) -> Policy:
        """The rules in force."""
        return self._shop.policy

    @property
    def words(self) -> Words:
        """The words people say dates with."""
        return self._shop.words

    @property
    def calendars(self) -> Calendars:
        """The shop's time."""
        return self._shop.calendars

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._shop.clock()

    def act(self, happened_at: datetime | None = None, write_id: int = 0) -> Act:
        """A deed of the person at this seat.

        Args:
            happened_at: When it really happened; ``None`` for now.
            write_id: The id made when the form opened; 0 makes a new one.
        """
        return Act(
            self.people.me().staff_id, self.seat, write_id or self._shop.new_id(self.now()), happened_at
        )

    def warm(self) -> None:
        """Do what the first write would otherwise wait for."""
        get_ready()

    def tidy(self) -> bool:
        """Do a little for the store that no save should wait for; whether there is more to do.

        Raises:
            Unavailable: The store is away or broken.
        """
        from aftersales_tui.store.upkeep import step

        return step(self._shop.store)

    def close(self) -> None:
        """Let go of the store."""
        self._shop.store.close()
