"""What every screen has: the line on top, the body, the status line, the keys that work here."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.frame import SCREEN
from aftersales_tui.tui.prompt import Prompt
from aftersales_tui.tui.watch import StoreChanged
from aftersales_tui.tui.widgets.status import Said, StatusLine
from aftersales_tui.tui.widgets.strip import KeyStrip
from aftersales_tui.tui.widgets.topline import Standing, TopLine
from aftersales_tui.tui.widgets.word import Word

if TYPE_CHECKING:
    from aftersales_tui.views.act import Changes
    from aftersales_tui.views.tickets import Receipt

SMALLEST = (60, 20)
"""Columns and lines below which a screen says so instead of showing half of itself."""


class DeskScreen(Commanded, Prompt[None]):
    """A screen of the desk.

    A subclass composes its body in ``compose_body`` and overrides what it needs of ``arrive``, ``store_changed``,
    ``tick``, ``keep``, ``retranslate`` and ``do_back``. It may count on ``desk_app`` for everything else.
    """

    scopes: ClassVar[tuple[str, ...]] = (SCREEN,)

    def __init__(self) -> None:
        super().__init__()
        self._missed: list[Changes] = []

    def compose(self) -> ComposeResult:
        """The frame round the body."""
        yield TopLine()
        with Vertical(id="body"):
            yield from self.compose_body()
        yield StatusLine()
        yield KeyStrip()
        yield Word("frame.too_small", id="too-small")

    def compose_body(self) -> Iterator[Widget]:
        """What stands between the top line and the status line."""
        yield from ()

    def arrive(self, **carrying: Any) -> None:
        """Somebody has come here; ``carrying`` is what he wants to see. The widgets may not be there yet."""

    async def prepare(self) -> None:
        """The screen was made: see, in a quiet moment, to what will be needed on it later on."""

    def store_changed(self, changes: "Changes") -> None:
        """Something was written, here or elsewhere; called only while the screen is on the stack."""

    async def catch_up(self, receipt: "Receipt") -> None:
        """Read again what a write of this window has changed; keys that wait for it go on afterwards."""

    def tick(self) -> None:
        """A second has gone by; called only while the screen can be seen."""

    def keep(self) -> None:
        """Write down what was typed, at once: the program is being ended from outside."""

    async def hand_over(self) -> None:
        """Somebody else is about to sit down: put away what belongs to whoever has sat here so far.

        Raises:
            DomainError: When that is not possible; then nobody else sits down.
        """

    def seated(self) -> None:
        """Somebody else sits here now, or the former does after all: bring back what is his.

        Also told when whoever sits here is called otherwise from now on.
        """

    def retranslate(self) -> None:
        """The language has changed; needed only for words that are not painted by ``render``."""

    def can_back(self) -> bool:
        """Whether there is a screen underneath."""
        return len(self.app.screen_stack) > 1

    def do_back(self) -> None:
        """Leave this screen, and what was said on it."""
        self.desk_app.travel.hush()
        self.app.pop_screen()

    def stand(self, standing: Standing, said: Said) -> None:
        """Show how things stand and what was said last; paints only what has changed."""
        if not self.query(TopLine):
            return  # not built yet, or being taken down
        self.query_one(TopLine).show(standing)
        status = self.query_one(StatusLine)
        if status.said is not said:
            status.show(said)

    def refresh_keys(self) -> None:
        """Other keys work now than before."""
        for strip in self.query(KeyStrip):
            strip.look_again()

    @on(StoreChanged)
    def _hear(self, message: StoreChanged) -> None:
        if self in self.app.screen_stack:
            self.store_changed(message.changes)
        else:
            self._missed.append(message.changes)

    @on(events.Mount)
    def _settle(self) -> None:
        self.stand(self.desk_app.standing, self.desk_app.said)
        self.watch(self, "focused", self.refresh_keys, init=False)

    @on(events.ScreenResume)
    def _catch_up(self) -> None:
        self.stand(self.desk_app.standing, self.desk_app.said)
        self.refresh_keys()
        missed, self._missed = self._missed, []
        if missed:
            from aftersales_tui.views.act import Changes

            self.store_changed(
                Changes(
                    max(changes.seq for changes in missed),
                    frozenset().union(*(changes.subjects for changes in missed)),
                    frozenset().union(*(changes.contact_ids for changes in missed)),
                )
            )

    @on(events.ScreenSuspend)
    def _yield_keys(self) -> None:
        self.refresh_keys()

    @on(events.Resize)
    def _measure(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")
