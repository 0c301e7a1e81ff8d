"""One line of the list of messages (C7); nothing here needs Textual."""

from datetime import datetime, tzinfo

from aftersales_tui.tui.says import instant_word, left_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.floor import MessageRow

COLUMNS = (
    Column("messages.left", 8),
    Column("messages.for_whom", 8, grow=2, most=16),
    Column("messages.from_whom", 8, grow=2, most=16),
    Column("messages.phone", 13, grow=1, most=17),
    Column("messages.words", 12, grow=6),
    Column("messages.since", 11, rank=1),
    Column("messages.number", 7, rank=2),
)


def message_cells(view: MessageRow, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """A slip's line in the order of ``COLUMNS``."""
    return (
        left_word(view.urgent_at, now) if view.urgent_at else "",
        view.for_whom,
        view.caller,
        view.phone,
        view.words,
        instant_word(view.received_at, now, zone),
        number_word(view.number),
    )


def message_line(view: MessageRow, now: datetime, zone: tzinfo) -> Row:
    """A slip as the list shows it; a late one is red and marked ``!``."""
    late = view.urgent_at is not None and view.urgent_at < now
    return Row(
        view.ticket_id,
        message_cells(view, now, zone),
        ("late" if late else "", "strong", "", "", "", "dim", "dim"),
    )
