"""What can be done with the person in hand, on the list and on the card alike (A3)."""

from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.screen import Screen

from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.people import PERSON
from aftersales_tui.tui.undoing import Undoing

if TYPE_CHECKING:
    from aftersales_tui.domain.errors import DomainError
    from aftersales_tui.tui.people.time_off import Away


class InHand(NamedTuple):
    """The person that keys are meant for, as the screen shows him."""

    staff_id: int
    version: int
    name: str
    active: bool


class PersonDeeds(Undoing):
    """Lends a screen the verbs on its person. The screen overrides ``in_hand``."""

    scopes: ClassVar[tuple[str, ...]] = (PERSON,)

    def in_hand(self) -> InHand | None:
        """The person under the cursor or on the screen; ``None`` for none."""
        return None

    def can_time_off(self) -> bool:
        """Whether there is somebody who works here."""
        person = self.in_hand()
        return person is not None and person.active

    def can_leave(self) -> bool:
        """Whether there is somebody who works here."""
        return self.can_time_off()

    def can_come_back(self) -> bool:
        """Whether there is somebody who has left."""
        person = self.in_hand()
        return person is not None and not person.active

    async def do_time_off(self) -> None:
        """Give him time off; where visits lie in it, only with a reason (D2)."""
        from aftersales_tui.tui.people.time_off import TimeOffDialog

        person = self._held()
        away = await self._screen.app.push_screen_wait(TimeOffDialog(person.name))
        if away is not None:
            self._give(person, away, "")

    def _give(self, person: InHand, away: "Away", override: str) -> None:
        def refused(error: "DomainError") -> bool:
            if not error.params.get("overridable"):
                return False
            asking = self.desk_app.trouble.guarded(self._override(person, away, error))
            self.desk_app.run_worker(asking, exit_on_error=False)
            return True

        self.desk_app.write(
            lambda desk, act: desk.roster.time_off(
                act, person.staff_id, person.version, away.window, away.reason, override
            ),
            failed=refused,
            hold=True,
        )

    async def _override(self, person: InHand, away: "Away", error: "DomainError") -> None:
        """Show the visits that lie in the time off, and ask for the reason why all the same."""
        from aftersales_tui.tui.dialogs.ask import Ask
        from aftersales_tui.tui.people.time_off import visits_word
        from aftersales_tui.tui.sentences import sentence

        visits = visits_word(error, self.desk_app.now(), self.desk_app.zone)
        reason = await self._screen.app.push_screen_wait(
            Ask("override.title", why=sentence(type(error)(error.code, **{**error.params, "visits": visits})))
        )
        if reason:
            self._give(person, away, reason)

    async def do_leave(self) -> None:
        """He works here no longer."""
        from aftersales_tui.tui.dialogs.confirm import YES, Confirm

        person = self._held()
        if await self._screen.app.push_screen_wait(Confirm("people.leave.title", name=person.name)) == YES:
            self.desk_app.write(
                lambda desk, act: desk.roster.leave(act, person.staff_id, person.version), hold=True
            )

    def do_come_back(self) -> None:
        """He works here again."""
        person = self._held()
        self.desk_app.write(
            lambda desk, act: desk.roster.come_back(act, person.staff_id, person.version), hold=True
        )

    @property
    def _screen(self) -> Screen[None]:
        return cast("Screen[None]", self)

    def _held(self) -> InHand:
        person = self.in_hand()
        if person is None:
            raise LookupError("a verb on a person was let through without one")
        return person


def role_word(role: str) -> str:
    """What a person does here, in words."""
    return say(f"role.{role}")
