"""The script of a contact: what to say, and its results by digit (B1, B2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.contact import SALE, Effect, Reason, Result
from aftersales_tui.domain.text import narrow
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.contact.again_at import AgainAt
from aftersales_tui.tui.contact.agreed import Agreed
from aftersales_tui.tui.contact.columns import marks, why_word
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.row_menu import DIGITS
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.ticket.paper import Cell, Entry, Paper
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.views.callers import ContactRow

LABEL = 8
FRAME = 6
"""Lines of the box beside the script and the results: borders, title, words, what is wrong, hint."""
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a contact, or the wish to see its ticket.

    Attributes:
        result: One of its reason's results; empty for ``to_ticket``.
        again_at: When to ring again, where the customer named a time.
        agreed: When the customer wants us to come, as he said it.
    """

    result: str
    words: str = ""
    again_at: datetime | None = None
    agreed: str = ""
    to_ticket: bool = False


def effect_word(reason: str, effect: Effect) -> str:
    """What a result leads to, in the words of its reason where that has its own."""
    own = f"effect.{reason}.{effect}"
    return say(own) if has(own) else say(f"effect.{effect}")


class ScriptDialog(Dialog[Told]):
    """Says what to say; a digit records what came of it, with the words typed before it, if any."""

    AUTO_FOCUS: ClassVar[str] = "Paper"

    def __init__(
        self,
        contact: ContactRow,
        reason: Reason,
        said: tuple[str, ...],
        answered: Callable[[Told], None] = lambda _: None,
    ) -> None:
        """Make the dialog.

        Args:
            contact: As it was claimed.
            reason: The rule of its reason.
            said: The lines to say.
            answered: Told of the answer before the dialog goes.
        """
        super().__init__(
            "contact.script.title" if contact.ticket_id else "contact.script.title_file",
            "contact.script.hint" if contact.ticket_id else "contact.script.hint_file",
            why=_why(contact) if contact.ticket_id else why_word(contact),
            whom=contact.whom,
            phone=contact.phone,
        )
        self._answered = answered
        self._contact = contact
        self._results = reason.results
        self._said = said
        self._paper = Paper()
        self._list = Lines(id="results")
        self._list.styles.height = len(self._results)
        self._words = Line(placeholder=say("contact.script.words"))

    def compose_body(self) -> Iterator[Widget]:
        """What to say, what may come of it, a line for words."""
        yield self._paper
        yield self._list
        yield self._words

    def _entries(self) -> Iterator[Entry]:
        contact = self._contact
        now, zone = self.desk_app.now(), self.desk_app.zone
        marked = marks(contact._replace(claimed_by=""), now, zone)
        if marked:
            yield Entry(text=f"! {marked}", look="late")
        about = ": ".join(filter(None, (contact.product, contact.fault)))
        if contact.ticket_id:
            yield Entry((Cell(number_word(contact.number), LABEL, "dim"),), about)
        if contact.words:
            label = say("contact.script.promised" if contact.reason == SALE else "contact.script.last")
            yield Entry((Cell(label, LABEL, "dim"),), contact.words)
        if contact.tries:
            tries = say("contact.script.tries_so_far", n=contact.tries)
            yield Entry((Cell(say("contact.script.tries"), LABEL, "dim"),), tries)
        yield Entry()
        yield from (Entry((Cell(">", 1, "dim"),), line, "strong") for line in self._said)

    @on(events.Mount)
    def _fill(self) -> None:
        """The results by digit. Enter takes none: pressed twice on the list it would record what nobody said."""
        names = [say(f"result.{one.id}") for one in self._results]
        width = max(map(cell_len, names)) + 2
        self._list.show(
            (
                (f"{digit}  ", "strong"),
                (fit(name, width), ""),
                (effect_word(self._contact.reason, one.effect), "dim"),
            )
            for digit, name, one in zip(DIGITS, names, self._results, strict=False)
        )

    @on(events.Resize)
    def _lay_out(self, event: events.Resize) -> None:
        """Give the script the lines it needs, or those there are: then it is scrolled."""
        width = self.text_width(event.size.width)
        entries = tuple(self._entries())
        needed = sum(len(list(entry.lines(width))) for entry in entries)
        room = event.size.height - len(self._results) - FRAME
        if needed > room:
            entries = tuple(entry for entry in entries if entry != Entry())
        self._paper.styles.height = max(FEWEST, min(needed, room))
        self._paper.write(entries, from_top=True)

    @on(events.Key)
    def _by_key(self, event: events.Key) -> None:
        """Keys that the words do not take: digits, and the ways to the words and to the ticket."""
        if self._words.has_focus:
            return
        typed = narrow(event.character or "")
        place = DIGITS.find(typed) if len(typed) == 1 else -1
        if 0 <= place < len(self._results):
            event.stop()
            self._choose(self._results[place])
        elif typed == "m":
            event.stop()
            self._words.focus()
        elif typed == "g" or event.key == "ctrl+g":
            event.stop()
            self._answer(Told("", to_ticket=True))

    @on(events.Click, "#results")
    def _by_click(self, event: events.Click) -> None:
        event.stop()
        if 0 <= event.y < len(self._results):
            self._choose(self._results[event.y])

    @on(Input.Submitted)
    def _worded(self, event: Input.Submitted) -> None:
        event.stop()
        self._paper.focus()

    def _choose(self, result: Result) -> None:
        words = self._words.value.strip()
        if result.effect in {Effect.AGAIN_AT, Effect.POSTPONE}:
            self.app.push_screen(AgainAt(), lambda at: self._again(result, words, at))
        elif result.effect is Effect.AGREE:
            self.app.push_screen(Agreed(), lambda said: self._agreed(result, words, said))
        else:
            self._answer(Told(result.id, words))

    def _again(self, result: Result, words: str, at: datetime | None) -> None:
        if at is not None:
            self._answer(Told(result.id, words, at))

    def _agreed(self, result: Result, words: str, said: str | None) -> None:
        if said:
            self._answer(Told(result.id, words, agreed=said))

    def _answer(self, came: Told) -> None:
        """Tell the list before the dialog goes: the next key typed ahead is meant for the next line."""
        self._answered(came)
        self.dismiss(came)


def _why(contact: ContactRow) -> str:
    """Why he is rung, and what about where that is another thing."""
    reason = say(f"reason.{contact.reason}")
    if not contact.about:
        return reason
    return say("contact.script.why", reason=reason, about=say(f"about.{contact.about}"))
