"""Keys wait for their turn, so that whoever types faster than the screens follow loses nothing.

Textual sends each key to the widget that has the focus at that instant. In a burst (a barcode wand, an input method,
a practised hand) that is still the old field after Tab, and nobody at all while a pushed screen is being built. Here
keys and pastes stand in one queue; the next one goes out when all that the last one set in motion has come to rest.
"""

import asyncio
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import ref

from textual import events
from textual.app import App, ReturnType, ScreenStackError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.widget import Widget

LOOK = 0.05
"""Seconds between two looks at a lap that does not end."""
PATIENCE = 1.0
"""Seconds a key waits for a handler that is busy; then it goes out, as it would without the queue."""
LONG_PATIENCE = 10.0
"""Seconds a key waits for a screen that is being built, or while keys are held."""
MAX_LAPS = 8
"""Laps for one key: widgets that post to each other for ever must not keep the next key."""


class TypeAhead:
    """The queue in front of one app.

    It follows a key by *laps*: a callback handed from the focused widget to each ancestor in turn, to the screen and
    to the app. Each runs it behind what the key put into its mailbox, so the order of bubbling is kept. Laps repeat
    while a mailbox still holds something, or the focus or the screen is no longer the same.
    """

    def __init__(self, app: App[Any], dispatch: "Callable[[events.Event], Awaitable[None]]") -> None:
        """Stand in front of an app.

        Args:
            app: Whose focus and screens are followed.
            dispatch: Textual's own way of handing on a key or a paste.
        """
        self._app = app
        self._dispatch = dispatch
        self._waiting: deque[events.Event] = deque()
        self._resting = True
        self._taken = 0.0
        self._lap: _Lap | None = None
        self._known: ref[Screen[Any]] | None = None
        self._holds: set[object] = set()

    async def take(self, event: events.Event) -> None:
        """Put a key or a paste into the queue; it goes out at once if nothing is under way."""
        self._waiting.append(event)
        self._taken = asyncio.get_running_loop().time()
        if self._resting:
            self._resting = False
            if self._holds or self._is_new(_top(self._app)):
                self._start_lap()
            else:
                await self._send_next()

    @contextmanager
    def hold(self) -> "Iterator[None]":
        """Keep the keys back while something fetches what it needs before it opens a screen.

        A hold that outlasts ``LONG_PATIENCE`` while a key waits is forgotten.
        """
        mine = object()
        self._holds.add(mine)
        try:
            yield
        finally:
            self._holds.discard(mine)
            if not self._holds and not self._resting:
                self._start_lap()

    async def rest(self, patience: float, quiet: float = 0.0) -> None:
        """Wait until no key is under way, and none has come for ``quiet`` seconds, but at most ``patience`` seconds."""
        now = asyncio.get_running_loop().time
        end = now() + patience
        while now() < end and not self.is_quiet(quiet):
            await asyncio.sleep(LOOK / 5)

    def is_quiet(self, seconds: float) -> bool:
        """Whether no key is under way, and none has come for so long."""
        return self._resting and asyncio.get_running_loop().time() >= self._taken + seconds

    async def finish(self, lap: "_Lap") -> None:
        """Called by a lap, in the app's own loop, when it has been all the way round."""
        if lap is not self._lap or self._holds:
            return
        if lap.number < MAX_LAPS and lap.is_stirring():
            self._start_lap()
        else:
            await self.give_way(lap)

    async def give_way(self, lap: "_Lap") -> None:
        """Let the next key go, whether or not the last one has come to rest."""
        if lap is self._lap:
            self._end_lap()
            top = _top(self._app)
            self._known = ref(top) if top is not None else None
            await self._send_next()

    def look(self, lap: "_Lap") -> None:
        """See what keeps a lap: the screen may have changed under it, or a widget on its way have gone."""
        if lap is not self._lap:
            return
        if not self._app.is_running:
            self._end_lap()
            return
        if lap.is_stranded() and not self._holds:
            self._start_lap()
            return
        screen = _top(self._app)
        being_built = self._holds or (screen is not None and not screen.is_mounted)
        if lap.age() > (LONG_PATIENCE if being_built else PATIENCE):
            self._holds.clear()
            _post(self._app, lap.force)
        lap.set_alarm()

    async def _send_next(self) -> None:
        if not self._waiting:
            self._resting = True
            return
        event = self._waiting.popleft()
        try:
            with self._app.prevent(*event._prevent):
                await self._dispatch(event)
        finally:
            # Also when a handler failed: whether the app survives that is its own decision, not the queue's.
            self._start_lap(afresh=True)

    def _start_lap(self, *, afresh: bool = False) -> None:
        before = None if afresh else self._lap
        self._end_lap()
        self._lap = lap = _Lap(self, self._app, before)
        lap.set_alarm()
        lap.step()

    def _end_lap(self) -> None:
        if self._lap is not None:
            self._lap.alarm.cancel()
            self._lap = None

    def _is_new(self, screen: "Screen[Any] | None") -> bool:
        return self._known is None or self._known() is not screen


class _Lap:
    """One way round from the focused widget to the app."""

    alarm: asyncio.TimerHandle

    def __init__(self, queue: TypeAhead, app: App[Any], before: "_Lap | None") -> None:
        self._queue = queue
        self._app = app
        self._loop = asyncio.get_running_loop()
        self._since: float = self._loop.time() if before is None else before._since
        self.number: int = 1 if before is None else before.number + 1
        self._screen, self._focused = _where(app)
        self._pumps = self._mailboxes()
        self._way = iter(self._pumps)
        self._at: MessagePump = app

    def _mailboxes(self) -> "list[MessagePump]":
        """The focused widget, its ancestors, the screen and the app; a widget whose handler failed is cut off them."""
        for start in (self._focused, self._screen):
            if start is not None and (way := start.ancestors_with_self)[-1] is self._app:
                return list(way)
        return [self._app]

    def step(self) -> None:
        """Go on to the next mailbox that is open; behind the app's own the lap is over."""
        for mailbox in self._way:
            self._at = mailbox
            if self._is_answering() and _post(self._at, self._arrive if self._at is self._app else self.step):
                return

    async def _arrive(self) -> None:
        await self._queue.finish(self)

    async def force(self) -> None:
        """Give up waiting."""
        await self._queue.give_way(self)

    def set_alarm(self) -> None:
        self.alarm = self._loop.call_later(LOOK, self._queue.look, self)

    def age(self) -> float:
        """Seconds since the key was sent."""
        return self._loop.time() - self._since

    def is_stirring(self) -> bool:
        """Whether something is still under way where the next key would go."""
        return _where(self._app) != (self._screen, self._focused) or any(
            pump.message_queue_size for pump in self._pumps
        )

    def is_stranded(self) -> bool:
        """Whether the lap waits for someone who no longer matters or will never answer."""
        return _top(self._app) is not self._screen or not self._is_answering()

    def _is_answering(self) -> bool:
        """A widget whose handler failed reads its mailbox no more; the app itself runs in no task of its own."""
        task = self._at._task
        return self._at is self._app or (task is not None and not task.done())


def _top(app: App[Any]) -> "Screen[Any] | None":
    try:
        return app.screen
    except ScreenStackError:
        return None


def _where(app: App[Any]) -> "tuple[Screen[Any] | None, Widget | None]":
    screen = _top(app)
    return screen, screen.focused if screen is not None else None


def _post(pump: "MessagePump", callback: "Callable[[], object]") -> bool:
    """``call_later`` that hands on no ``prevent`` of the handler we happen to be in: that one was for its own key."""
    message = events.Callback(callback)  # type: ignore[arg-type]
    posted = pump.post_message(message)
    message._prevent.clear()
    return posted


class TypeAheadApp(App[ReturnType]):
    """An app whose keys and pastes wait for their turn; mouse and everything else pass at once."""

    _type_ahead: TypeAhead | None = None

    @property
    def type_ahead(self) -> TypeAhead:
        """The queue; ``with app.type_ahead.hold():`` around what leads to a new screen."""
        if self._type_ahead is None:
            self._type_ahead = TypeAhead(self, super().on_event)
        return self._type_ahead

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; a key that comes back by bubbling has had its turn."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.type_ahead.take(event)
        else:
            await super().on_event(event)
