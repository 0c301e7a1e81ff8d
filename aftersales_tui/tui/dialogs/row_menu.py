"""A menu by digits: the way to every verb while an input method swallows letters."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events, on
from textual.widget import Widget

from aftersales_tui.domain.text import narrow
from aftersales_tui.tui.dialogs.dialog import FRAME, WIDER, WIDTH, Dialog
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.columns import GAP, Column
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.tui.widgets.word import Word

DIGITS = "1234567890"
SECOND = "0"
"""In a menu of more than ten it goes before a second digit: no letter arrives while an input method is on."""
CODE = 2
"""Cells of a digit, or of two."""
LABEL = 24
"""Cells that a label gets at least, if it is so long."""
NOTE = 12
"""Cells below which a note is rather left out."""
AROUND = 6
"""Lines of the screen that are no entries: border, title, what is wrong, hint."""


class Choice(NamedTuple):
    """One entry of a menu.

    Attributes:
        id: What is answered when it is chosen.
        label: In the present language.
        note: A second column, such as the key that does the same.
    """

    id: str
    label: str
    note: str = ""


class Menu(Dialog[str]):
    """Answers the id of the entry that was chosen by its digit, or by arrows and Enter.

    Of a menu of more than ten the first nine have one digit, the others two: ``01`` to ``09`` and ``00``.
    """

    def __init__(self, title: str, choices: Sequence[Choice], **params: object) -> None:
        """Make the menu.

        Args:
            title: Catalog key of its first line.
            choices: In order; the first nineteen have digits.
            params: Fill the placeholders of the title.
        """
        many = len(choices) > len(DIGITS)
        super().__init__(title, "dialog.menu.hint_many" if many else "dialog.menu.hint", **params)
        self._choices = tuple(choices)
        self._label = max((cell_len(choice.label) for choice in self._choices), default=0)
        self._note = max((cell_len(choice.note) for choice in self._choices), default=0)
        self.set_class(CODE + self._label + self._note + 2 * GAP > WIDTH - FRAME, WIDER)
        self._codes = _codes(len(self._choices))
        self._begun = ""

    def compose_body(self) -> Iterator[Widget]:
        """The entries, and how many more there are than can be seen."""
        # The labels take what they need; all that is left is the notes'.
        label = Column("", min(self._label, LABEL), grow=9, most=self._label)
        yield Rows((Column("", CODE), label, Column("", min(self._note, NOTE), grow=1, rank=1)), header=False)
        yield Word("", id="more", classes="hint")

    @on(events.Resize)
    def _fit(self, event: events.Resize) -> None:
        """As tall as the screen lets it be."""
        room, count = event.size.height - AROUND, len(self._choices)
        seen = count if count <= room else max(3, room - 1)
        entries, more = self.query_one(Rows), self.query_one("#more", Word)
        entries.styles.height = entries.styles.max_height = seen
        more.display = seen < count
        more.to("dialog.menu.more", n=count - seen)

    @on(events.Mount)
    def _fill(self) -> None:
        codes = (*self._codes, *("" for _ in self._choices[len(self._codes) :]))
        marked = zip(codes, self._choices, strict=True)
        self.query_one(Rows).show(
            [
                Row(index, (code, choice.label, choice.note), ("strong", "", "dim"))
                for index, (code, choice) in enumerate(marked)
            ]
        )

    @on(events.Key)
    def _by_digit(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        code, self._begun = self._begun + digit, ""
        if len(digit) == 1 and code in self._codes:
            event.stop()
            self.dismiss(self._choices[self._codes.index(code)].id)
        elif digit == SECOND and len(self._choices) > len(DIGITS):
            event.stop()
            self._begun = digit
            self.query_one(Rows).go_to(len(DIGITS) - 1)

    @on(Rows.Opened)
    def _by_row(self, event: Rows.Opened) -> None:
        event.stop()
        self.dismiss(self._choices[event.key].id)


def _codes(count: int) -> tuple[str, ...]:
    """What is typed for each entry, for as many as there are digits."""
    if count <= len(DIGITS):
        return tuple(DIGITS[:count])
    return (*DIGITS[:-1], *(SECOND + digit for digit in DIGITS))[:count]
