"""Writes down who comes, or who is announced (C13)."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import moment
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word

FIELDS = ("name", "company", "host", "purpose", "phone")
WHEN = "when"
LIMITS = {"purpose": 500}
LIMIT = 120


@dataclass(frozen=True, slots=True)
class Written:
    """What was written down; ``at`` for one who is announced."""

    texts: dict[str, str]
    at: datetime | None


class VisitorDialog(Dialog[Written]):
    """A line a field; Enter goes on to the next and, in the last, takes it all, as F12 does anywhere.

    What was typed is kept when the box is left, and stands in it when it is opened again.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM,)

    def __init__(self, kept: MutableMapping[str, str], *, announced: bool, first: str = "") -> None:
        """Make the box.

        Args:
            kept: What was typed before; written into as somebody types.
            announced: Whether he is to come, and not here yet.
            first: What is to be said before anything else, such as to a caller on the line.
        """
        super().__init__(
            "visitors.announce.title" if announced else "visitors.walk_in.title", "visitors.dialog.hint"
        )
        self._kept = kept
        self._announced = announced
        self._first = first

    def compose_body(self) -> Iterator[Widget]:
        """The fields."""
        if self._first:
            yield Word("visitors.first", classes="wrong", what=self._first)
        if self._announced:
            with Horizontal(classes="field"):
                yield Word("visitors.when", classes="label")
                yield Spoken[datetime](self._understand, self._word, "visitors.when_example", id=WHEN)
        for name in FIELDS:
            with Horizontal(classes="field"):
                yield Word(f"visitors.{name}", classes="label")
                yield Line(self._kept.get(name, ""), max_length=LIMITS.get(name, LIMIT), id=name)

    def on_mount(self) -> None:
        """Begin with the time, or with the name."""
        if self._announced:
            self.query_one(f"#{WHEN} Line", Line).value = self._kept.get(WHEN, "")
        self._lines()[0].focus()

    def do_go_on(self) -> None:
        """Take what was written."""
        texts = {name: self.query_one(f"#{name}", Line).value.strip() for name in FIELDS}
        at: datetime | None = self.query_one(Spoken).meant if self._announced else None
        if not texts["name"]:
            self.complain("error.visitor.no_name")
            self.query_one("#name", Line).focus()
        elif self._announced and at is None:
            self._lines()[0].focus()
        else:
            self.dismiss(Written(texts, at))

    def _lines(self) -> list[Line]:
        return list(self.query(Line))

    def _understand(self, text: str) -> datetime:
        desk = self.desk_app.bridge.desk
        if desk is None or not text.strip():
            raise Invalid("when.not_understood", text=text)
        return moment(text, self.desk_app.now(), self.desk_app.zone, desk.words)

    def _word(self, at: datetime) -> str:
        return instant_word(at, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._kept[event.input.id or WHEN] = event.value

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        lines = self._lines()
        place = lines.index(event.input) + 1 if isinstance(event.input, Line) else len(lines)
        if place < len(lines):
            lines[place].focus()
        else:
            self.do_go_on()
