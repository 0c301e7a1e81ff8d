"""A list as it is shown, for whoever writes it into a file; nothing here needs Textual."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

Cells = tuple[str, ...]


class Listing(NamedTuple):
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
