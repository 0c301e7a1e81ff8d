"""A menu by digits: the way to every verb while an input method swallows letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from aftersales_tui.domain.text import narrow
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row

DIGITS = "1234567890abcdefghi"
"""Ten digits, then letters for the few menus that are longer."""
TALLEST = 14
"""Lines of a menu; a longer one scrolls."""


@dataclass(frozen=True, slots=True)
class Choice:
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
    """Answers the id of the entry that was chosen by its digit, or by arrows and Enter."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (Column("", 2), Column("", 16, grow=1), Column("", 12, rank=1))

    def __init__(self, title: str, choices: Sequence[Choice], **params: object) -> None:
        """Make the menu.

        Args:
            title: Catalog key of its first line.
            choices: In order; the first ten have a digit.
            params: Fill the placeholders of the title.
        """
        super().__init__(title, "dialog.menu.hint", **params)
        self._choices = tuple(choices)

    def compose_body(self) -> Iterator[Widget]:
        """The entries."""
        entries = Rows(self.COLUMNS, header=False)
        entries.styles.height = min(TALLEST, len(self._choices))
        yield entries

    @on(events.Mount)
    def _fill(self) -> None:
        marked = [(DIGITS[i] if i < len(DIGITS) else "", choice) for i, choice in enumerate(self._choices)]
        self.query_one(Rows).show(
            [
                Row(index, (digit, choice.label, choice.note), ("strong", "", "dim"))
                for index, (digit, choice) in enumerate(marked)
            ]
        )

    @on(events.Key)
    def _by_digit(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        place = DIGITS.find(digit) if len(digit) == 1 else -1
        if 0 <= place < len(self._choices):
            event.stop()
            self.dismiss(self._choices[place].id)

    @on(Rows.Opened)
    def _by_row(self, event: Rows.Opened) -> None:
        event.stop()
        self.dismiss(self._choices[event.key].id)
