"""What happens when somebody else has changed the ticket meanwhile: nothing is overwritten silently (A4)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from aftersales_tui.domain.errors import DomainError, Stale
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.command import key_label
from aftersales_tui.tui.commands.registry import COMMANDS
from aftersales_tui.tui.commands.ticket import AGAIN
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.ticket_deeds import InHand, TicketDeeds
from aftersales_tui.tui.widgets.status import BAD, Said
from aftersales_tui.views.act import Act
from aftersales_tui.views.tickets import Receipt, TicketView, TimelineRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

    Verb = Callable[[Desk, Act], Receipt]
    Refusal = Callable[[DomainError], bool] | None

BESIDE = frozenset({"claim", "release", "callback"})
"""Deeds that leave the ticket itself as it was."""
MOST = 2
"""Changes told in the one line there is."""


class SecondTry(TicketDeeds):
    """Tells who has changed the ticket under one's hands and how; one key then does the verb on the new state."""

    scopes: ClassVar[tuple[str, ...]] = (AGAIN,)

    _second: Callable[[], None] | None = None

    async def hand_over(self) -> None:
        """A verb that waits for a second try is not for whoever sits down next."""
        self._forget_second()
        self._accepted.clear()

    def can_again(self) -> bool:
        """Whether a verb has met somebody else's change."""
        return self._second is not None

    def do_again(self) -> None:
        """Do the verb once more, on the ticket as it was told."""
        if self._second is not None:
            self._second()

    def _version(self, ticket: InHand) -> int:
        return max(super()._version(ticket), self._accepted.get(ticket.ticket_id, 0))

    @property
    def _accepted(self) -> dict[int, int]:
        """The versions the operator was told of and wants to act upon all the same."""
        known: dict[int, int] = self.__dict__.setdefault("_accepted_versions", {})
        return known

    def _write(self, verb: "Verb", refused: "Refusal" = None) -> None:
        self._forget_second()

        def failed(error: DomainError) -> bool:
            if isinstance(error, Stale) and error.params.get("table") == "ticket":
                telling = self.desk_app.trouble.guarded(self._tell_change(error, verb, refused))
                self.desk_app.run_worker(telling, exit_on_error=False)
                return True
            return refused is not None and refused(error)

        super()._write(verb, failed)

    async def _tell_change(self, error: Stale, verb: "Verb", refused: "Refusal") -> None:
        ticket_id, seen, now = (int(str(error.params[name])) for name in ("id", "seen", "now"))
        ticket = await self.desk_app.bridge.run(lambda desk: desk.dispatch.ticket(ticket_id))
        rows = [row for row in ticket.timeline if row.verb not in BESIDE][-max(1, now - seen) :]

        def second() -> None:
            self._accepted[ticket_id] = now
            self._write(verb, refused)

        self._second = second
        self.desk_app.tell(Said(lambda: self._sentence(ticket, rows[-MOST:]), BAD))
        self._keys_changed()

    def _sentence(self, ticket: TicketView, rows: list[TimelineRow]) -> str:
        zone = self.desk_app.zone
        changes = "; ".join(
            say(
                "ticket.changed",
                who=row.who,
                at=f"{row.entered_at.astimezone(zone):%H:%M}",
                what=deed_sentence(row, zone),
            )
            for row in rows
        )
        key = self.desk_app.settings.keymap.get("again", COMMANDS["again"].key).partition(",")[0]
        return say("ticket.stale", key=key_label(key), number=number_word(ticket.number), changes=changes)

    def _forget_second(self) -> None:
        if self._second is not None:
            self._second = None
            self._keys_changed()

    def _keys_changed(self) -> None:
        refresh: Callable[[], None] | None = getattr(self, "refresh_keys", None)
        if refresh is not None:
            refresh()
