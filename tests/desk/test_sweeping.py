"""After an erasing the store is swept of the bytes, and no other seat is left waiting without knowing why (U4)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store import engine, sweeping
from aftersales_tui.store.driver import sqlite_driver
from tests.desk.day import Day
from tests.desk.test_erasing import lived
from tests.desk.whole import ask

MARKS = "SELECT name FROM counter WHERE substr(name, 1, 6) = 'sweep:' ORDER BY name"
LISTS = "SELECT count(DISTINCT segid) FROM search_{}_idx"


@contextmanager
def somebody_writing(day: Day) -> Iterator[None]:
    """A seat that does not let go of the file."""
    with closing(sqlite_driver().connect(day.database)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def erase(day: Day) -> None:
    customer_id = lived(day)
    seen = day.desk.erasing.preview(customer_id)
    day.desk.erasing.erase(day.desk.act(), seen.file, seen.file.name, "申请")


def test_what_is_to_be_swept_is_marked_until_it_is_done(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    erase(day)
    on_file = not day.database.startswith("postgres")
    marks = [row[0] for row in ask(day, MARKS)]
    assert "sweep:file" in marks
    if on_file:
        assert "sweep:ticket" in marks
        assert ask(day, LISTS.format("ticket"))[0][0] > 1
        monkeypatch.setattr(sweeping, "PATIENCE", 0.05)
        with somebody_writing(day):
            assert not day.desk.erasing.sweep()
        assert [row[0] for row in ask(day, MARKS)] == marks
    assert day.desk.erasing.sweep()
    assert ask(day, MARKS) == []
    if on_file:
        assert ask(day, LISTS.format("ticket")) == [(1,)]
    assert day.desk.erasing.sweep(), "one who asks for it again gets it again"


def test_whoever_cannot_save_while_the_file_is_written_anew_is_told_why(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    if day.database.startswith("postgres"):
        pytest.skip("a server writes nothing anew")
    monkeypatch.setattr(engine, "LOCK_PATIENCE", 0.05)
    for mark, code in ((False, "store.busy"), (True, "store.sweeping")):
        if mark:
            erase(day)
        with somebody_writing(day), pytest.raises(Unavailable) as refused:
            day.call(caller="张三")
        assert refused.value.code == code
    assert day.desk.erasing.sweep()
    assert day.call(caller="张三").number


def test_a_disk_without_room_is_told_as_what_it_is(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    if day.database.startswith("postgres"):
        pytest.skip("a server has its own disk")
    erase(day)
    whole = sweeping._asked

    def full(raw: Any, statement: str) -> bool:
        if statement == "VACUUM":
            raise sqlite_driver().OperationalError("database or disk is full")
        return whole(raw, statement)

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_asked", full)
        with pytest.raises(Unavailable, match=r"erase\.no_room"):
            day.desk.erasing.sweep()
    assert ("sweep:file",) in ask(day, MARKS)


def test_the_preview_tells_for_how_long_nobody_can_save(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = day.call()
    assert day.desk.erasing.preview(ticket.customer_id).seconds == 0
    monkeypatch.setattr(sweeping, "BYTES_A_SECOND", 1000)
    told = day.desk.erasing.preview(ticket.customer_id).seconds
    assert (told > 100) == (not day.database.startswith("postgres"))
