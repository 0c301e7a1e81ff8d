"""Asks why a customer's data are handed out, and into which file (U4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.widgets.line import Line


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Why, and where to."""

    reason: str
    path: str


class HandOutDialog(Dialog[HandedOut]):
    """The reason, then the file; Enter goes from the one to the other and on."""

    def __init__(self, path: str) -> None:
        """``path`` stands in the field at first."""
        super().__init__("hand_out.title", "hand_out.hint")
        self._path = path

    def compose_body(self) -> Iterator[Widget]:
        """The reason and the file."""
        yield Line(placeholder=say("hand_out.reason"), id="reason", max_length=200)
        yield Line(self._path, id="path")

    @on(Input.Submitted, "#reason")
    def _told(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.complain("")
            self.query_one("#path", Line).focus()
        else:
            self.complain("dialog.empty")

    @on(Input.Submitted, "#path")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        reason, path = self.query_one("#reason", Line).value.strip(), event.value.strip()
        if reason and path:
            self.dismiss(HandedOut(reason, path))
        else:
            self.complain("dialog.empty")
