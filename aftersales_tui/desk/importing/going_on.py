"""What is kept of an import, so that it can be gone on with after a break."""

from collections.abc import Iterable

from aftersales_tui.exchange.headings import OURS, Match
from aftersales_tui.exchange.reading import Table
from aftersales_tui.views.imports import Order


def kept(order: Order, table: Table, matches: Iterable[Match]) -> dict[str, str]:
    """Everything needed to go on with the file: columns by heading, and ours behind a ``!``."""
    columns = {match.heading: match.column or "-" for match in matches if not match.heading.startswith(OURS)}
    ours = {
        "!path": str(table.path.absolute()),
        "!encoding": table.encoding,
        "!zone": order.zone,
        "!rest": "1" if order.keep_rest else "",
        **{f"!status {word}": status for word, status in order.statuses.items()},
    }
    return columns | {name: value for name, value in ours.items() if value}
