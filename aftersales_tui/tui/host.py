"""What everything on the screen knows of the app that carries it; only the program's door imports the app itself."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from aftersales_tui.tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from textual.screen import Screen

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.domain.errors import DomainError
    from aftersales_tui.settings import Settings
    from aftersales_tui.tui.bridge import Bridge
    from aftersales_tui.tui.errors import Trouble
    from aftersales_tui.tui.seat import Seat
    from aftersales_tui.tui.widgets.status import Said
    from aftersales_tui.tui.widgets.topline import Standing
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt


class Roads(Protocol):
    """The way to the other screens (``Travel``)."""

    def to(self, where: str, **carrying: Any) -> None:
        """Go to a screen; what it is to show goes to its ``arrive``."""

    def knows(self, where: str) -> bool:
        """Whether there is such a screen."""

    def is_at(self, where: str) -> bool:
        """Whether this screen is the one in front."""

    def made(self) -> "tuple[Screen[Any], ...]":
        """The screens that are kept, on the stack or not."""

    def hush(self) -> None:
        """Let go of what was said on the screen that is being left."""


class Host(TypeAheadApp[None], inherit_bindings=False):
    """The app as its screens, dialogs and commands see it; for the type checker, which holds ``DeskApp`` to it.

    Attributes:
        settings: As they were at the start.
        bridge: Runs the desk's verbs.
        travel: Leads to the other screens.
        trouble: Tells what went wrong.
        standing: What the top line shows.
        said: What the status line shows.
    """

    settings: "Settings"
    bridge: "Bridge"
    travel: Roads
    trouble: "Trouble"
    standing: "Standing"
    said: "Said"

    @property
    @abstractmethod
    def zone(self) -> "ZoneInfo":
        """The shop's zone, in which every time is shown."""

    @property
    @abstractmethod
    def seat(self) -> "Seat":
        """The seat of this window."""

    @abstractmethod
    def now(self) -> "datetime":
        """This moment in the shop's zone."""

    @abstractmethod
    def tell(self, said: "Said") -> None:
        """Show a sentence on the status line of whatever screen is seen."""

    @abstractmethod
    def settle(self) -> None:
        """Take back a complaint: the next thing is being done, and it may no longer be true."""

    @abstractmethod
    def write(
        self,
        verb: "Callable[[Desk, Act], Receipt]",
        then: "Callable[[Receipt], None] | None" = None,
        failed: "Callable[[DomainError], bool] | None" = None,
        write_id: int = 0,
        *,
        hold: bool = False,
    ) -> None:
        """Do a verb that writes; goes on and reports even when the screen that asked is gone."""

    @abstractmethod
    def open_ticket(self, ticket_id: int) -> None:
        """Show a ticket on top of the present screen."""

    @abstractmethod
    def wear(self, theme: str) -> None:
        """Take one of ``settings.THEMES``."""

    @abstractmethod
    def retranslate(self) -> None:
        """Say every word again, on every screen there is."""

    @abstractmethod
    def keep_drafts(self) -> None:
        """Write down what was typed on any screen, at once."""
