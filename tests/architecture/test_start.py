"""What a start may load, seen from outside: a late import that became an early one costs every start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "alembic",
    "babel",
    "chinese_calendar",
    "holidays",
    "opencc",
    "phonenumbers",
    "psycopg",
    "pydantic",
    "pypinyin",
    "sqlalchemy",
    "sqlmodel",
    "tomlkit",
}
HELP = """
sys.argv = ["aftersales", "--help"]
from aftersales_tui.__main__ import main
try:
    main()
except SystemExit:
    pass
"""


def loaded(code: str, home: Path) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running this."""
    told = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    environ = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "LC_ALL": "C.UTF-8"}
    outcome = subprocess.run(
        [sys.executable, "-c", told],
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    names = outcome.stderr.splitlines()[-1].split()
    return {*names, *(name.partition(".")[0] for name in names)}


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import aftersales_tui.i18n", {"gettext", *HEAVY}),
        ("import aftersales_tui.settings", {"tomllib", "zoneinfo", "platformdirs", *HEAVY}),
        ("import aftersales_tui.bootstrap", {"textual", *HEAVY}),
        ("import aftersales_tui.tui.app", {"typer", *HEAVY}),
        (HELP, {"textual", *HEAVY}),
    ],
    ids=["i18n", "settings", "bootstrap", "the-app", "help"],
)
def test_a_start_loads_nothing_heavy(code: str, forbidden: set[str], tmp_path: Path) -> None:
    assert loaded(code, tmp_path) & forbidden == set()


OPENED = """
from aftersales_tui.bootstrap import open_desk
from aftersales_tui.settings import Settings

desk = open_desk(Settings(person="王强", database=DATABASE))
"""
AT_REST = """
from aftersales_tui.views.tickets import QueueFilter
me = desk.people.me()
desk.queue.page(QueueFilter(), None, 40)
desk.queue.counts()
desk.waiting.messages(me.name)
desk.waiting.unread(me)
desk.feed.poll(0)
desk.warm()
desk.tidy()
"""


def test_a_desk_at_rest_has_loaded_no_room_that_nobody_has_entered(tmp_path: Path) -> None:
    opened = f"DATABASE = {str(tmp_path / 'shop.db')!r}{OPENED}"
    # A store that is new is first made, which loads everything.
    loaded(f"{opened}desk.close()", tmp_path)
    found = loaded(f"{opened}{AT_REST}", tmp_path)
    rooms = {name for name in found if name.startswith("aftersales_tui.desk.")}
    known = {"desk", "feed", "founding", "people", "queue", "shop", "waiting"}
    assert rooms == {f"aftersales_tui.desk.{name}" for name in known}
    records = {name for name in found if name.startswith("aftersales_tui.store.tables.")}
    known = {"customers", "feed", "people", "tickets"}
    assert records == {f"aftersales_tui.store.tables.{name}" for name in known}
    assert not found & {"opencc", "phonenumbers", "holidays", "alembic"}


LATER = """
from aftersales_tui.tui.runtime import loading
loading()
import aftersales_tui.store.opening
import sys
before = "email.message" in sys.modules
import importlib.metadata
from importlib.metadata import PackageNotFoundError, version
known = version("textual")
import importlib.metadata._meta
print(before, known, PackageNotFoundError.__module__, sys.modules["importlib.metadata"].__name__)
"""


def test_the_book_of_installed_packages_is_opened_by_whoever_asks_and_by_nobody_else(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LATER],
        env={**os.environ, "PYDANTIC_DISABLE_PLUGINS": "__all__"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["False", "8.2.8", "importlib.metadata", "importlib.metadata"]
