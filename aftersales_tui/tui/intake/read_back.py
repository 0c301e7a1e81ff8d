"""The read-back before a call is saved (C4), with what is still missing (C2) and what is open already (C10)."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from aftersales_tui.domain.intake import FACT_FIELDS, read_back
from aftersales_tui.domain.text import narrow, visible
from aftersales_tui.i18n import say
from aftersales_tui.lexicon.scripts import Script
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.intake.call import FOR_WHOM, MESSAGE, Call
from aftersales_tui.tui.intake.dates import DATED
from aftersales_tui.tui.intake.paint import box_word
from aftersales_tui.tui.intake.panel import SAME_FAULT, about
from aftersales_tui.tui.intake.standing import lacking
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.people import OpenTicket

AROUND = 8
"""Lines of the box that are neither points nor ways on: border, title, what to say, hint."""
TICKETS = 4
"""So many of the tickets that are open already are offered to be joined."""


class Verdict(NamedTuple):
    """What is to become of the call: a ticket of its own, joined to another, or linked to it as a repeat."""

    joins: int = 0
    repeats: int = 0


class ReadBack(Dialog[Verdict]):
    """Key points in speaking order; F12 or Enter saves, digits join or link.

    Keys are held back from the moment of the answer until ``release``, for what follows opens another dialog.

    Attributes:
        answer: What was decided; ``None`` when it was left by Esc.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM,)
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column("", 3), Column("", 20, grow=1))

    def __init__(
        self,
        call: Call,
        script: Script,
        same: Sequence[OpenTicket],
        echoes: Callable[[str], str],
        hold: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Make the box.

        Args:
            call: As it would be saved.
            script: In the present language.
            same: Tickets that may be about the same thing.
            echoes: What the date in a box was understood as.
            hold: Keeps keys back.
        """
        super().__init__("intake.read_back.title", "intake.read_back.hint")
        self._call = call
        self._script = script
        self._same = tuple(same)[:TICKETS]
        self._echoes = echoes
        self._hold = hold
        self._held = ExitStack()
        self._label = 0
        self.answer: asyncio.Future[Verdict | None] = asyncio.get_running_loop().create_future()
        self._ways = [(Verdict(), say("intake.read_back.save")), *self._other_ways()]

    def compose_body(self) -> Iterator[Widget]:
        """What to say, the points, what is missing, the ways on."""
        yield Static(Content(self._script.manners["read_back"]), classes="hint")
        with VerticalScroll(id="points"):
            yield Static(Content.assemble(*self._lines()), id="said")
        ways = Rows(self.COLUMNS, header=False, id="ways")
        ways.styles.height = len(self._ways)
        yield ways

    def release(self) -> None:
        """Let the keys go on."""
        self._held.close()

    def do_go_on(self) -> None:
        """Save it as a ticket of its own."""
        self._decide(Verdict())

    def _decide(self, verdict: Verdict) -> None:
        self._held.enter_context(self._hold())
        self.dismiss(verdict)

    def _lines(self) -> Iterator[Content]:
        for place, point in enumerate(self._points()):
            yield from (Content("\n"), point) if place else (point,)

    def _points(self) -> Iterator[Content]:
        """One line a point; the marks are those of the form. What is missing comes first: it is to be asked now."""
        call = self._call
        wanting = self._wanting()
        said = [
            *((name.value, text) for name, text in read_back(call.sheet.answers)),
            *(((FOR_WHOM, call.sheet.for_whom.strip()),) if call.sheet.for_whom.strip() else ()),
        ]
        self._label = max((cell_len(self._word(box)) for box, _ in (*wanting, *said)), default=0)
        if wanting:
            yield Content.styled(say("intake.read_back.missing"), "bold")
        for box, sentence in wanting:
            yield self._point("? ", box, sentence)
        if wanting:
            yield Content("")
        for box, text in said:
            echo = f"  {self._echoes(box)}" if box in DATED and self._echoes(box) else ""
            yield self._point("* " if box in call.unconfirmed else "  ", box, visible(text) + echo)

    def _wanting(self) -> list[tuple[str, str]]:
        """The boxes of what this kind of call still needs, and what to ask for each (C2)."""
        found = [(FACT_FIELDS[fact].value, self._script.asks[fact]) for fact in lacking(self._call)]
        if self._call.sheet.kind != MESSAGE:
            return found
        found = [(box, self._script.slip[box].say if box in self._script.slip else ask) for box, ask in found]
        if not self._call.sheet.for_whom.strip():
            found.append((FOR_WHOM, self._script.slip[FOR_WHOM].say))
        return found

    def _word(self, box: str) -> str:
        return box_word(box, self._call.sheet.kind)

    def _point(self, mark: str, box: str, text: str) -> Content:
        label = self._word(box)
        pad = " " * (self._label - cell_len(label) + 2)
        return Content.styled(mark, "bold") + Content.styled(label + pad, "dim") + Content(text)

    def _other_ways(self) -> Iterator[tuple[Verdict, str]]:
        for one in self._same:
            why = say(f"intake.why.{one.why}")
            words = {"number": number_word(one.number), "why": why, "about": about(one)}
            if one.why != SAME_FAULT:
                yield Verdict(joins=one.ticket_id), say("intake.read_back.join", **words)
            yield Verdict(repeats=one.ticket_id), say("intake.read_back.repeat", **words)

    @on(events.Resize)
    def _fit(self, event: events.Resize) -> None:
        """Leave room for the ways on; where the points need more they scroll."""
        self.query_one("#points").styles.max_height = max(3, event.size.height - len(self._ways) - AROUND)

    @on(events.Mount)
    def _fill(self) -> None:
        ways = self.query_one("#ways", Rows)
        ways.show(
            [
                Row(place, (str(place or "F12"), words), ("strong", "" if place == 0 else "soon"))
                for place, (_, words) in enumerate(self._ways)
            ]
        )
        ways.focus()

    @on(events.Key)
    def _by_key(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        if digit.isdigit() and 0 < int(digit) < len(self._ways):
            event.stop()
            self._decide(self._ways[int(digit)][0])
        elif event.key in {"pagedown", "pageup"}:
            event.stop()
            points = self.query_one("#points")
            points.scroll_page_down(animate=False) if event.key == "pagedown" else points.scroll_page_up(
                animate=False
            )

    @on(Rows.Opened)
    def _by_row(self, event: Rows.Opened) -> None:
        event.stop()
        self._decide(self._ways[event.key][0])
