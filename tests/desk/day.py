"""A day at the desk in short words, so that a test says what it is about and no more."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.domain.ticket import Status
from aftersales_tui.policy.rules import Policy
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Receipt, TicketView
from tests.stores import FakeClock, sit_down

ZONE = ZoneInfo("Asia/Shanghai")
WHOLE = {
    "caller": "张三",
    "phone": "13800138000",
    "address": "南山区科技园3号",
    "zone": "南山",
    "product": "冰箱",
    "model": "BCD-215",
    "bought": "2024年5月",
    "fault": "不制冷",
    "wanted": "上门维修",
    "when_wanted": "明天下午",
}
"""Answers that leave nothing to be verified."""
ALL_WEEK = [(weekday, 480, 1320) for weekday in range(7)]


@dataclass
class Day:
    """One operator's desk, its clock, and where its store is."""

    desk: Desk
    clock: FakeClock
    database: str

    def sheet(self, **more: Any) -> CallSheet:
        """A call sheet with every answer that dispatch needs; ``caller=""`` leaves one out."""
        fields = {name.value for name in Field}
        said = WHOLE | {name: more.pop(name) for name in list(more) if name in fields}
        told = {Field(name): text for name, text in said.items() if text}
        asked: dict[str, Any] = {"kind": "repair", "channel": "phone", "opened_at": self.clock()}
        return CallSheet(call_id=self.clock.new_id(self.clock()), answers=told, **{**asked, **more})

    def save(self, sheet: CallSheet) -> Receipt:
        """Save a call under its own id, as the form does."""
        return self.desk.intake.save(self.desk.act(write_id=sheet.call_id), sheet)

    def call(self, **more: Any) -> TicketView:
        """Take a call and look at its ticket."""
        return self.ticket(self.save(self.sheet(**more)).ticket_id)

    def ticket(self, ticket_id: int) -> TicketView:
        """A ticket as it is now."""
        return self.desk.dispatch.ticket(ticket_id)

    def again(self, ticket: TicketView) -> TicketView:
        """The same ticket as it is now."""
        return self.ticket(ticket.ticket_id)

    def hire(self, name: str = "王强", role: str = "engineer", **more: Any) -> int:
        """Add somebody who works every day from 8 to 22, and answer his id."""
        told: dict[str, Any] = {"week": ALL_WEEK, "skills": ["冰箱"], "zones": ["南山"], **more}
        return self.desk.roster.hire(self.desk.act(), name, role, **told).ticket_id

    def at(self, text: str) -> datetime:
        """``14:00`` today, or ``11-24 14:00``, on the shop's wall clock."""
        today = self.clock().astimezone(ZONE)
        date, _, time = text.rpartition(" ")
        month, day = map(int, date.split("-")) if date else (today.month, today.day)
        hour, minute = map(int, time.split(":"))
        return today.replace(month=month, day=day, hour=hour, minute=minute, second=0, microsecond=0)

    def window(self, text: str) -> Window:
        """``14:00-16:00`` today, or ``11-24 14:00-16:00``."""
        start, _, end = text.rpartition("-")
        date = start.rpartition(" ")[0]
        return Window(self.at(start), self.at(f"{date} {end}" if date else end))

    def assign(self, ticket: TicketView, engineer: int, window: str, override: str = "") -> TicketView:
        """Send an engineer and look at the ticket."""
        self.desk.dispatch.assign(
            self.desk.act(), ticket.ticket_id, ticket.version, engineer, self.window(window), override
        )
        return self.again(ticket)

    def sent(self, window: str = "14:00-16:00", **more: Any) -> TicketView:
        """A ticket whose engineer is on his way to be."""
        return self.assign(self.call(**more), self.hire(), window)

    def status(self, ticket: TicketView, status: Status, at: datetime | None = None) -> TicketView:
        """Set a state and look at the ticket."""
        self.desk.visits.status(self.desk.act(at), ticket.ticket_id, ticket.version, status)
        return self.again(ticket)

    def outcome(self, ticket: TicketView, outcome: str, words: str = "") -> TicketView:
        """Record how the visit went and look at the ticket."""
        self.desk.visits.outcome(self.desk.act(), ticket.ticket_id, ticket.version, outcome, words)
        return self.again(ticket)

    def contacts(self) -> tuple[ContactRow, ...]:
        """Everybody to be contacted."""
        return self.desk.contacts.due(None, 100).rows

    def contact(self, ticket: TicketView) -> ContactRow:
        """The contact of a ticket that is due first."""
        return next(row for row in self.contacts() if row.ticket_id == ticket.ticket_id)

    def rung(self, ticket: TicketView, result: str, **more: Any) -> TicketView:
        """Record the result of a ticket's next contact and look at the ticket."""
        row = self.contact(ticket)
        self.desk.contacts.result(self.desk.act(), row.contact_id, row.version, result, **more)
        return self.again(ticket)

    def undo(self, seq: int = 0) -> Receipt:
        """Take back an entry, the newest unless told."""
        return self.desk.undoing.undo(self.desk.act(), seq or self.desk.feed.latest())

    def beside(self, person: str = "小陈", policy: Policy | None = None) -> "closing[Desk]":
        """A second seat at the same store."""
        return closing(sit_down(self.database, self.clock, person=person, seat="2", policy=policy))


def hours(amount: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=amount)
