"""Whoever stops the upgrade of a large store is told that the next start goes on with it (issue 3)."""

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aftersales_tui.cli import start
from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.engine import sqlite_engine
from aftersales_tui.store.look import SCHEMA, Kind, look
from aftersales_tui.tui import app as tui_app
from tests.cli.conftest import Shell
from tests.cli.shops import settings
from tests.store.older import before_due

NEXT_START = "the next start goes on where this one stopped."


def make_older(file: Path) -> None:
    engine = sqlite_engine(file)
    with engine.execution_options(write=True).begin() as connection:
        before_due(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA - 1}")
    engine.dispose()


def test_a_command_that_is_stopped_says_so_and_the_next_one_goes_on(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older(home / "shop.db")

    def ctrl_c(share: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("aftersales_tui.cli.session.tell_upgrade", ctrl_c)
        stopped = shell("queue", "--json")
    assert (stopped.code, stopped.out) == (7, "")
    assert (stopped.error()["code"], NEXT_START in stopped.error()["sentence"]) == (
        "store.upgrade_stopped",
        True,
    )
    assert look(home / "shop.db").kind is Kind.OLDER
    assert len(shell("find", "张三", "--json").records()) > 0
    assert look(home / "shop.db").kind is Kind.CURRENT


def test_an_app_that_is_left_meanwhile_says_so_in_the_shell(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_older(home / "shop.db")

    class Left:
        """The app of somebody who does not wait."""

        return_code = 0
        bridge = SimpleNamespace(is_closed=True)

        def __init__(self, _settings: Any, opener: Any, _glance: Any) -> None:
            self.opener = opener

        def run(self, **_how: Any) -> None:
            with suppress(Unavailable):
                self.opener()

    monkeypatch.setattr(tui_app, "DeskApp", Left)
    monkeypatch.setattr(start, "require_terminal", lambda: None)
    assert start.open_app(settings(home / "shop.db")) == 0
    assert NEXT_START in capsys.readouterr().err
    assert look(home / "shop.db").kind is Kind.OLDER
