"""Takes a person out of the store: his name, numbers, addresses and words; what statistics need stays (U4).

The feed is never edited (A4), but here: who is erased is not to be read in the history either. When, what and by whom
stays, and so does every amount of time and money.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from aftersales_tui.store import mentions
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.engine import Store
from aftersales_tui.store.foreign_ids import GONE, gone
from aftersales_tui.store.keys import Record
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.mentions import Mentions
from aftersales_tui.store.moves import ADDED, TAKEN
from aftersales_tui.store.queries import belongings
from aftersales_tui.store.queries.belongings import IMPORT_KEY, KEYS, belongs, owned
from aftersales_tui.store.queries.callers import ERASED, KEY
from aftersales_tui.store.queries.feed import FEED
from aftersales_tui.store.search import forget, refresh
from aftersales_tui.store.tables import complete

BLANKED: Mapping[str, tuple[str, ...]] = {
    "customer": ("name", "note", "quiet"),
    "device": ("serial", "invoice", "certificate", "place", "note"),
    "sale_promise": ("words", "done_words"),
    "ticket": (
        *("caller", "phone", "phone_key", "mobile", "address", "address_key", "serial", "fault", "wanted"),
        *("quantity", "when_wanted", "bought", "cause", "degree", "memo", "for_whom"),
    ),
    "call": ("caller", "phone", "words"),
    "contact": ("whom", "phone", "words"),
    "visit": ("words", "override_reason"),
    "visitor": ("name", "company", "phone", "purpose", "words"),
    "handover_note": ("text", "for_whom"),
    "import_key": ("digest",),
}
"""Words that go while their row stays."""
KEPT: Mapping[str, tuple[str, ...]] = {
    "customer": ("kind", "tier", "state"),
    "device": ("product", "brand", "model", "bought_on"),
    "sale_promise": ("what",),
    "ticket": ("kind", "channel", "status", "zone", "product", "model", "to_verify", "policy_digest"),
    "call": ("kind", "channel"),
    "contact": ("reason", "about", "flag", "result"),
    "visit": ("outcome",),
    "visitor": ("host", "stand_in", "state"),
    "interval": ("status",),
    "promise": ("clock", "policy_digest"),
    "import_key": ("kind", "source"),
}
"""Words that stay, for statistics; one of them that names the person goes all the same."""
DIGESTED: Mapping[str, tuple[str, ...]] = {"import_key": ("source_id",)}
"""Ids in other programs: of each a digest stays, so that the same file read in again does not bring him back."""
DELETED = frozenset({"person", "phone", "address", "note"})
"""Rows that are nothing without the person."""
PARAMS_KEPT = frozenset(
    {
        "number",
        "engineer",
        "start",
        "end",
        "due",
        "at",
        "status",
        "outcome",
        "result",
        "kind",
        "verb",
        "tickets",
        "next",
        "by",
        "by_role",
        "lacking",
    }
)
"""Of an entry in the feed these may stay: none of them can be somebody's words."""
IMPORT = "import"
ABOUT_OTHERS = ("merge", "undo", IMPORT)
"""Entries that stand under one customer, or under a batch, and may tell of another."""
PATIENCE = 10.0
"""Seconds for which the other seats are waited for until the file can be swept."""

_FAMILY: Any = bindparam("family", expanding=True)
_OF_BOTH = select(FEED.c.seq, FEED.c.verb, FEED.c.subject, FEED.c.params, FEED.c.changes).where(
    FEED.c.shop_id == bindparam("shop"), FEED.c.verb.in_(ABOUT_OTHERS)
)
_REWRITE = (
    update(FEED)
    .where(FEED.c.shop_id == bindparam("shop"), FEED.c.seq == bindparam("place"))
    .values(params=bindparam("new_params", type_=FEED.c.params.type))
    .values(changes=bindparam("new_changes", type_=FEED.c.changes.type))
)


@dataclass(frozen=True)
class Person:
    """Whom to erase.

    Attributes:
        family: The ids of his file and of all that were merged into it.
        marks: What tells him from others: names, numbers, addresses.
        told: By what others' words tell of him.
    """

    family: tuple[int, ...]
    marks: frozenset[str]
    told: Mentions

    def is_named_in(self, text: object) -> bool:
        """Whether a text tells who he is."""
        return isinstance(text, str) and any(mark in text for mark in self.marks)


def take_out(deed: Deed, person: Person) -> dict[str, int]:
    """Take a person out of every table, and out of the feed; how many rows of each table that concerned.

    The caller has locked his file and made sure that nothing of his is still open.
    """
    connection, values = deed.connection, {"shop": deed.shop_id, "family": person.family}
    if connection.dialect.name == "sqlite":
        # What is deleted or shortened is overwritten with zeros from here on.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    mentions.adopt(connection, deed.shop_id, person.told, person.family)
    ids = _ids(connection, values)
    others = [one for one in mentions.in_tables(connection, deed.shop_id, person.told) if one[1] not in ids]
    told = {one: {record for name, record, _ in others if name == one} for one in mentions.WORDS}
    forget(connection, deed.shop_id, ids.union(*told.values()))
    _clean_feed(connection, deed.shop_id, person, ids)
    # Children first: the import's keys are found by the records they lead to.
    touched = {table.name: _out_of(connection, values, table, person) for table in reversed(owned())}
    connection.execute(
        delete(KEY).where(KEY.c.shop_id == bindparam("shop"), KEY.c.customer_id.in_(_FAMILY)), values
    )
    for name, record, words in others:
        mentions.rewrite(connection, deed.shop_id, name, record, words)
    # What is left of his tickets and devices, for the statistics, can still be found; so can what others said.
    refresh(connection, deed.shop_id, told | {kind: ids | told[kind] for kind in KINDS})
    deed.tell(
        {"table": "customer", "id": person.family[0], "before": {"state": ""}, "after": {"state": ERASED}}
    )
    return touched


def sweep(store: Store) -> bool:
    """Have the store forget the bytes of what was erased; whether it could: another seat may be in the way.

    On a file every page is written anew and the log is emptied; a server is asked to clear away dead rows.
    """
    if not store.is_sqlite:
        names = ", ".join(f'"{table.name}"' for table in (*owned(), KEY, FEED))
        autocommit = store.engine.execution_options(isolation_level="AUTOCOMMIT")
        with autocommit.connect() as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql(f"VACUUM {names}")
            connection.exec_driver_sql("RESET statement_timeout")
        return True
    until = time.monotonic() + PATIENCE
    with store.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        while not _swept(raw):
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
    return True


def _swept(raw: Any) -> bool:
    try:
        raw.execute("VACUUM")
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite_driver().OperationalError:
        return False
    return not busy


def _ids(connection: Connection, values: Mapping[str, Any]) -> set[int]:
    """The ids of all records of the person."""
    found: set[int] = set(values["family"])
    for table in owned():
        if "id" in table.c:
            found.update(
                row[0] for row in connection.execute(select(table.c.id).where(belongs(table)), values)
            )
    return found


def _out_of(connection: Connection, values: Mapping[str, Any], table: Any, person: Person) -> int:
    mine = belongs(table)
    if table.name in DIGESTED:
        return _digest_ids(connection, values)
    if table.name in DELETED:
        return int(connection.execute(delete(table).where(mine), values).rowcount)
    for column in KEPT.get(table.name, ()):
        _blank_where_named(connection, values, table, column, person)
    new: dict[str, Any] = dict.fromkeys(BLANKED.get(table.name, ()), "")
    if table.name == "customer":
        new |= {"state": ERASED, "contact_months": 0, "contact_at": None}
    if table.name == "contact":
        new["is_open"] = 0
    if not new:
        return 0
    if "version" in table.c:
        new["version"] = table.c.version + 1
    return int(connection.execute(update(table).where(mine).values(**new), values).rowcount)


def _digest_ids(connection: Connection, values: Mapping[str, Any]) -> int:
    """Leave of each id in another program what no name can be read out of."""
    columns = (IMPORT_KEY.c.kind, IMPORT_KEY.c.source, IMPORT_KEY.c.source_id)
    whole = ~IMPORT_KEY.c.source_id.like(f"{GONE}%")
    found = connection.execute(select(*columns).where(belongs(IMPORT_KEY), whole), values).all()
    for row in found:
        one = (column == value for column, value in zip(columns, row, strict=True))
        # As something that its batch has made, it stays when that is taken back.
        digest = {"source_id": gone(*row), "digest": "", "is_new": 1}
        connection.execute(
            update(IMPORT_KEY).where(IMPORT_KEY.c.shop_id == values["shop"], *one).values(digest)
        )
    return len(found)


def _blank_where_named(
    connection: Connection, values: Mapping[str, Any], table: Any, column: str, person: Person
) -> None:
    """A product that somebody has called by its owner's name is none that statistics need."""
    some = select(table.c[column]).where(belongs(table), table.c[column] != "").distinct()
    for (text,) in connection.execute(some, values).all():
        if person.is_named_in(text):
            blank = update(table).where(belongs(table), table.c[column] == text).values({column: ""})
            connection.execute(blank, values)


def _clean_feed(connection: Connection, shop_id: int, person: Person, ids: set[int]) -> None:
    rewritten: dict[int, dict[str, Any]] = {}
    mine = list(belongings.entries(connection, shop_id, sorted(ids)))
    known = ids | _removed(mine)
    others = (row for row in connection.execute(_OF_BOTH, {"shop": shop_id}) if _tells_of(row, person, known))
    for seq, verb, subject, params, changes in (*mine, *others):
        own = subject in ids
        rewritten[seq] = {
            "shop": shop_id,
            "place": seq,
            "new_params": _clean_params(params, verb, person),
            "new_changes": [
                _clean_change(change, person, own=own or change["id"] in known) for change in changes
            ],
        }
    if rewritten:
        connection.execute(_REWRITE, list(rewritten.values()))
    said = [
        {"shop": shop_id, "place": seq, "new_params": params, "new_changes": changes}
        for seq, params, changes in mentions.in_feed(connection, shop_id, person.told)
    ]
    if said:
        connection.execute(_REWRITE, said)


def _removed(entries: Iterable[Any]) -> set[int]:
    """The ids of what was taken out of his file long ago: an import may have told of it."""
    return {
        change["id"]
        for _, verb, _, _, changes in entries
        if verb not in ABOUT_OTHERS
        for change in changes
        if change["after"] is None and change["id"]
    }


def _tells_of(entry: Any, person: Person, ids: set[int]) -> bool:
    _, verb, _, _, changes = entry
    if verb == IMPORT:
        return any(change["id"] in ids for change in changes)
    return any(change["table"] == "customer" and change["id"] in person.family for change in changes)


def _clean_params(params: Mapping[str, str], verb: str, person: Person) -> dict[str, str]:
    if verb == IMPORT:
        # How many rows of which file: nobody's words, unless the file is called by him.
        return {name: "" if person.is_named_in(value) else value for name, value in params.items()}
    # The reason of a contact is the name of a rule; everywhere else it is what somebody typed.
    kept = PARAMS_KEPT | ({"reason", "about"} if verb in {"claim", "release", "contact"} else set())
    return {
        name: value if name in kept and not person.is_named_in(value) else ""
        for name, value in params.items()
    }


def _clean_change(change: Mapping[str, Any], person: Person, *, own: bool) -> dict[str, Any]:
    """A change of the feed without the person: of his own records all words that go, of others what names him."""
    table = change["table"]
    words = set(BLANKED.get(table, ())) if own else set[str]()
    if own and table in DELETED:
        complete()
        words = set(Record.metadata.tables[table].c.keys())
    sides = {
        side: {name: _clean(name, value, words, person) for name, value in change[side].items()}
        if change[side]
        else change[side]
        for side in ("before", "after")
    }
    keys: dict[str, Any] = {name: [] for name in (TAKEN, ADDED) if name in change and table == KEYS}
    return {**change, **sides, **keys}


def _clean(name: str, value: object, words: set[str], person: Person) -> object:
    blank = isinstance(value, str) and (name in words or person.is_named_in(value))
    return "" if blank else value
