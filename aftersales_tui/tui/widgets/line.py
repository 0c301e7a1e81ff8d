"""The one-line field that every form uses."""

import unicodedata
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.message import Message
from textual.widgets import Input

from aftersales_tui.domain.text import narrow
from aftersales_tui.tui.terminal.controls import without_controls

if TYPE_CHECKING:
    from textual import events
    from textual.suggester import Suggester

MAX_LENGTH = 500
ALT = "alt+"
_UNPRINTABLE_BY_TABLE_ONLY = {"Zs", "Cn", "Co"}


class Line(Input):
    """A field of one line that takes typed and pasted text as it comes.

    Stock ``Input`` keeps only the first line of a paste, refuses a paste that is one character too long, drops the
    wide blank of a Chinese input method and Han characters newer than Python's tables, and selects everything on
    focus, so that the next key wipes the field.
    """

    class Full(Message):
        """More was typed or pasted than the field holds.

        Attributes:
            line: The field.
            lost: How many characters did not fit; they are not in the field.
        """

        def __init__(self, line: "Line", lost: int) -> None:
            super().__init__()
            self.line, self.lost = line, lost

        @property
        def control(self) -> "Line":
            """The field, for ``@on`` with a selector."""
            return self.line

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        digits: bool = False,
        max_length: int = MAX_LENGTH,
        suggester: "Suggester | None" = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Make the field.

        Args:
            value: What stands in it at first.
            placeholder: Shown while it is empty.
            digits: Full-width characters become plain ones, for phones, serials, dates and commands.
            max_length: In characters; what does not fit is told by ``Full``.
            suggester: Completes what is typed.
            id: In the screen.
            classes: For the style sheet.
            disabled: Not to be typed into.
        """
        self.digits = digits
        super().__init__(
            value,
            placeholder,
            max_length=max_length,
            suggester=suggester,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        # It would paint twice a second for as long as somebody thinks, over slow lines too.
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a stretch of the field; typing, pasting and deleting all come through here.

        Args:
            text: Cleaned first, and cut to what fits.
            start: First character to go.
            end: Behind the last character to go.
        """
        fitting = self._fit(text)
        start, end = sorted((max(0, start), min(len(self.value), end)))
        room = (self.max_length or MAX_LENGTH) - len(self.value) + end - start
        if len(fitting) > room:
            self.restricted()
            self.post_message(self.Full(self, len(fitting) - max(0, room)))
            fitting = fitting[: max(0, room)]
        if fitting or not text:
            super().replace(fitting, start, end)

    def _fit(self, text: str) -> str:
        """The text on one line, without controls, in plain digits if the field wants them."""
        lines = text.splitlines()
        if len(lines) > 1 or (lines and lines[0] != text):
            text = " ".join(stripped for line in lines if (stripped := line.strip()))
        text = without_controls(text.replace("\t", " "))
        return narrow(text) if self.digits else text

    def _watch_value(self, value: str) -> None:
        # A changed extent would lay out the whole screen at every key; a field of fixed size needs it to scroll only.
        self.set_reactive(Line.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def _on_paste(self, event: "events.Paste") -> None:
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)

    async def _on_key(self, event: "events.Key") -> None:
        character = event.character
        if event.key.startswith(ALT) and event.is_printable:
            # A key that nothing here is bound to; stock Input would write its letter.
            event.prevent_default()
            return
        if character is None or event.is_printable or len(character) != 1:
            return
        if unicodedata.category(character) in _UNPRINTABLE_BY_TABLE_ONLY:
            event.prevent_default()
            event.stop()
            self._restart_blink()
            self.replace(" " if character.isspace() else character, *self.selection)
