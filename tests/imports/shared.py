"""The data from outside that tests read where it lies; a checkout without it skips them."""

from pathlib import Path

import pytest

SHARED = next(
    (up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir()), Path("-")
)
RECORDS = SHARED / "repairs-2000.csv"
NAUGHTY = SHARED / "naughty"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the data from outside is not here")
