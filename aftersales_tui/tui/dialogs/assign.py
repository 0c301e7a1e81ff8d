"""Sends an engineer in a window (D2)."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.appointment import Clash, Window
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.halves import half_days
from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.when import window
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import WIDER, Dialog
from aftersales_tui.tui.dialogs.row_menu import DIGITS
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.says import clash_with_time, window_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.people import EngineerView

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

OFFERS = 3
"""Half-days offered by digits."""
LOOKED_AT = 8
"""Half-days looked at for one in which somebody is free."""
TALLEST = 9
HALVES = ("morning", "afternoon")


class Plan(NamedTuple):
    """Who goes when; ``override`` is the reason why in spite of what speaks against it."""

    engineer_id: int
    window: Window
    override: str


class Offered(NamedTuple):
    """What the panel begins with.

    Attributes:
        windows: Those that a digit takes; the first is what the customer wishes, where that is known.
        wish: The customer's wish as he said it; ``where`` the zone and address to go to.
        engineers: As they stand in the first window.
    """

    windows: tuple[Window, ...]
    wish: str
    where: str
    engineers: tuple[EngineerView, ...]


def offered(desk: "Desk", ticket_id: int) -> Offered:
    """What is offered for a ticket; in the desk's lane."""
    ticket = desk.dispatch.ticket(ticket_id)
    wish = ticket.answers["when_wanted"]
    where = " ".join(filter(None, (ticket.answers["zone"], ticket.answers["address"])))
    coming = _half_days(desk)
    known = dict(desk.dispatch.free(coming, ticket_id, OFFERS)) if coming else {}
    wished = _wished(desk, wish, ticket.received_at) if wish else None
    if wished is not None:
        known = {wished: known.get(wished) or desk.dispatch.engineers(wished, ticket_id)} | known
    windows = tuple(known)[:OFFERS]
    return Offered(windows, wish, where, known[windows[0]] if windows else desk.dispatch.engineers(None))


def _wished(desk: "Desk", wish: str, said_at: datetime) -> Window | None:
    """The window a customer wishes, if it is one that can still be kept.

    It is understood as it was said when the call came: "tomorrow" is the day after that.
    """
    try:
        wished = window(wish, said_at, desk.calendars.business.zone, desk.words, desk.policy.dispatch.window)
    except Invalid:
        return None
    return wished if wished.start > desk.now() else None


def _half_days(desk: "Desk") -> list[Window]:
    """The half-days that come next."""
    parts = [desk.words.parts[name] for name in HALVES if name in desk.words.parts]
    coming = half_days(
        desk.now(),
        desk.calendars.business.zone,
        [(part.start, part.end) for part in parts],
        desk.calendars.business.open_between,
        desk.policy.dispatch.visit,
    )
    return list(islice(coming, LOOKED_AT))


def clashes_word(clashes: tuple[Clash, ...], zone: tzinfo) -> str:
    """What speaks against an engineer, in words."""
    return ", ".join(clash_with_time(clash, zone) for clash in clashes)


class AssignDialog(Dialog[Plan]):
    """The window first, then the engineer, and a reason where something speaks against it.

    An empty window means the first offer and a digit means one of the offers, so that Enter, Enter sends the
    first free engineer in the next half-day.
    """

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("", 2),
        Column("assign.engineer", 10, grow=1, most=16),
        Column("assign.against", 20, grow=2),
        Column("assign.jobs", 6, right=True),
        Column("assign.knows", 14, grow=2, rank=1),
    )

    def __init__(self, ticket_id: int, number: int, about: str, to_verify: tuple[str, ...]) -> None:
        """Make the box.

        Args:
            ticket_id: The ticket.
            number: Its number for people.
            about: A line that says which it is.
            to_verify: The facts it still lacks (C2).
        """
        super().__init__("assign.title", "assign.hint", number=number_word(number))
        self.add_class(WIDER)
        self._ticket_id = ticket_id
        self._about = about
        self._to_verify = to_verify
        self._missing: tuple[str, ...] = ()
        self._offers: tuple[Window, ...] = ()
        self._engineers: tuple[EngineerView, ...] = ()
        self._shown: Window | None = None

    def compose_body(self) -> Iterator[Widget]:
        """The window, the engineers, the reason."""
        yield Word("assign.about", about=self._about)
        yield Word("", id="where")
        yield Word("", id="wish")
        yield Word("", id="missing", classes="wrong")
        yield Spoken[Window](self._understand, self._word, "spoken.window", id="window")
        yield Word("", id="offers", classes="hint")
        engineers = Rows(self.COLUMNS, "assign.nobody")
        engineers.styles.height = 2
        yield engineers
        reason = Line(placeholder=say("assign.reason"), id="reason")
        reason.display = False
        yield reason

    @on(events.Mount)
    def _begin(self) -> None:
        self.hold_keys_while(self._offer())

    async def _offer(self) -> None:
        """Fetch what is offered; keys typed ahead wait, so that Enter means the offer and not an empty box."""
        found = await self.desk_app.bridge.run(lambda desk: offered(desk, self._ticket_id))
        rules = self.desk_app.bridge.desk
        if not self.is_mounted or rules is None:
            return
        if rules.policy.dispatch.require_before_dispatch:
            needed = {fact.value for fact in rules.policy.dispatch.facts}
            self._missing = tuple(fact for fact in self._to_verify if fact in needed)
        if self._missing:
            facts = ", ".join(say(f"fact.{fact}") for fact in self._missing)
            self.query_one("#missing", Word).to("assign.missing", facts=facts)
        self._offers = found.windows
        if found.where:
            self.query_one("#where", Word).to("assign.where", where=found.where)
        if found.wish:
            self.query_one("#wish", Word).to("assign.wish", wish=found.wish)
        said = [f"{DIGITS[place]} {self._word(one)}" for place, one in enumerate(found.windows)]
        self.query_one("#offers", Word).to("assign.offers", offers="   ".join(said))
        self._shown = next(iter(found.windows), None)
        self._show(found.engineers)
        self.query_one(Spoken).say_again()

    def _understand(self, text: str) -> Window:
        said = narrow(text).strip()
        place = DIGITS.find(said) if len(said) == 1 else -1
        if not said or 0 <= place < len(self._offers):
            if self._offers:
                return self._offers[max(0, place)]
            raise Invalid("when.not_understood", text=text)
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise Invalid("when.not_understood", text=text)
        now, length = self.desk_app.now(), desk.policy.dispatch.window
        return window(said, now, self.desk_app.zone, desk.words, length)

    def _word(self, meant: Window) -> str:
        return window_word(meant.start, meant.end, self.desk_app.now(), self.desk_app.zone)

    @property
    def _window(self) -> Window | None:
        meant: Window | None = self.query_one(Spoken).meant
        return meant

    @on(Spoken.Meant)
    def _meant(self) -> None:
        if self._offers and self._window != self._shown:
            self._shown = self._window
            self.hold_keys_while(self._look())

    async def _look(self) -> None:
        """Ask what speaks against the window, engineer by engineer."""
        wanted = self._window
        found = await self.desk_app.bridge.latest(
            "engineers", lambda desk: desk.dispatch.engineers(wanted, self._ticket_id)
        )
        if found is not None and self.is_mounted:
            self._show(found)

    def _show(self, found: tuple[EngineerView, ...]) -> None:
        """The engineers, the free ones first."""
        self._engineers = tuple(sorted(found, key=lambda one: (bool(one.clashes), one.jobs, one.name)))
        rows = self.query_one(Rows)
        rows.styles.height = min(TALLEST, max(1, len(found)) + 1)
        rows.show([self._row(place, one) for place, one in enumerate(self._engineers)])
        rows.go_to(0)

    def _row(self, place: int, one: EngineerView) -> Row:
        against = clashes_word(one.clashes, self.desk_app.zone)
        verdict = f"! {against}" if one.clashes else say("assign.free")
        return Row(
            place,
            (
                DIGITS[place] if place < len(DIGITS) else "",
                one.name,
                verdict,
                str(one.jobs),
                " ".join((*one.zones, *one.skills)),
            ),
            ("strong", "", "late" if one.clashes else "good", "", "dim"),
        )

    @on(Input.Submitted, "#window Line")
    def _timed(self, event: Input.Submitted) -> None:
        event.stop()
        if self._window is not None:
            self.query_one(Rows).focus()

    @on(events.Key)
    def _by_digit(self, event: events.Key) -> None:
        rows = self.query_one(Rows)
        digit = narrow(event.character or "")
        place = DIGITS.find(digit) if len(digit) == 1 else -1
        if rows.has_focus and 0 <= place < len(self._engineers):
            event.stop()
            rows.go_to(place)
            self._take(place)

    @on(Rows.Opened)
    def _by_row(self, event: Rows.Opened) -> None:
        event.stop()
        self._take(event.key)

    @on(Input.Submitted, "#reason")
    def _reasoned(self, event: Input.Submitted) -> None:
        event.stop()
        place = self.query_one(Rows).key
        if place is not None:
            self._take(place)

    def _take(self, place: int) -> None:
        """Answer, or ask first for the reason why in spite of what speaks against it."""
        wanted, engineer = self._window, self._engineers[place]
        reason = self.query_one("#reason", Line)
        override = reason.value.strip()
        if wanted is None:
            self.query_one("#window Line", Line).focus()
        elif (engineer.clashes or self._missing) and not override:
            reason.display = True
            reason.focus()
            against = clashes_word(engineer.clashes, self.desk_app.zone)
            self.complain(
                "assign.overrule" if engineer.clashes else "assign.overrule_missing", against=against
            )
        else:
            self.dismiss(Plan(engineer.engineer_id, wanted, override))
