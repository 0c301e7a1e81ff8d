"""The front room of the demo shop's day: its visitors, and what the shift before has left to this one (C13, A1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from aftersales_tui.demo.book import Guest as Told
from aftersales_tui.demo.book import Left
from aftersales_tui.demo.stage import Life, Stage
from aftersales_tui.desk.visitors import Guest

ANNOUNCED = timedelta(hours=3)
"""So long before now somebody rings to say that he will come."""


def lives(stage: Stage, now: datetime) -> Iterator[Life]:
    """Everything that happens in the front room."""
    for told in stage.book.visitors:
        yield _visitor(stage, told, now)
    for left in stage.book.notes:
        yield _note(stage, left, now)


def _visitor(stage: Stage, told: Told, now: datetime) -> Life:
    guest = Guest(told.name, told.company, purpose=told.purpose, host=told.host)
    if told.minutes > 0:
        yield now - ANNOUNCED
        return stage.desk.visitors.announce(stage.desk.act(), guest, now + timedelta(minutes=told.minutes))
    yield now + timedelta(minutes=told.minutes)
    return stage.desk.visitors.walk_in(stage.desk.act(), guest)


def _note(stage: Stage, left: Left, now: datetime) -> Life:
    yield now - timedelta(minutes=left.minutes)
    return stage.desk.handover.note(stage.others(stage.desk.act()), left.text)
