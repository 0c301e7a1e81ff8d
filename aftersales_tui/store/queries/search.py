"""Which records hold what was typed, the newest first, and what a line about each shows (issue 3).

The grams of a query name candidates, each of which is compared with its text. Mostly the first forty are right, so
the newest are looked at some at a time; where few of them are right, the store looks through all the others at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, text

from aftersales_tui.domain.identity import EPOCH
from aftersales_tui.lexicon.grams import pieces
from aftersales_tui.store.dialects import plainly
from aftersales_tui.views.search import FoundRow

Words = tuple[tuple[str, ...], ...]
"""Folded words, each with its other spellings, of which one must be in the text."""
LOOKS = (64, 256, 1024)
"""So many candidates are looked at, at first, then, and then, before the store looks through all that are left."""
IN_ORDER = 300
"""So many customers are put in the order of their calls; of more the text of each would have to be read at each key."""
ASKED = (64, IN_ORDER)
"""So many ids a statement has room for: two statements, for few and for many."""
NEWEST = (1 << 63) - 1
"""Above every id."""


def matching(
    connection: Connection, shop_id: int, kind: str, words: Words, limit: int, before: int = NEWEST
) -> list[int]:
    """The ids of the newest records of a kind that hold all words.

    Args:
        connection: To read by.
        shop_id: Whose records.
        kind: One of ``store.search.KINDS``.
        words: What is sought; nothing finds nothing.
        limit: So many at most.
        before: Only smaller ids, for the next page.
    """
    if not words:
        return []
    dialect, shape = connection.dialect.name, tuple(map(len, words))
    wish = _wish(words, sqlite=dialect == "sqlite")
    values = {"shop": shop_id, "kind": kind, "wish": wish, **_values(words)}
    found = list[int]()
    for most in LOOKS:
        edge = {**values, "before": before, "most": most}
        looked: list[Any] = list(plainly(connection, _looking(dialect, kind, shape), edge))
        found += sorted((row[0] for row in looked if row[1]), reverse=True)
        if len(looked) < most or len(found) >= limit:
            return found[:limit]
        before = min(row[0] for row in looked)
    rest = {**values, "before": before, "limit": limit - len(found)}
    return found + [row[0] for row in plainly(connection, _whole(dialect, kind, shape), rest)]


def can_be_ordered(connection: Connection, shop_id: int, kind: str, words: Words) -> bool:
    """Whether there are at most ``IN_ORDER`` candidates; told by the grams alone, without reading a text."""
    dialect = connection.dialect.name
    values = {"shop": shop_id, "wish": _wish(words, sqlite=dialect == "sqlite"), "most": IN_ORDER + 1}
    return int(plainly(connection, _counting(dialect, kind), values).scalar_one()) <= IN_ORDER


def by_last_call(connection: Connection, shop_id: int, customer_ids: Sequence[int]) -> list[int]:
    """At most ``IN_ORDER`` customers, who called last first, who never called behind the others."""
    if len(customer_ids) < 2:
        return [*customer_ids]
    room = next(room for room in ASKED if len(customer_ids) <= room)
    padded = [*customer_ids, *[customer_ids[0]] * (room - len(customer_ids))]
    called: list[Any] = list(plainly(connection, _called(room), {"shop": shop_id, **_named(padded)}))
    return [row[0] for row in sorted(called, key=lambda row: (row[1] or 0, row[0]), reverse=True)]


def holding(connection: Connection, shop_id: int, kind: str, words: Words, ids: Sequence[int]) -> list[int]:
    """Those of some records that hold all words, the newest first."""
    if not ids:
        return []
    values = {"shop": shop_id, "kind": kind, **_values(words), **_named(ids)}
    asked = _of_these(connection.dialect.name, tuple(map(len, words)), len(ids))
    return sorted((row[0] for row in plainly(connection, asked, values)), reverse=True)


def tickets_of(connection: Connection, shop_id: int, customer_ids: Sequence[int]) -> list[int]:
    """All tickets of some customers."""
    if not customer_ids:
        return []
    values = {"shop": shop_id, **_named(customer_ids)}
    return [row[0] for row in plainly(connection, _of_customers(len(customer_ids)), values)]


def rows(connection: Connection, shop_id: int, kind: str, ids: Sequence[int]) -> tuple[FoundRow, ...]:
    """The lines of some records, in the order of these ids."""
    if not ids:
        return ()
    said = plainly(connection, _lines(kind, len(ids)), {"shop": shop_id, **_named(ids)})
    by_id = {row[0]: _row(kind, [*row]) for row in said.all()}
    return tuple(by_id[one] for one in ids if one in by_id)


def _row(kind: str, said: list[Any]) -> FoundRow:
    ids_and_number, words = [one or 0 for one in said[:5]], said[5:10]
    shown: tuple[Any, ...] = (*ids_and_number, *words, _instant(said[10]))
    return FoundRow(kind, *shown)


def _instant(stored: int | None) -> datetime | None:
    return None if stored is None else EPOCH + timedelta(milliseconds=stored)


def _values(words: Words) -> dict[str, Any]:
    return {f"w{i}_{j}": word for i, spellings in enumerate(words) for j, word in enumerate(spellings)}


def _named(ids: Sequence[int]) -> dict[str, Any]:
    return {f"id{place}": one for place, one in enumerate(ids)}


def _marks(count: int) -> str:
    return ", ".join(f":id{place}" for place in range(count))


def _wish(words: Words, *, sqlite: bool) -> str:
    """The grams that are asked for, in the store's words."""
    both, either, mark = (" AND ", " OR ", '"') if sqlite else (" & ", " | ", "'")

    def way(asked: tuple[str, ...]) -> str:
        return f"({both.join(f'{mark}{gram}{mark}' for gram in asked)})"

    # What has all grams of another spelling, and more, is found by those of the other.
    ways = ([pieces(word) for word in spellings] for spellings in words)
    fewest = ([one for one in some if not any(set(other) < set(one) for other in some)] for some in ways)
    return both.join(f"({either.join(map(way, dict.fromkeys(some)))})" for some in fewest)


def _held(dialect: str, shape: tuple[int, ...]) -> str:
    """The comparison with the text itself: every word in one of its spellings."""
    inside = "instr(doc.text, :{})" if dialect == "sqlite" else "strpos(doc.text, :{})"
    words = (
        " OR ".join(f"{inside.format(f'w{i}_{j}')} > 0" for j in range(count))
        for i, count in enumerate(shape)
    )
    return " AND ".join(f"({word})" for word in words)


@cache
def _looking(dialect: str, kind: str, shape: tuple[int, ...]) -> Any:
    """The newest candidates, each with whether it holds the words."""
    if dialect == "sqlite":
        # Candidates are named by id alone; one of another shop has no text here.
        return text(
            f"SELECT hit.id, {_held(dialect, shape)} FROM (SELECT rowid AS id FROM search_{kind}"
            f" WHERE search_{kind} MATCH :wish AND rowid < :before ORDER BY rowid DESC LIMIT :most) AS hit"
            " LEFT JOIN search_doc AS doc ON doc.shop_id = :shop AND doc.kind = :kind AND doc.id = hit.id"
        )
    return text(
        f"SELECT doc.id, {_held(dialect, shape)} FROM (SELECT id, text FROM search_doc WHERE shop_id = :shop"
        f" AND kind = '{kind}' AND id < :before AND grams @@ CAST(:wish AS tsquery)"
        " ORDER BY id DESC LIMIT :most) AS doc"
    )


@cache
def _counting(dialect: str, kind: str) -> Any:
    some = (
        f"SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH :wish LIMIT :most"
        if dialect == "sqlite"
        else f"SELECT id FROM search_doc WHERE shop_id = :shop AND kind = '{kind}'"
        " AND grams @@ CAST(:wish AS tsquery) LIMIT :most"
    )
    return text(f"SELECT count(*) FROM ({some}) AS candidate")


@cache
def _called(count: int) -> Any:
    return text(f"SELECT id, last_call_at FROM customer WHERE shop_id = :shop AND id IN ({_marks(count)})")


@cache
def _whole(dialect: str, kind: str, shape: tuple[int, ...]) -> Any:
    """The newest of all that hold the words."""
    held = _held(dialect, shape)
    if dialect == "sqlite":
        return text(
            f"SELECT doc.id FROM search_{kind} AS hit CROSS JOIN search_doc AS doc"
            " ON doc.shop_id = :shop AND doc.kind = :kind AND doc.id = hit.rowid"
            f" WHERE search_{kind} MATCH :wish AND hit.rowid < :before AND {held}"
            " ORDER BY hit.rowid DESC LIMIT :limit"
        )
    # The kind as a literal: a bound one could not be answered by the index of this kind alone.
    return text(
        f"SELECT doc.id FROM search_doc AS doc WHERE doc.shop_id = :shop AND doc.kind = '{kind}'"
        f" AND doc.id < :before AND doc.grams @@ CAST(:wish AS tsquery) AND {held} ORDER BY doc.id DESC LIMIT :limit"
    )


@cache
def _of_these(dialect: str, shape: tuple[int, ...], count: int) -> Any:
    held = f" AND {_held(dialect, shape)}" if shape else ""
    return text(
        "SELECT doc.id FROM search_doc AS doc WHERE doc.shop_id = :shop AND doc.kind = :kind"
        f" AND doc.id IN ({_marks(count)}){held}"
    )


@cache
def _of_customers(count: int) -> Any:
    return text(f"SELECT id FROM ticket WHERE shop_id = :shop AND customer_id IN ({_marks(count)})")


@cache
def _lines(kind: str, count: int) -> Any:
    """Eleven columns, as ``FoundRow`` has them."""
    return text(f"{_SHOWN[kind]} WHERE own.shop_id = :shop AND own.id IN ({_marks(count)})")


_FIRST = (
    "SELECT {column} FROM {table} AS part WHERE part.shop_id = own.shop_id"
    " AND part.customer_id = own.id AND part.place = 0 LIMIT 1"
)
# The zone finds him too; where his address does not say it, it stands before that.
_PLACE = (
    "CASE WHEN part.text LIKE '%' || part.zone || '%' THEN part.text ELSE part.zone || ' ' || part.text END"
)
_CUSTOMER = "LEFT JOIN customer AS theirs ON theirs.shop_id = own.shop_id AND theirs.id = own.customer_id"
_SHOWN = {
    "customer": f"SELECT own.id, 0, own.id, 0, 0, '', own.name,"
    f" coalesce(({_FIRST.format(column='part.typed', table='phone')}), ''),"
    f" coalesce(({_FIRST.format(column=_PLACE, table='address')}), ''), own.note,"
    " nullif(own.last_call_at, 0) FROM customer AS own",
    "device": "SELECT own.id, 0, own.customer_id, own.id, 0, '', coalesce(theirs.name, ''), '',"
    " trim(own.product || ' ' || trim(own.brand || ' ' || own.model)),"
    " trim(own.serial || ' ' || trim(own.bought_on || ' ' || own.place)), NULL"
    f" FROM device AS own {_CUSTOMER}",
    "ticket": "SELECT own.id, own.id, own.customer_id, own.device_id, own.number, own.status, own.caller, own.phone,"
    " trim(own.product || ' ' || own.model), own.fault, own.received_at FROM ticket AS own",
    "call": "SELECT own.id, own.ticket_id, own.customer_id, about.device_id, about.number, about.status, own.caller,"
    " own.phone, about.product, CASE WHEN own.words = '' THEN about.fault ELSE own.words END, own.started_at"
    " FROM call AS own JOIN ticket AS about ON about.shop_id = own.shop_id AND about.id = own.ticket_id",
    "note": "SELECT own.id, 0, own.customer_id, own.device_id, 0, '', coalesce(theirs.name, ''), '', '', own.text,"
    f" own.written_at FROM note AS own {_CUSTOMER}",
}
