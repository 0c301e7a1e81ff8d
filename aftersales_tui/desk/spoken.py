"""Dates as they are said on the command line, read by the shop's clock, zone and words."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aftersales_tui.domain import when
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.grammar import Kind

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class SpokenDates:
    """Reads the three kinds of dates that verbs are told."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def window(self, text: str) -> Window:
        """A visit's window: ``fri 9-11``."""
        length = self._desk.policy.dispatch.window
        return when.window(text, self._desk.now(), self._zone, self._desk.words, length)

    def moment(self, text: str) -> datetime:
        """An instant to come: ``+2h``."""
        return when.moment(text, self._desk.now(), self._zone, self._desk.words)

    def happened(self, text: str) -> datetime:
        """An instant that is over: ``14:10``."""
        return when.happened(text, self._desk.now(), self._zone, self._desk.words)

    def lead(self, kind: Kind, text: str) -> int:
        """How many characters at the beginning of a text are a date; 0 for none (``grammar.Lead``).

        Raises:
            Invalid: ``when.torn`` or ``when.not_understood``, where a date seems to go on in what follows it.
        """
        return when.lead(text, lambda said: self.is_date(kind, said), self._desk.words)

    def is_date(self, kind: Kind, text: str) -> bool:
        """Whether a whole text is a date; one that is refused, because it is over, is one too."""
        readers: dict[Kind, Callable[[str], object]] = {
            Kind.WINDOW: self.window,
            Kind.MOMENT: self.moment,
            Kind.HAPPENED: self.happened,
        }
        try:
            readers[kind](text)
        except DomainError as error:
            return error.code != "when.not_understood"
        return True

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._desk.shop.zone)
