"""What can stand where the cursor of the command line is."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aftersales_tui.desk.namesakes import numbered, told_apart
from aftersales_tui.desk.orders import LATE, Orders
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import VERBS, Kind, Place, Slot, Vocabulary
from aftersales_tui.domain.grammar.spelling import quoted
from aftersales_tui.domain.grammar.vocabulary import folded
from aftersales_tui.domain.ticket import STATUS_EVENTS, TRANSITIONS, Event, Status
from aftersales_tui.domain.when import suggestions
from aftersales_tui.views.act import StaffView
from aftersales_tui.views.console import Completion
from aftersales_tui.views.tickets import QueueFilter

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MOST = 12
TICKETS = 50
LEAST_CALLER = 2
"""A caller is looked for from so many letters or digits on; one Han character says enough."""

_FIGURE_AT_ITS_END = re.compile(r"[0-9]\S{0,2}$")
Found = Iterator[tuple[str, str, str]]
"""What is put into the line, its id in the catalog, and a note."""


class Offers:
    """Finds completions for every kind of argument."""

    def __init__(self, desk: "Desk", words: Vocabulary, orders: Orders) -> None:
        self._desk = desk
        self._words = words
        self._orders = orders
        self._of: Mapping[Kind, Callable[[str, int], Found]] = {
            Kind.VERB: self._verbs,
            Kind.TICKET: self._tickets,
            Kind.ENGINEER: self._engineers,
            Kind.STATUS: self._statuses,
            Kind.OUTCOME: self._outcomes,
            Kind.WINDOW: partial(self._dates, Kind.WINDOW),
            Kind.MOMENT: partial(self._dates, Kind.MOMENT),
            Kind.HAPPENED: self._just_now,
            Kind.PHONE: self._phones,
            Kind.CALLER: self._callers,
            Kind.ZONE: self._zones,
            Kind.CALL_KIND: self._kinds,
            Kind.LATE: self._late,
        }

    def at(self, place: Place, current: int) -> tuple[Completion, ...]:
        """What fits at a place, at most twelve.

        Args:
            place: Where the cursor stands.
            current: The ticket in hand; 0 for none.
        """
        if place.step is not None and place.step.number is not None:
            current = self._ticket_of(place.step.number)
        looks = place.step is not None and not place.step.verb.writes
        found = (one for slot in place.slots for one in self._for(slot, place.end, current, looks))
        return tuple(islice(dict.fromkeys(found), MOST))

    def _for(self, slot: Slot, end: int, current: int, looks: bool) -> Iterator[Completion]:
        argument = slot.argument
        if argument.named and not slot.prefix:
            yield Completion(f"{argument.name}:", slot.start, end, argument.kind, argument.name)
            return
        # What is looked for may be in any state; what is set, only in one that is set by hand.
        looked_for = looks and argument.kind is Kind.STATUS
        source = self._standings if looked_for else self._of.get(argument.kind)
        if source is None:
            return
        for text, value, note in source(slot.prefix, current):
            yield Completion(text, slot.start, end, argument.kind, value, note)

    def _ticket_of(self, number: int) -> int:
        try:
            return self._desk.dispatch.by_number(number)
        except DomainError:
            return 0

    def _verbs(self, prefix: str, _: int) -> Found:
        begun = folded(prefix)
        for verb in VERBS:
            spelled = [word for word in self._words.written("verbs", verb.id) if word.startswith(begun)]
            if not begun:
                yield verb.short or verb.id, verb.id, ""
            elif spelled:
                # The long form says what the short one is; a Chinese word stays what it is.
                yield spelled[0], verb.id, ""

    def _tickets(self, prefix: str, current: int) -> Found:
        begun = folded(prefix).lstrip("t#-")
        if current and not begun:
            head = self._orders.head(current)
            yield ".", "", f"T-{head.number} {head.customer}"
        for row in self._desk.queue.page(QueueFilter(), None, TICKETS).rows:
            if str(row.number).startswith(begun) or (begun and begun in folded(row.customer)):
                yield str(row.number), "", " ".join(filter(None, (row.customer, row.product, row.fault)))

    def _engineers(self, prefix: str, _: int) -> Found:
        called = {one.staff_id for one in self._desk.people.called(numbered(prefix)[0])}
        every = self._desk.dispatch.engineers(None)
        names = told_apart([StaffView(one.engineer_id, one.name, "") for one in every])
        for one in every:
            if not prefix or one.engineer_id in called:
                yield quoted(names[one.engineer_id]), "", " ".join((*one.skills, *one.zones))

    def _statuses(self, prefix: str, current: int) -> Found:
        allowed = set(STATUS_EVENTS)
        if current:
            stands = Status(self._orders.head(current).status)
            allowed = {to for to, event in STATUS_EVENTS.items() if stands in TRANSITIONS[event].sources}
        for status in STATUS_EVENTS:
            if status in allowed:
                yield from self._word("statuses", status.value, prefix)

    def _standings(self, prefix: str, _: int) -> Found:
        for status in Status:
            yield from self._word("statuses", status.value, prefix)

    def _outcomes(self, prefix: str, current: int) -> Found:
        if current:
            stands = Status(self._orders.head(current).status)
            if stands not in TRANSITIONS[Event.FINISH].sources:
                return
        for outcome in self._desk.policy.outcomes:
            yield from self._word("outcomes", outcome, prefix)

    def _word(self, table: str, meaning: str, prefix: str) -> Found:
        """The word of a meaning that goes on as it was begun; its id where nothing was begun."""
        begun = folded(prefix)
        spelled = dict.fromkeys((meaning, *self._words.written(table, meaning)))
        fitting = next((word for word in spelled if word.startswith(begun)), None)
        if fitting is not None:
            yield fitting, meaning, ""

    def _dates(self, kind: Kind, prefix: str, _: int) -> Found:
        # Behind 周五9-11点 nothing more is to be said, though 上午 would still make sense.
        if _FIGURE_AT_ITS_END.search(prefix) and self._orders.dates.is_date(kind, prefix):
            return
        yield from ((text, "", "") for text in suggestions(prefix, self._desk.words))

    def _just_now(self, prefix: str, _: int) -> Found:
        now = f"{self._desk.now().astimezone(ZoneInfo(self._desk.shop.zone)):%H:%M}"
        if now.startswith(prefix):
            yield now, "", ""

    def _phones(self, prefix: str, _: int) -> Found:
        if _says_enough(prefix):
            for match in self._desk.intake.callers(prefix):
                yield match.phone.replace(" ", ""), "", match.name

    def _callers(self, prefix: str, _: int) -> Found:
        if _says_enough(prefix):
            for match in self._desk.intake.callers(prefix):
                yield match.name or match.phone, "", " ".join(filter(None, (match.phone, match.address)))

    def _zones(self, prefix: str, _: int) -> Found:
        begun = folded(prefix)
        yield from ((quoted(z), "", "") for z in self._desk.intake.zones() if folded(z).startswith(begun))

    def _late(self, prefix: str, _: int) -> Found:
        spelled = (word for word, meant in self._words.names.items() if LATE in meant)
        fitting = (word for word in spelled if word.startswith(folded(prefix)))
        yield from ((word, LATE, "") for word in islice(fitting, 1))

    def _kinds(self, prefix: str, _: int) -> Found:
        for kind in self._desk.policy.kinds:
            yield from self._word("kinds", kind, prefix)


def _says_enough(prefix: str) -> bool:
    return len(prefix) >= LEAST_CALLER or not prefix.isascii()
