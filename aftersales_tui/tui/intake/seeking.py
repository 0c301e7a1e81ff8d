"""Looking up, while somebody types, who it is and what is open for him already (C3, C10)."""

import asyncio
from collections.abc import Awaitable, Callable

from aftersales_tui.domain.errors import DomainError

PAUSE = 0.03
"""Seconds without a key before a look; a burst of keys is one question."""


class Seeking:
    """One question after the other, of which only the latest is asked and answered.

    A store that cannot be asked is no reason to disturb whoever is typing: he is told when he saves.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[None]],
        trouble: Callable[[Exception], None],
        pause: float = PAUSE,
    ) -> None:
        self._look = look
        self._trouble = trouble
        self._pause = pause
        self._task: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Something was typed; look when the fingers rest."""
        self._start(self._pause)

    async def now(self) -> None:
        """Look at once if a look is due or under way, and wait until none is."""
        while self._task is not None and not self._task.done():
            # Another question may come in between, and then the answer to that one is waited for.
            self._start(0)
            await asyncio.wait({self._task})

    @property
    def is_due(self) -> bool:
        """Whether an answer is still to come."""
        return self._task is not None and not self._task.done()

    def stop(self) -> None:
        """No answer is wanted any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self, pause: float) -> None:
        self.stop()
        self._task = asyncio.get_running_loop().create_task(self._after(pause))

    async def _after(self, pause: float) -> None:
        if pause:
            await asyncio.sleep(pause)
        try:
            await self._look()
        except DomainError:
            return
        except Exception as error:
            self._trouble(error)
