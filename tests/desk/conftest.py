"""A desk at work on either store, with a clock that the test moves."""

from collections.abc import Iterator

import pytest

from tests.desk.day import Day
from tests.store_fixtures import clock, database, lent, postgres, shop_file, shop_url, template_file
from tests.stores import FakeClock, sit_down

__all__ = ["clock", "database", "lent", "postgres", "shop_file", "shop_url", "template_file"]


@pytest.fixture
def day(database: str, clock: FakeClock) -> Iterator[Day]:
    """A working day of one operator on either store."""
    desk = sit_down(database, clock)
    yield Day(desk, clock, database)
    desk.close()
