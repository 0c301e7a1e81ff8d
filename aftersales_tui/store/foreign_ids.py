"""The ids that records have in other programs: which a file has told, which were made here, and which are erased."""

from hashlib import blake2b
from typing import Any

from sqlalchemy import and_, not_

MADE_OF = "of:"
"""In front of what a customer is known by who came in with his ticket, and has no id in the other program."""
MADE_OF_ONCE = "="
"""What stood there in stores of before; spreadsheets take it for a formula. Such ids are still read."""
NO_ID = "row:"
"""In front of the digest that serves a row without an id."""
NUMBERED = "no:"
"""In front of a ticket's number that serves a row without an id."""
GONE = "gone:"
"""In front of the digest that is left of the id of somebody who was erased: it names nobody, and keeps him out."""
MADE = (MADE_OF, MADE_OF_ONCE, NO_ID, NUMBERED, GONE)
"""How ids begin that no file has told."""


def is_told(source_id: str) -> bool:
    """Whether an id stands in a file, and was not made here of what a row says."""
    return bool(source_id) and not source_id.startswith(MADE)


def of_told(column: Any) -> Any:
    """The same as a condition on a column."""
    return and_(*(not_(column.like(f"{prefix}%")) for prefix in MADE))


def once(source_id: str) -> str:
    """An id as stores of before wrote it."""
    return MADE_OF_ONCE + source_id.removeprefix(MADE_OF) if source_id.startswith(MADE_OF) else source_id


def gone(kind: str, source: str, source_id: str) -> str:
    """What is left of the id of somebody who was erased."""
    # Digests cannot be written anew: they stay those of the id as it once was.
    told = "\x1f".join((kind, source, once(source_id)))
    return GONE + blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
