"""The states of a ticket and the one table of its transitions.

Every change of state in the product is a row here; a state that is missing from a row is an illegal move and is
refused with the states it could have come from.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from aftersales_tui.domain.errors import Refused


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    ON_THE_ROAD = "on_the_road"
    WORKING = "working"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_PART = "waiting_part"
    INSPECTED = "inspected"
    ADVISED = "advised"
    SOLVED = "solved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happens to a ticket."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    DEPART = "depart"
    BEGIN = "begin"
    FINISH = "finish"
    WAIT_CUSTOMER = "wait_customer"
    WAIT_PART = "wait_part"
    RESUME = "resume"
    ADVISE = "advise"
    ANSWER = "answer"
    REOPEN = "reopen"
    CLOSE = "close"
    CANCEL = "cancel"


class Move(NamedTuple):
    """One row of the table: from which states an event may come, and where it leads.

    ``to`` is ``None`` where the outcome of the visit names the state (V3, policy ``outcomes.toml``).
    """

    sources: frozenset[Status]
    to: Status | None


_S = Status
_BEFORE_WORK = frozenset({_S.NEW, _S.ASSIGNED, _S.INSPECTED})
_AT_CUSTOMER = frozenset({_S.ASSIGNED, _S.ON_THE_ROAD, _S.WORKING})
_WAITING = frozenset({_S.WAITING_CUSTOMER, _S.WAITING_PART})

TRANSITIONS: Mapping[Event, Move] = {
    Event.ASSIGN: Move(_BEFORE_WORK | _WAITING, _S.ASSIGNED),
    Event.UNASSIGN: Move(frozenset({_S.ASSIGNED}), _S.NEW),
    Event.DEPART: Move(frozenset({_S.ASSIGNED}), _S.ON_THE_ROAD),
    Event.BEGIN: Move(frozenset({_S.ASSIGNED, _S.ON_THE_ROAD}), _S.WORKING),
    Event.FINISH: Move(_AT_CUSTOMER, None),
    Event.WAIT_CUSTOMER: Move(_BEFORE_WORK | _AT_CUSTOMER | {_S.WAITING_PART}, _S.WAITING_CUSTOMER),
    Event.WAIT_PART: Move(_BEFORE_WORK | _AT_CUSTOMER | {_S.WAITING_CUSTOMER}, _S.WAITING_PART),
    Event.RESUME: Move(_WAITING, _S.NEW),
    Event.ADVISE: Move(_BEFORE_WORK | _WAITING, _S.ADVISED),
    Event.ANSWER: Move(_BEFORE_WORK | _WAITING, _S.CLOSED),
    Event.REOPEN: Move(frozenset({_S.ADVISED, _S.SOLVED, _S.INSPECTED, _S.CLOSED}) | _WAITING, _S.NEW),
    Event.CLOSE: Move(frozenset({_S.ADVISED, _S.SOLVED, _S.INSPECTED}) | _WAITING, _S.CLOSED),
    Event.CANCEL: Move(_BEFORE_WORK | _WAITING, _S.CANCELLED),
}

FINAL = frozenset({_S.SOLVED, _S.CLOSED, _S.CANCELLED})
"""States that need nobody any more; a ticket in any other one stands in the queue."""

STATUS_EVENTS: Mapping[Status, Event] = {
    _S.ON_THE_ROAD: Event.DEPART,
    _S.WORKING: Event.BEGIN,
    _S.WAITING_CUSTOMER: Event.WAIT_CUSTOMER,
    _S.WAITING_PART: Event.WAIT_PART,
    _S.NEW: Event.RESUME,
    _S.CANCELLED: Event.CANCEL,
}
"""The states an operator may set by hand (``s``), with the event that leads there."""


def move(status: Status, event: Event, outcome_status: Status | None = None) -> Status:
    """The state an event leads to.

    Args:
        status: Where the ticket stands.
        event: What happens.
        outcome_status: The state the visit's outcome names; needed for ``FINISH`` alone.

    Raises:
        Refused: ``ticket.illegal_move`` when the table has no such row.
    """
    row = TRANSITIONS[event]
    target = row.to or outcome_status
    if status not in row.sources or target is None:
        raise Refused(
            "ticket.illegal_move",
            status=status.value,
            event=event.value,
            allowed=tuple(sorted(source.value for source in row.sources)),
        )
    return target


def is_open(status: Status) -> bool:
    """Whether a ticket in this state still needs somebody."""
    return status not in FINAL


def is_served(before: Status, event: Event, after: Status) -> bool:
    """Whether with this move the customer got what he asked for: at a visit, or by word of mouth (P7).

    One whose ticket is closed because he wants nothing more, or who sent the engineer away, did not get it.
    """
    return (
        after is Status.SOLVED or event is Event.ANSWER or (event is Event.CLOSE and before is Status.ADVISED)
    )


def possible_events(status: Status) -> frozenset[Event]:
    """The events the table allows from here; menus offer these and no other."""
    return frozenset(event for event, row in TRANSITIONS.items() if status in row.sources)
