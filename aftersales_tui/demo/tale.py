"""One ticket of the past, written down deed by deed as the desk would have left it.

The rules are the desk's own: the transition table, the shop's policy, its calendars and clocks. Only the looking
is left out, for nobody else is at this store.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from json.encoder import encode_basestring_ascii
from typing import Any

from aftersales_tui.demo.diary import Slot
from aftersales_tui.demo.ledger import Ledger, Row
from aftersales_tui.demo.wish import Wish
from aftersales_tui.desk.founding import FIRST_TICKET
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.contact import NextContact
from aftersales_tui.domain.identity import EPOCH, RANDOM_BITS, milliseconds, new_id
from aftersales_tui.domain.intake import FACT_FIELDS, Field, missing
from aftersales_tui.domain.promise import Interval, reckon, urgent_at
from aftersales_tui.domain.ticket import Event, Status, is_open, is_served, move
from aftersales_tui.policy.calendars import Calendars
from aftersales_tui.policy.rules import Policy
from aftersales_tui.store import tables

SEAT = "1"
CHANNEL = "phone"
NEEDED = frozenset(name.value for name in FACT_FIELDS.values())
"""Whoever has told all of these has left nothing out."""
NOTHING_SAID = {name.value: "" for name in Field}


@dataclass
class Books:
    """What every tale is written with.

    Attributes:
        clerk: Who takes the calls.
        seq: The feed's newest place.
        number: The newest ticket's number.
        made: How many ids were made; they are told apart by it.
    """

    shop_id: int
    policy: Policy
    calendars: Calendars
    ledger: Ledger
    clerk: int
    now: datetime
    seq: int
    number: int = FIRST_TICKET
    made: int = 0

    def new_id(self, earliest: int) -> int:
        """The next id, given the least one of its instant."""
        self.made = (self.made + 1) % (1 << RANDOM_BITS)
        return earliest + self.made


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a ticket belongs to in the store, and by which folded phone and address it is found (C10)."""

    customer_id: int
    device_id: int | None
    phone_key: str
    address_key: str


class Tale:
    """A ticket from its call on.

    Args:
        books: What it is written with.
        wish: What the caller wants.
        caller: Who he is in the store.
        at: When he rang.
    """

    def __init__(self, books: Books, wish: Wish, caller: Caller, at: datetime) -> None:
        self._books = books
        self._entries: list[Row] = []
        self._points: list[tuple[str, datetime]] = []
        self._clocks: list[tuple[str, datetime]] = []
        self._visit: Row | None = None
        self._contact: Row | None = None
        self._report: Row | None = None
        self._slot: Slot | None = None
        books.number += 1
        self._begin(at)
        self._row = self._ticket(wish, caller)
        self._made(tables.Ticket, self._row)
        self._call(wish, caller)
        self._stand(Status.NEW, at)
        self._promise(books.policy.kind(wish.kind).clocks, at)
        self._enter("call", kind=wish.kind, caller=wish.card.name)

    def assign(self, at: datetime, slot: Slot) -> None:
        """An engineer is sent in a window."""
        self._begin(at)
        self._move(Event.ASSIGN, at)
        start, end = slot.window.start, slot.window.end
        self._slot = slot
        self._visit = {
            "shop_id": self._books.shop_id,
            "id": self._books.new_id(self._earliest),
            "version": 1,
            "ticket_id": self._row["id"],
            "engineer_id": slot.hired.staff_id,
            "starts_at": milliseconds(start),
            "ends_at": milliseconds(end),
            "active": 1,
            "outcome": "",
            "outcome_at": None,
            "words": "",
            "override_reason": "",
        }
        self._made(tables.Visit, self._visit)
        self._change(tables.Ticket, self._row, visit_id=self._visit["id"])
        self._enter(
            "assign",
            engineer=slot.hired.engineer.name,
            start=start.isoformat(),
            end=end.isoformat(),
            reason="",
        )

    def status(self, at: datetime, event: Event, words: str = "") -> None:
        """A state set by hand."""
        self._begin(at)
        self._move(event, at)
        self._enter("status", status=self._row["status"], words=words)

    def outcome(self, at: datetime, outcome: str, words: str) -> None:
        """How the visit ended, and what follows by rule (V3)."""
        self._begin(at)
        rule = self._books.policy.outcome(outcome)
        self._move(Event.FINISH, at, rule.status)
        if self._visit:
            told = {"active": 0, "outcome": outcome, "outcome_at": self._ms, "words": words}
            self._change(tables.Visit, self._visit, **told)
            self._visit = None
            self._change(tables.Ticket, self._row, visit_id=None)
        self._promise(rule.clocks, at)
        if rule.contact:
            self._plan(rule.contact, at, words)
        self._enter("outcome", outcome=outcome, words=words)

    def advise(self, at: datetime, words: str) -> None:
        """Advice by phone; the check that it helped falls due by itself (C8)."""
        self._begin(at)
        advice = self._books.policy.advice
        self._move(Event.ADVISE, at)
        self._promise((advice.rule,), at)
        self._plan(advice, at, words)
        self._enter("advise", words=words)

    def end(self, at: datetime, event: Event, words: str) -> None:
        """Answered, closed or cancelled."""
        self._begin(at)
        self._move(event, at)
        self._drop(event.value)
        if event is Event.CANCEL:
            self._enter("status", status=self._row["status"], words=words)
        else:
            self._enter(event.value, words=words)

    def rung(self, at: datetime, result: str, words: str) -> None:
        """The customer was rung as planned, and all is well: the ticket is closed (B1)."""
        self._begin(at)
        contact = self._contact
        assert contact is not None
        if is_open(Status(self._row["status"])) or self._row["status"] == Status.SOLVED:
            self._move(Event.CLOSE, at)
        self._change(tables.Contact, contact, words=words)
        self._drop(result)
        self._enter("contact", reason=contact["reason"], whom=contact["whom"], result=result, words=words)

    @property
    def ends_at(self) -> datetime:
        """When the window of the visit that was assigned last ends."""
        assert self._slot is not None
        return self._slot.window.end

    @property
    def due_at(self) -> datetime:
        """When the contact that follows by rule is due."""
        assert self._contact is not None
        return _instant(self._contact["due_at"])

    def done(self) -> None:
        """Write the feed and the ticket's place in the queue; undo needs the last entry's changes only."""
        self._report_all()
        self._row["urgent_at"] = milliseconds(self._urgent_at())
        self._entries[-1]["changes"] = json.dumps(
            [
                {"table": record.__tablename__, "id": row["id"], "before": before, "after": after}
                for record, row, before, after in self._changes
            ]
        )
        for entry in self._entries:
            self._books.ledger.add(tables.FeedEntry, entry)

    def _urgent_at(self) -> datetime:
        calendars, clocks = self._books.calendars, self._books.policy.clocks
        stood = {status for status, _ in self._points}
        if not is_open(Status(self._row["status"])) and all(stood & clocks[c].stops for c, _ in self._clocks):
            return FAR_FUTURE
        ends: list[datetime | None] = [start for _, start in self._points[1:]]
        intervals = [
            Interval(s, start, end) for (s, start), end in zip(self._points, [*ends, None], strict=True)
        ]
        return urgent_at(
            reckon(clocks[c], calendars.of(clocks[c].basis), started, intervals, self._books.now)
            for c, started in self._clocks
        )

    def _ticket(self, wish: Wish, caller: Caller) -> Row:
        policy, answers = self._books.policy, wish.answers
        visit = policy.kind(wish.kind).visit
        return {
            "shop_id": self._books.shop_id,
            "id": self._books.new_id(self._earliest),
            "version": 1,
            "number": self._books.number,
            "kind": wish.kind,
            "channel": CHANNEL,
            "status": Status.NEW.value,
            "is_open": 1,
            "urgent_at": 0,
            "received_at": self._ms,
            "entered_at": self._ms,
            "customer_id": caller.customer_id,
            "device_id": caller.device_id,
            "repeat_of": None,
            "visit_id": None,
            "calls": 1,
            "phone_key": caller.phone_key,
            "address_key": caller.address_key,
            "memo": "",
            "for_whom": wish.for_whom,
            "to_verify": "" if not visit or answers.keys() >= NEEDED else _lacking(answers),
            "policy_digest": policy.digest,
            **NOTHING_SAID,
            **answers,
        }

    def _call(self, wish: Wish, caller: Caller) -> None:
        row = {
            "shop_id": self._books.shop_id,
            "id": self._row["id"],
            "ticket_id": self._row["id"],
            "customer_id": caller.customer_id,
            "kind": wish.kind,
            "channel": CHANNEL,
            "outgoing": 0,
            "started_at": self._ms,
            "ended_at": self._ms + 150_000,
            "hold_seconds": 0,
            "caller": wish.card.name,
            "phone": wish.card.phone,
            "words": "",
            "taken_by": self._books.clerk,
        }
        self._books.ledger.add(tables.Call, row)

    def _begin(self, at: datetime) -> None:
        """A new deed at an instant."""
        self._earliest = new_id(at, 0)
        self._ms = self._earliest >> RANDOM_BITS
        self._changes: list[tuple[Any, Row, Row | None, Row]] = []

    def _move(self, event: Event, at: datetime, outcome: Status | None = None) -> None:
        before, rule = Status(self._row["status"]), self._books.policy.quarterly
        target = move(before, event, outcome)
        self._change(tables.Ticket, self._row, status=target.value, is_open=int(is_open(target)))
        self._stand(target, at)
        if self._row["kind"] in rule.kinds and is_served(before, event, target) and not self._report:
            self._report = self._planned(rule.first, at, "")

    def _stand(self, status: Status, at: datetime) -> None:
        self._points.append((status.value, at))
        row = {
            "shop_id": self._books.shop_id,
            "id": self._books.new_id(self._earliest),
            "ticket_id": self._row["id"],
            "status": status.value,
            "starts_at": self._ms,
            "entered_at": self._ms,
        }
        self._made(tables.Interval, row)

    def _promise(self, clocks: tuple[str, ...], at: datetime) -> None:
        for clock in clocks:
            self._clocks.append((clock, at))
            row = {
                "shop_id": self._books.shop_id,
                "id": self._books.new_id(self._earliest),
                "ticket_id": self._row["id"],
                "clock": clock,
                "starts_at": self._ms,
                "policy_digest": self._books.policy.digest,
            }
            self._made(tables.Promise, row)

    def _report_all(self) -> None:
        """The quarterly reports that lie behind us were made as they fell due; the next one is planned (P7)."""
        while self._report and (at := _instant(self._report["due_at"])) < self._books.now:
            self._begin(at)
            told = {"is_open": 0, "result": "in_use", "result_at": self._ms}
            self._change(tables.Contact, self._report, **told)
            reason, whom = self._report["reason"], self._report["whom"]
            self._report = self._planned(self._books.policy.quarterly.every, at, "")
            self._enter("contact", reason=reason, whom=whom, result="in_use", words="")

    def _plan(self, rule: NextContact, at: datetime, words: str) -> None:
        self._contact = self._planned(rule, at, words)

    def _planned(self, rule: NextContact, at: datetime, words: str) -> Row:
        contact = {
            "shop_id": self._books.shop_id,
            "id": self._books.new_id(self._earliest),
            "version": 1,
            "ticket_id": self._row["id"],
            "reason": rule.reason,
            "about": rule.about,
            "due_at": milliseconds(self._books.calendars.contact_due(rule, at)),
            "is_open": 1,
            "whom": self._row["caller"],
            "phone": self._row["phone"] or self._row["mobile"],
            "words": words,
            "tries": 0,
            "flag": "",
            "claimed_by": None,
            "claimed_at": None,
            "result": "",
            "result_at": None,
        }
        self._made(tables.Contact, contact)
        return contact

    def _drop(self, result: str) -> None:
        if self._contact and self._contact["is_open"]:
            told = {"is_open": 0, "result": result, "result_at": self._ms}
            self._change(tables.Contact, self._contact, **told)

    def _made(self, record: Any, row: Row) -> None:
        self._books.ledger.add(record, row)
        self._changes.append((record, row, None, row))

    def _change(self, record: Any, row: Row, **values: object) -> None:
        if row is not self._row:
            values["version"] = row["version"] + 1
        before = {name: row[name] for name in values}
        row.update(values)
        self._changes.append((record, row, before, values))

    def _enter(self, verb: str, **params: str) -> None:
        if self._entries:
            self._row["version"] += 1
        self._books.seq += 1
        entry = {
            "shop_id": self._books.shop_id,
            "seq": self._books.seq,
            "write_id": self._books.new_id(self._earliest),
            "happened_at": self._ms,
            "entered_at": self._ms,
            "staff_id": self._books.clerk,
            "seat": SEAT,
            "verb": verb,
            "subject": self._row["id"],
            "params": _told(number=str(self._row["number"]), **params),
            "changes": "[]",
            "undoes": 0,
        }
        self._entries.append(entry)


def _instant(ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=ms)


def _lacking(answers: Mapping[str, str]) -> str:
    return ",".join(missing({Field(name): text for name, text in answers.items()}))


def _told(**params: str) -> str:
    """Parameters as JSON; an encoder for each of some hundred thousand would cost more than the rest of a deed."""
    return (
        "{" + ", ".join([f'"{name}": {encode_basestring_ascii(text)}' for name, text in params.items()]) + "}"
    )
