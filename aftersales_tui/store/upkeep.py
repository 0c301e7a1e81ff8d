"""What makes later saves and searches quicker and is nobody's save: the search index is merged while all is quiet.

Each save leaves a short list of grams behind. FTS5 would merge them in some save or other, and whoever makes that one
waits. Here they are merged a few pages at a time, when nobody types (issue 3, item 3).
"""

from contextlib import suppress
from typing import Any

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.driver import BUSY_MS
from aftersales_tui.store.engine import Store, place_of, plain_errors
from aftersales_tui.store.kinds import KINDS

PAGES = 8
"""Pages of an index that are written in one step; some milliseconds."""
LEAST_CHANGES = 2
"""FTS5 counts one change for being asked, and more where it has merged something."""


def step(store: Store) -> bool:
    """Merge a little of the search index; whether there is more to do.

    A server looks after its own index. Where another seat is writing, nothing is done: this is never worth a wait.

    Raises:
        Unavailable: The store is away or broken.
    """
    if not store.is_sqlite:
        return False
    with (
        plain_errors(place_of(store.engine)),
        store.engine.execution_options(write=True).connect() as connection,
    ):
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA busy_timeout=0")
        try:
            return any(_merge(connection, raw, kind) for kind in KINDS)
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _merge(connection: Any, raw: Any, kind: str) -> bool:
    """Do a step of one index, in a transaction of its own; whether anything was done."""
    with suppress(Unavailable), plain_errors(""), connection.begin():
        before = raw.total_changes
        connection.exec_driver_sql(
            f"INSERT INTO search_{kind}(search_{kind}, rank) VALUES ('merge', {PAGES})"
        )
        return bool(raw.total_changes - before >= LEAST_CHANGES)
    return False
