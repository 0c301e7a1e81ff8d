"""What happens to a ticket after it was taken: on the road, at work, its outcome, advice, an answer (V1, C8)."""

from aftersales_tui.desk.progress import (
    advance,
    back_to_queue,
    drop_contacts,
    end_visit,
    plan_contact,
    retime,
    start_clocks,
)
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.ticket import STATUS_EVENTS, Event, Status
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import Receipt

WORDS_LIMIT = 2000
LEAVES_VISIT = frozenset({Event.WAIT_CUSTOMER, Event.WAIT_PART, Event.RESUME, Event.UNASSIGN, Event.CANCEL})
"""Events after which the planned visit does not take place."""


class Visits:
    """The verbs of a visit and of what takes its place."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def status(self, act: Act, ticket_id: int, version: int, status: Status, words: str = "") -> Receipt:
        """Set a state by hand: on the road, at work, waiting, back in the queue, cancelled.

        Raises:
            Refused: ``ticket.illegal_move``.
            Invalid: ``status.not_by_hand`` for a state only a verb of its own leads to.
            Stale: Somebody else has changed the ticket.
        """
        event = STATUS_EVENTS.get(status)
        if event is None:
            raise Invalid(
                "status.not_by_hand", status=status.value, known=tuple(s.value for s in STATUS_EVENTS)
            )
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(
            act, "status", lambda deed: self._status(deed, ticket_id, version, event, told)
        )

    def _status(self, deed: Deed, ticket_id: int, version: int, event: Event, words: str) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        if event is Event.RESUME and own.status == Status.ASSIGNED:
            # To the operator both are one thing: the ticket waits in the queue again.
            event = Event.UNASSIGN
        advance(self._shop, deed, own, event)
        if event in LEAVES_VISIT:
            end_visit(deed, own, event.value, words)
        if event is Event.CANCEL:
            drop_contacts(deed, own, "cancelled")
        deed.params = {"number": str(own.number), "status": own.status, "words": words}

    def outcome(self, act: Act, ticket_id: int, version: int, outcome: str, words: str = "") -> Receipt:
        """Record how a visit ended; the policy leads to what follows (V3).

        Raises:
            Refused: ``ticket.illegal_move`` when no visit is under way.
            Invalid: ``policy.unknown`` for an outcome the shop does not know.
            Stale: Somebody else has changed the ticket.
        """
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(
            act, "outcome", lambda deed: self._outcome(deed, ticket_id, version, outcome, told)
        )

    def _outcome(self, deed: Deed, ticket_id: int, version: int, outcome: str, words: str) -> None:
        rule = self._shop.policy.outcome(outcome)
        own = deed.held(tables.Ticket, ticket_id, version)
        if rule.status is Status.NEW and own.status in (Status.ASSIGNED, Status.ON_THE_ROAD):
            # Who needs a second visit has had a first: work had begun (P2), though nobody typed it.
            advance(self._shop, deed, own, Event.BEGIN)
        at = advance(self._shop, deed, own, Event.FINISH, rule.status)
        end_visit(deed, own, outcome, words)
        if rule.clocks:
            start_clocks(self._shop, deed, own, rule.clocks, at)
            retime(self._shop, deed, own)
        drop_contacts(deed, own, outcome)
        if rule.contact:
            plan_contact(self._shop, deed, own, rule.contact, words)
        deed.params = {"number": str(own.number), "outcome": outcome, "words": words}

    def advise(self, act: Act, ticket_id: int, version: int, words: str) -> Receipt:
        """Record advice given by phone; the check that it helped falls due by itself (C8, P5)."""
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(act, "advise", lambda deed: self._advise(deed, ticket_id, version, told))

    def _advise(self, deed: Deed, ticket_id: int, version: int, words: str) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        at = advance(self._shop, deed, own, Event.ADVISE)
        end_visit(deed, own, Event.ADVISE.value, words)
        start_clocks(self._shop, deed, own, (self._shop.policy.advice.rule,), at)
        retime(self._shop, deed, own)
        drop_contacts(deed, own, "advised")
        plan_contact(self._shop, deed, own, self._shop.policy.advice, words)
        deed.params = {"number": str(own.number), "words": words}

    def answer(self, act: Act, ticket_id: int, version: int, words: str, *, passed_to: str = "") -> Receipt:
        """Answered now, or a message passed on: nothing more is to be done.

        Args:
            passed_to: Who has his message now; empty where it was none.
        """
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(
            act, "answer", lambda deed: self._finish(deed, ticket_id, version, Event.ANSWER, told, passed_to)
        )

    def close(self, act: Act, ticket_id: int, version: int, words: str) -> Receipt:
        """Close a ticket that was solved, inspected or advised, or whose customer wants nothing more."""
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(
            act, "close", lambda deed: self._finish(deed, ticket_id, version, Event.CLOSE, told)
        )

    def _finish(
        self, deed: Deed, ticket_id: int, version: int, event: Event, words: str, whom: str = ""
    ) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        advance(self._shop, deed, own, event)
        end_visit(deed, own, event.value, words)
        drop_contacts(deed, own, event.value)
        deed.params = {"number": str(own.number), "words": words} | ({"whom": whom} if whom else {})

    def reopen(self, act: Act, ticket_id: int, version: int, words: str) -> Receipt:
        """Back to the queue: the fault is there again, or the customer has decided (V3, B1)."""
        told = clean(words, WORDS_LIMIT, "words")
        return self._shop.perform(act, "reopen", lambda deed: self._reopen(deed, ticket_id, version, told))

    def _reopen(self, deed: Deed, ticket_id: int, version: int, words: str) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        back_to_queue(self._shop, deed, own)
        drop_contacts(deed, own, Event.REOPEN.value)
        deed.params = {"number": str(own.number), "words": words}
