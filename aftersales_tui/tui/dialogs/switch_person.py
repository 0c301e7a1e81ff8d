"""Asks who sits down at this seat (A3)."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.staff import near
from aftersales_tui.i18n import say
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.staff import Seatable

TALLEST = 10


class SwitchPerson(Dialog[int]):
    """Answers the person's id. It narrows as one types, at once and in the order of the keys, by name and sound."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("", 12, grow=1, most=24),
        Column("", 12, grow=1, most=20),
        Column("", 14, rank=1),
        Column("", 10, rank=2),
    )

    def __init__(self, people: Sequence[Seatable], here: int, chosen: Callable[[int], None]) -> None:
        """Make the question.

        Args:
            people: Everybody who may sit down.
            here: Who sits here now; he comes last.
            chosen: Told of the answer before the dialog goes: the next key is meant for whoever sits here then.
        """
        super().__init__("seat.title", "seat.hint")
        self._people = sorted(people, key=lambda one: one.staff_id == here)
        self._here = here
        self._chosen = chosen

    def compose_body(self) -> Iterator[Widget]:
        """The field and whom it finds."""
        yield Line(id="sought")
        found = Rows(self.COLUMNS, "seat.nobody", header=False)
        found.can_focus = False
        found.styles.height = min(TALLEST, len(self._people))
        yield found

    @on(events.Mount)
    def _begin(self) -> None:
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._find(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        key = self.query_one(Rows).key
        if key is not None:
            self._take(key)

    @on(Rows.Opened)
    def _pointed(self, event: Rows.Opened) -> None:
        event.stop()
        self._take(event.key)

    @on(events.Key)
    def _arrows(self, event: events.Key) -> None:
        if event.key in {"up", "down"}:
            event.stop()
            self.query_one(Rows).do_cursor(event.key)

    def _take(self, staff_id: int) -> None:
        if staff_id != self._here:
            self._chosen(staff_id)
        self.dismiss(staff_id)

    def _find(self, text: str) -> None:
        rows = self.query_one(Rows)
        rows.show(
            [
                Row(
                    one.staff_id,
                    (
                        one.name,
                        say(f"role.{one.role}"),
                        one.phone,
                        say("seat.here") if one.staff_id == self._here else "",
                    ),
                    ("strong", "", "dim", "dim"),
                )
                for one in near(self._people, name_key(text))
            ]
        )
        rows.do_cursor("first")
