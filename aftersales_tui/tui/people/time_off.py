"""Asks when somebody is away, and why (A3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.appointment import Clash, Window
from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.when import absence
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.says import window_word
from aftersales_tui.tui.staff_words import BETWEEN, off_word
from aftersales_tui.tui.widgets.line import Line


@dataclass(frozen=True, slots=True)
class Away:
    """Time off as it was told."""

    window: Window
    reason: str


def visits_word(error: DomainError, now: datetime, zone: tzinfo) -> str:
    """The visits a refusal names, each with its window: ``T-1040 today 14-16``."""
    visits: tuple[Clash, ...] = error.params["visits"]  # type: ignore[assignment]
    return BETWEEN.join(
        f"{one.label} {window_word(one.window.start, one.window.end, now, zone)}" for one in visits
    )


class TimeOffDialog(Dialog[Away]):
    """From when until when, as it is said; then why; Enter goes from the one to the other and on."""

    def __init__(self, name: str) -> None:
        """``name`` is whose time off it is."""
        super().__init__("people.off.title", "people.off.hint", name=name)

    def compose_body(self) -> Iterator[Widget]:
        """The time and the reason."""
        yield Spoken[Window](self._understand, self._word, "people.off.when", id="when")
        yield Line(placeholder=say("people.off.why"), id="why")

    def _understand(self, text: str) -> Window:
        desk = self.desk_app.bridge.desk
        if desk is None or not text.strip():
            raise Invalid("when.not_understood", text=text)
        return absence(text, self.desk_app.now(), self.desk_app.zone, desk.words)

    def _word(self, meant: Window) -> str:
        return off_word(meant.start, meant.end, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted, "#when Line")
    def _timed(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one(Spoken).meant is not None:
            self.query_one("#why", Line).focus()

    @on(Input.Submitted, "#why")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        meant: Window | None = self.query_one(Spoken).meant
        if meant is not None:
            self.dismiss(Away(meant, event.value.strip()))
        else:
            self.query_one("#when Line", Line).focus()
