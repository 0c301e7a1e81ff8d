"""Finds a customer by name, number or serial; those who look like the one in hand stand there at first (U4)."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.tui.customer_words import why_words
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

LINES = 8
NOBODY, NONE_ALIKE = "pick_customer.nothing", "pick_customer.none_alike"
"""What stands there when nobody is found: for what was typed, and of himself."""


class PickCustomer(Dialog[int]):
    """Answers the id of the customer that was chosen, never that of the one in hand."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("", 8, grow=1, most=16),
        Column("", 12, grow=1, most=16),
        Column("", 12, grow=2, rank=2),
        Column("", 10, grow=1, most=20, rank=1),
    )

    def __init__(self, customer_id: int) -> None:
        """``customer_id`` is that of the customer in hand."""
        super().__init__("pick_customer.title", "pick_customer.hint")
        self._own = customer_id
        self._found_for: str | None = None

    def compose_body(self) -> Iterator[Widget]:
        """The field and what it finds."""
        yield Line(id="sought")
        found = Rows(self.COLUMNS, header=False)
        found.can_focus = False
        found.styles.height = LINES
        yield found

    @on(events.Mount)
    def _begin(self) -> None:
        self._look("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look(event.value)

    @on(Input.Submitted)
    def _chosen(self, event: Input.Submitted) -> None:
        event.stop()
        self.hold_keys_while(self._take(event.value))

    @on(Rows.Opened)
    def _clicked(self, event: Rows.Opened) -> None:
        event.stop()
        self.dismiss(event.key)

    @on(events.Key)
    def _arrows(self, event: events.Key) -> None:
        if event.key in {"up", "down"}:
            event.stop()
            self.query_one(Rows).do_cursor(event.key)

    def _look(self, text: str) -> None:
        self.run_worker(self.desk_app.trouble.guarded(self._find(text.strip())), exit_on_error=False)

    async def _take(self, text: str) -> None:
        """The line under the cursor, of what is found for all that was typed."""
        if self._found_for != text.strip():
            await self._find(text.strip())
        key = self.query_one(Rows).key
        if key is not None and self.is_current:
            self.dismiss(key)

    async def _find(self, text: str) -> None:
        rows = await self.desk_app.bridge.latest(
            "pick", partial(_called if text else _alike, text, self._own)
        )
        if rows is not None and self.is_mounted:
            self._found_for = text
            found = self.query_one(Rows)
            # Until something is typed nobody has been looked for.
            found.wear(self.COLUMNS, NOBODY if text else NONE_ALIKE)
            found.show([row for row in rows if row.key != self._own])


def _called(text: str, _own: int, desk: "Desk") -> list[Row]:
    """Customers who are found by what was typed; each once, though several of his devices may match."""
    found = {one.customer_id: one for one in desk.intake.callers(text, LINES * 2)}
    return [
        Row(key, (one.name, one.phone, one.address, ""), ("strong", "", "dim")) for key, one in found.items()
    ]


def _alike(_text: str, own: int, desk: "Desk") -> list[Row]:
    """Customers who look like the one in hand."""
    return [
        Row(
            line.customer_id,
            (line.name, line.phone, line.address, why_words(pair.why)),
            ("strong", "", "dim", "soon"),
        )
        for pair in desk.mergers.like(own)
        for line in (pair.one, pair.other)
        if line.customer_id != own
    ]
