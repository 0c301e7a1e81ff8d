"""The index of the search over everything: kept in the transaction that writes what it tells of (issue 3).

``search_doc`` holds the folded text of each record that can be found (``store.texts``); its grams (``lexicon.grams``)
stand beside it: on SQLite in an FTS5 table for each kind, keyed by the record's id, on PostgreSQL in a ``tsvector``.
Who looks for candidates by their grams compares them with the text, so the index may name too many, never too few.

The FTS5 tables are contentless and without positions: a third of the size, and every SQLite that has FTS5 reads and
writes them. What is to be taken out of them is told by the grams of the stored text.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from aftersales_tui.lexicon.grams import LINE, grams
from aftersales_tui.store.dialects import plainly
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.packing import MOVED, unpacked
from aftersales_tui.store.texts import PARTS, TELLING, Texts, customers_of, devices_of, texts

MANY_BYTES, FEW_BYTES = 32 << 20, 1 << 20
"""Memory for grams that are still to be written, while the index is made anew and else, as FTS5 has it by itself."""
AT_ONCE = 500
"""Records that are read and written in one go."""
T = TypeVar("T", int, tuple[str, int])
Name = tuple[str, int]
"""Kind and id of a record."""
Docs = dict[Name, str]

_MINE = "WHERE shop_id = :shop AND kind = :kind AND id = :id"
_TAKE_OUT = text(f"DELETE FROM search_doc {_MINE}")
_PUT = {
    "sqlite": text(
        "INSERT INTO search_doc (shop_id, kind, id, text) VALUES (:shop, :kind, :id, :text)"
        " ON CONFLICT (shop_id, kind, id) DO UPDATE SET text = excluded.text"
    ),
    "postgresql": text(
        "INSERT INTO search_doc (shop_id, kind, id, text, grams)"
        " VALUES (:shop, :kind, :id, :text, array_to_tsvector(CAST(:grams AS text[])))"
        " ON CONFLICT (shop_id, kind, id) DO UPDATE SET text = excluded.text, grams = excluded.grams"
    ),
}
_OTHERS = text(
    "SELECT EXISTS (SELECT 1 FROM search_doc WHERE shop_id < :shop)"
    " OR EXISTS (SELECT 1 FROM search_doc WHERE shop_id > :shop)"
)
_INDEXED = text(
    "SELECT id FROM search_doc WHERE shop_id = :shop AND kind = :kind AND id > :after ORDER BY id LIMIT :limit"
)
_CLEAR = text("DELETE FROM search_doc WHERE shop_id = :shop")


def refresh(connection: Connection, shop_id: int, ids_by_table: Mapping[str, Collection[int]]) -> None:
    """Derive the texts of records anew, of those that are gone too; what has not changed is not written.

    Args:
        connection: Of the transaction that has changed them.
        shop_id: Whose records they are.
        ids_by_table: Ids by table name; those of ``texts.PARTS``, of persons and phones, stand for their customers.
            Of one that was deleted its customer is to be named.
    """
    found = {kind: set(ids_by_table.get(kind, ())) for kind in KINDS}
    for part in PARTS:
        for parts in _some(ids_by_table.get(part, ())):
            found["customer"].update(customers_of(connection, shop_id, part, parts))
    known = {(kind, one) for kind, ids in found.items() for one in ids}
    with _room_for(connection, len(known)):
        _follow(connection, shop_id, known)


def index(connection: Connection, shop_id: int, told: Mapping[str, Texts]) -> None:
    """Take in what new records say, by table; nothing of them is in the index yet."""
    for kind, said in told.items():
        with _room_for(connection, len(said)):
            # FTS5 writes out what it holds in memory whenever an id is smaller than the one before.
            _write(connection, shop_id, {}, _named(kind, dict(sorted(said.items()))))


def _follow(connection: Connection, shop_id: int, known: set[Name]) -> None:
    """Bring records up to what they say now, and the devices of those customers who are called something else."""
    renamed = [one for records in _some(known) for one in _bring_up(connection, shop_id, records)]
    theirs = {("device", one) for owners in _some(renamed) for one in devices_of(connection, shop_id, owners)}
    for records in _some(theirs - known):
        _bring_up(connection, shop_id, records)


def follow(
    connection: Connection,
    shop_id: int,
    changes: Iterable[Mapping[str, Any]],
    held: Mapping[Name, tuple[Any, object]],
) -> None:
    """Bring the index up to the changes of a deed, whichever verb has made them.

    Args:
        changes: As the feed is told them.
        held: The deed's records by table name and id.
    """
    found: dict[str, set[int]] = {}
    for change in changes:
        name, before, after = change["table"], change["before"] or {}, change["after"] or {}
        if TELLING.get(name, frozenset()).isdisjoint({*before, *after}):
            continue
        if name in PARTS:
            # Where the owner has not changed, only the record itself tells who it is.
            own = held.get((name, change["id"]))
            owners = {side["customer_id"] for side in (before, after) if "customer_id" in side}
            found.setdefault("customer", set()).update(owners or {own[0].customer_id} if own else owners)
        else:
            found.setdefault(name, set()).update(
                unpacked(change[MOVED]) if MOVED in change else (change["id"],)
            )
    if found:
        refresh(connection, shop_id, found)


def forget(connection: Connection, shop_id: int, record_ids: Iterable[int]) -> list[str]:
    """Take records of any kind out of the index, so that nothing of what they said is found.

    To be called while the old texts are still in the index: before the deed is finished, which derives what is left
    of the records anew. FTS5 keeps a gram that was taken out until it merges its lists. Grams are scraps, but a name
    of two characters is one as a whole: where nobody else has it, the lists have to be merged. In a shop of a
    million tickets that takes half a minute: it is for ``sweeping``, with the bytes of the other tables.

    Returns:
        The kinds whose lists still tell a whole line of what was said.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("PRAGMA secure_delete=ON").close()
    told: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for some in _some(record_ids):
        old = _held(connection, shop_id, [(kind, one) for kind in KINDS for one in some])
        _write(connection, shop_id, old, {})
        for (kind, _), said in old.items():
            told[kind].update(line for line in said.split(LINE) if line in grams(line))
    return [
        kind
        for kind, whole in told.items()
        if sqlite and not all(_is_known(connection, kind, gram) for gram in whole)
    ]


def rebuild(connection: Connection, shop_id: int) -> None:
    """Make a shop's part of the index from nothing, in one transaction: for a small shop; ``filling`` is for others."""
    empty(connection, shop_id)
    for kind in KINDS:
        fill(connection, shop_id, kind)
        settle(connection, kind)


def fill(
    connection: Connection,
    shop_id: int,
    kind: str,
    after: int = -1,
    most: int = (1 << 63) - 1,
    tell: Callable[[int], None] = lambda _: None,
) -> int | None:
    """Put the next records of a kind into the index, the oldest first; one that is in it already is compared.

    Args:
        connection: Of the transaction in which all of them become seen, or none.
        shop_id: Whose records they are.
        kind: One of ``KINDS``.
        after: Only records of greater ids.
        most: So many, or a few hundred more.
        tell: Told after some hundred records how many they were; what it raises ends the work.

    Returns:
        The id of the last one, for the next time; nothing where no more are left.
    """
    done, some = 0, min(AT_ONCE, most)
    _command(connection, kind, "hashsize", MANY_BYTES)
    while ids := _next(connection, _stands(kind), shop_id, kind, after, some):
        _bring_up(connection, shop_id, [(kind, one) for one in ids])
        done, after = done + len(ids), ids[-1]
        tell(len(ids))
        if done >= most:
            break
    _command(connection, kind, "hashsize", FEW_BYTES)
    return after if ids else None


def merge_all(connection: Connection) -> None:
    """Merge every list of every kind: half a minute among a million tickets, for a store that nobody uses yet."""
    for kind in KINDS:
        settle(connection, kind)


def indexed(connection: Connection, shop_id: int) -> Docs:
    """Every text that is in the index: for the test that compares it with a rebuilt one."""
    mine = text("SELECT kind, id, text FROM search_doc WHERE shop_id = :shop ORDER BY kind, id")
    return {(row[0], row[1]): row[2] for row in connection.execute(mine, {"shop": shop_id})}


def _command(connection: Connection, kind: str, name: str, value: int | None = None) -> None:
    """Tell FTS5 something; a server needs no telling."""
    if connection.dialect.name == "sqlite":
        where, told = (", rank", f", {value}") if value is not None else ("", "")
        connection.exec_driver_sql(f"INSERT INTO search_{kind}(search_{kind}{where}) VALUES ('{name}'{told})")


def settle(connection: Connection, kind: str) -> None:
    """Merge all lists into one, and put that where later ones do not soon meet it.

    FTS5 merges lists where too many stand on one level, and a merged one goes a level up. Were the long one on a low
    level, somebody's call would wait for a second while it is merged with a handful of new ones. Merging everything
    a second time adds levels below it.
    """
    if connection.dialect.name != "sqlite":
        return
    for place in (-1, -2):
        blank = {"id": place, "grams": "x"}
        plainly(connection, _fts(kind)[1], blank)
        _command(connection, kind, "optimize")
        plainly(connection, _fts(kind)[0], blank)


def _some(things: Iterable[T]) -> Iterator[list[T]]:
    """All of them in order, some at a time."""
    ordered = sorted(set(things))
    for first in range(0, len(ordered), AT_ONCE):
        yield ordered[first : first + AT_ONCE]


@contextmanager
def _room_for(connection: Connection, records: int) -> Iterator[None]:
    """Memory for the grams of so many records: else FTS5 writes them out as many short lists."""
    kinds = KINDS if records > AT_ONCE else ()
    for kind in kinds:
        _command(connection, kind, "hashsize", MANY_BYTES)
    yield
    for kind in kinds:
        _command(connection, kind, "hashsize", FEW_BYTES)


def _named(kind: str, found: Texts) -> Docs:
    return {(kind, one): said for one, said in found.items()}


def _bring_up(connection: Connection, shop_id: int, records: Sequence[Name]) -> list[int]:
    """Write what these records say now; answers the customers that are called something else since."""
    # On a server these rows are locked before the records are read: who waits here for another's write sees it then.
    old, new = _held(connection, shop_id, records), Docs()
    for kind in KINDS:
        ids = [one for name, one in records if name == kind]
        new |= _named(kind, texts(connection, shop_id, kind, ids)) if ids else {}
    gone = {name: said for name, said in old.items() if new.get(name) != said}
    come = {name: said for name, said in new.items() if old.get(name) != said}
    _write(connection, shop_id, gone, come)
    called = ((gone.get(name, ""), come.get(name, ""), name) for name in sorted(gone.keys() | come.keys()))
    return [
        name[1]
        for before, after, name in called
        if name[0] == "customer" and before.split(LINE)[0] != after.split(LINE)[0]
    ]


def _held(connection: Connection, shop_id: int, records: Sequence[Name]) -> Docs:
    """The stored texts of records; nobody else changes them until this transaction is over."""
    values: dict[str, Any] = {"shop": shop_id}
    for place, (kind, one) in enumerate(records):
        values |= {f"kind{place}": kind, f"id{place}": one}
    rows: Iterable[Any] = plainly(connection, _stored(connection.dialect.name, len(records)), values)
    return {(row[0], row[1]): row[2] for row in rows}


@cache
def _stored(dialect: str, count: int) -> Any:
    sought = ", ".join(f"(:kind{place}, :id{place})" for place in range(count))
    mine = f"SELECT kind, id, text FROM search_doc WHERE shop_id = :shop AND (kind, id) IN (VALUES {sought})"
    return text(f"{mine} ORDER BY kind, id{_locking(dialect)}")


def _locking(dialect: str) -> str:
    return " FOR UPDATE" if dialect == "postgresql" else ""


def _write(connection: Connection, shop_id: int, old: Docs, new: Docs) -> None:
    """Take the old texts out and put the new ones in."""
    sqlite = connection.dialect.name == "sqlite"
    _run(connection, _TAKE_OUT, [_key(shop_id, name) for name in old if name not in new])
    rows: list[dict[str, Any]] = [{**_key(shop_id, name), "text": said} for name, said in new.items()]
    if not sqlite:
        for row in rows:
            row["grams"] = [*grams(row["text"])]
    _run(connection, _PUT[connection.dialect.name], rows)
    for place, docs in enumerate((old, new) if sqlite else ()):
        for kind in KINDS:
            mine = [(one, said) for (name, one), said in docs.items() if name == kind]
            _run(
                connection,
                _fts(kind)[place],
                [{"id": one, "grams": " ".join(grams(said))} for one, said in mine],
            )


def _key(shop_id: int, name: Name) -> dict[str, Any]:
    return {"shop": shop_id, "kind": name[0], "id": name[1]}


def _run(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        plainly(connection, statement, *rows)


@cache
def _fts(kind: str) -> tuple[Any, Any, Any]:
    """In FTS5's words: take grams out, put them in, look for one."""
    name = f"search_{kind}"
    return (
        text(f"INSERT INTO {name} ({name}, rowid, grams) VALUES ('delete', :id, :grams)"),
        text(f"INSERT INTO {name} (rowid, grams) VALUES (:id, :grams)"),
        text(f"SELECT rowid FROM {name} WHERE {name} MATCH :gram LIMIT 1"),
    )


def _is_known(connection: Connection, kind: str, gram: str) -> bool:
    return plainly(connection, _fts(kind)[2], {"gram": f'"{gram}"'}).first() is not None


def empty(connection: Connection, shop_id: int) -> None:
    """Take everything of a shop out of the index."""
    if connection.dialect.name == "sqlite":
        if connection.execute(_OTHERS, {"shop": shop_id}).scalar():
            for kind in KINDS:
                after = -1
                while ids := _next(connection, _INDEXED, shop_id, kind, after):
                    _write(connection, shop_id, _held(connection, shop_id, [(kind, one) for one in ids]), {})
                    after = ids[-1]
        else:
            for kind in KINDS:
                _command(connection, kind, "delete-all")
    connection.execute(_CLEAR, {"shop": shop_id})


def _next(
    connection: Connection, asked: Any, shop_id: int, kind: str, after: int, limit: int = AT_ONCE
) -> list[int]:
    """The ids of the next records of a kind, in order."""
    values = {"shop": shop_id, "kind": kind, "after": after, "limit": limit}
    return [*chain.from_iterable(connection.execute(asked, values))]


@cache
def _stands(kind: str) -> Any:
    """The next records that are there, whether they are in the index or not."""
    return text(f'SELECT id FROM "{kind}" WHERE shop_id = :shop AND id > :after ORDER BY id LIMIT :limit')
