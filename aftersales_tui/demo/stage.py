"""Where the demo shop's day is played: the desk, a clock that can be set, and who does what at it."""

import heapq
from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from aftersales_tui.demo.book import Book, Pair
from aftersales_tui.demo.diary import Slot
from aftersales_tui.demo.people import Files, Staff
from aftersales_tui.demo.tale import CHANNEL
from aftersales_tui.demo.town import Card
from aftersales_tui.demo.wish import NO_DEVICE, Wish
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.identity import RANDOM_BITS, new_id
from aftersales_tui.domain.intake import CallSheet, Field, Question
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import Receipt

CALL_TAKES = timedelta(minutes=3)
OTHER_SEAT = "2"
Life = Generator[datetime, None, Receipt]
"""What happens to one ticket: it tells when its next deed is due, and does it when it is woken."""


@dataclass
class Clock:
    """The shop's clock, which stands where it is put."""

    at: datetime

    def __call__(self) -> datetime:
        """The moment."""
        return self.at


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a life needs.

    Attributes:
        known: Customers of a lower number have a file already.
    """

    desk: Desk
    clock: Clock
    book: Book
    files: Files
    staff: Staff
    rng: Random
    known: int

    def say(self, card: Card, occasion: str) -> str:
        """Words of the book for an occasion, in the customer's language."""
        pairs: tuple[Pair, ...] = self.book.words[occasion]
        return card.say(self.rng.choice(pairs))

    def act(self, write_id: int = 0) -> Act:
        """A deed of one of the two dispatchers."""
        mine = self.desk.act(write_id=write_id)
        return mine if self.rng.random() < 0.7 else self.others(mine)

    def others(self, act: Act) -> Act:
        """The same deed by the colleague, at the other seat."""
        return act._replace(staff_id=self.staff.colleague, seat=OTHER_SEAT)

    def take(self, wish: Wish, lacks: Collection[Field] = (), joins: int = 0, repeats: int = 0) -> Receipt:
        """Take a call as it was said; what it lacks nobody has asked for."""
        sheet = self._sheet(wish, lacks)
        return self.desk.intake.save(self.act(sheet.call_id), replace(sheet, joins=joins, repeats=repeats))

    def _sheet(self, wish: Wish, lacks: Collection[Field]) -> CallSheet:
        began = self.clock.at - CALL_TAKES
        has_file = wish.card.index < self.known
        has_device = has_file and wish.device != NO_DEVICE
        return CallSheet(
            call_id=new_id(began, self.rng.getrandbits(RANDOM_BITS)),
            kind=wish.kind,
            channel=CHANNEL,
            opened_at=began,
            answers={
                name: wish.answers[name] for name in Field if name in wish.answers and name not in lacks
            },
            asked=frozenset(Question),
            customer_id=self.files.customer_id(wish.card.index) if has_file else 0,
            device_id=self.files.device_id(wish.card.index, wish.device) if has_device else 0,
            for_whom=wish.for_whom,
            hold_seconds=self.rng.choice((0, 0, 0, 20, 45)),
        )

    def assign(self, done: Receipt, slot: Slot, override: str = "") -> Receipt:
        """Send the slot's engineer."""
        return self.desk.dispatch.assign(
            self.act(), done.ticket_id, done.version, slot.hired.staff_id, slot.window, override
        )

    def status(self, done: Receipt, status: Status, words: str = "") -> Receipt:
        """Set a state."""
        return self.desk.visits.status(self.act(), done.ticket_id, done.version, status, words)


def play(lives: Iterable[Life], clock: Clock, until: datetime) -> None:
    """Let the lives happen side by side in order of time; what lies behind ``until`` does not happen any more."""
    waiting: list[tuple[datetime, int, Life]] = []
    for place, life in enumerate(lives):
        _wait(waiting, place, life, until)
    while waiting:
        clock.at, place, life = heapq.heappop(waiting)
        _wait(waiting, place, life, until)
    clock.at = until


def _wait(waiting: list[tuple[datetime, int, Life]], place: int, life: Life, until: datetime) -> None:
    due = next(life, None)
    if due is not None and due <= until:
        heapq.heappush(waiting, (due, place, life))
