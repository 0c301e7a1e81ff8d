"""Takes a person out of the store: his name, numbers, addresses and words; what statistics need stays (U4).

The feed is never edited (A4), but here: who is erased is not to be read in the history either. When, what and by whom
stays, and so does every amount of time and money.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, update

from aftersales_tui.store import mentions, sweeping
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.foreign_ids import GONE, gone
from aftersales_tui.store.keys import Record
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.mentions import Mentions
from aftersales_tui.store.moves import ADDED, TAKEN
from aftersales_tui.store.queries import belongings, feed
from aftersales_tui.store.queries.belongings import IMPORT_KEY, KEYS, belongs, owned
from aftersales_tui.store.queries.callers import ERASED, KEY
from aftersales_tui.store.queries.feed import AT_ONCE, FEED
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
_FAMILY: Any = bindparam("family", expanding=True)
_ENTRY = select(FEED.c.seq, FEED.c.verb, FEED.c.subject, FEED.c.params, FEED.c.changes)
_ABOUT_OTHERS = _ENTRY.where(FEED.c.shop_id == bindparam("shop"), FEED.c.verb.in_(ABOUT_OTHERS))
_AT_PLACES = _ABOUT_OTHERS.where(FEED.c.seq.in_(bindparam("places", expanding=True)))
_LATER = select(FEED.c.seq, FEED.c.verb, FEED.c.changes).where(
    FEED.c.shop_id == bindparam("shop"), FEED.c.seq > bindparam("after")
)
_FEED_COUNTER = {
    "sqlite": text("SELECT value FROM counter WHERE shop_id = :shop AND name = 'feed'"),
    "postgresql": text("SELECT value FROM counter WHERE shop_id = :shop AND name = 'feed' FOR UPDATE"),
}
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


@dataclass(frozen=True)
class Sighting:
    """Where a person is told of beside his own records, as far as some entry of the feed.

    Attributes:
        person: Who was looked for.
        latest: The newest entry there was then; what is written later is looked at anew.
        records: Ids of others' records whose words tell of him, by table.
        entries: Places in the feed that tell of him.
    """

    person: Person
    latest: int
    records: Mapping[str, frozenset[int]]
    entries: frozenset[int]


def look_for(connection: Connection, shop_id: int, person: Person) -> Sighting:
    """Go through everything anybody has written: seconds in a large shop, so not in the deed, while others wait."""
    values = {"shop": shop_id, "family": person.family}
    # Before all else: whatever is written meanwhile is then at a later place.
    latest = feed.latest(connection, shop_id)
    records = dict[str, set[int]]()
    for name, record, _ in mentions.in_tables(connection, shop_id, person.told):
        records.setdefault(name, set()).add(record)
    entries = {seq for seq, *_ in mentions.in_feed(connection, shop_id, person.told)}
    ids = _ids(connection, values)
    known = ids | _removed(belongings.entries(connection, shop_id, sorted(ids)))
    about = connection.execute(_ABOUT_OTHERS.execution_options(yield_per=AT_ONCE), values)
    entries.update(row[0] for row in about if _tells_of(row, person, known))
    return Sighting(
        person, latest, {name: frozenset(found) for name, found in records.items()}, frozenset(entries)
    )


def _as_of_now(connection: Connection, shop_id: int, person: Person, seen: Sighting | None) -> Sighting:
    """What was seen, with what has been written since: that is little, and may tell of him or not."""
    # On a server nobody else gets a place in the feed from here on, so that nothing is written past this.
    connection.execute(_FEED_COUNTER[connection.dialect.name], {"shop": shop_id})
    if seen is None or seen.person != person:
        return look_for(connection, shop_id, person)
    later = connection.execute(_LATER, {"shop": shop_id, "after": seen.latest}).all()
    if any(verb == IMPORT for _, verb, _ in later):
        # Its entries do not name all that came in.
        return look_for(connection, shop_id, person)
    records = {name: set(found) for name, found in seen.records.items()}
    for _, _, changes in later:
        for change in changes:
            records.setdefault(change["table"], set()).add(change["id"])
    return Sighting(
        person,
        seen.latest,
        {name: frozenset(found) for name, found in records.items()},
        seen.entries.union(seq for seq, *_ in later),
    )


def take_out(deed: Deed, person: Person, seen: Sighting | None = None) -> dict[str, int]:
    """Take a person out of every table, and out of the feed; how many rows of each table that concerned.

    The caller has locked his file and made sure that nothing of his is still open.

    Args:
        seen: Where he was told of a moment ago; without it all is looked through now, while other seats wait.
    """
    connection, values = deed.connection, {"shop": deed.shop_id, "family": person.family}
    if connection.dialect.name == "sqlite":
        # What is deleted or shortened is overwritten with zeros from here on.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    seen = _as_of_now(connection, deed.shop_id, person, seen)
    mentions.adopt(connection, deed.shop_id, person.told, person.family)
    ids = _ids(connection, values)
    found = mentions.in_tables(connection, deed.shop_id, person.told, seen.records)
    others = [one for one in found if one[1] not in ids]
    told = {one: {record for name, record, _ in others if name == one} for one in mentions.WORDS}
    sweeping.want(connection, forget(connection, deed.shop_id, ids.union(*told.values())))
    _clean_feed(connection, deed.shop_id, person, ids, seen.entries)
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
    for (said,) in connection.execute(some, values).all():
        if person.is_named_in(said):
            blank = update(table).where(belongs(table), table.c[column] == said).values({column: ""})
            connection.execute(blank, values)


def _clean_feed(
    connection: Connection, shop_id: int, person: Person, ids: set[int], seen: frozenset[int]
) -> None:
    rewritten: dict[int, dict[str, Any]] = {}
    mine = list(belongings.entries(connection, shop_id, sorted(ids)))
    known = ids | _removed(mine)
    others = (row for row in _entries_at(connection, shop_id, seen) if _tells_of(row, person, known))
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
    # Of his own entries some words stay, such as the name of an engineer; others' numbers and names may stand there.
    said = [
        {"shop": shop_id, "place": seq, "new_params": params, "new_changes": changes}
        for seq, params, changes in mentions.in_feed(
            connection, shop_id, person.told, seen | rewritten.keys()
        )
    ]
    if said:
        connection.execute(_REWRITE, said)


def _entries_at(connection: Connection, shop_id: int, places: Iterable[int]) -> Iterator[Any]:
    """Those of some entries that stand under one customer, or a batch, and may tell of another."""
    ordered = sorted(places)
    for start in range(0, len(ordered), AT_ONCE):
        values = {"shop": shop_id, "places": ordered[start : start + AT_ONCE]}
        yield from connection.execute(_AT_PLACES, values).all()


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
