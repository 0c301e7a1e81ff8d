"""A field with a note at its right end, as long as the text leaves room for it."""

from collections.abc import Callable

from rich.segment import Segment
from textual.geometry import Offset
from textual.strip import Strip

from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.line import MAX_LENGTH, Line
from aftersales_tui.tui.widgets.still import Still


class NotedLine(Still, Line):
    """A ``Line`` that says beside the text how it was understood.

    Attributes:
        echo: Told each text at once, so that what it notes is painted together with the letter.
    """

    COMPONENT_CLASSES = {"note--good", "note--bad"}

    def __init__(
        self, value: str = "", *, digits: bool = False, max_length: int = MAX_LENGTH, id: str | None = None
    ) -> None:
        self._note, self._note_look = "", ""
        self.echo: Callable[[str], None] | None = None
        super().__init__(value, digits=digits, max_length=max_length, id=id)

    def note(self, text: str, look: str = "") -> None:
        """Write beside the text; ``look`` is ``good`` or ``bad``."""
        if (text, look) != (self._note, self._note_look):
            self._note, self._note_look = text, look
            self.refresh()

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        if self.echo is not None:
            self.echo(value)

    @property
    def noted(self) -> str:
        """The note that stands beside the text."""
        return self._note

    def render_line(self, y: int) -> Strip:
        """The field and its note, which has the right end unless a long text is being written there."""
        strip = super().render_line(y)
        width, wide = self.size.width, cell_len(self._note)
        start = width - wide
        is_short = cell_len(self.value) + 2 <= start
        if y or not self._note or not (is_short or (not self.has_focus and start > wide)):
            return strip
        style = self.rich_style
        if self._note_look:
            style += self.get_component_rich_style(f"note--{self._note_look}", partial=True)
        head = strip.adjust_cell_length(width).crop(0, start if is_short else start - 1)
        gap = () if is_short else (Segment(" ", self.rich_style),)
        return Strip([*head, *gap, Segment(self._note, style)], width)

    @property
    def scroll_offset(self) -> Offset:
        """Where the text begins while nobody writes in it: district and street tell more than the door."""
        return super().scroll_offset if self.has_focus else Offset(0, 0)
