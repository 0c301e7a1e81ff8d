"""The store is brought up to date and looked after without anybody waiting in the dark (issue 3)."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from aftersales_tui.desk.desk import Desk
from aftersales_tui.tui import upkeep
from aftersales_tui.tui.app import DeskApp
from tests.tui.steps import opened, status, until

MakeApp = Callable[..., DeskApp]


async def test_an_upgrade_is_told_on_the_status_line_and_ends_when_the_app_is_left(make_app: MakeApp) -> None:
    app = make_app(language="zh_CN")
    opener, tell = app.bridge._opener, upkeep.telling_upgrade(app)
    seen, stopped = threading.Event(), list[str]()

    def slowly() -> Desk:
        tell(0.344)
        seen.wait(10)
        tell(1.0)
        return opener()

    app.bridge._opener = slowly
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "正在升级数据：34 %" in status(app))
        seen.set()
        await opened(app, pilot)
        assert "%" not in status(app)

    app = make_app()
    tell = upkeep.telling_upgrade(app)

    def for_ever() -> Desk:
        try:
            while True:
                tell(0.5)
                time.sleep(0.01)
        except Exception as error:
            stopped.append(str(error))
            raise

    app.bridge._opener = for_ever
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Bringing the store up to date: 50 %" in status(app))
    assert "store.upgrade_stopped" in stopped[0]


async def test_the_index_is_merged_when_nobody_types_and_left_alone_until_something_is_written(
    make_app: MakeApp, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        held: Any = app.bridge.desk
        tidy = held.tidy

        def heard() -> bool:
            asked.append(tidy())
            return asked[-1]

        held.tidy = heard
        await pilot.press("down")
        await upkeep.tending(app)
        other.roster.hire(other.act(), "赵六", "engineer")
        await upkeep.tending(app)
        assert asked == []
        monkeypatch.setattr(app.type_ahead, "is_quiet", lambda _: True)
        await upkeep.tending(app)
        assert asked[-1] is False
        done = len(asked)
        await upkeep.tending(app)
        assert len(asked) == done
        other.roster.hire(other.act(), "王五", "engineer")
        await upkeep.tending(app)
        assert len(asked) > done
