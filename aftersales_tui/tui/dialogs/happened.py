"""When something happened that is entered afterwards (P8)."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.when import happened
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.dialogs.spoken import Spoken
from aftersales_tui.tui.says import instant_word

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

AT = "@"
"""In front of words: they begin with the time at which it happened."""


class HappenedDialog(Dialog[datetime]):
    """A time that is over, as it is said: ``14:10``, 10分钟前, 昨天下午3点; Enter answers it."""

    def __init__(self, title: str, **params: object) -> None:
        """``title`` is the catalog key of the question, ``params`` fill its placeholders."""
        super().__init__(title, "happened.hint", **params)

    def compose_body(self) -> Iterator[Widget]:
        """The time."""
        yield Spoken[datetime](self._understand, self._word, "happened.example")

    def _understand(self, text: str) -> datetime:
        desk = self.desk_app.bridge.desk
        if desk is None:
            raise Invalid("when.not_understood", text=text)
        return happened(text.strip(), self.desk_app.now(), self.desk_app.zone, desk.words)

    def _word(self, at: datetime) -> str:
        return instant_word(at, self.desk_app.now(), self.desk_app.zone)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        at: datetime | None = self.query_one(Spoken).meant
        if at is not None:
            self.dismiss(at)


def timed_words(text: str, desk: "Desk") -> tuple[datetime | None, str]:
    """What stands behind ``@14:10``, and when that was; words without the sign happened just now.

    Raises:
        Invalid: ``when.not_understood`` or ``when.in_future``; nothing may be written then.
    """
    if not narrow(text).startswith(AT):
        return None, text
    from aftersales_tui.desk.spoken import SpokenDates
    from aftersales_tui.domain.grammar import Kind

    dates, said = SpokenDates(desk), text[1:].strip()
    length = dates.lead(Kind.HAPPENED, said) or len(said)
    return dates.happened(said[:length]), said[length:].strip()
