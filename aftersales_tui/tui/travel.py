"""How the screens are reached: by name, so that none of them imports another."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.message import Message

from aftersales_tui.tui.widgets.status import BAD, NOTHING

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host
    from aftersales_tui.tui.screens.base import DeskScreen

HOME = "queue"


class Door(NamedTuple):
    """A screen that can be gone to.

    Attributes:
        module: Under ``tui.screens``.
        screen: The class in it.
        many: Whether each visit opens a screen of its own, on top of the present one; the others are made once,
            keep what was typed, and stand directly on the queue.
        over: Whether one that is kept stands on top of where it was asked for, and leads back there.
        soon: Whether its module is imported when the desk has opened, ahead of a call that comes any moment. The
            others are small, and not loaded by a desk at rest.
        first: Whether its module is imported as soon as the first frame is painted, ahead of the store.
    """

    module: str
    screen: str
    many: bool = False
    over: bool = False
    soon: bool = False
    first: bool = False


DOORS: Mapping[str, Door] = {
    "queue": Door("queue", "QueueScreen"),
    "call": Door("intake", "IntakeScreen", over=True, soon=True),
    "ticket": Door("ticket", "TicketScreen", many=True),
    "contact": Door("contact", "ContactScreen"),
    "register": Door("register", "RegisterScreen"),
    "messages": Door("messages", "MessagesScreen"),
    "visitors": Door("visitors", "VisitorsScreen"),
    "handover": Door("handover", "HandoverScreen"),
    "search": Door("search", "SearchScreen", over=True),
    "duplicates": Door("duplicates", "DuplicatesScreen"),
    "customer": Door("customer", "CustomerScreen", many=True),
    "device": Door("device", "DeviceScreen", many=True),
    "people": Door("people", "PeopleScreen"),
    "person": Door("person", "PersonScreen", many=True),
    "imports": Door("imports", "ImportsScreen"),
    "import_file": Door("import_file", "ImportFileScreen", over=True),
    "command_line": Door("command_line", "CommandLine", many=True, first=True),
}


class Go(Message):
    """A wish to be on another screen.

    Attributes:
        where: The door's name.
        carrying: What the screen's ``arrive`` is given.
    """

    def __init__(self, where: str, **carrying: Any) -> None:
        super().__init__()
        self.where = where
        self.carrying = carrying


class Travel:
    """Opens doors: makes screens when they are first wanted, and puts them on the stack."""

    def __init__(self, app: "Host", doors: Mapping[str, Door] = DOORS) -> None:
        self._app = app
        self._doors = doors
        self._made: dict[str, DeskScreen] = {}

    def knows(self, where: str) -> bool:
        """Whether there is such a screen; commands that lead nowhere are not shown."""
        return where in self._doors

    def is_at(self, where: str) -> bool:
        """Whether this screen is the one in front."""
        return self._made.get(where) is self._app.screen

    def made(self) -> "tuple[DeskScreen, ...]":
        """The screens that are kept, on the stack or not."""
        return tuple(self._made.values())

    def home(self) -> "DeskScreen":
        """The screen at the bottom of the stack."""
        return self._made.get(HOME) or self._make(HOME)

    def to(self, where: str, **carrying: Any) -> None:
        """Go to a screen; what it is to show goes to its ``arrive``. What was said on the present one goes."""
        app = self._app
        self.hush()
        door = self._doors[where]
        with app.batch_update():
            if door.many:
                screen = self._make(where)
                app.push_screen(screen)
            else:
                screen = self._made.get(where) or self._make(where)
                goes_down = not door.over or screen in app.screen_stack
                while goes_down and app.screen is not screen and len(app.screen_stack) > 1:
                    app.pop_screen()
                if app.screen is not screen:
                    app.push_screen(where)
        screen.arrive(**carrying)

    def hush(self) -> None:
        """Let go of what was said on the screen that is being left; bad news stays until the next key does something.

        A write that reports later is said where one has gone to.
        """
        if self._app.said.style != BAD:
            self._app.tell(NOTHING)

    def warm_home(self) -> None:
        """Import what the first rows need; may run in a thread."""
        import_module("aftersales_tui.tui.queue.lines")

    def warm_first(self) -> None:
        """Import what a first key opens before the store is there; takes a few milliseconds."""
        for door in self._doors.values():
            if door.first:
                _module(door)

    def warm(self) -> None:
        """Import the screens that are wanted at a moment's notice; may run in a thread."""
        for door in self._doors.values():
            if door.soon:
                _module(door)

    def _make(self, where: str) -> "DeskScreen":
        door = self._doors[where]
        screen = cast("DeskScreen", getattr(_module(door), door.screen)())
        if not door.many:
            self._made[where] = screen
            if where != HOME:
                self._app.install_screen(screen, where)
            self._app.run_worker(self._app.trouble.guarded(screen.prepare()), exit_on_error=False)
        return screen


def _module(door: Door) -> object:
    return import_module(f"aftersales_tui.tui.screens.{door.module}")
