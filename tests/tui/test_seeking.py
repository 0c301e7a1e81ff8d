"""Of one question after the other only the latest is asked, and whoever waits gets the answer to that one."""

import asyncio

from aftersales_tui.tui.intake.seeking import Seeking


async def test_whoever_waits_is_not_let_go_by_a_question_that_comes_in_between() -> None:
    begun, answers, troubles = asyncio.Event(), list[str](), list[Exception]()
    question = "first"

    async def look() -> None:
        asked = question
        begun.set()
        await asyncio.sleep(0)
        answers.append(asked)

    seeking = Seeking(look, troubles.append, 60)
    seeking.soon()
    waiting = asyncio.create_task(seeking.now())
    await begun.wait()
    question = "second"
    seeking.soon()
    await asyncio.wait_for(waiting, 30)
    assert (answers, troubles, seeking.is_due) == (["second"], [], False)


async def test_nobody_waits_where_nothing_is_asked() -> None:
    seeking = Seeking(lambda: asyncio.sleep(60), lambda _: None)
    await asyncio.wait_for(seeking.now(), 30)
    seeking.soon()
    seeking.stop()
    await asyncio.wait_for(seeking.now(), 30)
    assert not seeking.is_due
