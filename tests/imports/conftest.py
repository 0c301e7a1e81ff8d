"""A desk at a shop in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui.desk.desk import Desk
from tests.store_fixtures import clock, shop_file, template_file
from tests.stores import FakeClock, sit_down

__all__ = ["clock", "shop_file", "template_file"]


@pytest.fixture
def desk(shop_file: Path, clock: FakeClock) -> Iterator[Desk]:
    opened = sit_down(shop_file, clock)
    yield opened
    opened.close()
