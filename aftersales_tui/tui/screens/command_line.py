"""The command line: one line over the bottom of whatever screen is seen (``:``, Ctrl+O).

The language it speaks is imported where the desk has an answer: the line itself opens before the store has.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from aftersales_tui.bootstrap import console_of
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.frame import SCREEN
from aftersales_tui.tui.dialogs.glass import Glass
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.queue.narrowing import Narrowing
from aftersales_tui.tui.typed_lines import remember, remembered
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import BAD, GOOD, PLAIN, Said, StatusLine
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.tui.widgets.word import Word

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.console import Completion, Preview
    from aftersales_tui.views.console import Said as Told
    from aftersales_tui.views.tickets import Receipt

LINES = 8
"""Completions that are seen at once."""
DOORS = {
    "queue": "queue",
    "contacts": "contact",
    "call": "call",
    "who": "call",
    "register": "register",
    "messages": "messages",
    "visitors": "visitors",
    "handover": "handover",
    "find": "search",
    "file": "customer",
    "people": "people",
}
"""Where a verb leads that the app shows instead of printing."""


class CommandLine(Commanded, Glass[None]):
    """Takes the place of the status line and the key strip; nothing above them moves.

    Tab takes a completion, Up and Down go through them or, in an empty line, through the lines of before. Enter
    does what the line says; a line that is refused stays, so that it can be mended.
    """

    scopes: ClassVar[tuple[str, ...]] = (SCREEN,)
    OFFER = 30
    """Cells that what may be typed gets at most; its meaning has the rest."""

    def __init__(self) -> None:
        super().__init__(classes="over")
        self._answered = ""
        self._line = Line(id="command")
        self._rows = Rows((), header=False)
        self._rows.can_focus = self._rows.display = False
        self._status = StatusLine()
        self._offers: tuple[Completion, ...] = ()
        self._offered_for = ""
        self._picking = False
        self._back = 0

    def compose(self) -> ComposeResult:
        """From top to bottom: what fits, the line, what it would do."""
        with Vertical(id="prompt"):
            with Horizontal():
                yield Word("command_line.sign", id="sign")
                yield self._line
            yield self._status

    def arrive(self, text: str = "", **_: Any) -> None:
        """Somebody wants to type; ``text`` stands in the line already."""
        self._line.value = text
        self._line.cursor_position = len(text)

    def retranslate(self) -> None:
        """The language has changed: say again what fits."""
        self._look()

    def do_back(self) -> None:
        """Close; the line is remembered."""
        remember(self.app, self._line.value)
        self.dismiss(None)

    def set_aside(self) -> str:
        """Close for the palette, whose commands are those of the screen beneath; answers what was typed so far."""
        self.do_back()
        return self._line.value

    @on(events.Mount)
    def _begin(self) -> None:
        self._line.focus()
        self._look()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._picking = False
        self._look()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._picking:
            self._take()
        elif event.value.strip():
            self._hold(self._run(event.value.strip()))
        else:
            self.do_back()

    @on(events.Key)
    def _keys(self, event: events.Key) -> None:
        if event.key == "tab":
            self._hold(self._complete())
        elif event.key in {"up", "down"}:
            self._move(event.key)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Rows.Opened)
    def _pointed(self, event: Rows.Opened) -> None:
        event.stop()
        self._take()

    def _hold(self, work: Any) -> None:
        """Work that the keys behind it wait for; it belongs to the app and ends even if this line is closed."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(work)), exit_on_error=False)

    def _in_hand(self) -> int:
        """The ticket under the line: of the row with the cursor, or the one that is open."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        for screen in reversed(below):
            in_hand = getattr(screen, "in_hand", None)
            if in_hand is not None:
                ticket = in_hand()
                return ticket.ticket_id if ticket else 0
        return 0

    def _look(self) -> None:
        app = self.desk_app
        self.run_worker(app.trouble.guarded(self._see()), exclusive=True, group="see", exit_on_error=False)

    async def _see(self) -> None:
        """Show what the line would do and what fits at its end; only for the latest line."""
        if not self.is_mounted:
            return
        text, cursor, current = self._line.value, self._line.cursor_position, self._in_hand()

        def read(desk: "Desk") -> "tuple[tuple[Preview, ...], tuple[Completion, ...]]":
            console = console_of(desk)
            return console.preview(text, current), console.complete(text, cursor, current)

        seen = await self.desk_app.bridge.latest("command_line", read)
        if seen is None or not self.is_mounted or text != self._line.value or text == self._answered:
            # What Enter has answered is not overwritten by a preview that was asked for before it.
            return
        self._answered = ""
        from aftersales_tui.tui.previews import preview_words

        zone = self.desk_app.zone
        self._show_offers(seen[1], text)
        words, refused = preview_words(seen[0], text, zone)
        self._say(Said(lambda: words, BAD if refused else PLAIN))

    def _show_offers(self, offers: "Sequence[Completion]", text: str) -> None:
        from aftersales_tui.tui.previews import meaning

        self._offers, self._offered_for = tuple(offers), text
        rows = self._rows
        if offers and not rows.is_attached:
            # A list has many looks, and the line is there sooner without them.
            self.query_one("#prompt").mount(rows, before=0)
        shown = [one for one in offers if text[one.start : one.end] != one.text]
        widest = max((cell_len(one.text) for one in shown), default=1)
        rows.wear((Column("", min(self.OFFER, widest)), Column("", 20, grow=1, rank=1)), "")
        rows.display = bool(shown)
        rows.styles.height = min(LINES, len(shown))
        rows.show([Row(offers.index(one), (one.text, meaning(one)), ("strong", "dim")) for one in shown])
        # The list is another one with each letter: its cursor stands on what is likeliest.
        rows.do_cursor("first")

    def _say(self, said: Said) -> None:
        self._status.show(said)

    async def _complete(self) -> None:
        """Take the completion under the cursor of the list; the first one, where the list is not there yet."""
        text, cursor, current = self._line.value, self._line.cursor_position, self._in_hand()
        if self._offered_for != text or not self._offers:
            offers = await self.desk_app.bridge.run(
                lambda desk: console_of(desk).complete(text, cursor, current)
            )
            if self.is_mounted:
                self._show_offers(offers, text)
        self._take()

    def _take(self) -> None:
        key = self._rows.key if self._rows.display else None
        if key is None or key >= len(self._offers):
            return
        chosen, text = self._offers[key], self._line.value
        behind = "" if chosen.text.endswith(":") else " "
        head = text[: chosen.start] + chosen.text + behind
        self._line.value = head + text[chosen.end :].lstrip()
        self._line.cursor_position = len(head)

    def _move(self, way: str) -> None:
        lines = remembered(self.app)
        recalled = self._back and self._line.value == lines[-self._back]
        if (
            way == "up"
            and not self._picking
            and (not self._line.value or recalled)
            and self._back < len(lines)
        ):
            self._recall(self._back + 1, lines)
        elif way == "down" and recalled:
            self._recall(self._back - 1, lines)
        elif self._rows.display:
            if self._picking:
                self._rows.do_cursor(way)
            self._picking = True

    def _recall(self, back: int, lines: Sequence[str]) -> None:
        self._back = back
        self._line.value = lines[-back] if back else ""
        self._line.cursor_position = len(self._line.value)

    async def _run(self, text: str) -> None:
        """Do the line. What was done is said on the status line; a refusal of its first step stays in sight here."""
        current = self._in_hand()
        remember(self.app, text)
        bridge = self.desk_app.bridge
        told = await bridge.run(lambda desk: console_of(desk).run(desk.act, text, current, look=False))
        last = told[-1] if told else None
        finished = [one.receipt for one in told if one.receipt]
        for receipt in finished:
            bridge.wrote(receipt)
        if last is None:
            return
        if last.error is not None and not finished:
            from aftersales_tui.tui.sentences import refusal

            error, zone = last.error, self.desk_app.zone
            self._say(Said(lambda: refusal(error, zone), BAD))
        elif last.offers or (not last.receipt and not last.error and not _leads(last)):
            self._answered = text
            self._show_offers(last.offers, text)
            self._say(Said(lambda: say("preview.fits")))
        else:
            self._close(finished, last)

    def _close(self, finished: "Sequence[Receipt]", last: "Told") -> None:
        """Leave the line: the result on the status line, and on to where the last step leads."""
        from aftersales_tui.tui.receipts import done
        from aftersales_tui.tui.sentences import sentence

        app = self.desk_app
        if finished:
            zone = app.zone
            deeds = [done(receipt, zone) for receipt in finished]
            app.tell(Said(lambda: "  ".join(deed.text() for deed in deeds), GOOD, deeds[-1].may_be_undone))
        if last.error is not None:
            refusal, before = last.error, app.said.text
            app.tell(Said(lambda: say("command_line.refused", done=before(), why=sentence(refusal)), BAD))
        self.dismiss(None)
        if last.error is None and not last.receipt:
            app.call_later(self._go, last, bool(finished))

    def _go(self, last: "Told", finished: bool) -> None:
        app = self.desk_app
        door = DOORS.get(last.verb, "")
        told = app.said
        if last.verb == "show":
            app.open_ticket(last.ticket_id)
        elif app.travel.knows(door):
            app.travel.to(door, **_carrying(last))
        if finished:
            # What the steps before have done is read where the last one leads.
            app.tell(told)


def _carrying(last: "Told") -> dict[str, object]:
    """What the screen is told that a verb leads to."""
    from aftersales_tui.views.console import ALL

    if last.verb == "queue" and last.wanted != ALL:
        wanted = last.wanted
        whose = (wanted.engineer_id, last.text)
        late = wanted.late_before is not None
        return {"narrowing": Narrowing(wanted.status, wanted.zone, whose, wanted.kind, wanted.product, late)}
    if last.verb == "find":
        return {"query": last.text}
    return {"caller": last.text, "at": last.happened_at} if last.text and last.verb != "queue" else {}


def _leads(last: "Told") -> bool:
    return last.verb == "show" or last.verb in DOORS
