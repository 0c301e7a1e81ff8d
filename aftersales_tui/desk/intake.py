"""Taking calls: who is calling, whether we know of it already, and writing it down (C1 to C14)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from aftersales_tui.desk import verify
from aftersales_tui.desk.caller_files import CallerFiles, devices_of_serial, phone_key
from aftersales_tui.desk.progress import first_urgency, mark_state, retime, start_clocks
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.intake import BOXES, CallSheet, Fact, Field, require_savable
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.ticket import Status
from aftersales_tui.lexicon.fold import address_key, fold
from aftersales_tui.lexicon.keys import TicketNumber, next_prefix, probes
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import callers as known
from aftersales_tui.store.queries import engineers, ticket
from aftersales_tui.views.act import Act
from aftersales_tui.views.people import CallerFile, CallerMatch, OpenTicket
from aftersales_tui.views.tickets import Receipt

MEMO_LIMIT = 4000
MESSAGE = "message"
NAME_LIMIT = 120
MATCHED_BY: Mapping[str, str] = {
    "n": "name",
    "i": "pinyin",
    "y": "pinyin",
    "p": "phone",
    "q": "phone",
    "r": "phone",
    "s": "serial",
    "t": "serial",
}


class Intake:
    """The verbs of a ringing telephone."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._files = CallerFiles(shop)

    def callers(self, text: str, limit: int = 8) -> tuple[CallerMatch, ...]:
        """Who may be calling, as far as it is typed: whole matches first, then who called last (C3)."""
        found: dict[known.Hit, known.Find] = {}
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            for probe in probes(text):
                if isinstance(probe, TicketNumber):
                    owner = ticket.owner_by_number(connection, shop_id, probe.number)
                    if owner:
                        found.setdefault(known.Hit(*owner), known.Find(True, self._shop.clock(), "ticket"))
                    continue
                low, how = probe.prefix, MATCHED_BY[probe.prefix[0]]
                for hit, find in known.hits(
                    connection, shop_id, low, next_prefix(low), how, exact_first=probe.exact_first
                ):
                    found.setdefault(hit, find)
            return tuple(known.matches(connection, shop_id, found, limit))

    def caller(self, customer_id: int) -> CallerFile:
        """A known caller with his devices and open tickets (C3)."""
        return self._files.read(customer_id)

    def erased(self, ids: Collection[int]) -> frozenset[int]:
        """Those of some records that are customers who were erased: no sheet may bring them back (U4)."""
        with self._shop.reading() as connection:
            return known.erased(connection, self._shop.shop_id, ids)

    def same(self, sheet: CallSheet) -> tuple[OpenTicket, ...]:
        """Open tickets of the same caller, phone, device or address, and repairs lately done (C10)."""
        answers, shop_id = sheet.answers, self._shop.shop_id
        product = answers.get(Field.PRODUCT, "").strip()
        since = self._shop.clock() - self._shop.policy.dispatch.repeat_within
        sought: dict[str, list[int | str]] = {
            "phone": [self._phone_key(answers.get(name, "")) for name in (Field.PHONE, Field.MOBILE)],
            "address": [address_key(answers.get(Field.ADDRESS, ""))],
            "customer": [sheet.customer_id],
        }
        with self._shop.reading() as connection:
            serial = answers.get(Field.SERIAL, "")
            devices = [sheet.device_id, *devices_of_serial(connection, shop_id, serial, product)]
            device_id = next(filter(None, devices), 0)
            found = known.open_tickets(connection, shop_id, {"device": devices, **sought})
            repaired = known.repaired_since(connection, shop_id, sheet.customer_id, device_id, since)
        shown = {one.ticket_id for one in found}
        return (
            *found,
            *(
                one
                for one in repaired
                if one.ticket_id not in shown
                and (device_id or not product or not one.product or fold(product) == fold(one.product))
            ),
        )

    def another(self, sheet: CallSheet) -> bool:
        """Whether it is somebody else than the customer who was taken, by what he says of name and number (C3).

        Args:
            sheet: Without the answers that nobody but the file has told.
        """
        with self._shop.reading() as connection:
            return bool(sheet.customer_id) and self._files.is_another(connection, sheet)

    def implausible(self, sheet: CallSheet) -> frozenset[Fact]:
        """Facts whose date or number nobody understands or that cannot be: they stay to be verified (C2)."""
        return verify.implausible(self._shop, sheet.answers, sheet.opened_at)

    def zones(self) -> tuple[str, ...]:
        """The zones of the shop's engineers, for completion."""
        with self._shop.reading() as connection:
            served = engineers.zones(connection, self._shop.shop_id)
        return tuple(sorted({zone for zones in served.values() for zone in zones}))

    def warm(self) -> None:
        """Load what the first save would otherwise wait for: the tables of pinyin, 16 MiB."""
        from aftersales_tui.lexicon.pinyin import initials

        initials("张")

    def save(self, act: Act, sheet: CallSheet) -> Receipt:
        """Write a call down: a ticket of its own in the queue, or one more call of an open one (C10).

        Unless the act tells a time, the call happened when it began.

        Args:
            act: Its ``write_id`` is the sheet's id, so that a save sent twice saves once.
            sheet: What the operator has written.

        Raises:
            Refused: ``intake.who_missing``, ``intake.what_missing``; ``intake.join_over`` when the ticket to
                join is no longer open.
            Invalid: A text that cannot be stored, naming its field; ``policy.unknown`` for a kind of call.
        """
        cleaned = self._cleaned(sheet)
        require_savable(cleaned)
        happened = act._replace(happened_at=act.happened_at or sheet.opened_at)
        if cleaned.joins:
            return self._shop.perform(happened, "join", lambda deed: self._join(deed, cleaned))
        return self._shop.perform(happened, "call", lambda deed: self._open(deed, cleaned))

    def amend(self, act: Act, ticket_id: int, version: int, answers: Mapping[Field, str]) -> Receipt:
        """Write down what was still to be verified, or correct what was understood wrongly (C2).

        Args:
            answers: The fields that change; the others stay as they are.

        Raises:
            Stale: Somebody else has changed the ticket.
            Invalid: A text that cannot be stored, naming its field.
        """
        told = _cleaned_answers(answers)
        return self._shop.perform(act, "amend", lambda deed: self._amend(deed, ticket_id, version, told))

    def message(self, act: Act, ticket_id: int, version: int, for_whom: str) -> Receipt:
        """Leave what was said for a person of the shop; it stays in the queue until he has it (C7).

        Raises:
            Invalid: ``message.for_nobody``, or a name that cannot be stored.
            Stale: Somebody else has changed the ticket.
        """
        whom = clean(for_whom, NAME_LIMIT, "for_whom")
        if not whom:
            raise Invalid("message.for_nobody", field="for_whom")
        return self._shop.perform(act, "message", lambda deed: self._message(deed, ticket_id, version, whom))

    def _message(self, deed: Deed, ticket_id: int, version: int, for_whom: str) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        if not own.for_whom and own.kind != MESSAGE:
            start_clocks(self._shop, deed, own, self._shop.policy.kind(MESSAGE).clocks, deed.at)
            retime(self._shop, deed, own)
        own.for_whom = for_whom
        deed.params = {"number": str(own.number), "whom": for_whom}

    def _amend(self, deed: Deed, ticket_id: int, version: int, answers: Mapping[Field, str]) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        self._answer(own, answers)
        deed.params = {"number": str(own.number), "words": "; ".join(answers.values())}

    def _answer(self, own: tables.Ticket, answers: Mapping[Field, str]) -> None:
        for name, text in answers.items():
            setattr(own, name.value, text)
        own.phone_key = self._phone_key(own.phone or own.mobile)
        own.address_key = address_key(own.address)
        verify.verify_again(self._shop, own)

    @staticmethod
    def _cleaned(sheet: CallSheet) -> CallSheet:
        return replace(
            sheet,
            answers={name: text for name, text in _cleaned_answers(sheet.answers).items() if text},
            memo=clean(sheet.memo, MEMO_LIMIT, "memo", multiline=True),
            for_whom=clean(sheet.for_whom, NAME_LIMIT, "for_whom"),
        )

    def _phone_key(self, text: str) -> str:
        return phone_key(text, self._shop.view)

    def _join(self, deed: Deed, sheet: CallSheet) -> None:
        joined = deed.held(tables.Ticket, sheet.joins)
        if not joined.is_open:
            raise Refused("intake.join_over", number=joined.number)
        joined.calls += 1
        # What nobody had said before is worth keeping; what was said the first time stays.
        blanks = {name: text for name, text in sheet.answers.items() if not getattr(joined, name.value)}
        self._answer(joined, blanks)
        words = sheet.answers.get(Field.FAULT, "")
        self._record_call(deed, joined, sheet, words)
        deed.params = {"number": str(joined.number), "words": words or sheet.memo}

    def _open(self, deed: Deed, sheet: CallSheet) -> None:
        customer_id, device_id = self._files.remember(deed, sheet)
        opened = self._ticket(deed, sheet, customer_id, device_id)
        deed.put(opened)
        mark_state(self._shop, deed, opened, sheet.opened_at)
        start_clocks(self._shop, deed, opened, self._shop.policy.kind(sheet.kind).clocks, sheet.opened_at)
        self._record_call(deed, opened, sheet, "")
        deed.params = {
            "number": str(opened.number),
            "kind": opened.kind,
            "caller": opened.caller or opened.phone,
        }

    def _ticket(
        self, deed: Deed, sheet: CallSheet, customer_id: int | None, device_id: int | None
    ) -> tables.Ticket:
        said: dict[str, Any] = {name.value: sheet.answers.get(name, "") for name in Field}
        clocks = self._shop.policy.kind(sheet.kind).clocks
        return tables.Ticket.made(
            shop_id=self._shop.shop_id,
            id=sheet.call_id,
            number=deed.next_number("ticket"),
            kind=sheet.kind,
            channel=sheet.channel,
            status=Status.NEW.value,
            urgent_at=first_urgency(self._shop, clocks, sheet.opened_at, deed.now),
            received_at=sheet.opened_at,
            entered_at=deed.now,
            customer_id=customer_id,
            device_id=device_id,
            repeat_of=sheet.repeats or None,
            phone_key=self._phone_key(said["phone"] or said["mobile"]),
            address_key=address_key(said["address"]),
            memo=sheet.memo,
            for_whom=sheet.for_whom,
            to_verify=verify.to_verify(self._shop, sheet.kind, sheet.answers, sheet.opened_at),
            policy_digest=self._shop.policy.digest,
            **said,
        )

    def _record_call(self, deed: Deed, of: tables.Ticket, sheet: CallSheet, words: str) -> None:
        call = tables.Call.made(
            shop_id=self._shop.shop_id,
            id=sheet.call_id,
            ticket_id=of.id,
            customer_id=of.customer_id,
            kind=sheet.kind,
            channel=sheet.channel,
            outgoing=int(sheet.outgoing),
            started_at=sheet.opened_at,
            ended_at=max(deed.now, sheet.opened_at),
            hold_seconds=sheet.hold_seconds,
            caller=sheet.answers.get(Field.CALLER, "") or of.caller,
            phone=sheet.answers.get(Field.PHONE, "") or sheet.answers.get(Field.MOBILE, ""),
            words="\n".join(filter(None, (words, sheet.memo if sheet.joins else ""))),
            taken_by=deed.act.staff_id,
        )
        deed.put(call)


def _cleaned_answers(answers: Mapping[Field, str]) -> dict[Field, str]:
    return {name: clean(text, BOXES[name].limit, name.value) for name, text in answers.items()}
