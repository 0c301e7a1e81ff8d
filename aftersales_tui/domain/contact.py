"""Contacts with customers: what each reason may end in, and when to try again (B1, B2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from aftersales_tui.domain.calendar import Calendar, wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.promise import Allowance, Basis
from aftersales_tui.domain.quiet import Quiet, ringing_time

MOST_DAYS_AHEAD = 14
"""So far ahead the other half of a day is looked for; a shop open by mornings only has none."""


QUARTERLY = "quarterly_report"
"""What the calls are about that come quarter by quarter (P7)."""


class Effect(StrEnum):
    """What a result of a contact leads to."""

    DONE = "done"
    REOPEN = "reopen"
    VISIT = "visit"
    RETRY = "retry"
    AGAIN_AT = "again_at"
    ASK_SUPERVISOR = "ask_supervisor"
    CLOSE = "close"
    AGREE = "agree"
    NEXT = "next"


class Result(NamedTuple):
    """One way a contact can end."""

    id: str
    effect: Effect


class Wait(NamedTuple):
    """How long to wait after a try: open time, or until the other half of a later day."""

    after: timedelta | None

    @property
    def other_half(self) -> bool:
        """Whether a try in the morning is followed by one in the afternoon of a later day, or the reverse."""
        return self.after is None


class RetryRule(NamedTuple):
    """When to try again after nobody answered (B2).

    Attributes:
        id: The rule's id.
        waits: The wait after the first try, the second and so on; the last one serves all further tries.
        tries: How many tries there are in all.
        last: What follows the last of them: ``ASK_SUPERVISOR`` or ``CLOSE``.
        noon: Minute of the wall clock that parts the day in halves.
        morning: Minute at which a try in the morning is due.
        afternoon: Minute at which a try in the afternoon is due.
    """

    id: str
    waits: tuple[Wait, ...]
    tries: int
    last: Effect
    noon: int
    morning: int
    afternoon: int


class Reason(NamedTuple):
    """Why a customer is contacted, and what may come of it.

    Attributes:
        id: ``callback`` or ``advice_check``.
        results: The results in the order of their digits, the first is ``1``.
        retry: The rule of its tries.
    """

    id: str
    results: tuple[Result, ...]
    retry: RetryRule

    def result(self, result_id: str) -> Result:
        """The result of that id.

        Raises:
            Invalid: ``contact.not_a_result`` when this reason cannot end so.
        """
        for result in self.results:
            if result.id == result_id:
                return result
        known = tuple(result.id for result in self.results)
        raise Invalid("contact.not_a_result", reason=self.id, result=result_id, known=known)


class NextContact(NamedTuple):
    """A contact that comes of something by itself, such as the check after advice by phone (C8, V3).

    Attributes:
        rule: The id of the rule that asks for it.
        reason: The id of its reason.
        about: What it is about, such as ``advice``, ``after_repair`` or ``supervisor``.
        after: How long after the event it falls due.
        basis: Which time that counts.
    """

    rule: str
    reason: str
    about: str
    after: Allowance
    basis: Basis

    def due_at(self, at: datetime, calendar: Calendar, calls: Calendar, quiet: Quiet = ()) -> datetime:
        """When to ring.

        Args:
            at: When the event happened.
            calendar: The calendar of ``basis``.
            calls: The hours in which customers may be rung.
            quiet: The hours in which this one may not.
        """
        return ringing_time(self.after.end(calendar, at), calls, quiet)


def next_try(
    rule: RetryRule, tries: int, at: datetime, calls: Calendar, quiet: Quiet = ()
) -> datetime | None:
    """When to try again (B2).

    Args:
        rule: The rule of the reason.
        tries: How many tries were made, the one at ``at`` included.
        at: When nobody answered.
        calls: The hours in which customers may be rung.
        quiet: The hours in which this one may not.

    Returns:
        The instant of the next try, or nothing after the last one: then ``rule.last`` follows.

    Raises:
        Invalid: ``calendar.never_open`` when nobody may ever be rung.
    """
    if tries >= rule.tries:
        return None
    wait = rule.waits[min(max(tries, 1), len(rule.waits)) - 1]
    if wait.after is not None:
        return ringing_time(calls.advance(at, wait.after), calls, quiet)
    candidates = list(_other_half(rule, at, calls))
    for wanted in candidates:
        found = ringing_time(wanted, calls, quiet)
        if found.astimezone(calls.zone).date() == wanted.astimezone(calls.zone).date() and (
            _is_morning(rule, found, calls) == _is_morning(rule, wanted, calls)
        ):
            return found
    return ringing_time(candidates[0], calls, quiet)


def _other_half(rule: RetryRule, at: datetime, calls: Calendar) -> Iterator[datetime]:
    """The wanted instants of the next days, in the half of the day in which ``at`` is not."""
    minute = rule.afternoon if _is_morning(rule, at, calls) else rule.morning
    today = at.astimezone(calls.zone).date()
    return (
        wall_instant(today + timedelta(days=n), minute, calls.zone) for n in range(1, MOST_DAYS_AHEAD + 1)
    )


def _is_morning(rule: RetryRule, at: datetime, calls: Calendar) -> bool:
    wall = at.astimezone(calls.zone)
    return wall.hour * 60 + wall.minute < rule.noon
