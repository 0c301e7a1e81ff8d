"""The app: puts the frame on the terminal, the store behind it, and passes words between them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.screen import Screen

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.i18n import use
from aftersales_tui.settings import Settings
from aftersales_tui.tui import runtime
from aftersales_tui.tui.bridge import Bridge, Opener, fresh_id
from aftersales_tui.tui.errors import Trouble
from aftersales_tui.tui.frame import Frame
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.keymap import keymap
from aftersales_tui.tui.seat import Seat, take_seat
from aftersales_tui.tui.terminal.guard import GuardedApp
from aftersales_tui.tui.terminal.signals import watch_signals
from aftersales_tui.tui.themes import OURS, THEME_OF
from aftersales_tui.tui.travel import Go, Travel
from aftersales_tui.tui.typeahead import TypeAheadApp
from aftersales_tui.tui.upkeep import tend
from aftersales_tui.tui.watch import StoreChanged, Watch
from aftersales_tui.tui.widgets.status import NOTHING, Said, saying
from aftersales_tui.tui.widgets.topline import Standing

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from aftersales_tui.bootstrap import Glance
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.tui.host import Host
    from aftersales_tui.tui.screens.base import DeskScreen
    from aftersales_tui.views.act import Act, Changes
    from aftersales_tui.views.tickets import Receipt
else:
    # One more class of Textual's would cost the first frame two milliseconds, and only the type checker asks for it.
    Host = TypeAheadApp

GRACE = 0.05
"""Seconds in which a key that was typed at the sight of the frame reaches the app."""
PATIENCE = 0.5
"""Seconds for which keys may keep the store from being opened."""
QUIET = 1.0
"""Seconds without a key after which garbage is looked for."""
LONG_PATIENCE = 30.0
"""Seconds for which keys may put that off at the start."""
FirstPage = Callable[[], "Glance | None"]


class DeskApp(Frame, Host, GuardedApp[None], inherit_bindings=False):
    """The operator's desk in the terminal."""

    CSS_PATH = sorted((Path(__file__).parent / "styles").glob("*.tcss"))
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "Rows, Line"

    def __init__(self, settings: Settings, opener: Opener, first_page: FirstPage | None = None) -> None:
        """Make the app; nothing is opened before its first frame is painted.

        Args:
            settings: Of this shop and seat.
            opener: Opens the desk; called once, in a thread.
            first_page: Reads the first rows ahead of the opening; ``None`` where nothing can.

        Raises:
            Invalid: When the settings' keymap does not fit (``keymap``).
        """
        super().__init__()
        self.settings = settings
        self.bridge = Bridge(opener)
        self.travel: Travel = Travel(self)
        self.trouble = Trouble(self.tell)
        self.said = NOTHING
        self.standing = Standing(settings.shop_name, settings.seat, settings.person)
        self._first_page = first_page
        self._watch: Watch | None = None
        self.set_keymap(keymap(settings.keymap))
        for theme in OURS:
            self.register_theme(theme)
        self._dress(settings.theme)
        self.set_class(settings.ascii, "-ascii")
        if settings.language:
            use(settings.language)

    @cached_property
    def seat(self) -> Seat:
        """The seat of this window, taken when it is first asked for: never before the first frame (C12)."""
        return take_seat(self.settings.seat)

    @cached_property
    def zone(self) -> "ZoneInfo":
        """The shop's zone, in which every time is shown; that of the settings until the store has told its own."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.zone)

    def now(self) -> datetime:
        """This moment in the shop's zone."""
        return datetime.now(UTC).astimezone(self.zone)

    def tell(self, said: Said) -> None:
        """Show a sentence on the status line of whatever screen is seen."""
        self.said = said
        self._show_standing()

    def write(
        self,
        verb: "Callable[[Desk, Act], Receipt]",
        then: "Callable[[Receipt], None] | None" = None,
        failed: Callable[[DomainError], bool] | None = None,
        write_id: int = 0,
        *,
        hold: bool = False,
    ) -> None:
        """Do a verb that writes; goes on and reports even when the screen that asked is gone.

        Args:
            verb: Given the desk and who acts.
            then: Called with the receipt when it is done and said.
            failed: Called when the desk refuses; ``True`` when it has dealt with it, else the error is said.
            write_id: Of a form that has had one since it was opened.
            hold: Keep keys typed ahead until the screen shows the result: they may mean another thing then.
        """
        work = self._write(verb, then, failed, write_id or fresh_id())
        if hold:
            work = holding(self.type_ahead, work)
        self.run_worker(self.trouble.guarded(work), group="write", exit_on_error=False)

    def open_ticket(self, ticket_id: int) -> None:
        """Show a ticket on top of the present screen."""
        if self.travel.knows("ticket"):
            self.travel.to("ticket", ticket_id=ticket_id)

    def wear(self, theme: str) -> None:
        """Take one of ``settings.THEMES``."""
        self.theme = THEME_OF[theme]

    def _dress(self, theme: str) -> None:
        """Begin in a theme. Textual's own way of taking one reads every style sheet a second time."""
        self.set_reactive(DeskApp.theme, THEME_OF[theme])
        look = self.current_theme
        self.stylesheet.set_variables(self.get_css_variables())
        self.update_classes(
            {f"-theme-{look.name}": True, "-dark-mode": look.dark, "-light-mode": not look.dark}, update=False
        )
        self._refresh_truecolor_filter(self.ansi_theme)

    def retranslate(self) -> None:
        """Say every word again, on every screen there is, whether it is seen or not."""
        for screen in {*self.screen_stack, *self.travel.made()}:
            for node in screen.walk_children(with_self=True):
                again = getattr(node, "retranslate", None)
                if again is not None:
                    again()
                if hasattr(node, "refresh"):
                    node.refresh(layout=True)

    def keep_drafts(self) -> None:
        """Write down what was typed on any screen, at once."""
        for screen in {*self.screen_stack, *self.travel.made()}:
            keep = getattr(screen, "keep", None)
            if keep is not None:
                with self.trouble.guard():
                    keep()

    def get_default_screen(self) -> Screen[Any]:
        """The queue: there is no empty screen under it."""
        return self.travel.home()

    async def on_ready(self) -> None:
        """The first frame is painted: now the store, and what makes a long day pleasant."""
        # A headless app may share its process with tests.
        if not self.is_headless:
            runtime.running()
        watch_signals(self, self.keep_drafts)
        self.set_interval(1, self._tick)
        self.run_worker(self.trouble.guarded(self._open()), group="open", exit_on_error=False)
        # Nobody presses a key in the milliseconds after the first frame.
        self.travel.warm_first()

    async def on_unmount(self) -> None:
        """Let writes that are under way come to their end."""
        if self._watch is not None:
            self._watch.stop()
        self.bridge.close()
        self.seat.leave()

    async def _write(
        self,
        verb: "Callable[[Desk, Act], Receipt]",
        then: "Callable[[Receipt], None] | None",
        failed: Callable[[DomainError], bool] | None,
        write_id: int,
    ) -> None:
        try:
            receipt = await self.bridge.write(verb, write_id)
        except DomainError as error:
            if failed is None or not failed(error):
                self.trouble.report(error)
            return
        from aftersales_tui.tui.receipts import done

        self.tell(done(receipt, self.zone))
        for screen in self._seen():
            await screen.catch_up(receipt)
        if self._watch is not None:
            self._watch.look_now()
        if then is not None:
            then(receipt)

    async def _open(self) -> None:
        await self._give_way()
        seen = await self.bridge.before_opening(self._look_first)
        self._stand(now=self.now())
        if seen is not None:
            self.travel.home().arrive(first_rows=seen.rows)
            self._stand(counts=seen.counts)
        await self._give_way()
        desk = await self.bridge.open()
        from zoneinfo import ZoneInfo

        desk.seat = self.seat.name
        self.zone = ZoneInfo(desk.shop.zone)
        self._stand(shop=desk.shop.name, seat=desk.seat, person=desk.people.me().name, now=self.now())
        self._watch = Watch(desk, self._from_thread)
        self._watch.start()
        await self._count()
        # Off the lane, for verbs must not wait for what only makes later ones quicker.
        await asyncio.to_thread(self.travel.warm)
        await asyncio.to_thread(desk.warm)
        await self._warn_of_holidays(desk)
        await self._hint_of_shift()
        await self.type_ahead.rest(LONG_PATIENCE, QUIET)
        if not self.is_headless:
            runtime.settled()

    async def _warn_of_holidays(self, desk: "Desk") -> None:
        """Say it, once a day, when promises reach into a year whose holidays nobody knows yet (P8)."""
        today = self.now().date()
        year = await asyncio.to_thread(desk.calendars.unknown_soon, today)
        if year is not None and self.said is NOTHING and self.seat.first_of_day("holidays", today):
            self.tell(saying("error.calendar.year_unknown", year=year, country=desk.shop.country))

    async def _hint_of_shift(self) -> None:
        """Say it, quietly, when there are notes in the handover book that were not read in this shift (A1)."""
        unread = await self.bridge.run(lambda desk: desk.waiting.unread(desk.people.me()))
        if unread and self.said is NOTHING:
            self.tell(saying("handover.hint", n=unread))

    async def _give_way(self) -> None:
        """Let keys that were typed ahead do their work before the lane begins a piece of its own."""
        await asyncio.sleep(GRACE)
        await self.type_ahead.rest(PATIENCE)

    def _look_first(self) -> "Glance | None":
        """The first rows, with all that painting them needs: in the lane, where no key waits for it."""
        self.travel.warm_home()
        self.now()
        return self._first_page() if self._first_page else None

    def _from_thread(self, changes: "Changes") -> None:
        """Pass on what the watcher has seen; called in its thread, which must not wait for ours."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._pass_on, changes)

    def _pass_on(self, changes: "Changes") -> None:
        for screen in {*self.screen_stack, *self.travel.made()}:
            screen.post_message(StoreChanged(changes))
        self.run_worker(self._count(), group="count", exit_on_error=False)
        desk = self.bridge.desk
        if desk is not None and desk.people.me().staff_id in changes.subjects:
            from aftersales_tui.tui.switching import know_again

            self.run_worker(self.trouble.guarded(know_again(self)), group="person", exit_on_error=False)

    async def _count(self) -> None:
        with self.trouble.guard():
            found = await self.bridge.latest(
                "counts",
                lambda desk: (desk.queue.counts(), desk.waiting.messages(desk.people.me().name)),
            )
            if found is not None:
                self._stand(counts=found[0], messages=found[1])

    def _tick(self) -> None:
        before = self.standing.now
        self._stand(now=self.now())
        if before and before.minute != self.now().minute and self.bridge.desk is not None:
            self.run_worker(self._count(), group="count", exit_on_error=False)
        for screen in self._seen():
            screen.tick()
        if self.type_ahead.is_quiet(QUIET) and not self.is_headless:
            runtime.tidy()
            tend(self)

    def _stand(self, **changed: Any) -> None:
        self.standing = self.standing._replace(**changed)
        self._show_standing()

    def _show_standing(self) -> None:
        for screen in self._seen():
            screen.stand(self.standing, self.said)

    def _seen(self) -> "list[DeskScreen]":
        """The screen in front and what shines through under a dialog."""
        from aftersales_tui.tui.screens.base import DeskScreen

        seen = []
        for screen in reversed(self.screen_stack if self._screen_stacks else ()):
            if isinstance(screen, DeskScreen):
                seen.append(screen)
            if not screen.is_modal:
                break
        return seen

    @on(Go)
    def _go(self, message: Go) -> None:
        self.travel.to(message.where, **message.carrying)
