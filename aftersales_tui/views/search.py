"""What the search over everything shows: groups of rows, the newest first (issue 3)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One record that was found.

    Attributes:
        kind: ``customer``, ``device``, ``ticket``, ``call`` or ``note``.
        record_id: Its id, which is only its own inside its kind.
        ticket_id: The ticket it belongs to; 0 for none.
        customer_id: The customer it belongs to; 0 for none.
        device_id: The device it is or belongs to; 0 for none.
        number: The ticket's number; 0 for none.
        status: The ticket's state; empty for none.
        who: The customer or caller.
        phone: His number.
        what: Product and model, or where a customer lives, with the zone where his address does not say it.
        words: The fault, what was said, the text of a note; of a device its serial, when it was bought and where it
            stands, for a customer may have two alike.
        at: When it came in, was said or written; of a customer when he called last, of a device none.
    """

    kind: str
    record_id: int
    ticket_id: int
    customer_id: int
    device_id: int
    number: int
    status: str
    who: str
    phone: str
    what: str
    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one kind.

    Attributes:
        rows: The first of them.
        count: How many there are, as far as anybody counts; ``more`` tells that it goes on.
    """

    kind: str
    rows: tuple[FoundRow, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one query: the groups in which there is something.

    Attributes:
        kind: What the search was narrowed to; empty for everything.
        words: What was looked for, without the word that narrows.
        unknown: Where nothing is found, the word that seems to narrow and names no kind: ``phone:138``.
    """

    kind: str
    words: str
    groups: tuple[FoundGroup, ...]
    unknown: str = ""

    @property
    def nothing(self) -> str:
        """Catalog key of what is said where nothing is found."""
        return "search.no_such_kind" if self.unknown else "search.nothing"

    @property
    def rows(self) -> tuple[FoundRow, ...]:
        """The rows of all groups, one group after the other."""
        return tuple(row for group in self.groups for row in group.rows)
