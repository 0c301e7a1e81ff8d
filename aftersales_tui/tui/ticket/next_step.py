"""The one next thing to do on a ticket, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import instant_word, left_word, window_word
from aftersales_tui.views.tickets import ClockView, TicketView

RUNNING = "running"
WAITS: Mapping[Status, str] = {
    Status.WAITING_CUSTOMER: "waiting_customer",
    Status.WAITING_PART: "waiting_part",
    Status.INSPECTED: "inspected",
    Status.ADVISED: "advised",
    Status.SOLVED: "solved",
    Status.CLOSED: "nothing",
    Status.CANCELLED: "nothing",
}
"""What a ticket waits for while nobody is to be sent."""
VISIT: Mapping[Status, str] = {
    Status.ASSIGNED: "set_out",
    Status.ON_THE_ROAD: "arrive",
    Status.WORKING: "outcome",
}
"""What comes next while an engineer has the ticket."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next.

    Attributes:
        name: Names the sentence ``ticket.next.<name>``.
        due: When it is to be done; ``None`` where nothing presses.
        rule: The rule that says so; empty for a time that was agreed.
    """

    name: str
    due: datetime | None = None
    rule: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due is not None and self.due < now

    def sentence(self, now: datetime, zone: tzinfo) -> str:
        """What to do and by when: ``send an engineer by today 14:10 (2h10, P2)``."""
        what = say(f"ticket.next.{self.name}", **self.params)
        if self.due is None:
            return what
        left = left_word(self.due, now)
        due = instant_word(self.due, now, zone)
        late = self.is_late(now)
        if self.rule:
            key = "ticket.next.late_by_rule" if late else "ticket.next.by_rule"
            return say(key, what=what, due=due, left=left, rule=self.rule)
        return say("ticket.next.late" if late else "ticket.next.by", what=what, due=due, left=left)


def next_step(ticket: TicketView, now: datetime, zone: tzinfo, *, visit: bool = True) -> NextStep:
    """The next step of a ticket.

    Args:
        ticket: As it stands.
        now: Aware.
        zone: The shop's zone.
        visit: Whether the shop's rules send an engineer for this kind of call.
    """
    status = Status(ticket.status)
    clock = _pressing(ticket.clocks)
    promised = ticket.contact_due_at
    if promised is not None and (
        status in WAITS or clock is None or clock.due_at is None or promised < clock.due_at
    ):
        name = "check" if ticket.contact_reason == "advice_check" else "call"
        whom = ticket.answers.get("caller") or ticket.answers.get("phone") or ticket.answers.get("mobile", "")
        return NextStep(name, promised, params={"whom": whom})
    if status in VISIT:
        return _of_visit(ticket, VISIT[status], clock, now, zone)
    if status in WAITS:
        return NextStep(WAITS[status])
    due, rule = (clock.due_at, clock.rule) if clock else (None, "")
    if ticket.answers.get("for_whom"):
        return NextStep("pass_on", due, rule, {"whom": ticket.answers["for_whom"]})
    return NextStep("send" if visit else "answer", due, rule)


def _pressing(clocks: tuple[ClockView, ...]) -> ClockView | None:
    """The running clock that falls due first."""
    running = [clock for clock in clocks if clock.state == RUNNING and clock.due_at is not None]
    return min(running, key=lambda clock: clock.due_at or clock.started_at, default=None)


def _of_visit(
    ticket: TicketView, name: str, clock: ClockView | None, now: datetime, zone: tzinfo
) -> NextStep:
    """What the engineer, or whoever waits for his word, does next; the window or a clock, whichever is first."""
    start, end = ticket.window_start, ticket.window_end
    window = window_word(start, end, now, zone) if start and end else ""
    agreed = end if name == "outcome" else start
    params = {"engineer": ticket.engineer, "window": window}
    if clock is not None and clock.due_at is not None and (agreed is None or clock.due_at < agreed):
        return NextStep(name, clock.due_at, clock.rule, params)
    return NextStep(name, agreed, params=params)
