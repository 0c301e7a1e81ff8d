"""The shop's rules as frozen values: what ``load_policy`` returns.

Each holds the id of the row it comes from, which is shown and stored with a decision.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeVar

from aftersales_tui.domain.calendar import OpeningHours, Spans
from aftersales_tui.domain.contact import NextContact, Reason
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact
from aftersales_tui.domain.promise import Clock
from aftersales_tui.domain.ticket import Status

_Rule = TypeVar("_Rule")

Step = Literal["queue", "dispatch", "advice", "answered", "callback", "message"]
"""What an operator can do with a call after saving it."""


class Hours(NamedTuple):
    """When the shop works (A6, P8).

    Attributes:
        opening: The ordinary week.
        country: Whose holidays count, an ISO 3166 code; empty for the shop's own country.
        overrides: Dates with spans of their own; none is closed.
        calling: Minutes of any day in which customers may be rung (B2).
    """

    opening: OpeningHours
    country: str
    overrides: Mapping[date, Spans]
    calling: Spans


class Kind(NamedTuple):
    """A kind of call (C11).

    Attributes:
        id: Such as ``repair``.
        clocks: Ids of the promise clocks it starts.
        visit: Whether an engineer is sent.
        steps: The next steps in the order in which they are offered.
    """

    id: str
    clocks: tuple[str, ...]
    visit: bool
    steps: tuple[Step, ...]

    @property
    def default_step(self) -> Step:
        """The step that Enter takes."""
        return self.steps[0]


class Outcome(NamedTuple):
    """A result of a visit and what follows by itself (V3).

    Attributes:
        id: Such as ``solved``.
        status: The ticket's next status.
        clocks: Ids of the clocks that begin with it.
        contact: The call that becomes due, if any.
    """

    id: str
    status: Status
    clocks: tuple[str, ...]
    contact: NextContact | None


class DispatchRules(NamedTuple):
    """What holds before an engineer goes (C2, C10, D2).

    Attributes:
        require_before_dispatch: Whether missing facts stop an assignment.
        facts: The facts needed.
        window: Length of a time window of which only the start is said.
        visit: Length of one visit.
        repeat_within: The same fault so soon after a repair is a repeat.
        assign_by: Whether any dispatcher assigns, or only the head.
    """

    require_before_dispatch: bool
    facts: tuple[Fact, ...]
    window: timedelta
    visit: timedelta
    repeat_within: timedelta
    assign_by: Literal["any", "head"]


class DuplicateRules(NamedTuple):
    """When two customer files may be one customer's (U4).

    Attributes:
        phone: Points for the same number; ``serial``, ``name`` and ``address`` likewise, of the latter two their share.
        least: The sum from which on a pair is suggested.
        name_alike: Likeness, of 100, from which on names count; ``address_alike`` likewise.
        look_at: Customers that are looked at in one go.
        candidates: Files that are compared with each of them at most, for each thing they share.
    """

    phone: int
    serial: int
    name: int
    address: int
    least: int
    name_alike: int
    address_alike: int
    look_at: int
    candidates: int


class CallRules(NamedTuple):
    """What holds while a call is on (B2, C12, C14).

    Attributes:
        hold_warning: A hold longer than this is too long.
        parked: How many calls may be parked.
        claim: After this long an unfinished contact may be taken over.
    """

    hold_warning: timedelta
    parked: int
    claim: timedelta


class QuarterlyRules(NamedTuple):
    """The reports that follow by themselves once guidance was given, quarter by quarter (P7).

    Attributes:
        kinds: Kinds of call that are followed by them.
        first: The first one, reckoned from when the guidance was given.
        every: Each further one, reckoned from the one before.
    """

    kinds: frozenset[str]
    first: NextContact
    every: NextContact


class VisitorRules(NamedTuple):
    """What holds at the front door (C13).

    Attributes:
        late_after: Who has waited longer has waited too long.
        missed_kept: Who was announced and has not come stays in the book so long after his day.
    """

    late_after: timedelta
    missed_kept: timedelta


class HandoverRules(NamedTuple):
    """What holds when one shift follows the other (A1).

    Attributes:
        away: Who has done nothing for so long was away; with his next deed another shift of his begins.
        ahead: Promises and visits so many days ahead are handed over: 1 is today, 2 also tomorrow.
        notes_kept: So long after it was written a note that was taken over still stands in the book.
    """

    away: timedelta
    ahead: int
    notes_kept: timedelta


class Policy(NamedTuple):
    """Every rule of the shop, as shipped and as overlaid by the shop's own files (A5).

    Attributes:
        digest: SHA-256 over the rules in force, in hex; stored with each decision.
        advice: The contact that advice by phone brings about (C8); due by clock P5.
    """

    hours: Hours
    clocks: Mapping[str, Clock]
    kinds: Mapping[str, Kind]
    dispatch: DispatchRules
    outcomes: Mapping[str, Outcome]
    reasons: Mapping[str, Reason]
    advice: NextContact
    quarterly: QuarterlyRules
    call: CallRules
    visitors: VisitorRules
    handover: HandoverRules
    duplicates: DuplicateRules
    digest: str

    def clock(self, clock_id: str) -> Clock:
        """The clock of that id; ``Invalid`` ``policy.unknown`` if there is none."""
        return _found(self.clocks, "clock", clock_id)

    def kind(self, kind_id: str) -> Kind:
        """The kind of call of that id; ``Invalid`` ``policy.unknown`` if there is none."""
        return _found(self.kinds, "kind", kind_id)

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome of that id; ``Invalid`` ``policy.unknown`` if there is none."""
        return _found(self.outcomes, "outcome", outcome_id)

    def reason(self, reason_id: str, about: str = "") -> Reason:
        """The rule of a contact: that of what it is about, else of its reason (B1).

        Raises:
            Invalid: ``policy.unknown`` if there is neither.
        """
        return self.reasons.get(about) or _found(self.reasons, "reason", reason_id)


def _found(rules: Mapping[str, _Rule], table: str, rule_id: str) -> _Rule:
    try:
        return rules[rule_id]
    except KeyError:
        raise Invalid("policy.unknown", table=table, given=rule_id, known=tuple(rules)) from None
