"""One line of the list of files that may be one customer's (U4); nothing here needs Textual."""

from collections.abc import Iterable

from aftersales_tui.tui.customer_words import why_words
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.mergers import Suggestion

COLUMNS = (
    Column("duplicates.why", 16, grow=2, most=24),
    Column("duplicates.one", 8, grow=2, most=16),
    Column("duplicates.phone", 11, grow=1, most=15, rank=1),
    Column("duplicates.other", 8, grow=2, most=16),
    Column("duplicates.phone", 11, grow=1, most=15, rank=1),
    Column("duplicates.address", 14, grow=4, rank=3),
    Column("duplicates.address", 14, grow=4, rank=4),
)


def ids_of(pair: Suggestion) -> set[int]:
    """The two files."""
    return {pair.one.customer_id, pair.other.customer_id}


def key_of(pair: Suggestion) -> int:
    """One number for two ids."""
    return pair.one.customer_id << 64 | pair.other.customer_id


def likeliest(pairs: Iterable[Suggestion]) -> list[Suggestion]:
    """The pairs, the likeliest first, each once."""
    found = {key_of(pair): pair for pair in pairs}
    return [pair for _, pair in sorted(found.items(), key=lambda item: (-item[1].points, -item[0]))]


def pair_cells(pair: Suggestion) -> tuple[str, ...]:
    """A pair's line in the order of ``COLUMNS``."""
    one, other = pair.one, pair.other
    return why_words(pair.why), one.name, one.phone, other.name, other.phone, one.address, other.address


def pair_line(pair: Suggestion) -> Row:
    """A pair as the list shows it."""
    return Row(key_of(pair), pair_cells(pair), ("soon", "strong", "", "strong", "", "dim", "dim"))
