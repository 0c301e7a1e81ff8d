"""A list as it is shown, for whoever writes it into a file; nothing here needs Textual."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is shown.

    Attributes:
        what: Its name, as ``export.what.<what>`` says it and the feed keeps it.
        names: Its columns as programs call them; ``heads`` as people read them.
        rows: Reads all of it; in the desk's lane.
    """

    what: str
    names: Cells
    heads: Cells
    rows: "Callable[[Desk], Iterator[Cells]]"
