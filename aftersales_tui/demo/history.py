"""The demo shop's past: what was done in the weeks, or with many tickets in the years, before today."""

from array import array
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from random import Random

from aftersales_tui.demo import daytime, wish
from aftersales_tui.demo.book import Book
from aftersales_tui.demo.diary import Diary
from aftersales_tui.demo.people import Files
from aftersales_tui.demo.tale import Books, Tale
from aftersales_tui.demo.town import Town
from aftersales_tui.demo.wish import Wish
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.domain.ticket import Event

PER_DAY, LEAST_DAYS, MOST_DAYS = 33, 21, 20 * 365
"""So many calls six engineers can live with; a small shop's past is three weeks long, a large one's twenty years."""
SETTLED_DAYS = 2
"""What came in before these is over; the rest of the story is told by the desk's verbs."""
AT_ONCE = 800
"""Tickets written in one transaction: some thousands of rows, a few megabytes of memory."""
REPAIRS = 0.45
"""How many of the calls are about something that does not work."""
FAITHFUL = 900
"""Most calls come from the customers who came last, fewer and fewer from those so far back."""
OPEN_AMONG = 20
"""Tickets that are still open are among the last twentieth."""
Progress = Callable[[int, int], None]


def days_of(tickets: int) -> int:
    """How many days back the past of so many tickets reaches."""
    return min(max(LEAST_DAYS, tickets // PER_DAY), MOST_DAYS) + SETTLED_DAYS


def minutes(rng: Random, least: int, most: int) -> timedelta:
    """Some minutes."""
    return timedelta(seconds=int((least + (most - least) * rng.random()) * 60))


class History:
    """Writes the tickets of the past, in order of time.

    Args:
        books: What they are written with.
        book: What is said in them.
        town: Who calls.
        files: The callers' files in the store.
        diary: Which windows of the engineers are free.
        rng: Chance.
        customers: How many customers have a file by the end.
        zone: The shop's zone.
    """

    def __init__(
        self,
        books: Books,
        book: Book,
        town: Town,
        files: Files,
        diary: Diary,
        rng: Random,
        customers: int,
        zone: tzinfo,
    ) -> None:
        self._books = books
        self._book = book
        self._town = town
        self._files = files
        self._diary = diary
        self._rng = rng
        self._zone = zone
        self._now = books.now
        self._last_calls = array("q", bytes(8 * customers))
        self._opened = 0
        # Most of what is no repair is settled on the telephone.
        by_phone = [one for one in book.errands if not books.policy.kind(one.kind).visit]
        self._errands = (*book.errands, *by_phone, *by_phone)

    def write(self, count: int, still_open: int, progress: Progress) -> None:
        """Write the tickets of the past, and the files of the customers as they come.

        Args:
            count: How many tickets in all.
            still_open: How many of them are open to this day, about.
            progress: Told how many of ``count`` are written.
        """
        chance = min(still_open * OPEN_AMONG / max(count, 1), 1)
        for place in range(count):
            at = self._when(place, count)
            self._welcome(self._town.arrivals.known(at))
            open_today = place >= count - count // OPEN_AMONG and self._rng.random() < chance
            self._tell(at, open_today)
            if (place + 1) % AT_ONCE == 0:
                self._books.ledger.write()
                self._diary.forget(at)
                progress(place + 1, count)
        self._welcome(len(self._last_calls))
        self._books.ledger.write()
        self._note_last_calls()

    def _welcome(self, known: int) -> None:
        """Open files until so many customers have one."""
        while self._opened < min(known, len(self._last_calls)):
            self._files.write(self._opened, self._books.ledger)
            self._opened += 1
            if self._opened % AT_ONCE == 0:
                self._books.ledger.write()

    def _when(self, place: int, count: int) -> datetime:
        ago = (count - place - self._rng.random()) / count
        waking = (SETTLED_DAYS + ago * (days_of(count) - SETTLED_DAYS)) * daytime.WAKING
        return daytime.back(self._now, waking, self._zone)

    def _tell(self, at: datetime, open_today: bool) -> None:
        wanted = self._wish(at)
        tale = Tale(self._books, wanted, self._files.caller(wanted), at)
        if open_today:
            self._leave_open(tale, wanted, at)
        else:
            self._bring_to_end(tale, wanted, at)
        tale.done()

    def _wish(self, at: datetime) -> Wish:
        rng = self._rng
        index = self._opened - 1 - int(rng.expovariate(1 / FAITHFUL)) % self._opened
        self._last_calls[index] = milliseconds(at)
        card = self._town.card(index)
        if rng.random() < REPAIRS:
            return wish.repair(self._book, card, rng, rng.randrange(len(card.devices)))
        return wish.errand(self._book, card, rng, rng.choice(self._errands), at, self._zone)

    def _bring_to_end(self, tale: Tale, wanted: Wish, at: datetime) -> None:
        rng, chance = self._rng, self._rng.random()
        if not self._books.policy.kind(wanted.kind).visit:
            tale.end(at + minutes(rng, 2, 45), Event.ANSWER, wanted.done)
        elif chance < 0.04:
            words = wanted.card.say(rng.choice(self._book.words["cancelled"]))
            tale.end(at + minutes(rng, 20, 60), Event.CANCEL, words)
        elif chance < 0.12:
            tale.advise(at + minutes(rng, 3, 9), wanted.card.say(rng.choice(self._book.words["advice"])))
            self._ring(tale, wanted, "works")
        elif self._send(tale, wanted, at):
            self._visit(tale, wanted)
        else:
            tale.end(at + minutes(rng, 20, 60), Event.ANSWER, wanted.done)

    def _send(self, tale: Tale, wanted: Wish, at: datetime) -> bool:
        """Send somebody while it is still past; tells whether anybody could be sent."""
        first = at + timedelta(minutes=45)
        slot = self._diary.take(wanted.product, first, 5, self._now)
        if slot:
            tale.assign(at + minutes(self._rng, 4, 30), slot)
        return slot is not None

    def _visit(self, tale: Tale, wanted: Wish) -> None:
        rng, say, words = self._rng, wanted.card.say, self._book.words
        if rng.random() < 0.2:
            tale.status(tale.ends_at - minutes(rng, 100, 130), Event.DEPART)
            tale.status(tale.ends_at - minutes(rng, 70, 95), Event.BEGIN)
        at, chance = tale.ends_at - minutes(rng, 5, 60), rng.random()
        if chance < 0.05:
            tale.outcome(at, "refused", say(rng.choice(words["refused"])))
            self._ring(tale, wanted, "settled")
        elif chance < 0.13:
            tale.outcome(at, "inspected_only", say(rng.choice(words["inspected"])))
            over = at + minutes(rng, 600, 1500)
            if over < self._now:
                tale.end(over, Event.CLOSE, say(rng.choice(words["refused"])))
        else:
            tale.outcome(at, "solved", wanted.done)
            self._ring(tale, wanted, "works")

    def _ring(self, tale: Tale, wanted: Wish, result: str) -> None:
        """Ring the customer when he is due; if that lies ahead he stays on the list."""
        at = tale.due_at + minutes(self._rng, 1, 50)
        if at < self._now:
            tale.rung(at, result, wanted.card.say(self._rng.choice(self._book.words["reached"])))

    def _leave_open(self, tale: Tale, wanted: Wish, at: datetime) -> None:
        rng, say, words_of, chance = self._rng, wanted.card.say, self._book.words, self._rng.random()
        if chance < 0.5:
            return
        if chance < 0.65:
            tale.status(at + minutes(rng, 10, 90), Event.WAIT_CUSTOMER, say(rng.choice(words_of["waiting"])))
        elif chance < 0.75:
            tale.status(at + minutes(rng, 10, 90), Event.WAIT_PART, wanted.part)
        elif chance < 0.8:
            tale.advise(at + minutes(rng, 3, 9), say(rng.choice(words_of["advice"])))
        elif not self._books.policy.kind(wanted.kind).visit:
            return
        elif chance < 0.85 and self._send(tale, wanted, at):
            words = say(rng.choice(words_of["inspected"]))
            tale.outcome(tale.ends_at - minutes(rng, 5, 60), "inspected_only", words)
        else:
            slot = self._diary.take(wanted.product, self._now + timedelta(days=2), 12)
            if slot:
                tale.assign(self._now - minutes(rng, 10, 900), slot)

    def _note_last_calls(self) -> None:
        calls = [(self._files.customer_id(index), at) for index, at in enumerate(self._last_calls) if at]
        for first in range(0, len(calls), AT_ONCE):
            self._books.ledger.called_last(calls[first : first + AT_ONCE])
