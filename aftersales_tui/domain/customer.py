"""A customer's file: what it holds, who is who in it, and what becomes of two edits of one record (U1, U2, U3)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

KINDS = ("person", "company")
TIERS = ("", "member", "contract")
ROLES = ("", "contact", "in_charge", "user", "payer")
PROMISES = ("fitting", "trial", "gift", "other")
NAME, WORDS, LONG = 120, 60, 500
MOST_MONTHS = 60
"""A plan of more than five years is a slip of the pen."""
Values = Mapping[str, Any]
"""The fields of a record by name: texts, whole numbers, instants, or ``None``."""


class Part(StrEnum):
    """What a file is made of."""

    CUSTOMER = "customer"
    PERSON = "person"
    PHONE = "phone"
    ADDRESS = "address"
    DEVICE = "device"
    PROMISE = "promise"


class Sort(StrEnum):
    """What a field holds, which decides how it is typed and understood."""

    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    MONTHS = "months"
    MOMENT = "moment"
    BOUGHT = "bought"
    QUIET = "quiet"
    PHONE = "phone"
    PERSON = "person"
    DEVICE = "device"


class Entry(NamedTuple):
    """A field of a part of the file.

    Attributes:
        limit: The most characters of a text.
        choices: What a ``CHOICE`` is out of; the first is what a new record has.
        required: Whether the record makes no sense without it.
    """

    name: str
    sort: Sort = Sort.TEXT
    limit: int = NAME
    choices: tuple[str, ...] = ()
    required: bool = False


PARTS: Mapping[Part, tuple[Entry, ...]] = {
    Part.CUSTOMER: (
        Entry("name", required=True),
        Entry("kind", Sort.CHOICE, choices=KINDS),
        Entry("tier", Sort.CHOICE, choices=TIERS),
        Entry("do_not_call", Sort.FLAG),
        Entry("quiet", Sort.QUIET, WORDS),
        Entry("contact_months", Sort.MONTHS, 2),
        Entry("contact_at", Sort.MOMENT, WORDS),
        Entry("note", limit=LONG),
    ),
    Part.PERSON: (
        Entry("name", required=True),
        Entry("role", Sort.CHOICE, choices=ROLES),
        Entry("form", limit=WORDS),
        Entry("note", limit=LONG),
    ),
    Part.PHONE: (
        Entry("typed", Sort.PHONE, WORDS, required=True),
        Entry("person_id", Sort.PERSON),
        Entry("label", limit=WORDS),
    ),
    Part.ADDRESS: (
        Entry("text", limit=200, required=True),
        Entry("zone", limit=WORDS),
        Entry("route_note", limit=LONG),
    ),
    Part.DEVICE: (
        Entry("product"),
        Entry("brand", limit=WORDS),
        Entry("model", limit=WORDS),
        Entry("serial", limit=WORDS),
        Entry("bought_on", Sort.BOUGHT, WORDS),
        Entry("invoice", limit=WORDS),
        Entry("certificate", limit=WORDS),
        Entry("place"),
        Entry("note", limit=LONG),
    ),
    Part.PROMISE: (
        Entry("what", Sort.CHOICE, choices=PROMISES),
        Entry("words", limit=LONG),
        Entry("due_at", Sort.MOMENT, WORDS),
        Entry("device_id", Sort.DEVICE),
    ),
}
"""The fields of each part, in the order in which they are asked for."""
REMOVABLE = frozenset({Part.PERSON, Part.PHONE, Part.ADDRESS, Part.PROMISE})
"""A device stays: tickets speak of it."""


class Clash(NamedTuple):
    """A field that two seats have set differently: as both saw it first, as each would have it."""

    name: str
    before: Any
    mine: Any
    theirs: Any


class Merge(NamedTuple):
    """What becomes of an edit.

    Attributes:
        values: What is to be written: fields that are mine alone.
        clashes: Fields that a person has to decide; nothing is written while there is one.
    """

    values: dict[str, Any]
    clashes: tuple[Clash, ...]


def merged(before: Values, mine: Values, theirs: Values) -> Merge:
    """Lay an edit over a record that somebody else may have changed meanwhile, field by field.

    Args:
        before: The record as the form showed it when it was opened.
        mine: The fields as they were left in the form.
        theirs: The record as it is now.
    """
    values, clashes = dict[str, Any](), list[Clash]()
    for name, value in mine.items():
        was, now = before.get(name), theirs.get(name)
        if value in (was, now):
            continue
        if now == was:
            values[name] = value
        else:
            clashes.append(Clash(name, was, value, now))
    return Merge(values, tuple(clashes))


class Addressed(NamedTuple):
    """As much of a person as is needed to address him."""

    name: str
    role: str
    form: str


def form_of_address(people: Iterable[Addressed], owner: str, name: str) -> str:
    """How somebody at a customer's is addressed; empty where nobody has told (U1).

    Args:
        people: The customer's people, in order.
        owner: The customer's own name.
        name: Who is spoken to. Where it is the customer himself, his contact person is.
    """
    known = [one for one in people if one.form]
    wanted = _same(name)
    for one in known:
        if wanted and _same(one.name) == wanted:
            return one.form
    if wanted and wanted != _same(owner):
        return ""
    contacts = [one for one in known if one.role == "contact"]
    return next((one.form for one in (*contacts, *known)), "")


def _same(name: str) -> str:
    return "".join(name.split()).casefold()


def is_late(due_at: datetime | None, done_at: datetime | None, now: datetime) -> bool:
    """Whether a promise made at the sale should have been kept by now (U3)."""
    return done_at is None and due_at is not None and due_at < now
