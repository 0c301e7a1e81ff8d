"""What every verb of the desk stands on: the store, the shop's rules, its clock, and how a deed is done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.domain.intake import Fact
from aftersales_tui.domain.when import Words
from aftersales_tui.policy.calendars import Calendars
from aftersales_tui.policy.rules import Policy
from aftersales_tui.store.deed import Deed, Entry, earlier, version_of
from aftersales_tui.store.engine import Store
from aftersales_tui.store.queries import shops
from aftersales_tui.views.act import Act, ShopView
from aftersales_tui.views.tickets import Receipt

WORTH_A_SECOND_TRY = frozenset({"store.lost", "store.busy"})
"""A server that ended the connection may be back, a deadlock ends with one side giving way."""


@dataclass(frozen=True)
class Shop:
    """One shop at work.

    Attributes:
        store: Where its records are.
        view: Its name, zone, country and area code.
        policy: Its rules.
        words: The date words of its languages.
        calendars: Its open hours, every hour, and the hours in which customers may be rung.
        clock: Tells the moment, aware, in UTC.
        new_id: Makes the id of a new record that belongs to an instant.
        judged: What was found implausible of the dates of the call at hand; its form asks at every key.
    """

    store: Store
    view: ShopView
    policy: Policy
    words: Words
    calendars: Calendars
    clock: Callable[[], datetime]
    new_id: Callable[[datetime], int]
    judged: dict[tuple[str, str, datetime], frozenset[Fact]] = field(default_factory=dict, repr=False)

    @property
    def zone(self) -> ZoneInfo:
        """The zone the shop's people live in."""
        return ZoneInfo(self.view.zone)

    @property
    def shop_id(self) -> int:
        """The shop's place in every key."""
        return self.store.shop_id

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for reading that sees one moment."""
        return self.store.reading()

    def perform(self, act: Act, verb: str, body: Callable[[Deed], None]) -> Receipt:
        """Do a deed in one transaction and tell the feed of it.

        A deed whose ``write_id`` is already in the feed was done before its answer was lost: it is not done again.
        That makes a second try safe where the first one broke off.

        Args:
            act: Who, where, when, and the id of the write.
            verb: Names the feed entry and the sentence that reports it.
            body: Changes records through the deed; any error leaves the store as it was.

        Raises:
            Refused: ``person.has_left`` for somebody who works here no longer, whatever seat he left open.
        """
        try:
            return self._perform(act, verb, body)
        except Unavailable as error:
            # A writer at a file has waited for its turn already.
            if error.code not in WORTH_A_SECOND_TRY or (self.store.is_sqlite and error.code == "store.busy"):
                raise
        except IntegrityError:
            # The same write from another lane was first; the second try finds what it has done.
            pass
        return self._perform(act, verb, body)

    def _perform(self, act: Act, verb: str, body: Callable[[Deed], None]) -> Receipt:
        with self.store.writing() as session:
            connection = session.connection()
            done = earlier(connection, self.shop_id, act.write_id)
            if done is not None:
                return _receipt(done, version_of(connection, self.shop_id, done.subject))
            shops.require_here(connection, self.shop_id, act.staff_id)
            deed = Deed(session, self.shop_id, act, self.clock(), verb, self.new_id)
            body(deed)
            entry = deed.finish()
            return _receipt(entry, deed.ticket.version if deed.ticket else 0)


def _receipt(entry: Entry, version: int) -> Receipt:
    params = {str(key): str(value) for key, value in entry.params.items()}
    return Receipt(entry.verb, entry.subject, int(params.get("number", 0)), version, entry.seq, params)
