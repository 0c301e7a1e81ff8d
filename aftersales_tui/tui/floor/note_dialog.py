"""Writes a note for the next shift (A1)."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word

TEXT_LIMIT, NAME_LIMIT = 2000, 120


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it was written."""

    text: str
    for_whom: str


class NoteDialog(Dialog[Noted]):
    """The text, then for whom; Enter goes from the one to the other and on.

    What was typed is kept when the box is left, and stands in it when it is opened again.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM,)

    def __init__(self, kept: MutableMapping[str, str], number: int = 0) -> None:
        """Make the box.

        Args:
            kept: What was typed before; written into as somebody types.
            number: Of the ticket the note is about; 0 for none.
        """
        title = "handover.note.about" if number else "handover.note.title"
        super().__init__(title, "handover.note.hint", number=number_word(number))
        self._kept = kept

    def compose_body(self) -> Iterator[Widget]:
        """The text and the name."""
        for name, limit in (("text", TEXT_LIMIT), ("for_whom", NAME_LIMIT)):
            with Horizontal(classes="field"):
                yield Word(f"handover.note.{name}", classes="label")
                yield Line(self._kept.get(name, ""), max_length=limit, id=name)

    def do_go_on(self) -> None:
        """Take the note."""
        text, whom = (self.query_one(f"#{name}", Line).value.strip() for name in ("text", "for_whom"))
        if text:
            self.dismiss(Noted(text, whom))
        else:
            self.complain("error.handover.empty")
            self.query_one("#text", Line).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._kept[event.input.id or ""] = event.value

    @on(Input.Submitted, "#text")
    def _to_whom(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#for_whom", Line).focus()

    @on(Input.Submitted, "#for_whom")
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.do_go_on()
