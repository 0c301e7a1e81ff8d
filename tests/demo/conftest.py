"""A demo shop of one known moment, made once: a Monday morning at the shop, in the middle of work."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.demo.make import demo_settings, make_demo
from aftersales_tui.desk.desk import Desk
from aftersales_tui.settings import Settings

NOW = datetime(2026, 3, 16, 2, 20, tzinfo=UTC)
"""20 past 10 in the shop."""


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What a store answers, past the desk."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement).fetchall()


def seated(path: Path, now: datetime = NOW) -> Desk:
    """The desk of a demo shop, at a moment."""
    return bootstrap.open_desk(demo_settings(Settings(), path), now=lambda: now)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nobody's own rules and stores take part."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demo shop; tests only look at it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, now=NOW)
    return path


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of two thousand tickets."""
    path = tmp_path_factory.mktemp("many") / "many.db"
    make_demo(path, 2000, NOW)
    return path


@pytest.fixture
def desk(demo: Path) -> Iterator[Desk]:
    """The desk of the small demo shop."""
    opened = seated(demo)
    yield opened
    opened.close()
