"""What speaks against an order, found without writing anything: the preview of the command line."""

from typing import TYPE_CHECKING

from aftersales_tui.desk.orders import Order
from aftersales_tui.desk.short_calls import ShortCalls
from aftersales_tui.domain.errors import DomainError, Refused
from aftersales_tui.domain.intake import require_dispatchable
from aftersales_tui.domain.ticket import STATUS_EVENTS, Event, Status, move
from aftersales_tui.views.console import TicketHead

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

EVENTS = {
    "assign": Event.ASSIGN,
    "outcome": Event.FINISH,
    "advise": Event.ADVISE,
    "answer": Event.ANSWER,
    "reopen": Event.REOPEN,
    "close": Event.CLOSE,
}
"""What a verb lets happen to its ticket; ``status`` names it itself."""


class Scruples:
    """Asks the rules that the desk's verbs will ask, ahead of them."""

    def __init__(self, desk: "Desk", calls: ShortCalls) -> None:
        self._desk = desk
        self._calls = calls

    def about(self, order: Order, expected: dict[int, Status]) -> DomainError | None:
        """Why an order would be refused; none if nothing is known to speak against it.

        Args:
            order: Of one step.
            expected: Where tickets will stand after the steps before; what this step leads to is added.
        """
        try:
            if order.ticket is not None:
                self._move(order, order.ticket, expected)
            if order.verb == "assign" and order.ticket is not None:
                rules = self._desk.policy.dispatch
                wanted = {fact.value for fact in rules.facts}
                missing = [fact for fact in order.ticket.to_verify if fact in wanted]
                require_dispatchable(missing, rules.require_before_dispatch, order.override)
            if order.window is not None and order.ticket is not None:
                self._clash(order, order.ticket)
            if order.verb == "call" and order.words:
                self._calls.require_new(self._calls.sheet(0, order.text, order.words, ""), order.override)
        except DomainError as error:
            return error
        return None

    def _move(self, order: Order, ticket: TicketHead, expected: dict[int, Status]) -> None:
        if order.verb == "status" and order.status is not None:
            event: Event | None = STATUS_EVENTS.get(order.status)
        else:
            event = EVENTS.get(order.verb)
        if event is None:
            return
        stands = expected.get(ticket.ticket_id, Status(ticket.status))
        leads_to = self._desk.policy.outcome(order.outcome).status if order.outcome else None
        expected[ticket.ticket_id] = move(stands, event, leads_to)

    def _clash(self, order: Order, ticket: TicketHead) -> None:
        if order.verb == "reschedule" and not ticket.engineer:
            raise Refused("dispatch.no_visit", number=ticket.number)
        if order.override:
            return
        for one in self._desk.dispatch.engineers(order.window, ticket.ticket_id):
            mine = (
                order.engineer.staff_id == one.engineer_id if order.engineer else one.name == ticket.engineer
            )
            if mine and one.clashes:
                raise Refused("dispatch.clash", name=one.name, clashes=one.clashes, overridable=True)
