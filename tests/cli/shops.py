"""A small shop for the tests of the command line: two engineers, two customers, three tickets, a Wednesday."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
"""Wednesday, ten in the morning in the shop."""
WEEK = [(weekday, 8 * 60, 20 * 60) for weekday in range(7)]
WHOLE = {
    Field.CALLER: "张三",
    Field.PHONE: "13800138000",
    Field.ADDRESS: "科技园1号",
    Field.PRODUCT: "冰箱",
    Field.MODEL: "BCD-215",
    Field.BOUGHT: "2024-05",
    Field.FAULT: "不制冷",
    Field.WANTED: "修",
    Field.WHEN_WANTED: "明天下午",
    Field.ZONE: "南山",
}


def settings(file: Path) -> Settings:
    """The shop's settings, with its store in a file."""
    return Settings(database=str(file), area_code="0755", shop_name="Test", person="Li", zone="Asia/Shanghai")


def sit_down(file: Path, now: datetime = NOW) -> Desk:
    """The desk of the shop, at a moment."""
    return open_desk(settings(file), now=lambda: now)


def found(file: Path, now: datetime = NOW) -> None:
    """Make the shop: tickets 1 and 2 are whole, ticket 3 wants most of its facts."""
    desk = sit_down(file, now)
    roster = desk.roster
    roster.hire(desk.act(), "王强", "engineer", skills=["冰箱"], zones=["南山"], week=WEEK)
    roster.hire(desk.act(), "王伟", "engineer", week=WEEK)
    roster.hire(desk.act(), "John Smith", "engineer", week=WEEK)
    calls = (
        WHOLE,
        {**WHOLE, Field.CALLER: "李四", Field.PHONE: "13900139000", Field.ADDRESS: "后海2号"},
        {Field.CALLER: "O'Neil", Field.FAULT: "noise"},
    )
    for n, answers in enumerate(calls):
        act = desk.act()
        sheet = CallSheet(act.write_id, "repair", "phone", now + timedelta(seconds=n), answers)
        desk.intake.save(act, sheet)
    desk.close()
