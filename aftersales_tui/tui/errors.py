"""The one place where something that went wrong becomes a sentence."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.i18n import say
from aftersales_tui.tui.widgets.status import BAD, Said


class Trouble:
    """Tells what went wrong, and keeps the app alive.

    Attributes:
        unexpected: Errors that nobody foresaw, since the start; tests want none.
    """

    def __init__(self, tell: Callable[[Said], None]) -> None:
        self._tell = tell
        self.unexpected: list[BaseException] = []

    def report(self, error: Exception) -> None:
        """Say it: one of the desk's own errors as it is, any other one with the file that holds its traceback."""
        # These two, and what they import, are for a bad day: no start pays for them.
        from aftersales_tui.tui.sentences import sentence
        from aftersales_tui.tui.trace import write_down

        if isinstance(error, DomainError):
            known = error
            self._tell(Said(lambda: sentence(known), BAD))
            return
        self.unexpected.append(error)
        file = write_down(error)
        self._tell(Said(lambda: say("frame.unexpected", file=file), BAD))

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Anything that goes wrong inside is told, and ends there."""
        try:
            yield
        except Exception as error:
            self.report(error)

    async def guarded(self, work: Awaitable[object]) -> None:
        """Await some work under ``guard``."""
        with self.guard():
            await work
