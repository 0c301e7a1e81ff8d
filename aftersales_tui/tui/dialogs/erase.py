"""Asks twice before a customer is erased: for his name, and for the reason (U4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.i18n import say
from aftersales_tui.tui.customer_words import erasure_lines, listed
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.erasure import is_swept_later
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.lines import Lines, folded
from aftersales_tui.views.mergers import ErasurePreview

MOST_NAMED = 5
"""Open tickets named at most."""
FRAME = 8
"""Lines of the box beside what goes and stays: borders, title, two fields, what is wrong, hint."""


@dataclass(frozen=True, slots=True)
class Erased:
    """The name as it was typed, and why."""

    name: str
    reason: str


class EraseDialog(Dialog[Erased]):
    """What goes and what stays; then the name and the reason. Enter goes from the one to the other and on."""

    def __init__(self, seen: ErasurePreview) -> None:
        """``seen`` is what erasing would do."""
        super().__init__("erase.title", "erase.hint", name=seen.file.name)
        self._seen = seen

    def compose_body(self) -> Iterator[Widget]:
        """What goes, what stays, the name, the reason."""
        yield Lines(id="what")
        name = Line(placeholder=say("erase.name", name=self._seen.file.name), id="name")
        reason = Line(placeholder=say("erase.reason"), id="reason", max_length=200)
        name.disabled = reason.disabled = bool(self._seen.open_numbers)
        yield name
        yield reason

    @on(events.Mount)
    def _begin(self) -> None:
        numbers = self._seen.open_numbers
        if numbers:
            shown = listed(map(number_word, numbers[:MOST_NAMED]))
            self.complain("error.erase.open_tickets", numbers=shown)

    @on(events.Resize)
    def _lay_out(self, event: events.Resize) -> None:
        width = self.text_width(event.size.width)
        goes, *rest = erasure_lines(self._seen, later=is_swept_later(self._seen))
        lines = [
            (line, look)
            for text, look in (
                (goes, "late"),
                *((one, "") for one in rest),
                (say("erase.for_good"), "strong"),
            )
            for line in folded(text, width)
        ]
        shown = self.query_one("#what", Lines)
        shown.styles.height = min(len(lines), max(3, event.size.height - FRAME))
        shown.show((line,) for line in lines)

    @on(Input.Submitted, "#name")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() == self._seen.file.name.strip():
            self.complain("")
            self.query_one("#reason", Line).focus()
        else:
            self.complain("error.erase.name_differs")

    @on(Input.Submitted, "#reason")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.dismiss(Erased(self.query_one("#name", Line).value.strip(), event.value.strip()))
        else:
            self.complain("dialog.empty")
