"""Calling people back: promised callbacks, checks after advice, and what comes of them (B1, B2)."""

from datetime import datetime
from typing import NamedTuple

from aftersales_tui.desk import file_clocks
from aftersales_tui.desk.progress import (
    PROMISED,
    add_contact,
    advance,
    back_to_queue,
    drop_contacts,
    plan_contact,
    quiet_of,
    restart_clocks,
)
from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.verify import verify_again
from aftersales_tui.domain.contact import Effect, Reason, next_try
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.intake import BOXES, Field
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.ticket import FINAL, TRANSITIONS, Event, Status
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import contacts
from aftersales_tui.views.act import Act
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page, PageKey, Receipt

WORDS_LIMIT = 2000
TO_REPAIR = "repair"
AGREED_LIMIT = BOXES[Field.WHEN_WANTED].limit
NAMES_A_TIME = frozenset({Effect.AGAIN_AT, Effect.POSTPONE})
"""Effects for which the customer has to name a time."""
Owner = tables.Ticket | tables.Customer
"""What a contact belongs to: its ticket, or the customer's file whose clock it is."""


class Answer(NamedTuple):
    """How a contact went: its result, the words, and the times that the customer named."""

    result: str
    words: str
    again_at: datetime | None
    agreed: str


class Contacts:
    """The verbs of whoever rings the customers."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def due(self, after: PageKey | None, limit: int, before: PageKey | None = None) -> Page[ContactRow]:
        """A page of people to be contacted, the earliest due first (F4)."""
        with self._shop.reading() as connection:
            return contacts.due(connection, self._shop.shop_id, limit, after, before)

    def of_file(self, customer_id: int) -> tuple[ContactRow, ...]:
        """The open contacts that the clocks of a customer's file have put on the list, the earliest due first."""
        with self._shop.reading() as connection:
            return contacts.rows_of_customer(connection, self._shop.shop_id, customer_id)

    def promise(self, act: Act, ticket_id: int, due_at: datetime, words: str) -> Receipt:
        """Promise a callback by a time (C6).

        Raises:
            Invalid: ``when.past`` for a time that is over.
        """
        told = clean(words, WORDS_LIMIT, "words")
        if due_at <= self._shop.clock():
            raise Invalid("when.past", field="due_at", text=_wall(self._shop, due_at))
        return self._shop.perform(act, "callback", lambda deed: self._promise(deed, ticket_id, due_at, told))

    def _promise(self, deed: Deed, ticket_id: int, due_at: datetime, words: str) -> None:
        own = deed.held(tables.Ticket, ticket_id)
        add_contact(self._shop, deed, own, "callback", PROMISED, due_at, words)
        deed.params = {"number": str(own.number), "due": due_at.isoformat(), "words": words}

    def claim(self, act: Act, contact_id: int, version: int) -> ContactRow:
        """Take a contact for oneself; whoever is first has it (B2).

        Raises:
            Refused: ``contact.claimed`` by somebody else; ``contact.done`` when it is no longer open.
            Stale: It has changed since it was shown.
            NotFound: ``record.not_found``.
        """
        self._shop.perform(act, "claim", lambda deed: self._claim(deed, contact_id, version))
        return self._row(contact_id)

    def _claim(self, deed: Deed, contact_id: int, version: int) -> None:
        _, own = self._held(deed, contact_id, version)
        own.claimed_by = deed.act.staff_id
        own.claimed_at = deed.now

    def release(self, act: Act, contact_id: int) -> Receipt:
        """Let go of a claimed contact without a result.

        Raises:
            Refused: ``contact.claimed`` by somebody else; ``contact.done``.
        """
        return self._shop.perform(act, "release", lambda deed: self._release(deed, contact_id))

    def _release(self, deed: Deed, contact_id: int) -> None:
        _, own = self._held(deed, contact_id, None)
        own.claimed_by = own.claimed_at = None

    def _held(self, deed: Deed, contact_id: int, version: int | None) -> tuple[Owner, tables.Contact]:
        """A contact that this person may change, and its ticket or its file, to which the feed entry belongs."""
        self._owner(deed, deed.get(tables.Contact, contact_id))
        own = deed.held(tables.Contact, contact_id)
        # Asked once more: while the lock was waited for, another file may have taken his in.
        of = self._owner(deed, own)
        deed.params = {"reason": own.reason, "whom": own.whom or own.phone}
        if isinstance(of, tables.Ticket):
            deed.params["number"] = str(of.number)
        else:
            deed.subject = of.id
            deed.params["about"] = own.about
        # Who has it is a better answer than that it has changed.
        if not own.is_open:
            raise Refused("contact.done", result=own.result)
        if own.claimed_by not in (None, deed.act.staff_id) and not self._has_lapsed(own, deed.now):
            raise Refused("contact.claimed", by=deed.get(tables.Staff, own.claimed_by or 0).name)
        return of, deed.held(tables.Contact, contact_id, version)

    @staticmethod
    def _owner(deed: Deed, own: tables.Contact) -> Owner:
        if own.ticket_id:
            return deed.held(tables.Ticket, own.ticket_id)
        if not own.customer_id:
            raise NotFound("record.not_found", table="customer", id=0)
        return deed.held(tables.Customer, own.customer_id)

    def _has_lapsed(self, own: tables.Contact, now: datetime) -> bool:
        """Whether whoever has claimed it has had time enough: he may have gone home."""
        return own.claimed_at is None or now - own.claimed_at > self._shop.policy.call.claim

    def result(
        self,
        act: Act,
        contact_id: int,
        version: int,
        result: str,
        words: str = "",
        again_at: datetime | None = None,
        agreed: str = "",
    ) -> Receipt:
        """Record how a contact went; the rule of its reason says what follows (B1, B2).

        Args:
            again_at: When to ring again, where the customer named a time.
            agreed: When he wants us to come, as he said it; it becomes the ticket's wish.

        Raises:
            Refused: ``contact.claimed``, ``contact.done``.
            Invalid: ``contact.not_a_result``; ``contact.needs_time`` without the time that the result asks for,
                ``when.past`` for one that is over.
            Stale: Somebody else has changed it.
        """
        told, wish = clean(words, WORDS_LIMIT, "words"), clean(agreed, AGREED_LIMIT, "when_wanted")
        answer = Answer(result, told, again_at, wish)
        return self._shop.perform(
            act, "contact", lambda deed: self._result(deed, contact_id, version, answer)
        )

    def _result(self, deed: Deed, contact_id: int, version: int, answer: "Answer") -> None:
        of, own = self._held(deed, contact_id, version)
        result, words = answer.result, answer.words
        effect = self._rule(own).result(result).effect
        if not own.promise_id:
            # What was promised at a sale is still to be read at the next try; what was said now is in the time line.
            own.words = words or own.words
        own.claimed_by = own.claimed_at = None
        deed.params |= {"result": result, "words": words}
        if effect in NAMES_A_TIME:
            self._again(deed, own, answer.again_at)
            if effect is Effect.POSTPONE and isinstance(of, tables.Customer):
                file_clocks.postpone(deed, of, own)
        elif effect is Effect.RETRY:
            self._retry(deed, own, of)
        else:
            if effect is Effect.AGREE and isinstance(of, tables.Ticket):
                self._agree(of, answer.agreed)
            self._end(deed, own, of, effect, result)

    def _rule(self, own: tables.Contact) -> Reason:
        return self._shop.policy.reason(own.reason, own.about)

    def _agree(self, of: tables.Ticket, agreed: str) -> None:
        """The customer has named a time: whoever sends somebody finds it as his wish."""
        if not agreed:
            raise Invalid("contact.needs_time", field="when_wanted")
        of.when_wanted = agreed
        verify_again(self._shop, of)

    def _again(self, deed: Deed, own: tables.Contact, again_at: datetime | None) -> None:
        """The customer has named a time: that is no try in vain, and is not counted as one."""
        if again_at is None:
            raise Invalid("contact.needs_time", field="again_at")
        if again_at <= deed.now:
            raise Invalid("when.past", field="again_at", text=_wall(self._shop, again_at))
        own.due_at = again_at
        deed.params["due"] = again_at.isoformat()

    def _retry(self, deed: Deed, own: tables.Contact, of: Owner) -> None:
        rule = self._rule(own).retry
        own.tries += 1
        again = next_try(rule, own.tries, deed.at, self._shop.calendars.calls, quiet_of(deed, of))
        if again is None:
            self._end(deed, own, of, rule.last, "no_answer")
            return
        own.due_at = again
        deed.params["due"] = again.isoformat()

    def _end(self, deed: Deed, own: tables.Contact, of: Owner, effect: Effect, result: str) -> None:
        if effect is Effect.ASK_SUPERVISOR:
            # Not a dead end: it stays on the list, marked, until a supervisor's word ends it.
            own.flag = "ask_supervisor"
            own.due_at = max(own.due_at, deed.now)
            return
        own.is_open = 0
        own.result = result
        own.result_at = deed.at
        if isinstance(of, tables.Customer):
            file_clocks.end(self._shop, deed, of, own, effect)
        else:
            self._end_on_ticket(deed, own, of, effect)

    def _end_on_ticket(self, deed: Deed, own: tables.Contact, of: tables.Ticket, effect: Effect) -> None:
        if effect is Effect.NEXT:
            following = plan_contact(self._shop, deed, of, self._shop.policy.quarterly.every, own.words)
            deed.params["next"] = following.due_at.isoformat()
        event = self._leads_to(own, of, effect)
        if effect is Effect.VISIT and of.kind != TO_REPAIR:
            of.kind = TO_REPAIR
            verify_again(self._shop, of)
            restart_clocks(self._shop, deed, of, deed.at)
        if event is Event.REOPEN:
            back_to_queue(self._shop, deed, of)
        elif event is Event.CLOSE:
            advance(self._shop, deed, of, Event.CLOSE)
        if event is not None:
            drop_contacts(deed, of, own.result)

    @staticmethod
    def _leads_to(own: tables.Contact, of: tables.Ticket, effect: Effect) -> Event | None:
        """What the result of a contact does to its ticket; nothing where the ticket stands there already."""
        status = Status(of.status)
        if effect in (Effect.VISIT, Effect.REOPEN, Effect.AGREE):
            # A ticket that is being worked on needs no reopening; one that cannot be reopened is refused by name.
            wanted = status in TRANSITIONS[Event.REOPEN].sources or status in FINAL
            return Event.REOPEN if wanted else None
        if own.about == PROMISED or effect is not Effect.CLOSE:
            return None
        return Event.CLOSE if status in TRANSITIONS[Event.CLOSE].sources else None

    def _row(self, contact_id: int) -> ContactRow:
        with self._shop.reading() as connection:
            row = contacts.one(connection, self._shop.shop_id, contact_id)
        if row is None:
            raise NotFound("record.not_found", table="contact", id=contact_id)
        return row


def _wall(shop: Shop, at: datetime) -> str:
    return at.astimezone(shop.zone).strftime("%Y-%m-%d %H:%M")
