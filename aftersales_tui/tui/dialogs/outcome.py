"""How the visit went (V3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.happened import timed_words
from aftersales_tui.tui.dialogs.row_menu import CODE, DIGITS
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was told of a visit; ``at`` is when it ended, where that was not now (P8)."""

    outcome: str
    words: str
    at: datetime | None = None


class OutcomeDialog(Dialog[Outcome]):
    """A digit names the outcome, the line takes a few words, Enter records both.

    Words that begin with ``@14:10`` tell when it was.
    """

    def __init__(self, number: int) -> None:
        """``number`` is the ticket's."""
        super().__init__("outcome.title", "outcome.hint", number=number_word(number))
        self._outcomes: tuple[str, ...] = ()

    def compose_body(self) -> Iterator[Widget]:
        """The shop's outcomes, and a field for words."""
        desk = self.desk_app.bridge.desk
        self._outcomes = tuple(desk.policy.outcomes) if desk else ()
        outcomes = Rows((Column("", CODE), Column("", 16, grow=1)), header=False)
        outcomes.styles.height = max(1, len(self._outcomes))
        yield outcomes
        yield Line(placeholder=say("outcome.words"))

    @on(events.Mount)
    def _fill(self) -> None:
        self.query_one(Rows).show(
            [
                Row(place, (DIGITS[place : place + 1], say(f"outcome.{name}")), ("strong",))
                for place, name in enumerate(self._outcomes)
            ]
        )

    @on(events.Key)
    def _by_digit(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        place = DIGITS.find(digit) if len(digit) == 1 else -1
        if self.query_one(Rows).has_focus and 0 <= place < len(self._outcomes):
            event.stop()
            self._choose(place)

    @on(Rows.Opened)
    def _by_row(self, event: Rows.Opened) -> None:
        event.stop()
        self._choose(event.key)

    def _choose(self, place: int) -> None:
        self.query_one(Rows).go_to(place)
        self.query_one(Line).focus()

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        place, desk = self.query_one(Rows).key, self.desk_app.bridge.desk
        if place is None or desk is None:
            return
        try:
            at, words = timed_words(event.value.strip(), desk)
        except Invalid as error:
            self.complain("spoken.wrong", why=sentence(error))
        else:
            self.dismiss(Outcome(self._outcomes[place], words, at))
