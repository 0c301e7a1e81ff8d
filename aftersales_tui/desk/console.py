"""The command line: what a line would do, and doing it. One console for ``:`` and the shell."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from aftersales_tui.desk.offers import Offers
from aftersales_tui.desk.orders import Order, Orders
from aftersales_tui.desk.scruples import Scruples
from aftersales_tui.desk.short_calls import ShortCalls
from aftersales_tui.domain.errors import DomainError, Invalid, NotFound
from aftersales_tui.domain.grammar import Line, Step, Verb, Vocabulary, parse, parse_words, place
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.act import Act
from aftersales_tui.views.callers import CallerMatch
from aftersales_tui.views.console import Answer, Completion, Preview, Said, TicketHead
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.floor import RegisterFilter
from aftersales_tui.views.tickets import Page, Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MakeAct = Callable[[datetime | None], Act]
"""Makes the act of a write that happened then; none for now."""
PAGE = 100
"""Rows of the queue and of the contacts that are read at once."""
MOST_CALLERS = 20


class Console:
    """Understands lines of the command language for one desk."""

    def __init__(self, desk: "Desk", words: Vocabulary) -> None:
        """Make the console.

        Args:
            desk: Whose verbs it says.
            words: The aliases of ``data/words/verbs.toml``.
        """
        self._desk = desk
        self._words = words
        self._orders = Orders(desk, words)
        self._calls = ShortCalls(desk)
        self._scruples = Scruples(desk, self._calls)
        self._offers = Offers(desk, words, self._orders)
        self._books: Mapping[str, Callable[[], Answer]] = {
            "register": lambda: desk.register.page(RegisterFilter(day=desk.register.today()), None, PAGE),
            "messages": lambda: desk.messages.page("", None, PAGE),
            "visitors": lambda: Page(desk.visitors.book(), more_after=False, more_before=False),
            "handover": lambda: desk.handover.book(desk.people.me()),
        }
        self._writes: Mapping[str, Callable[[Act, Order], Receipt]] = {
            "call": lambda act, order: self._calls.take(act, order.text, order.words, order.override),
            "assign": self._assign,
            "status": self._status,
            "outcome": self._outcome,
            "callback": self._callback,
            "reschedule": self._reschedule,
            "memo": lambda act, order: desk.dispatch.memo(act, _on(order).ticket_id, order.words),
            "advise": self._finish,
            "answer": self._finish,
            "reopen": self._finish,
            "close": self._finish,
            "undo": lambda act, _: desk.undoing.undo(act, desk.feed.last_mine(act)),
        }

    def parse(self, text: str) -> Line:
        """A typed line taken apart.

        Raises:
            Invalid: As ``grammar.parse``.
        """
        return parse(text, self._words, self._orders.dates.lead)

    def parse_words(self, verb: str, given: list[str]) -> Line:
        """Words that a shell has parted, taken apart.

        Raises:
            Invalid: As ``grammar.parse``.
        """
        return parse_words(verb, given, self._words, self._orders.dates.lead)

    def verb(self, word: str) -> Verb | None:
        """The verb a word stands for, in any language."""
        return self._words.verb(word)

    def preview(self, text: str, current: int = 0) -> tuple[Preview, ...]:
        """What each step of a line would do; writes nothing and never raises.

        Args:
            text: As far as it is typed.
            current: The ticket in hand; 0 for none.
        """
        try:
            line = self.parse(text)
        except DomainError as error:
            return (Preview("", error=error),)
        found: list[Preview] = []
        expected: dict[int, Status] = {}
        for step in line.steps:
            try:
                order = self._orders.order(step, current)
            except DomainError as error:
                found.append(Preview(step.verb.id, error=error))
                break
            error_met = self._scruples.about(order, expected)
            found.append(Preview(step.verb.id, order.params(), error_met))
            if error_met is not None or (order.verb == "call" and order.words):
                # What comes after a ticket that is not there yet, or after a refusal, cannot be foreseen.
                break
            current = order.ticket.ticket_id if order.ticket else current
        return tuple(found)

    def run(self, act: MakeAct, line: str | Line, current: int = 0, *, look: bool = True) -> tuple[Said, ...]:
        """Do the steps of a line one after the other, up to the first that is refused.

        Each step is a write of its own: what was done before a refusal stays done and is among the answers.

        Args:
            act: Makes the act of a write.
            line: As typed, or taken apart.
            current: The ticket in hand; 0 for none. Later steps go on with the ticket of the one before.
            look: Whether verbs that only read bring what they found; a screen goes there instead.
        """
        try:
            read = self.parse(line) if isinstance(line, str) else line
        except DomainError as error:
            return (Said("", error=error),)
        if read.asks is not None:
            verb = read.asks.step.verb.id if read.asks.step else ""
            return (Said(verb, offers=self._offers.at(read.asks, current)),)
        done: list[Said] = []
        for step in read.steps:
            said = self._do(act, step, current, look)
            done.append(said)
            if said.error is not None:
                break
            current = said.ticket_id or current
        return tuple(done)

    def complete(self, text: str, cursor: int, current: int = 0) -> tuple[Completion, ...]:
        """What can stand where the cursor is, the likeliest first; nothing for free text.

        Args:
            text: The line so far.
            cursor: Behind which of its characters the cursor stands.
            current: The ticket in hand; 0 for none.
        """
        try:
            return self._offers.at(place(text, cursor, self._words, self._orders.dates.lead), current)
        except DomainError:
            return ()

    def _do(self, act: MakeAct, step: Step, current: int, look: bool) -> Said:
        try:
            order = self._orders.order(step, current)
            ticket_id = order.ticket.ticket_id if order.ticket else 0
            if not step.verb.writes or (order.verb == "call" and not order.words):
                answer = self._read(order) if look else None
                text = self._calls.number(order.text) if order.verb == "call" and order.text else order.text
                text = order.words if order.verb == "find" else text
                return Said(
                    order.verb, ticket_id, text, order.wanted, answer=answer, happened_at=order.happened_at
                )
            receipt = self._writes[order.verb](act(order.happened_at), order)
            return Said(order.verb, receipt.ticket_id or ticket_id, receipt=receipt)
        except DomainError as error:
            return Said(step.verb.id, error=error)

    def _read(self, order: Order) -> Answer | None:
        desk = self._desk
        if order.verb == "queue":
            return desk.queue.page(order.wanted, None, PAGE)
        if order.verb == "contacts":
            return desk.contacts.due(None, PAGE)
        if order.verb in self._books:
            return self._books[order.verb]()
        if order.verb == "people":
            return desk.roster.people()
        if order.verb == "show":
            return desk.dispatch.ticket(_on(order).ticket_id)
        if order.verb == "find":
            return desk.search.find(order.words)
        if order.verb == "file":
            return self._file(order.text)
        return desk.intake.callers(order.text, MOST_CALLERS) if order.verb == "who" else None

    def _file(self, text: str) -> CustomerFile | tuple[CallerMatch, ...]:
        """The file somebody means; where several fit, who they are."""
        found = self._desk.intake.callers(text, MOST_CALLERS)
        if not found:
            raise NotFound("file.nobody", given=text[:40])
        ids = {match.customer_id for match in found}
        return found if len(ids) > 1 else self._desk.customers.file(found[0].customer_id)

    def _assign(self, act: Act, order: Order) -> Receipt:
        ticket = _on(order)
        if order.engineer is None or order.window is None:
            raise Invalid("grammar.missing", verb=order.verb, argument="engineer")
        return self._desk.dispatch.assign(
            act, ticket.ticket_id, ticket.version, order.engineer.staff_id, order.window, order.override
        )

    def _reschedule(self, act: Act, order: Order) -> Receipt:
        ticket = _on(order)
        if order.window is None:
            raise Invalid("grammar.missing", verb=order.verb, argument="window")
        return self._desk.dispatch.reschedule(
            act, ticket.ticket_id, ticket.version, order.window, order.words, order.override
        )

    def _status(self, act: Act, order: Order) -> Receipt:
        ticket = _on(order)
        if order.status is None:
            raise Invalid("grammar.missing", verb=order.verb, argument="status")
        return self._desk.visits.status(act, ticket.ticket_id, ticket.version, order.status, order.words)

    def _outcome(self, act: Act, order: Order) -> Receipt:
        ticket = _on(order)
        return self._desk.visits.outcome(act, ticket.ticket_id, ticket.version, order.outcome, order.words)

    def _callback(self, act: Act, order: Order) -> Receipt:
        if order.due_at is None:
            raise Invalid("grammar.missing", verb=order.verb, argument="due")
        return self._desk.contacts.promise(act, _on(order).ticket_id, order.due_at, order.words)

    def _finish(self, act: Act, order: Order) -> Receipt:
        """``advise``, ``answer``, ``reopen`` and ``close``: one verb of the desk each, told alike."""
        ticket = _on(order)
        verb: Callable[[Act, int, int, str], Receipt] = getattr(self._desk.visits, order.verb)
        return verb(act, ticket.ticket_id, ticket.version, order.words)


def _on(order: Order) -> TicketHead:
    """The ticket of an order that has one by its verb."""
    if order.ticket is None:
        raise Invalid("grammar.no_ticket", verb=order.verb)
    return order.ticket
