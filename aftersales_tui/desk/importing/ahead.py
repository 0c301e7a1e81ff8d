"""How Python is kept out of the way of an import: reading ahead while the store writes, and no looking for garbage."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """One piece of work after the other, each done while the store puts the one before on the disk."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Nothing is begun yet.

        Args:
            work: Does the next piece; never called twice at a time, nor before the last piece was taken.
        """
        self._work = work
        self._under_way: Thread | None = None
        self._done: list[T] = []
        self._failed: list[Exception] = []

    def begin(self) -> None:
        """Do the next piece in a thread, unless it is under way."""
        if self._under_way is None:
            self._under_way = Thread(target=self._do, name="ahead", daemon=True)
            self._under_way.start()

    def take(self) -> T:
        """The next piece; waits for it.

        Raises:
            Exception: Whatever has gone wrong with it.
        """
        if self._under_way is None:
            return self._work()
        self._under_way.join()
        self._under_way = None
        if self._failed:
            raise self._failed.pop()
        return self._done.pop()

    def _do(self) -> None:
        try:
            self._done.append(self._work())
        except Exception as error:
            self._failed.append(error)


@contextmanager
def unswept() -> Iterator[None]:
    """Without garbage collection: a chunk makes tens of thousands of rows and no circle, and looking costs a fifth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
