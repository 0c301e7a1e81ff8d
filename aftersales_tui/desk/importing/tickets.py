"""Tickets out of a file: open ones stand in the queue with their clocks, closed ones are history (C1, C2, C9)."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk import verify
from aftersales_tui.desk.caller_files import phone_key
from aftersales_tui.desk.founding import FIRST_TICKET
from aftersales_tui.desk.importing.foreign import Foreign, Rejected
from aftersales_tui.desk.importing.owners import owners
from aftersales_tui.desk.importing.repeats import COLUMN as REPEAT_OF
from aftersales_tui.desk.importing.repeats import Repeats
from aftersales_tui.desk.importing.ticket_rows import (
    ENDINGS,
    SENT,
    comes_in_new,
    is_about,
    is_sent,
    memo_of,
    received_at,
    status_of,
    window_of,
)
from aftersales_tui.desk.importing.visits import LastVisits
from aftersales_tui.desk.importing.work import Look, Named, Work, own_id
from aftersales_tui.desk.progress import first_urgency, reckonings
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.domain.intake import CallSheet, Fact, Field, missing, require_savable
from aftersales_tui.domain.promise import urgent_at
from aftersales_tui.domain.ticket import Status, is_open
from aftersales_tui.exchange.layouts import NOBODY
from aftersales_tui.lexicon.fold import address_key
from aftersales_tui.lexicon.keys import device_keys, name_key
from aftersales_tui.store import bulk, tables
from aftersales_tui.views.imports import Fault

KIND, CHANNEL = "repair", "phone"
"""What a ticket is whose file does not say."""
LARGEST_NUMBER = 9_999_999
"""A foreign number beyond would leave our own counter no room that people can read."""
ABOUT = frozenset({"device_id", "brand", "serial"})
FIELDS = tuple(Field)
DEVICE_COLUMNS = ("product", "brand", "model", "serial")
DESCRIBED = frozenset(DEVICE_COLUMNS)


class Tickets:
    """Takes in tickets."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._repeats = Repeats()

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """Who and what, as a call needs them to be saved."""
        told = row.values
        if REPEAT_OF in told:
            self._repeats.note(row)
        if row.values.get("customer_id") == NOBODY and not is_open(status_of(row)):
            # What is left of a customer who was erased: a number that statistics count.
            return ()
        answers = {name: told[name] for name in FIELDS if told.get(name)}
        known = int(told.get("customer_id", NOBODY) != NOBODY)
        about = int(bool(ABOUT & told.keys()))
        sheet = CallSheet(0, KIND, CHANNEL, FAR_FUTURE, answers, customer_id=known, joins=about)
        try:
            require_savable(sheet)
        except DomainError as error:
            raise Rejected(Fault(row.line, str(error.params.get("field", "")), "", error)) from error
        if is_sent(row) and window_of(row) is None:
            return (comes_in_new(row),)
        return ()

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Tickets that came from here."""
        return look.ours(tables.Ticket, rows)

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:  # noqa: ARG002 (a ticket needs no file)
        """A ticket of a customer who has not come in yet is history all the same."""
        return {}

    def named(self, row: Foreign, now: datetime) -> Named:
        """Who has called."""
        return _named(row, now)

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New tickets with their device, call, states, clocks and last visit."""
        of = owners(work, [self.named(row, work.deed.now) for row in rows])
        told = (row.values.get("device_id", "") for row in rows)
        devices = work.look.referred(tables.Device, "devices", told)
        likely = self._likely(work, rows, of)
        numbers = self._numbers(work, rows)
        engineers = self._engineers(work, rows)
        now = work.deed.now
        ids = {
            row.line: own_id(row.source_id, now) or work.new_id(received_at(row, now), row.line)
            for row in rows
        }
        firsts, visits = self._repeats.firsts(work, rows, ids), LastVisits(work, rows)
        for row in rows:
            ticket_id, engineer = ids[row.line], engineers[row.line]
            device_id = devices.get(row.values.get("device_id", "")) or likely.get(row.line)
            if device_id is None:
                device_id = self._device(work, row, ticket_id, of.get(row.line))
                if device_id and row.values.get("device_id"):
                    devices[row.values["device_id"]] = device_id
            self._put(
                work,
                row,
                (ticket_id, numbers[row.line], firsts.get(row.line)),
                (of.get(row.line), device_id),
                (engineer, visits.made(work, row, engineer)),
            )
            work.remember("tickets", row.source_id, ticket_id, row.digest, is_new=True)

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What the row tells; its state only while nobody here has moved the ticket on."""
        told = row.values
        own = work.deed.held(tables.Ticket, record_id)
        for name in (*Field, "memo"):
            if told.get(name) and getattr(own, name) != told[name]:
                setattr(own, name, told[name])
        own.phone_key = phone_key(own.phone or own.mobile, self._shop.view)
        own.address_key = address_key(own.address)
        verify.verify_again(self._shop, own)
        if own.device_id and told.get("brand"):
            device = work.deed.find(tables.Device, own.device_id)
            if device is not None:
                device.brand = told["brand"]
        own.repeat_of = self._repeats.of(work, row) or own.repeat_of
        self._move_on(work, own, row)
        work.chunk.touch(tables.Ticket, record_id)

    def _move_on(self, work: Work, own: tables.Ticket, row: Foreign) -> None:
        status = status_of(row)
        if "status" not in row.values or own.status == status.value or own.visit_id or not own.is_open:
            return
        own.status, own.is_open = status.value, int(is_open(status))
        at = row.values.get("ended_at") or work.deed.now
        self._state(work, own.id, status, at, row.line)
        own.urgent_at = FAR_FUTURE if not own.is_open else own.urgent_at
        own.memo = memo_of(own.memo, row, visited=False)

    def _numbers(self, work: Work, rows: list[Foreign]) -> dict[int, int]:
        """The number of each ticket: its own where that is free, else the next of the counter."""
        told = {row.line: row.values.get("number", 0) for row in rows}
        wanted = {number for number in told.values() if FIRST_TICKET < number <= LARGEST_NUMBER}
        free = wanted - bulk.taken_numbers(work.connection, self._shop.shop_id, wanted)
        given: dict[int, int] = {}
        for line, number in told.items():
            if number in free:
                free.discard(number)
                given[line] = number
        left = [line for line in told if line not in given]
        least = max(given.values(), default=0)
        if given or left:
            first = bulk.take_numbers(work.connection, self._shop.shop_id, len(left), least)
            given.update(zip(left, range(first, first + len(left)), strict=True))
        return given

    def _engineers(self, work: Work, rows: list[Foreign]) -> dict[int, int]:
        """Who went, by his id or else by his name; 0 for nobody we know."""
        ids = {row.line: row.values.get("engineer_id", "") for row in rows}
        names = {row.line: name_key(row.values.get("engineer", "")) for row in rows}
        by_id = work.look.referred(tables.Staff, "engineers", ids.values())
        by_name = bulk.people(work.connection, self._shop.shop_id) if any(names.values()) else {}
        found = {line: by_id.get(ids[line]) or by_name.get(names[line], 0) for line in ids}
        for row in rows:
            if is_sent(row) and window_of(row) and not found[row.line]:
                work.faults.append(comes_in_new(row))
        return found

    def _likely(self, work: Work, rows: list[Foreign], of: Mapping[int, int]) -> dict[int, int]:
        """The device of the customer's file that a row without a device's id is about, where there is just one."""
        asked = [row for row in rows if row.line in of and not row.values.get("device_id")]
        asked = [row for row in asked if DESCRIBED & row.values.keys()]
        files = bulk.devices_of(work.connection, self._shop.shop_id, (of[row.line] for row in asked))
        found: dict[int, int] = {}
        for row in asked:
            same = [one.device_id for one in files.get(of[row.line], ()) if is_about(row, one)]
            if len(same) == 1:
                found[row.line] = same[0]
        return found

    def _device(self, work: Work, row: Foreign, ticket_id: int, customer_id: int | None) -> int | None:
        """The device a ticket names; it has the ticket's id, so that it goes with it when the batch is undone."""
        told = {name: row.values[name] for name in DEVICE_COLUMNS if row.values.get(name)}
        if not told or customer_id is None or row.values.get("device_id") == NOBODY:
            return None
        if row.values.get("bought"):
            told["bought_on"] = row.values["bought"]
        work.chunk.put(tables.Device, id=ticket_id, customer_id=customer_id, **told)
        work.chunk.find_by(customer_id, device_keys(told.get("serial", "")), ticket_id)
        if row.values.get("device_id"):
            work.remember("devices", row.values["device_id"], ticket_id, "", is_new=True)
        return ticket_id

    def _keys(self, answers: Mapping[Field, str]) -> dict[str, str]:
        """What an open ticket of the same phone or address is known by (C10)."""
        address = answers[Field.ADDRESS]
        return {
            "phone_key": phone_key(answers[Field.PHONE] or answers[Field.MOBILE], self._shop.view),
            "address_key": address_key(address) if address else "",
        }

    def _put(
        self,
        work: Work,
        row: Foreign,
        own: tuple[int, int, int | None],
        of: tuple[int | None, int | None],
        sent: tuple[int, int],
    ) -> None:
        told, now, (ticket_id, number, first) = row.values, work.deed.now, own
        engineer, visit_id = sent
        status, kind, at = status_of(row, engineer), told.get("kind", KIND), received_at(row, now)
        waits = is_open(status)
        clocks = self._shop.policy.kind(kind).clocks if waits else ()
        ended = max(told.get("ended_at") or at, at)
        answers: dict[Field, str] = {name: told.get(name, "") for name in FIELDS}
        work.chunk.put(
            tables.Ticket,
            id=ticket_id,
            number=number,
            kind=kind,
            channel=told.get("channel", CHANNEL),
            **{"status": status.value, "is_open": int(waits)},
            urgent_at=milliseconds(self._urgency(status, clocks, at, ended, now) if waits else FAR_FUTURE),
            received_at=milliseconds(at),
            entered_at=milliseconds(told.get("entered_at") or now),
            customer_id=of[0],
            device_id=of[1],
            repeat_of=first,
            **self._keys(answers),
            visit_id=visit_id if status in SENT else None,
            for_whom=told.get("for_whom", ""),
            memo=memo_of(told.get("memo", ""), row, visited=bool(visit_id)),
            to_verify=self._to_verify(row, kind, answers, at, waits=waits),
            policy_digest=self._shop.policy.digest,
            **answers,
        )
        self._call(work, row, ticket_id, of[0], at)
        self._lived(work, row, (visit_id, ticket_id, engineer), (status, at, ended))
        self._clocks(work, row.line, ticket_id, clocks, at)
        work.opened += int(waits)

    @staticmethod
    def _call(work: Work, row: Foreign, ticket_id: int, customer_id: int | None, at: datetime) -> None:
        told = row.values
        work.chunk.put(
            tables.Call,
            id=ticket_id,
            ticket_id=ticket_id,
            customer_id=customer_id,
            kind=told.get("kind", KIND),
            channel=told.get("channel", CHANNEL),
            started_at=milliseconds(at),
            ended_at=milliseconds(at),
            caller=told.get("caller", ""),
            phone=told.get("phone") or told.get("mobile", ""),
            taken_by=work.deed.act.staff_id,
        )

    def _lived(
        self, work: Work, row: Foreign, of: tuple[int, int, int], stood: tuple[Status, datetime, datetime]
    ) -> None:
        """The states, and the last visit where there was one."""
        (visit_id, ticket_id, _), (status, at, ended) = of, stood
        self._state(work, ticket_id, Status.NEW, at, row.line)
        if status is not Status.NEW:
            self._state(work, ticket_id, status, ended, row.line)
        if visit_id:
            self._visit(work, row, of, status, ended)

    def _visit(
        self, work: Work, row: Foreign, of: tuple[int, int, int], status: Status, ended: datetime
    ) -> None:
        """The last visit of a known engineer: over, unless he is under way."""
        visit_id, ticket_id, engineer = of
        outcome, words = self._outcome(row, status)
        start, end = window_of(row) or (ended, ended)
        over = status not in SENT
        work.chunk.put(
            tables.Visit,
            id=visit_id,
            ticket_id=ticket_id,
            engineer_id=engineer,
            starts_at=milliseconds(start),
            ends_at=milliseconds(end),
            active=int(not over),
            outcome=outcome,
            outcome_at=milliseconds(end if is_open(status) else ended) if over and outcome else None,
            words=words,
        )

    def _outcome(self, row: Foreign, status: Status) -> tuple[str, str]:
        """What came of a visit as one of our outcomes, and in words; what is none of ours is words."""
        told, words = row.values.get("outcome", ""), row.values.get("outcome_words", "")
        if told in self._shop.policy.outcomes or told in ENDINGS or not (told or row.said):
            return told or self._ended_as(row, status), words
        return self._ended_as(row, status), "\n".join(filter(None, (row.said, told, words)))

    def _ended_as(self, row: Foreign, status: Status) -> str:
        # An export of ours tells the outcome, or that there was none; elsewhere the state has to tell it.
        ours = window_of(row) is not None
        return status.value if status.value in self._shop.policy.outcomes and not ours else ""

    def _clocks(self, work: Work, line: int, ticket_id: int, clocks: tuple[str, ...], at: datetime) -> None:
        for clock in clocks:
            work.chunk.put(
                tables.Promise,
                id=work.new_id(at, line),
                ticket_id=ticket_id,
                clock=clock,
                starts_at=milliseconds(at),
                policy_digest=self._shop.policy.digest,
            )

    @staticmethod
    def _state(work: Work, ticket_id: int, status: Status, at: datetime, line: int) -> None:
        work.chunk.put(
            tables.Interval,
            id=work.new_id(at, line),
            ticket_id=ticket_id,
            status=status.value,
            starts_at=milliseconds(at),
            entered_at=work.now,
        )

    def _urgency(
        self, status: Status, clocks: tuple[str, ...], at: datetime, since: datetime, now: datetime
    ) -> datetime:
        """Where the ticket stands in the queue (D1)."""
        if status is Status.NEW:
            return first_urgency(self._shop, clocks, at, now)
        points = [(Status.NEW.value, at), (status.value, since)]
        started = [(clock, at) for clock in clocks]
        return urgent_at(r for _, _, r in reckonings(self._shop, started, points, max(now, since)))

    def _to_verify(
        self, row: Foreign, kind: str, answers: Mapping[Field, str], at: datetime, *, waits: bool
    ) -> str:
        """What is missing or cannot be right (C2); a date of purchase was judged when it was read."""
        if not self._shop.policy.kind(kind).visit:
            return ""
        wrong = {Fact.BOUGHT for fault in row.faults if fault.error.params.get("field") == Field.BOUGHT.value}
        if waits and answers[Field.WHEN_WANTED]:
            wanted = {Field.WHEN_WANTED: answers[Field.WHEN_WANTED]}
            wrong |= verify.implausible(self._shop, wanted, at)
        return ",".join(fact.value for fact in missing(answers, wrong))


def _named(row: Foreign, now: datetime) -> Named:
    told = row.values
    if told.get("customer_id") == NOBODY:
        return Named(row.line, "", "", (), "", "", received_at(row, now))
    phones = (told.get("phone", ""), told.get("mobile", ""))
    name = told.get("caller", "") or phones[0] or phones[1]
    return Named(
        row.line,
        told.get("customer_id", ""),
        name,
        phones,
        told.get("address", ""),
        told.get("zone", ""),
        received_at(row, now),
    )
