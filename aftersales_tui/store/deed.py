"""One write of the desk: its records, compared and locked, and its entry in the change feed.

The write and its entry commit together. What the entry says of before and after is taken from the records
themselves, so that no verb can forget to tell. New records wait until somebody reads or the deed is finished and
then go out table by table: a call brings some twenty rows, and a round trip for each would be most of its time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from aftersales_tui.domain.errors import NotFound, Stale
from aftersales_tui.domain.identity import EPOCH, milliseconds
from aftersales_tui.store.dialects import adding_once, plainly, raising
from aftersales_tui.store.keys import Keyed, Record, Versioned
from aftersales_tui.store.queries import feed
from aftersales_tui.store.tables import Counter, FeedEntry, Ticket
from aftersales_tui.store.types import UTCDateTime
from aftersales_tui.views.act import Act

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Keyed)
Values = dict[str, Any]

FEED: Any = FeedEntry.__table__  # type: ignore[attr-defined]
COUNTER: Any = Counter.__table__  # type: ignore[attr-defined]
TICKET: Any = Ticket.__table__  # type: ignore[attr-defined]
_EARLIER = select(FEED.c.seq, FEED.c.verb, FEED.c.subject, FEED.c.params).where(
    FEED.c.shop_id == bindparam("shop"), FEED.c.write_id == bindparam("write_id")
)
_VERSION = select(TICKET.c.version).where(
    TICKET.c.shop_id == bindparam("shop"), TICKET.c.id == bindparam("id")
)
_TELL = insert(FEED).inline()


class Entry(NamedTuple):
    """What a write answers of its entry in the feed."""

    seq: int
    verb: str
    subject: int
    params: dict[str, str]


@dataclass
class Deed:
    """A write under way.

    Attributes:
        session: The session of its one transaction.
        shop_id: The shop it happens in.
        act: Who does it, where, and when it happened.
        now: The moment of entry.
        verb: Names the feed entry.
        make_id: Makes the id of a record that belongs to an instant.
        subject: The ticket the feed entry belongs to; that of the record held or put last.
        params: What the sentence about the deed fills in.
        undoes: The entry it takes back; 0 for none.
    """

    session: Session
    shop_id: int
    act: Act
    now: datetime
    verb: str
    make_id: Callable[[datetime], int]
    subject: int = 0
    ticket: Ticket | None = None
    params: dict[str, str] = field(default_factory=dict)
    undoes: int = 0
    _changes: list[Values] = field(default_factory=list)
    _held: dict[tuple[str, int], tuple[Keyed, Values]] = field(default_factory=dict)
    _waiting: dict[Any, list[Values]] = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)
    _last_id: int = 0

    @property
    def at(self) -> datetime:
        """When the deed happened; the moment of entry unless the act says otherwise."""
        return self.act.happened_at or self.now

    @property
    def connection(self) -> Connection:
        """The deed's connection; whoever reads through it sees what was put before."""
        if self._waiting:
            waiting, self._waiting = self._waiting, {}
            for statement, rows in waiting.items():
                plainly(self._own, statement, *rows)
        return self._own

    @cached_property
    def _own(self) -> Connection:
        return self.session.connection()

    def flushed(self) -> Connection:
        """The deed's connection; whoever reads through it sees changed records too, not only new ones."""
        connection = self.connection
        self.session.flush()
        return connection

    @property
    def _dialect(self) -> str:
        return self._own.dialect.name

    def new_id(self) -> int:
        """The id of a new record, larger than the ids made before: records of one instant keep their order."""
        self._last_id = max(self.make_id(self.now), self._last_id + 1)
        return self._last_id

    def get(self, table: type[K], record_id: int) -> K:
        """A record to read.

        Raises:
            NotFound: ``record.not_found``.
        """
        row = self.session.get(table, (self.shop_id, record_id))
        if row is None:
            raise NotFound("record.not_found", table=_name(table), id=record_id)
        return row

    def find(self, table: type[K], record_id: int) -> K | None:
        """A record to change, as ``held`` gives it; ``None`` where there is none."""
        try:
            return self.held(table, record_id)
        except NotFound:
            return None

    def held(self, table: type[K], record_id: int, version: int | None = None) -> K:
        """A record to change: locked, and compared with the version the screen saw.

        Hold a ticket before what belongs to it: two seats that lock in one order never wait for each other.

        Raises:
            NotFound: ``record.not_found``.
            Stale: ``record.stale`` when somebody else has changed it since: who, and before and after by field.
        """
        known = self._held.get((_name(table), record_id))
        if known is not None:
            # Loading it once more would undo what this very deed has changed.
            same: K = known[0]  # type: ignore[assignment]
            return self._compared(same, version)
        # The keys of a record never change, so it need not be locked against those who only refer to it.
        lock = {"key_share": True}
        row = self.session.get(table, (self.shop_id, record_id), with_for_update=lock)
        if row is None:
            raise NotFound("record.not_found", table=_name(table), id=record_id)
        self._compared(row, version)
        self._held[_name(table), record_id] = (row, _plain(row.__dict__, table))
        self._about(row)
        return row

    def touch(self, row: Versioned) -> None:
        """Raise a held record's version though none of its columns changes: what belongs to it does."""
        self._touched.add(row.id)

    def _compared(self, row: K, version: int | None) -> K:
        if version is not None and isinstance(row, Versioned) and row.version != version:
            subject = subject_of(row)
            by, changes = feed.changed_since(
                self.connection, self.shop_id, subject, (_name(type(row)), row.id, version)
            )
            raise Stale(
                "record.stale",
                table=_name(type(row)),
                id=row.id,
                seen=version,
                now=row.version,
                by=by,
                changes=changes,
            )
        return row

    def _about(self, row: Record) -> None:
        if isinstance(row, Ticket):
            self.ticket = row
            self.subject = row.id

    def put(self, row: R) -> R:
        """Store a new record; parents go first."""
        table = type(row)
        after = _plain(row.__dict__, table)
        self._waiting.setdefault(_adding(table), []).append(after)
        self._changes.append(
            {"table": _name(table), "id": after.get("id", 0), "before": None, "after": after}
        )
        self._about(row)
        return row

    def index(self, table: type[Record], rows: Iterable[Values]) -> None:
        """Store rows that only help to find others: they can be derived anew, so the feed does not tell them.

        One that is there already is left alone.
        """
        statement = adding_once(self._dialect, table.__table__)  # type: ignore[attr-defined]
        found = [{"shop_id": self.shop_id, **row} for row in rows]
        if found:
            self._waiting.setdefault(statement, []).extend(found)

    def unmake(self, table: type[Record], after: Values) -> None:
        """Delete a record by its columns; the feed still holds them, so that undo can bring it back."""
        made: Any = table.__table__  # type: ignore[attr-defined]
        mine = (made.c[key.name] == after[key.name] for key in made.primary_key)
        self.connection.execute(delete(made).where(*mine))
        self._changes.append({"table": made.name, "id": after.get("id", 0), "before": after, "after": None})

    def remove(self, row: Keyed) -> None:
        """Delete a held record; the feed holds it, by column, so that undo can bring it back."""
        table = type(row)
        _, before = self._held.pop((_name(table), row.id))
        self.session.expunge(row)
        self.unmake(table, before)

    def tell(self, change: Values) -> None:
        """Have the feed tell a change that was made by statement, past the records: of many at once, for instance."""
        self._changes.append(change)

    def next_number(self, counter: str) -> int:
        """Raise one of the shop's counters and take its value; a rolled-back write leaves no gap."""
        raised = raising(self._dialect, COUNTER)
        counted = plainly(self.connection, raised, {"shop": self.shop_id, "counter": counter})
        return int(counted.scalar_one())

    def finish(self) -> Entry:
        """Write the changed records and the feed entry; the transaction's owner commits."""
        for (name, record_id), (row, before) in self._held.items():
            after = _plain(row.__dict__, type(row))
            changed = [column for column, value in after.items() if before[column] != value]
            if not changed and record_id not in self._touched:
                continue
            if isinstance(row, Versioned):
                row.version += 1
                after["version"] = row.version
                changed.append("version")
            old, new = ({column: side[column] for column in changed} for side in (before, after))
            self._changes.append({"table": name, "id": record_id, "before": old, "after": new})
        if self._held:
            self.session.flush()
        # Whoever only looks never needs the index.
        from aftersales_tui.store.search import follow

        follow(self.connection, self.shop_id, self._changes, self._held)
        seq = self.next_number("feed")
        self.connection.execute(_TELL, self._entry(seq))
        return Entry(seq, self.verb, self.subject, self.params)

    def _entry(self, seq: int) -> Values:
        return {
            "shop_id": self.shop_id,
            "seq": seq,
            "write_id": self.act.write_id,
            "happened_at": self.at,
            "entered_at": self.now,
            "staff_id": self.act.staff_id,
            "seat": self.act.seat,
            "verb": self.verb,
            "subject": self.subject,
            "params": self.params,
            "changes": self._changes,
            "undoes": self.undoes,
        }


OF_THEIR_OWN = frozenset({"visitor", "handover_note"})
"""Tables whose records may name a ticket, but whose entries belong to the records themselves."""


def subject_of(row: Keyed) -> int:
    """The record that feed entries about a row belong to: its ticket, else the row itself."""
    ticket_id: int | None = getattr(row, "ticket_id", None) if _name(type(row)) not in OF_THEIR_OWN else None
    return ticket_id or row.id


def get_ready() -> None:
    """Do what the first deed would otherwise wait for: SQLAlchemy puts its map of the tables together."""
    configure_mappers()


def earlier(connection: Connection, shop_id: int, write_id: int) -> Entry | None:
    """The entry of a write that was already done: the answer to a commit whose answer was lost."""
    row = connection.execute(_EARLIER, {"shop": shop_id, "write_id": write_id}).first()
    return None if row is None else Entry(*row)


def version_of(connection: Connection, shop_id: int, ticket_id: int) -> int:
    """A ticket's version as it is now; 0 for what is no ticket."""
    return int(connection.execute(_VERSION, {"shop": shop_id, "id": ticket_id}).scalar() or 0)


def stored_value(table: type[Record], column: str, value: Any) -> Any:
    """A column's value as a record holds it, from what the feed holds: instants come back from milliseconds."""
    kind = table.__table__.c[column].type  # type: ignore[attr-defined]
    if value is not None and isinstance(kind, UTCDateTime):
        return EPOCH + timedelta(milliseconds=value)
    return value


def _plain(values: Values, table: type[Record]) -> Values:
    """A record's columns as JSON can hold them: instants as milliseconds."""
    return {
        name: milliseconds(value) if isinstance(value := values[name], datetime) else value
        for name in _columns(table)
    }


@cache
def _columns(table: Any) -> tuple[str, ...]:
    return tuple(table.__table__.columns.keys())


@cache
def _adding(table: Any) -> Any:
    return insert(table.__table__).inline()


def _name(table: type[Record]) -> str:
    return str(table.__tablename__)
