"""What becomes of a visitor, from the announcement to the goodbye (C13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum


class State(StrEnum):
    """Where a visitor stands."""

    ANNOUNCED = "announced"
    WAITING = "waiting"
    RECEIVED = "received"
    LEFT = "left"
    MISSED = "missed"


ORDER = (State.WAITING, State.ANNOUNCED, State.RECEIVED, State.MISSED, State.LEFT)
"""The visitors' book from top to bottom: whoever needs somebody now stands first."""


class Came(StrEnum):
    """What happens with a visitor."""

    ARRIVED = "arrived"
    RECEIVED = "received"
    LEFT = "left"
    NOT = "not"

    def leads(self, state: State) -> State | None:
        """The state it leads to; ``None`` where it cannot happen."""
        return _MOVES.get((state, self))


_MOVES = {
    (State.ANNOUNCED, Came.ARRIVED): State.WAITING,
    # He comes on another day than was said, or after he was given up.
    (State.MISSED, Came.ARRIVED): State.WAITING,
    (State.ANNOUNCED, Came.NOT): State.MISSED,
    (State.WAITING, Came.RECEIVED): State.RECEIVED,
    (State.WAITING, Came.LEFT): State.LEFT,
    (State.RECEIVED, Came.LEFT): State.LEFT,
}


def may(state: State, came: Came) -> bool:
    """Whether it can happen to a visitor in this state."""
    return (state, came) in _MOVES


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be so for a deed at the front door to make sense with a visitor.

    Attributes:
        came: What has to be able to happen to him; ``None`` for nothing.
        ticket: Whether something was, or was not yet, written down for him; ``None`` where that is all one.
    """

    came: Came | None = None
    ticket: bool | None = None

    def is_met(self, state: State, *, ticket: bool) -> bool:
        """Whether the deed may be done with a visitor in this state, with a ticket or without."""
        return (self.came is None or may(state, self.came)) and self.ticket in (None, ticket)


DEEDS: Mapping[str, Need] = {
    "visitor_arrive": Need(Came.ARRIVED),
    "visitor_receive": Need(Came.RECEIVED),
    "visitor_leave": Need(Came.LEFT),
    # Whoever may leave is here.
    "visitor_call": Need(Came.LEFT, ticket=False),
    "visitor_off": Need(Came.NOT),
    "visitor_ticket": Need(ticket=True),
}
"""Everything that is done with a visitor, by its verb: the one table that keys and menus go by (C13)."""


def standing(state: State, announced_for: datetime | None, now: datetime, zone: tzinfo) -> State:
    """The state as it is now: who was announced and has not come by the end of that day is missed."""
    if state is State.ANNOUNCED and announced_for is not None:
        over = announced_for.astimezone(zone).date() < now.astimezone(zone).date()
        return State.MISSED if over else state
    return state
