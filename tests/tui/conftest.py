"""A shop at work for the screens: a real store, copied from a made one, on a Wednesday morning."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine

from aftersales_tui import i18n
from aftersales_tui.bootstrap import fresh_id, open_desk
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings
from aftersales_tui.tui.app import DeskApp
from tests.tui.rest import waiting_for_rest

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 7, 29, 10, 20, tzinfo=SHANGHAI)
WEEK = [(day, 8 * 60, 18 * 60) for day in range(7)]
WHOLE = {
    Field.ADDRESS: "中山路 8 号",
    Field.MODEL: "BCD-216",
    Field.BOUGHT: "2025-03",
    Field.WANTED: "修好",
    Field.WHEN_WANTED: "明天上午",
}


def shop_settings(file: Path, **changed: object) -> Settings:
    chosen: dict[str, object] = {
        "language": "en",
        "database": str(file),
        "shop_name": "张记电器",
        "person": "小李",
        "seat": "1",
        "zone": "Asia/Shanghai",
    }
    return Settings(**{**chosen, **changed})  # type: ignore[arg-type]


def call(desk: "Desk", caller: str, hours_ago: float, **more: str) -> int:
    """Take a call in the past; answers the ticket's id."""
    answers = {
        Field.CALLER: caller,
        Field.PHONE: "13800138000",
        Field.PRODUCT: "冰箱",
        Field.FAULT: "不制冷",
        **{Field(name): text for name, text in more.items()},
    }
    opened = desk.now() - timedelta(hours=hours_ago)
    return desk.intake.save(desk.act(), CallSheet(fresh_id(), "repair", "phone", opened, answers)).ticket_id


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings and logs go to a folder of the test's own, and the language is English again after it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("AFTERSALES_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(autouse=True)
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that a test presses has done all it sets in motion when the test goes on."""
    waiting_for_rest(monkeypatch)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two engineers and four tickets, from 30 hours late to fresh."""
    file = tmp_path_factory.mktemp("template") / "shop.db"
    with time_machine.travel(WEDNESDAY, tick=False):
        desk = open_desk(shop_settings(file))
        for name, zone in (("王强", "鼓楼"), ("Li Ming", "秦淮")):
            desk.roster.hire(desk.act(), name, "engineer", skills=("冰箱",), zones=(zone,), week=WEEK)
        for caller, hours in (("张三", 30), ("李四", 20), ("Ann Lee", 10)):
            call(desk, caller, hours, **{name.value: text for name, text in WHOLE.items()})
        call(desk, "赵六", 1)
        desk.close()
    return file


@pytest.fixture
def shop_file(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the store, and the clock on that Wednesday, going on."""
    file = tmp_path / "shop.db"
    shutil.copy(template, file)
    with time_machine.travel(WEDNESDAY, tick=True):
        yield file


@pytest.fixture
def other(shop_file: Path) -> Iterator["Desk"]:
    """Another window on the same shop: it looks into the store and changes it."""
    desk = open_desk(shop_settings(shop_file, person="小王", seat="2"))
    yield desk
    desk.close()


@pytest.fixture
def make_app(shop_file: Path) -> Iterator[Callable[..., DeskApp]]:
    """Makes the app on the shop; at the end no error may have come that nobody foresaw."""
    made: list[DeskApp] = []

    def make(**changed: object) -> DeskApp:
        settings = shop_settings(shop_file, **changed)
        made.append(DeskApp(settings, lambda: open_desk(settings)))
        return made[-1]

    yield make
    assert [error for app in made for error in app.trouble.unexpected] == []
