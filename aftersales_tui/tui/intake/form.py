"""The call sheet: one line for each field, every one of them in sight (C1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain import intake
from aftersales_tui.domain.intake import Field
from aftersales_tui.tui.intake.call import BOXES, FOR_WHOM
from aftersales_tui.tui.widgets.lines import Lines, TextLine
from aftersales_tui.tui.widgets.noted import NotedLine
from aftersales_tui.tui.widgets.still import Still

DIGITS = frozenset(
    {Field.PHONE, Field.MOBILE, Field.MODEL, Field.SERIAL, Field.QUANTITY, Field.WHEN_WANTED, Field.BOUGHT}
)
"""Fields in which full-width characters of an input method become plain ones."""
_WAYS: Mapping[str, int] = {"up": -1, "down": 1}
ID = "box-"


class SheetLine(NotedLine):
    """A field of the sheet, by the name of its box."""

    def __init__(self, box: str) -> None:
        limit = intake.BOXES[Field(box)].limit if box != FOR_WHOM else 120
        super().__init__(digits=box in DIGITS, max_length=limit, id=ID + box)
        self.box = box


class Boxes(Still, Vertical):
    """The fields, one below the other."""


class SheetForm(Still, Horizontal):
    """Labels on the left, fields on the right; tells what is typed and where the operator goes."""

    @dataclass
    class Written(Message):
        """Something was typed into a box."""

        box: str
        text: str

    @dataclass
    class Reached(Message):
        """The operator is in another box."""

        box: str

    @dataclass
    class Passed(Message):
        """A box was gone over: Enter or Tab was pressed in it."""

        box: str

    @dataclass
    class Entered(Message):
        """Enter was pressed in a box."""

        box: str

    @dataclass
    class Arrow(Message):
        """Up (-1) or Down (1) was pressed in a box."""

        box: str
        way: int

    @dataclass
    class Jump(Message):
        """PgUp (-1) or PgDn (1) was pressed: to another question."""

        box: str
        way: int

    def __init__(self) -> None:
        super().__init__()
        # Held, for they are asked at every key; and a clock that strikes while the screen goes still finds them.
        self._labels = Lines(id="labels")
        self._lines = {box: SheetLine(box) for box in BOXES}

    def compose(self) -> Iterator[Widget]:
        """The labels, the fields."""
        yield self._labels
        with Boxes(id="boxes"):
            yield from self._lines.values()

    def line(self, box: str) -> SheetLine:
        """The field of a box."""
        return self._lines[box]

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into boxes without telling that somebody typed."""
        for box, text in texts.items():
            line = self.line(box)
            if line.value != text:
                with line.prevent(Input.Changed):
                    line.value = text
                    line.cursor_position = len(text)

    def texts(self) -> dict[str, str]:
        """What stands in the boxes."""
        return {box: line.value for box, line in self._lines.items()}

    def narrow_to(self, boxes: frozenset[str]) -> None:
        """Show these boxes alone."""
        for box in BOXES:
            self.line(box).display = box in boxes
        self._labels.styles.height = len(boxes)

    def shown(self) -> tuple[str, ...]:
        """The boxes that can be seen, from top to bottom."""
        return tuple(box for box in BOXES if self.line(box).display)

    def label(self, lines: Mapping[str, TextLine]) -> None:
        """Write the labels of the boxes that can be seen."""
        self._labels.show([lines[box] for box in self.shown()])

    def go(self, box: str) -> None:
        """Put the cursor into a box."""
        line = self.line(box)
        line.focus()

    def beside(self, box: str, way: int) -> str:
        """The next box in sight, up or down; round at the ends."""
        boxes = self.shown()
        return boxes[(boxes.index(box) + way) % len(boxes)] if box in boxes else boxes[0]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if isinstance(event.input, SheetLine):
            self.post_message(self.Written(event.input.box, event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if isinstance(event.input, SheetLine):
            self.post_message(self.Passed(event.input.box))
            self.post_message(self.Entered(event.input.box))

    @on(events.DescendantFocus)
    def _reached(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, SheetLine):
            self.post_message(self.Reached(event.widget.box))

    @on(events.Key)
    def _moved(self, event: events.Key) -> None:
        focused = self.screen.focused
        if not isinstance(focused, SheetLine):
            return
        if event.key == "tab":
            self.post_message(self.Passed(focused.box))
        elif event.key in _WAYS:
            event.stop()
            self.post_message(self.Arrow(focused.box, _WAYS[event.key]))
        elif event.key in {"pageup", "pagedown"}:
            event.stop()
            self.post_message(self.Jump(focused.box, -1 if event.key == "pageup" else 1))
