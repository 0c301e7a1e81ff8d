"""Which verbs the transition table allows on a ticket."""

from collections.abc import Mapping

from aftersales_tui.domain.ticket import STATUS_EVENTS, Event, is_open, possible_events
from aftersales_tui.tui.ticket_deeds import InHand

LEADS_TO: Mapping[str, frozenset[Event]] = {
    "assign": frozenset({Event.ASSIGN}),
    "outcome": frozenset({Event.FINISH}),
    "answer": frozenset({Event.ANSWER}),
    "advise": frozenset({Event.ADVISE}),
    "reopen": frozenset({Event.REOPEN}),
    "close": frozenset({Event.CLOSE}),
    "status": frozenset(STATUS_EVENTS.values()),
}
"""What a verb brings about; it is offered where one of these may happen."""


def allowed(verb: str, ticket: InHand) -> bool:
    """Whether a verb may be done with a ticket that stands like this."""
    if verb == "reschedule":
        return ticket.window_start is not None and is_open(ticket.status)
    if verb == "verify":
        return bool(ticket.to_verify) and is_open(ticket.status)
    if verb in LEADS_TO:
        return not possible_events(ticket.status).isdisjoint(LEADS_TO[verb])
    return True
