"""Turns a step of the command line into an order: which ticket, whom, when, what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from aftersales_tui.desk.namesakes import numbered, told_apart
from aftersales_tui.desk.short_calls import behind_the_sign
from aftersales_tui.desk.spoken import SpokenDates
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import Invalid, NotFound
from aftersales_tui.domain.grammar import Kind, Step, Vocabulary
from aftersales_tui.domain.grammar.vocabulary import folded
from aftersales_tui.domain.ticket import STATUS_EVENTS, Status
from aftersales_tui.views.act import StaffView
from aftersales_tui.views.console import ALL, TicketHead
from aftersales_tui.views.tickets import QueueFilter

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

LATE = "late"
"""What is over its time, as the queue can be narrowed to it."""


class Order(NamedTuple):
    """One step with everything it names found.

    Attributes:
        happened_at: When it really happened; none for now.
        words: The free text: note, fault, reason for another window.
        override: The reason for lifting a rule.
        wanted: What the queue is narrowed to.
        text: The phone or name of a caller; for the queue the name of its engineer.
    """

    verb: str
    ticket: TicketHead | None = None
    engineer: StaffView | None = None
    window: Window | None = None
    due_at: datetime | None = None
    happened_at: datetime | None = None
    status: Status | None = None
    outcome: str = ""
    words: str = ""
    override: str = ""
    wanted: QueueFilter = ALL
    text: str = ""

    def params(self) -> Mapping[str, str]:
        """What a sentence about it is filled with; instants in ISO 8601."""
        instants = {
            "start": self.window.start if self.window else None,
            "end": self.window.end if self.window else None,
            "due": self.due_at,
            "at": self.happened_at,
        }
        told = {
            "number": str(self.ticket.number) if self.ticket else "",
            "whom": self.ticket.customer if self.ticket else "",
            "engineer": self.engineer.name if self.engineer else "",
            "status": self.status.value if self.status else "",
            "outcome": self.outcome,
            "words": self.words,
            "reason": self.override,
            "text": self.text,
        }
        told |= {name: at.isoformat() for name, at in instants.items() if at}
        return {name: value for name, value in told.items() if value}


class Orders:
    """Finds what the words of a step mean in this shop.

    Attributes:
        dates: Reads what was said of time.
    """

    def __init__(self, desk: "Desk", words: Vocabulary) -> None:
        self._desk = desk
        self._words = words
        self.dates = SpokenDates(desk)
        self._readers: Mapping[Kind, Callable[[Order, str], Order]] = {
            Kind.ENGINEER: self._engineer,
            Kind.WINDOW: lambda order, text: order._replace(window=self.dates.window(text)),
            Kind.MOMENT: lambda order, text: order._replace(due_at=self.dates.moment(text)),
            Kind.HAPPENED: lambda order, text: order._replace(happened_at=self.dates.happened(text)),
            Kind.STATUS: self._status,
            Kind.OUTCOME: lambda order, text: order._replace(outcome=self.outcome(text)),
            Kind.PHONE: lambda order, text: order._replace(text=text),
            Kind.CALLER: lambda order, text: order._replace(text=text),
            Kind.TEXT: lambda order, text: order._replace(words=text),
            Kind.ZONE: lambda order, text: order._replace(wanted=order.wanted._replace(zone=text)),
            Kind.CALL_KIND: self._kind,
            Kind.PRODUCT: lambda order, text: order._replace(wanted=order.wanted._replace(product=text)),
            Kind.LATE: self._late,
        }

    def order(self, step: Step, current: int) -> Order:
        """What a step orders.

        Args:
            step: Of a line.
            current: The ticket in hand; 0 for none.

        Raises:
            Invalid: ``grammar.no_ticket``, ``grammar.ambiguous``, ``grammar.no_status``, ``grammar.no_outcome``,
                ``grammar.no_kind``, and what the dates raise.
            NotFound: ``ticket.not_found``, ``grammar.no_engineer``.
        """
        order = Order(step.verb.id, override=step.override.text if step.override else "")
        if step.verb.on_ticket:
            order = order._replace(ticket=self._ticket(step, current))
        for name, piece in step.given.items():
            argument = step.verb.argument(name)
            if argument is not None and piece.text.strip():
                order = self._readers[argument.kind](order, piece.text.strip())
        if step.glued and order.text:
            order = order._replace(text=behind_the_sign(order.text, self._desk.shop))
        return order

    def head(self, ticket_id: int) -> TicketHead:
        """One ticket's line.

        Raises:
            NotFound: ``ticket.not_found``.
        """
        row = next(iter(self._desk.queue.rows((ticket_id,))), None)
        if row is not None:
            return TicketHead(
                row.ticket_id, row.version, row.number, row.status, row.customer, row.to_verify, row.engineer
            )
        whole = self._desk.dispatch.ticket(ticket_id)
        caller = whole.answers.get("caller", "") or whole.answers.get("phone", "")
        return TicketHead(
            ticket_id, whole.version, whole.number, whole.status, caller, whole.to_verify, whole.engineer
        )

    def outcome(self, text: str) -> str:
        """The outcome somebody means: its id, one of its other words, or the beginning of one."""
        known = self._known("outcomes", self._desk.policy.outcomes)
        meant = _one_of(known, text)
        if not meant:
            options = tuple(dict.fromkeys(known.values()))
            raise Invalid("grammar.no_outcome", given=text[:40], outcomes=options)
        return meant

    def status(self, text: str, among: Iterable[Status] = STATUS_EVENTS) -> Status:
        """The state somebody means, out of those that are possible here; without others, those set by hand."""
        possible = tuple(among)
        meant = _one_of(self._known("statuses", possible), text)
        if not meant:
            raise Invalid("grammar.no_status", given=text[:40], allowed=possible)
        return Status(meant)

    def _known(self, table: str, ids: Iterable[str]) -> Mapping[str, str]:
        """What each word of a table means, as far as this shop has it; an id always means itself."""
        possible = {str(one): str(one) for one in ids}
        words: Mapping[str, str] = getattr(self._words, table)
        return {**{word: meant for word, meant in words.items() if meant in possible}, **possible}

    def _ticket(self, step: Step, current: int) -> TicketHead:
        number = step.number
        if number is not None:
            return self.head(self._desk.dispatch.by_number(number))
        if not current:
            raise Invalid("grammar.no_ticket", verb=step.verb.id)
        return self.head(current)

    def _engineer(self, order: Order, text: str) -> Order:
        one = self._called(text)
        if order.verb == "queue":
            return order._replace(wanted=order.wanted._replace(engineer_id=one.staff_id), text=one.name)
        return order._replace(engineer=one)

    def _called(self, text: str) -> StaffView:
        name, place = numbered(text)
        found = self._desk.people.called(name)
        if len({one.name for one in found}) == 1 and 0 < place <= len(found):
            return found[place - 1]
        if not found or place:
            raise NotFound("grammar.no_engineer", given=text[:40])
        if len(found) > 1:
            options = tuple(told_apart(found).values())
            raise Invalid("grammar.ambiguous", given=text[:40], options=options)
        return found[0]

    def _status(self, order: Order, text: str) -> Order:
        if order.verb == "queue":
            return order._replace(wanted=order.wanted._replace(status=self.status(text, Status).value))
        return order._replace(status=self.status(text))

    def _kind(self, order: Order, text: str) -> Order:
        kinds = self._desk.policy.kinds
        meant = _one_of(self._known("kinds", kinds), text)
        if not meant:
            raise Invalid("grammar.no_kind", given=text[:40], kinds=tuple(kinds))
        return order._replace(wanted=order.wanted._replace(kind=meant))

    def _late(self, order: Order, text: str) -> Order:
        """What is over its time: ``late``, or ``late:yes`` behind a named word; any other word narrows nothing."""
        if LATE not in self._words.names.get(folded(text), ()) and not says_yes(text):
            raise Invalid("grammar.too_many", verb=order.verb, text=text[:40])
        return order._replace(wanted=order.wanted._replace(late_before=self._desk.now()))


def says_yes(text: str) -> bool:
    """Whether a word is one of those that other programs write for yes, in any language."""
    from aftersales_tui.exchange.headings import load_headings
    from aftersales_tui.paths import data_dir

    return load_headings(data_dir() / "words" / "headings.toml").value("flag", text) == "1"


def _one_of(known: Mapping[str, str], text: str) -> str:
    """The meaning of a word, or of the beginning of one when only one begins so; empty for none.

    Raises:
        Invalid: ``grammar.ambiguous`` (given, options).
    """
    wanted = folded(text)
    if wanted in known:
        return known[wanted]
    begun: dict[str, str] = {}
    for word, meant in known.items():
        if wanted and word.startswith(wanted):
            begun.setdefault(meant, word)
    if len(begun) > 1:
        raise Invalid("grammar.ambiguous", given=text[:40], options=tuple(sorted(begun.values())))
    return next(iter(begun), "")
