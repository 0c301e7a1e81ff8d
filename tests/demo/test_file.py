"""The demo shop lies in files of its own, of today, whole, and the same for the same seed and moment."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.demo.make import SEED, demo_file, demo_path, demo_settings, ensure_demo, make_demo
from aftersales_tui.paths import store_dir
from aftersales_tui.settings import Settings
from aftersales_tui.views.tickets import QueueFilter
from tests.demo.conftest import NOW, rows, seated

TOMORROW = NOW + timedelta(days=1)


def contents(path: Path) -> dict[str, str]:
    """What every table holds, as a fingerprint: the difference of thousands of rows is nothing to be shown."""
    # The grams of the search cannot be read back, and its lists depend on when they were merged; the texts are here.
    kept = "type = 'table' AND (name NOT LIKE 'search%' OR name = 'search_doc')"
    tables = rows(path, f"SELECT name FROM sqlite_master WHERE {kept} ORDER BY name")
    held = {table: sorted(map(repr, rows(path, f"SELECT * FROM {table}"))) for (table,) in tables}
    return {table: hashlib.sha256("\n".join(found).encode()).hexdigest() for table, found in held.items()}


def test_the_same_seed_and_moment_make_the_same_shop(demo: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.db", tmp_path / "other.db"
    make_demo(again, now=NOW)
    make_demo(other, now=NOW, seed=SEED + 1)
    assert contents(again) == contents(demo)
    assert contents(other) != contents(demo)


def test_the_shops_own_store_is_not_touched() -> None:
    bootstrap.open_desk(Settings()).close()
    own = store_dir() / bootstrap.STORE_FILE
    before = hashlib.sha256(own.read_bytes()).hexdigest(), own.stat().st_mtime_ns
    made = ensure_demo(demo_path(), NOW)
    assert made.parent == own.parent
    assert made.name == "demo-2026-03-16.db"
    desk = seated(made)
    desk.dispatch.memo(desk.act(), desk.queue.page(QueueFilter(), None, 1).rows[0].ticket_id, "demo")
    desk.close()
    assert (hashlib.sha256(own.read_bytes()).hexdigest(), own.stat().st_mtime_ns) == before


def test_todays_is_used_again_and_yesterdays_is_remade(tmp_path: Path) -> None:
    first = ensure_demo(tmp_path / "demo.db", NOW)
    made_at = first.stat().st_mtime_ns
    assert ensure_demo(tmp_path / "demo.db", NOW + timedelta(hours=1)) == first
    assert first.stat().st_mtime_ns == made_at
    second = ensure_demo(tmp_path / "demo.db", TOMORROW)
    assert second != first
    assert sorted(file.name for file in tmp_path.iterdir()) == [second.name]


def test_a_demo_that_is_open_in_another_window_stays_until_it_is_closed(tmp_path: Path) -> None:
    first = ensure_demo(tmp_path / "demo.db", NOW)
    window = seated(first)
    before = window.queue.counts()
    second = ensure_demo(tmp_path / "demo.db", TOMORROW)
    assert first.exists()
    row = window.queue.page(QueueFilter(), None, 1).rows[0]
    window.dispatch.memo(window.act(), row.ticket_id, "still here")
    assert window.queue.counts() == before
    window.close()
    second.unlink()
    ensure_demo(tmp_path / "demo.db", TOMORROW)
    assert not first.exists()


def test_today_is_the_shops_today(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    assert demo_file(path, NOW, zone="Asia/Shanghai").name == "demo-2026-03-16.db"
    assert demo_file(path, NOW, zone="America/Los_Angeles").name == "demo-2026-03-15.db"


def test_a_file_of_somebody_else_is_never_removed(tmp_path: Path) -> None:
    theirs = tmp_path / "demo-2001-01-01.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE mine (word TEXT)")
    before = theirs.read_bytes()
    ensure_demo(tmp_path / "demo.db", NOW)
    assert theirs.read_bytes() == before


def test_many_tickets_have_a_file_of_their_own_that_is_kept(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = ensure_demo(tmp_path / "demo.db", NOW, 900, lambda done, of: told.append((done, of)))
    assert made.name == "demo-900.db"
    assert told[-1] == (900, 900)
    assert told == sorted(told)
    assert ensure_demo(tmp_path / "demo.db", TOMORROW, 900) == made


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "demo.db", 2000, NOW, progress=fails)
    assert list(tmp_path.iterdir()) == []


def test_the_demo_shop_has_its_own_name_and_people_and_keeps_the_seats_choices(tmp_path: Path) -> None:
    base = Settings(language="zh_CN", theme="light", database="shop.db", person="me", zone="Europe/Berlin")
    chosen = demo_settings(base, tmp_path / "demo.db")
    assert (chosen.language, chosen.theme, chosen.zone) == ("zh_CN", "light", "Europe/Berlin")
    assert chosen.database == str(tmp_path / "demo.db")
    assert chosen.demo
    assert chosen.shop_name
    assert chosen.person not in ("", "me")
