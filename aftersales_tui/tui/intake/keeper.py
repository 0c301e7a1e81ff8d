"""Writes the drafts: as typed, off the loop, at most every half second (C12)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from aftersales_tui.tui.drafts import PERIOD, Draft, Drafts, is_blank


class Keeper:
    """Keeps the latest state of each call on the disk.

    A disk that refuses is told once; the call goes on, and the next state is tried again.
    """

    def __init__(self, drafts: Drafts, trouble: Callable[[Exception], None]) -> None:
        self._drafts = drafts
        self._trouble = trouble
        self._waiting: dict[int, Draft] = {}
        self._turn = 0
        self._under_way: asyncio.Task[None] | None = None
        self._told = False

    def is_for(self, drafts: Drafts) -> bool:
        """Whether it writes these very files: two that did would trip over each other."""
        return self._drafts.mark == drafts.mark

    def offered(self) -> tuple[Draft, ...]:
        """What was left behind at this seat by this person."""
        with suppress(OSError):
            return self._drafts.offered()
        return ()

    def touch(self, draft: Draft) -> None:
        """This is how the call stands now; it is on the disk within a second."""
        self._waiting[draft.sheet.call_id] = draft
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.get_running_loop().create_task(self._write_soon())

    def now(self) -> bool:
        """Write everything at once, because the program or this person's turn ends; whether it could be written."""
        error = self._write(self._batch())
        self._report(error)
        return error is None

    def drop(self, call_id: int) -> None:
        """The call was saved, or is not wanted."""
        self._waiting.pop(call_id, None)
        with suppress(OSError):
            self._drafts.drop(call_id)

    def is_taken_away(self, call_id: int) -> bool:
        """Whether the draft of a call was taken away by somebody else, who has erased the customer."""
        return self._drafts.is_taken_away(call_id)

    async def _write_soon(self) -> None:
        while self._waiting:
            self._report(await asyncio.to_thread(self._write, self._batch()))
            await asyncio.sleep(PERIOD)

    def _batch(self) -> list[tuple[Draft, int]]:
        waiting, self._waiting = self._waiting, {}
        self._turn += 1
        return [(draft, self._turn) for draft in waiting.values()]

    def _write(self, batch: list[tuple[Draft, int]]) -> OSError | None:
        try:
            for draft, turn in batch:
                if is_blank(draft.sheet):
                    self._drafts.clear(draft.sheet.call_id, turn)
                else:
                    self._drafts.keep(draft, turn)
        except OSError as error:
            return error
        return None

    def _report(self, error: OSError | None) -> None:
        if error is not None and not self._told:
            self._trouble(error)
        self._told = error is not None
