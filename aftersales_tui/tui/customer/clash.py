"""Two seats have set one field differently: a person chooses, field by field (A4)."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import events, on
from textual.widget import Widget

from aftersales_tui.domain.text import narrow
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.lines import Lines, TextLine, folded
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row

Side = Literal["mine", "theirs", "before"]
SIDES: tuple[Side, ...] = ("mine", "theirs", "before")
"""In the order of their digits."""
SHOWN = 6
"""Lines in which the three values of the field under the cursor are written out."""


class Disputed(NamedTuple):
    """A field that two have set differently, in words."""

    name: str
    before: str
    mine: str
    theirs: str


class ClashDialog(Dialog[dict[str, Side]]):
    """A line for each field; a digit chooses, and F12 saves when every field is decided."""

    scopes: ClassVar[tuple[str, ...]] = (FORM,)
    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("file.clash.field", 10, grow=1, most=14),
        Column("file.clash.mine", 10, grow=3),
        Column("file.clash.theirs", 10, grow=3),
        Column("file.clash.before", 8, grow=2, rank=1),
        Column("file.clash.take", 8, grow=1, most=12),
    )

    def __init__(self, disputed: Sequence[Disputed], by: str) -> None:
        """Make the dialog.

        Args:
            disputed: The fields, in the order of the form.
            by: Who has saved first.
        """
        super().__init__("file.clash.title", "file.clash.hint", by=by)
        self._disputed = tuple(disputed)
        self._chosen: dict[str, Side] = {}
        self._rows = Rows(self.COLUMNS)
        self._rows.styles.height = len(self._disputed) + 1
        self._values = Lines(id="values")
        self._values.styles.height = SHOWN

    def compose_body(self) -> Iterator[Widget]:
        """The fields, and the values of the one under the cursor written out."""
        yield self._rows
        yield self._values

    @on(events.Mount)
    def _fill(self) -> None:
        self._rows.show([self._row(place) for place in range(len(self._disputed))])
        self._write_out()

    def _row(self, place: int) -> Row:
        one = self._disputed[place]
        side = self._chosen.get(one.name)
        taken = say(f"file.clash.{side}") if side else "?"
        looks = tuple("good" if side == name else "" for name in SIDES)
        return Row(
            place,
            (say(f"file.field.{one.name}"), one.mine, one.theirs, one.before, taken),
            ("strong", *looks, "good" if side else "late"),
        )

    @on(Rows.Moved)
    @on(events.Resize)
    def _write_out(self) -> None:
        one = self._disputed[self._rows.key or 0]
        self._values.show(self._lines(one, max(20, self._values.size.width)))

    @staticmethod
    def _lines(one: Disputed, width: int) -> Iterator[TextLine]:
        for digit, side in enumerate(SIDES, 1):
            text = f"{digit} {say(f'file.clash.{side}')}: {getattr(one, side)}"
            yield from (((line, ""),) for line in folded(text, width)[: SHOWN // len(SIDES)])

    @on(events.Key)
    def _by_digit(self, event: events.Key) -> None:
        digit = narrow(event.character or "")
        if len(digit) == 1 and digit in "123":
            event.stop()
            self._choose(SIDES[int(digit) - 1])

    @on(Rows.Opened)
    def _entered(self, event: Rows.Opened) -> None:
        """Enter chooses nothing by itself: pressed once too often it would overwrite what somebody has saved."""
        event.stop()
        self.do_go_on()

    def _choose(self, side: Side) -> None:
        place = self._rows.key or 0
        self._chosen[self._disputed[place].name] = side
        self._rows.patch(self._row(place))
        self._to_undecided()

    def _to_undecided(self) -> bool:
        for place, one in enumerate(self._disputed):
            if one.name not in self._chosen:
                self._rows.go_to(place)
                return True
        return False

    def do_go_on(self) -> None:
        """Save, when nothing is left to be decided."""
        if self._to_undecided():
            self.complain("file.clash.undecided")
        else:
            self.dismiss(self._chosen)
