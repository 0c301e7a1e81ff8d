"""What the front ends show of customers that may be the same, of a merge, and of what is known of one (U4)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

LEFT, RIGHT, BOTH = "left", "right", "both"
"""Whose value stays in a field of two files: that of the file that is kept, of the other, or one after the other."""


class FileLine(NamedTuple):
    """A customer's file on one line.

    Attributes:
        state: Empty; ``merged`` or ``erased``.
    """

    customer_id: int
    version: int
    name: str
    phone: str
    address: str
    state: str = ""


class Suggestion(NamedTuple):
    """Two files that may be one customer's.

    Attributes:
        one: The older file, which would be kept.
        why: ``phone``, ``serial``, ``name``, ``address``, the strongest first.
        points: By the rules of the shop; more are likelier.
    """

    one: FileLine
    other: FileLine
    why: tuple[str, ...]
    points: int


class Suggestions(NamedTuple):
    """Suggested pairs of one look, most likely first.

    Attributes:
        go_on: Where the next look begins; 0 when all customers have been looked at.
    """

    pairs: tuple[Suggestion, ...]
    go_on: int


class MergeField(NamedTuple):
    """One field of two files side by side.

    Attributes:
        name: The column.
        left: Of the file that is kept; ``right`` of the other one.
        clash: Whether both say something and not the same: then the operator chooses.
        side: What stays unless he does, one of ``LEFT``, ``RIGHT``, ``BOTH``.
    """

    name: str
    left: str
    right: str
    clash: bool
    side: str


class MergePreview(NamedTuple):
    """What a merge would do.

    Attributes:
        kept: The file that stays; ``lost`` the one that goes into it.
        fields: Side by side, in order.
        moves: How many records of each kind would move: ``phone``, ``address``, ``person``, ``device``, ``ticket``,
            ``call``, ``contact``, ``note``, ``sale_promise``, ``visitor``.
        same: How many phones and addresses both have; they are kept once.
    """

    kept: FileLine
    lost: FileLine
    fields: tuple[MergeField, ...]
    moves: Mapping[str, int]
    same: Mapping[str, int]


class Shared(NamedTuple):
    """A name or a number of a customer that stays in others' words, because it need not mean him there.

    Attributes:
        what: The name, or the number as it is dialled.
        whose: Another who has it, a customer or a colleague; empty for a name of one word alone: it may mean anybody.
        others: How many others have it.
    """

    what: str
    whose: str
    others: int


class ErasurePreview(NamedTuple):
    """What erasing a customer would do.

    Attributes:
        goes: How many records lose their person, by kind.
        open_numbers: Tickets that are still open: while there is one, nothing is erased.
        customers: The ids of his file and of those that were merged into it; ``phones``: his numbers in E.164. By
            these drafts of him are known.
        shared: What stays of him in others' words.
        seconds: For about how long nobody can save afterwards, while the file is written anew; 0 for no time.
    """

    file: FileLine
    customers: tuple[int, ...]
    goes: Mapping[str, int]
    open_numbers: tuple[int, ...]
    phones: tuple[str, ...]
    shared: tuple[Shared, ...] = ()
    seconds: int = 0


class Dossier(NamedTuple):
    """Everything the shop knows of one customer: every record by its table, as stored."""

    customer_id: int
    name: str
    records: Mapping[str, tuple[Mapping[str, Any], ...]]
