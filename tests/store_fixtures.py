"""Fixtures of both stores, for the tests of the store and of the desk."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from tests.lent import Lent
from tests.stores import FakeClock, Server, server, sit_down


@pytest.fixture
def clock() -> FakeClock:
    """A clock that the test moves."""
    return FakeClock()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's file, founded and empty."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    sit_down(path, FakeClock()).close()
    return path


@pytest.fixture
def shop_file(template_file: Path, tmp_path: Path) -> Path:
    """A shop's file of this test's own."""
    return Path(copy(template_file, tmp_path / "shop.db"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server with the template database ``shop``."""
    with server() as running:
        running.sql("CREATE DATABASE shop")
        sit_down(running.url("shop"), FakeClock()).close()
        yield running


@pytest.fixture(scope="session")
def lent(postgres: Server) -> Lent:
    """The database that test after test gets."""
    return Lent(postgres, "shop")


@pytest.fixture
def shop_url(lent: Lent) -> str:
    """A shop's database as it is when it has been founded; nobody else is at it."""
    return lent.lend()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The shop on either store: a path or an address."""
    return str(request.getfixturevalue("shop_file" if request.param == "sqlite" else "shop_url"))
