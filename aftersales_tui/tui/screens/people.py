"""The shop's people: what they do, what they can, whether they are here today (A3)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.domain.staff import ROLES
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.people import PEOPLE
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.people.columns import COLUMNS, person_line
from aftersales_tui.tui.people.deeds import InHand, PersonDeeds, role_word
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Changes
from aftersales_tui.views.staff import PersonRow
from aftersales_tui.views.tickets import Receipt

EVERYBODY, LEFT = "everybody", "left"
NAME_LIMIT = 120


class PeopleScreen(PersonDeeds, Listed, DeskScreen):
    """Everybody on one page: a shop has a handful of people, so the list is read whole."""

    scopes: ClassVar[tuple[str, ...]] = (PEOPLE,)

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows(COLUMNS, "people.opening")
        self._views: dict[int, PersonRow] = {}
        self._shown = EVERYBODY

    def compose_body(self) -> Iterator[Widget]:
        """The narrowing, when there is one, and the list."""
        heading = Word("", id="heading")
        heading.display = False
        yield heading
        yield self._rows

    def arrive(self, **_: Any) -> None:
        """Come to the list; keys typed ahead are meant for its lines, and wait until they are there."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(self._arrive())), exit_on_error=False)

    def store_changed(self, changes: Changes) -> None:
        """Read again when one of the people was changed, or somebody is new."""
        if changes.subjects:
            self.run_worker(self.desk_app.trouble.guarded(self._refresh()), exit_on_error=False)

    async def catch_up(self, receipt: Receipt) -> None:
        """Show what this window has just written before the next key means it."""
        if receipt.ticket_id:
            await self._arrive()

    def retranslate(self) -> None:
        """Say the words of the lines again."""
        self._show()

    def in_hand(self) -> InHand | None:
        """The person of the line under the cursor."""
        view = self._views.get(self._rows.key or 0)
        return None if view is None else InHand(view.staff_id, view.version, view.name, view.active)

    def listing(self) -> Listing:
        """The people that are shown."""
        from aftersales_tui.tui import listings

        return listings.people(
            "" if self._shown in {EVERYBODY, LEFT} else self._shown,
            self.desk_app.now(),
            self.desk_app.zone,
            left=self._shown == LEFT,
        )

    async def do_filter_people(self) -> None:
        """Show one role only, or those who have left too."""
        choices = [Choice(role, role_word(role)) for role in ROLES]
        choices += [
            Choice(name, say(f"people.filter.{key}")) for name, key in ((EVERYBODY, "all"), (LEFT, "left"))
        ]
        chosen = await self.app.push_screen_wait(Menu("people.filter.title", choices))
        if chosen is not None:
            self._shown = chosen
            self.arrive()

    async def do_new_person(self) -> None:
        """Somebody is new: his name, what he does; the rest goes on his card."""
        name = await self.app.push_screen_wait(Ask("people.new.title", limit=NAME_LIMIT))
        if not name:
            return
        roles = [Choice(role, role_word(role)) for role in ROLES]
        role = await self.app.push_screen_wait(Menu("people.role.title", roles, name=name))
        if role:
            self.desk_app.write(
                lambda desk, act: desk.roster.hire(act, name, role, namesake=False),
                then=lambda receipt: self._open(receipt.ticket_id),
                hold=True,
            )

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        self._open(message.key)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    def _open(self, staff_id: int) -> None:
        self.desk_app.travel.to("person", staff_id=staff_id)

    async def _arrive(self) -> None:
        """Read until the lines are there: a change heard meanwhile overtakes the first reading."""
        while not await self._refresh():
            pass

    async def _refresh(self) -> bool:
        left = self._shown == LEFT
        found = await self.desk_app.bridge.latest("people", lambda desk: desk.roster.people(left=left))
        if found is None:
            return False
        self._views = {view.staff_id: view for view in found}
        self._rows.empty = "people.nothing"
        self._show()
        self.refresh_keys()
        return True

    def _show(self) -> None:
        narrowed = self._shown not in (EVERYBODY, LEFT)
        for heading in self.query("#heading").results(Word):
            heading.display = narrowed
            heading.to("people.narrowed", role=role_word(self._shown) if narrowed else "")
        now, zone = self.desk_app.now(), self.desk_app.zone
        self._rows.show(
            [
                person_line(view, now, zone)
                for view in self._views.values()
                if not narrowed or view.role == self._shown
            ]
        )
