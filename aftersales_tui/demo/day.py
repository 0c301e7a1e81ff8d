"""The demo shop's day in progress: who has rung since yesterday, and how far each of them has come."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.demo import daytime, lives, wish
from aftersales_tui.demo.book import Errand
from aftersales_tui.demo.diary import Diary, Slot
from aftersales_tui.demo.lives import MINUTE, Course
from aftersales_tui.demo.stage import Life, Stage
from aftersales_tui.demo.town import Card, Town
from aftersales_tui.demo.wish import Wish
from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.intake import Field
from aftersales_tui.domain.ticket import Status

NEWCOMERS = 6
"""Customers who ring for the first time today."""
OUTCOMES = (
    "inspected_only",
    "nobody_home",
    "second_visit",
    "inspected_only",
    "solved",
    "solved",
    "solved",
    "nobody_home",
    "solved",
    "inspected_only",
    "solved",
    "solved",
)
ANSWERED = ("enquiry", "use_advice", "message", "parts_supply")
ADVISED = ("use_advice",)
LACKING: tuple[tuple[Field, ...], ...] = ((Field.BOUGHT,), (Field.MODEL, Field.BOUGHT), (Field.WHEN_WANTED,))


class Day:
    """Plans the day; ``lives`` tells it.

    Attributes:
        tickets: How many tickets what was planned so far will make.

    Args:
        stage: Where it is played.
        town: Who lives in the town.
        diary: The engineers' free windows.
        now: The moment it has come to.
        zone: The shop's zone.
    """

    def __init__(self, stage: Stage, town: Town, diary: Diary, now: datetime, zone: tzinfo) -> None:
        self.tickets = 0
        self._stage = stage
        self._town = town
        self._diary = diary
        self._now = now
        self._zone = zone
        self._rng = stage.rng
        known = list(range(min(stage.known, 4000)))
        self._rng.shuffle(known)
        self._pool = known

    def lives(self) -> Iterator[Life]:
        """Everything that happens, in no order."""
        yield from self._under_way()
        yield from self._finished()
        upcoming = list(self._upcoming())
        yield from (life for life, _ in upcoming)
        busy = upcoming[0][1]
        yield lives.squeezed_in(self._stage, self._repair(busy), self._now - 15 * MINUTE, busy)
        yield from self._waiting()
        yield from self._new()
        yield from self._errands()
        yield from self._promises()
        yield lives.rung(self._stage, self._now - 9 * MINUTE, "no_answer", "no_answer")
        yield lives.rung(self._stage, self._now - 6 * MINUTE, "wrong_number", "")
        yield lives.claimed(self._stage, self._now - 2 * MINUTE)

    def _under_way(self) -> Iterator[Life]:
        """Whoever is on duty is at a customer's or on the way to one."""
        for place, slot in enumerate(self._diary.now(self._now)):
            begins = min(slot.window.start + 10 * MINUTE, self._now - MINUTE)
            if place % 2:
                begins = self._now + 12 * MINUTE
            leaves = min(begins - 20 * MINUTE, self._now - 4 * MINUTE)
            course = Course(leaves, begins, self._now + 40 * MINUTE)
            yield lives.visit(self._stage, self._repair(slot), self._before(slot, 60, 400), slot, course)

    def _finished(self) -> Iterator[Life]:
        for place, outcome in enumerate(OUTCOMES):
            first = self._now - timedelta(hours=30 - 2 * place)
            slot = self._diary.take("", first, 3, self._now - 40 * MINUTE) or self._past_slot()
            if slot:
                life_of = self._repair(slot)
                yield lives.visit(
                    self._stage, life_of, self._before(slot, 60, 300), slot, _within(slot, outcome)
                )
        slot = self._past_slot()
        if slot:
            self.tickets += 1
            at, again = self._before(slot, 60, 120), self._now - 33 * MINUTE
            yield lives.comes_back(self._stage, self._repair(slot), at, slot, _within(slot, "solved"), again)

    def _past_slot(self) -> Slot | None:
        return self._diary.take("", self._now - timedelta(hours=46), 3, self._now - 40 * MINUTE)

    def _upcoming(self) -> Iterator[tuple[Life, Slot]]:
        """Visits agreed for today as far as there is room, and for tomorrow."""
        tomorrow = self._now.astimezone(self._zone).date() + timedelta(days=1)
        morning = wall_instant(tomorrow, daytime.WAKES, self._zone)
        for first in (*[self._now + 25 * MINUTE] * 6, *[morning] * 4):
            slot = self._diary.take("", first, 5)
            if slot:
                at = self._ago(30, 900)
                never = slot.window.start
                course = Course(never, never, never)
                yield lives.visit(self._stage, self._repair(slot), at, slot, course), slot
        slot = self._diary.take("", morning, 5)
        if slot:
            yield lives.moved(self._stage, self._repair(slot), self._ago(60, 300), slot), slot

    def _waiting(self) -> Iterator[Life]:
        for place in range(6):
            status = Status.WAITING_PART if place % 2 else Status.WAITING_CUSTOMER
            yield lives.waits(self._stage, self._repair(), self._ago(90, 1400), status)
        for earliest in (20, 60, 230, 500):
            yield lives.advised(self._stage, self._repair(), self._ago(earliest, earliest + 40))

    def _new(self) -> Iterator[Life]:
        """Repairs nobody has been sent to: some late, some just in, some of people nobody knew."""
        for hours in (33, 30, 27, 25.5):
            yield lives.call(self._stage, self._repair(), self._now - timedelta(hours=hours))
        for lacks in LACKING:
            yield lives.call(self._stage, self._repair(), self._ago(10, 300), lacks)
        for place in range(NEWCOMERS):
            card = self._town.card(self._stage.known + place)
            yield lives.call(self._stage, self._wish_of(card, 0), self._ago(6, 420))
        at = self._ago(200, 400)
        again = [moment for moment in (self._now - 50 * MINUTE, self._now - 20 * MINUTE) if moment > at]
        yield lives.rings_again(self._stage, self._repair(), at, again)
        yield lives.rings_again(self._stage, self._repair(), self._ago(500, 700), again[-1:])
        for _ in range(2):
            yield lives.noted(self._stage, self._repair(), self._ago(20, 200))

    def _errands(self) -> Iterator[Life]:
        """One of every other kind of call waits; some were answered at once."""
        errands = {errand.kind: errand for errand in self._stage.book.errands}
        for kind, errand in errands.items():
            at = self._ago(5, 350) if kind != "complaint" else self._now - timedelta(hours=26)
            told = lives.advised if kind in ADVISED else lives.call
            yield told(self._stage, self._errand(errand, at), at)
        for errand in self._stage.book.errands:
            if errand.kind in ANSWERED:
                at = self._ago(20, 1300)
                yield lives.answered(self._stage, self._errand(errand, at), at)

    def _promises(self) -> Iterator[Life]:
        """Callbacks that are late, due now, and due soon."""
        for due in (-50, -20, 10, 25, 150):
            at = self._now - timedelta(minutes=self._rng.randrange(70, 180))
            yield lives.promised(self._stage, self._repair(), at, self._now + due * MINUTE)

    def _ago(self, least: int, most: int) -> datetime:
        """Some time ago, when people are awake."""
        ago = self._rng.randrange(least, most) + self._rng.random()
        return min(daytime.back(self._now, ago, self._zone), self._now - least * MINUTE)

    def _before(self, slot: Slot, least: int, most: int) -> datetime:
        """When the customer rang who got this window."""
        return daytime.back(slot.window.start - 50 * MINUTE, self._rng.randrange(least, most), self._zone)

    def _repair(self, slot: Slot | None = None) -> Wish:
        """A repair of somebody who has not rung today, of a device the slot's engineer can mend."""
        skills: Sequence[str] = slot.hired.engineer.skills if slot else ()
        for place, index in enumerate(self._pool):
            card = self._town.card(index)
            for device, owned in enumerate(card.devices):
                if not skills or owned.product.id in skills:
                    del self._pool[place]
                    return self._wish_of(card, device)
        return self._wish_of(self._next(), 0)

    def _errand(self, errand: Errand, at: datetime) -> Wish:
        self.tickets += 1
        return wish.errand(self._stage.book, self._next(), self._rng, errand, at, self._zone)

    def _wish_of(self, card: Card, device: int) -> Wish:
        self.tickets += 1
        return wish.repair(self._stage.book, card, self._rng, device)

    def _next(self) -> Card:
        return self._town.card(self._pool.pop(0))


def _within(slot: Slot, outcome: str) -> Course:
    """A visit that went as planned."""
    start = slot.window.start
    return Course(start - 15 * MINUTE, start + 10 * MINUTE, start + 75 * MINUTE, outcome)
