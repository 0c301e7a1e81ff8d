"""Keys that wait until some work is done."""

from collections.abc import Coroutine
from typing import Any

from aftersales_tui.tui.typeahead import TypeAhead


def holding(queue: TypeAhead, work: Coroutine[Any, Any, None]) -> Coroutine[Any, Any, None]:
    """The work, with the keys held back from this moment on until it is done.

    It is to be run by a worker of the app: one of a screen may be ended before it has begun, and the keys with it.
    """
    hold = queue.hold()
    hold.__enter__()

    async def held() -> None:
        try:
            await work
        finally:
            hold.__exit__(None, None, None)

    return held()
