"""What the front ends show of files that are read in: how a file looks, what would happen, how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from aftersales_tui.domain.errors import DomainError

RUNNING, DONE, CANCELLED, UNDONE = "running", "done", "cancelled", "undone"


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to read a file in.

    Attributes:
        kind: A table of ``exchange.layouts.LAYOUTS``.
        path: Of the file.
        source: Names the other program; empty takes the file's name without its ending.
        encoding: Of the file; empty to find out.
        zone: In which its times were written down; empty for the shop's.
        mapping: Our columns by the file's headings, where a person has said so; ``-`` leaves one out.
        statuses: Our states by the file's words for them.
        take_near: Whether suggestions are taken: a person has seen them.
        keep_rest: Whether columns that are left out go into the note.
    """

    kind: str
    path: Path
    source: str = ""
    encoding: str = ""
    zone: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    take_near: bool = False
    keep_rest: bool = False


class ColumnView(NamedTuple):
    """A column of the file: its heading, ours, how that was found (``exact``, ``near``, ``told``), first values."""

    heading: str
    column: str
    how: str
    samples: tuple[str, ...]


class FileView(NamedTuple):
    """A file as it was looked at.

    Attributes:
        kind: The table it is taken for.
        form: ``csv`` or ``xlsx``.
        encoding: Of a CSV file.
        source: The other program, as it is called unless somebody says otherwise.
        columns: In the file's order.
    """

    path: Path
    kind: str
    form: str
    encoding: str
    source: str
    columns: tuple[ColumnView, ...]


class Fault(NamedTuple):
    """Something of a row that cannot be taken: its line, the file's heading, what stands there, and why."""

    line: int
    heading: str
    value: str
    error: DomainError


class Tally(NamedTuple):
    """How far an import has come.

    Attributes:
        rows: Rows of the file that are behind us.
        new: Records that were made, or would be.
        same: Rows that say what is known.
        changed: Records that a row changes.
        rejected: Rows that were refused.
        open: Tickets among the new ones that stand in the queue.
        warnings: Values that were left out or are to be verified.
    """

    rows: int = 0
    new: int = 0
    same: int = 0
    changed: int = 0
    rejected: int = 0
    open: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or what it would do.

    Attributes:
        batch_id: 0 for a dry run.
        kind: The table.
        source: The other program.
        file_name: Without its folder.
        dry: Whether nothing was written.
        state: ``running``, ``done`` or ``cancelled``.
        tally: The counts.
        first: The first rows as they would be, each as our columns with their values.
        rejects: The first refused rows; all of them go to the file of rejects.
        warnings: The first warnings.
        unmapped: Headings that go nowhere.
        suggested: Headings with the column that may be meant, which nobody has confirmed.
        share: How much of the file is behind us, from 0 to 1.
    """

    batch_id: int
    kind: str
    source: str
    file_name: str
    dry: bool
    state: str
    tally: Tally
    first: tuple[Mapping[str, str], ...] = ()
    rejects: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    unmapped: tuple[str, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)
    share: float = 0.0


class BatchView(NamedTuple):
    """One line of the list of imports."""

    batch_id: int
    kind: str
    source: str
    file_name: str
    path: str
    state: str
    by: str
    started_at: datetime
    ended_at: datetime | None
    tally: Tally


class Undoing(NamedTuple):
    """How far taking a batch back has come.

    Attributes:
        removed: Records that are gone.
        kept: Records that stay, because somebody has touched them since.
        names: Of the first of those.
        over: Whether everything was looked at.
    """

    batch_id: int
    removed: int
    kept: int
    names: tuple[str, ...]
    over: bool
