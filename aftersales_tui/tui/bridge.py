"""The bridge between the screens and the desk: verbs run in one lane, off the loop that draws."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from aftersales_tui.bootstrap import fresh_id
from aftersales_tui.domain.errors import DomainError, Unavailable

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.act import Act
    from aftersales_tui.views.tickets import Receipt

__all__ = ["Bridge", "Opener", "fresh_id"]

T = TypeVar("T")
Opener = Callable[[], "Desk"]


class Bridge:
    """Runs the desk's verbs one after the other in a thread of its own.

    One lane keeps verbs in the order of the keys that asked for them, and lets one held connection serve.
    """

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._desk: asyncio.Future[Desk] | None = None
        self._wanted: dict[str, int] = {}
        self._versions: dict[int, int] = {}
        self._closed = False

    @cached_property
    def _lane(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "desk")

    async def before_opening(self, read: Callable[[], T]) -> T:
        """Run something in the lane that needs no desk, ahead of the opening."""
        return await asyncio.get_running_loop().run_in_executor(self._lane, read)

    async def open(self) -> "Desk":
        """Open the store in the lane; verbs that were asked for earlier wait for it.

        Raises:
            DomainError: Why it cannot be opened; every verb raises it from then on.
        """
        opened = self._opened()
        try:
            desk = await asyncio.get_running_loop().run_in_executor(self._lane, self._opener)
        except DomainError as error:
            self._fail(opened, error)
            raise
        except Exception as error:
            self._fail(opened, Unavailable("store.unavailable", reason=str(error)))
            raise
        opened.set_result(desk)
        return desk

    @property
    def desk(self) -> "Desk | None":
        """The desk once it is open, for its plain values (shop, policy, words); its verbs go through ``run``."""
        future = self._desk
        return future.result() if future and future.done() and future.exception() is None else None

    @property
    def is_closed(self) -> bool:
        """Whether the app has ended; what is under way in the lane is waited for, so it had better stop."""
        return self._closed

    async def opened(self) -> "Desk":
        """The desk, waited for.

        Raises:
            DomainError: Why the store could not be opened.
        """
        return await asyncio.shield(self._opened())

    async def run(self, verb: "Callable[[Desk], T]") -> T:
        """Do a verb of the desk and answer what it answers.

        Raises:
            DomainError: What the desk refuses, or why the store could not be opened.
        """
        desk = await self.opened()
        if self._closed:
            raise asyncio.CancelledError  # the app has ended under whoever asks
        return await asyncio.get_running_loop().run_in_executor(self._lane, verb, desk)

    async def latest(self, key: str, read: "Callable[[Desk], T]") -> T | None:
        """Read what only the latest asker wants; ``None`` for one that was overtaken, read or not."""
        mine = self._wanted[key] = self._wanted.get(key, 0) + 1

        def wanted(desk: "Desk") -> T | None:
            return read(desk) if self._wanted[key] == mine else None

        answer = await self.run(wanted)
        return answer if self._wanted[key] == mine else None

    async def write(self, verb: "Callable[[Desk, Act], Receipt]", write_id: int) -> "Receipt":
        """Do a verb that writes, and remember the version it left behind."""

        def written(desk: "Desk") -> "Receipt":
            receipt = verb(desk, desk.act(write_id=write_id))
            self.wrote(receipt)
            return receipt

        return await self.run(written)

    def wrote(self, receipt: "Receipt") -> None:
        """Remember the version that a write of this seat has left behind."""
        if receipt.ticket_id:
            self._versions[receipt.ticket_id] = receipt.version

    def version(self, ticket_id: int, seen: int) -> int:
        """The version a write compares: what the screen saw, or what this seat itself has made of it since.

        Without it a second verb typed ahead of the first one's result would meet our own change as a stranger's.
        """
        return max(seen, self._versions.get(ticket_id, 0))

    def close(self) -> None:
        """Finish what is in the lane, let go of the store, and end the lane's thread."""
        desk = self.desk
        self._closed = True
        if desk is not None:
            self._lane.submit(desk.close)
        self._lane.shutdown(wait=True)

    def _opened(self) -> "asyncio.Future[Desk]":
        if self._desk is None:
            self._desk = asyncio.get_running_loop().create_future()
        return self._desk

    @staticmethod
    def _fail(opened: "asyncio.Future[Desk]", error: DomainError) -> None:
        opened.set_exception(error)
        # Somebody may never ask; asyncio would complain of an exception that nobody fetched.
        opened.exception()
