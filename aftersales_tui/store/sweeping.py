"""Has the store forget the bytes of what was erased, after the deed and in steps that let other seats in (U4).

Deleted bytes stay in a file until something is written over them. The lists of the search index are merged a few
pages at a time. Then every page is written anew: that is one step of SQLite's own, a second for a tenth of a
gigabyte, in which nobody else can write; who has to wait too long for it is told why. What is still to be done is
marked in the transaction that erases, so that it is known after a power cut too.
"""

import random
import time
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from sqlalchemy import Connection, text

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.driver import BUSY_MS, sqlite_driver
from aftersales_tui.store.engine import Store, place_of, plain_errors
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.mentions import WORDS
from aftersales_tui.store.queries.belongings import owned
from aftersales_tui.store.queries.callers import KEY
from aftersales_tui.store.queries.feed import FEED

PATIENCE = 10.0
"""Seconds for which the other seats are waited for until the file can be swept."""
PAGES = 256
"""Pages of an index that are merged in one step: some hundredths of a second."""
LEAST_CHANGES = 2
"""FTS5 counts one change for being asked, and more where it has merged something."""
BYTES_A_SECOND = 100_000_000
"""So much of a file is written anew in a second: twice that by a quick disk that has nothing else to do."""
MARK = "sweep:"
"""In front of the kind of records whose lists are to be merged, or of ``FILE``, in the name of a mark."""
FILE = "file"

_WANT = text(
    "INSERT INTO counter (shop_id, name, value) VALUES (0, :name, 1)"
    " ON CONFLICT (shop_id, name) DO UPDATE SET value = counter.value + 1"
)
_MARKS = text(f"SELECT name, value FROM counter WHERE shop_id = 0 AND name LIKE '{MARK}%'")
_DONE = text("DELETE FROM counter WHERE shop_id = 0 AND name = :name AND value = :value")


def want(connection: Connection, kinds: Iterable[str]) -> None:
    """Mark what is to be swept, in the transaction that erases: the file, and the lists of these kinds."""
    for name in (FILE, *kinds):
        plainly(connection, _WANT, {"name": MARK + name})


def _wanted(connection: Connection) -> dict[str, int]:
    return {row[0].removeprefix(MARK): row[1] for row in connection.execute(_MARKS)}


def seconds(store: Store) -> int:
    """For about how long nobody can write to the store when it is swept; 0 where nobody notices."""
    if not store.is_sqlite:
        return 0
    with store.reading() as connection:
        size = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
        ]
    return int(size[0] * size[1] // BYTES_A_SECOND)


def sweep(store: Store) -> bool:
    """Have the store forget the bytes of what was erased; whether it could: another seat may be in the way.

    On a file every page is written anew and the log is emptied; a server is asked to clear away dead rows. Where
    nothing is marked, all is done nevertheless: somebody has asked for it.
    """
    with store.aside() as connection:
        wanted = _wanted(connection) or dict.fromkeys((FILE, *KINDS), 0)
    done = _sweep_file(store, wanted) if store.is_sqlite else _sweep_server(store)
    if done:
        with store.writing() as session:
            for name, value in wanted.items():
                # Whoever was erased meanwhile has raised it.
                plainly(session.connection(), _DONE, {"name": MARK + name, "value": value})
    return done


def _sweep_server(store: Store) -> bool:
    tables = {*(table.name for table in owned()), KEY.name, FEED.name, *WORDS, "search_doc"}
    autocommit = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with plain_errors(place_of(store.engine)), autocommit.connect() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM " + ", ".join(f'"{table}"' for table in sorted(tables)))
        connection.exec_driver_sql("RESET statement_timeout")
    return True


def _sweep_file(store: Store, wanted: Collection[str]) -> bool:
    with store.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        # Left to itself the driver's SQLite holds the whole new file in memory.
        for pragma in ("temp_store=FILE", "secure_delete=ON", "busy_timeout=0"):
            raw.execute(f"PRAGMA {pragma}")
        try:
            return (
                all(_merged(raw, kind) for kind in KINDS if kind in wanted)
                and _in_turn(partial(_asked, raw, "VACUUM"))
                and _in_turn(partial(_log_emptied, raw))
            )
        except sqlite_driver().OperationalError as error:
            if "full" not in str(error):
                raise
            raise Unavailable("erase.no_room", path=place_of(store.engine)) from error
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            raw.execute("PRAGMA temp_store=DEFAULT")


def _in_turn(deed: Callable[[], bool]) -> bool:
    """Do something that another seat may be in the way of, as soon as none is; whether it could be done."""
    waited = 0.0
    while not deed():
        # What the deed itself takes is no waiting.
        if waited > PATIENCE:
            return False
        pause = random.uniform(0.01, 0.05)
        time.sleep(pause)
        waited += pause
    return True


def _asked(raw: Any, statement: str) -> bool:
    """Whether nobody else was writing."""
    try:
        raw.execute(statement)
    except sqlite_driver().OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return True


def _merged(raw: Any, kind: str) -> bool:
    """Merge all lists of a kind into one, some pages in each step."""
    pages = -PAGES
    while True:
        before = raw.total_changes
        if not _in_turn(
            partial(_asked, raw, f"INSERT INTO search_{kind}(search_{kind}, rank) VALUES ('merge', {pages})")
        ):
            return False
        if raw.total_changes - before < LEAST_CHANGES:
            return True
        # The first step has said that all of them are meant.
        pages = PAGES


def _log_emptied(raw: Any) -> bool:
    """Bring the log into the file and cut it off; whether nobody was reading from it."""
    try:
        # What takes long is done in a way that stops nobody; what is left takes no time.
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite_driver().OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return not busy
