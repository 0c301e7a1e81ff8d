"""A screen about one record is never read twice at a time, and nobody who asked is told what was read before."""

import asyncio

from aftersales_tui.tui.record_screen import RecordScreen


class Card(RecordScreen):
    """Counts its readings; each takes until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = self.paintings = 0
        self.gate = asyncio.Event()

    async def look(self) -> None:
        self.readings += 1
        await self.gate.wait()

    def paint(self) -> None:
        self.paintings += 1

    def refresh_keys(self) -> None:
        pass


async def test_who_asks_while_it_is_read_has_it_read_once_more_and_all_who_wait_share_that() -> None:
    card = Card()
    first = asyncio.create_task(card.look_again())
    await asyncio.sleep(0)
    assert card.readings == 1
    later = [asyncio.create_task(card.look_again()) for _ in range(3)]
    await asyncio.sleep(0)
    assert (card.readings, card.paintings) == (1, 0)
    card.gate.set()
    await asyncio.wait_for(asyncio.gather(first, *later), 30)
    assert (card.readings, card.paintings) == (2, 2)
    await card.look_again()
    assert card.readings == 3


async def test_a_reading_that_fails_is_told_to_whoever_asked_and_the_next_one_is_done() -> None:
    class Torn(Card):
        """Fails the first time."""

        async def look(self) -> None:
            self.readings += 1
            if self.readings == 1:
                raise ValueError

    card = Torn()
    told = await asyncio.gather(card.look_again(), card.look_again(), return_exceptions=True)
    assert [type(one) for one in told] == [ValueError, type(None)]
    assert (card.readings, card.paintings) == (2, 1)
