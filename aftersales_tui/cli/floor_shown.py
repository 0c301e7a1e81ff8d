"""The books of the front room as lines for people."""

from collections.abc import Sequence
from datetime import datetime

from aftersales_tui.cli.output import Output
from aftersales_tui.i18n import say
from aftersales_tui.tui.floor import book_lines, message_lines, register_lines, visitor_lines
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.views.floor import Handover, MessageRow, RegisterRow, VisitorRow


def show_rows(output: Output, rows: Sequence[object], now: datetime) -> bool:
    """Write a register, messages or visitors as a table; whether they are such."""
    zone, first = output.zone, rows[0]
    if isinstance(first, RegisterRow):
        columns: Sequence[Column] = register_lines.COLUMNS
        cells = [register_lines.register_cells(row, zone) for row in rows if isinstance(row, RegisterRow)]
    elif isinstance(first, MessageRow):
        columns = message_lines.COLUMNS
        cells = [message_lines.message_cells(row, now, zone) for row in rows if isinstance(row, MessageRow)]
    elif isinstance(first, VisitorRow):
        columns = visitor_lines.COLUMNS
        cells = [visitor_lines.visitor_cells(row, now, zone) for row in rows if isinstance(row, VisitorRow)]
    else:
        return False
    output.table([say(column.label) for column in columns], cells)
    return True


def show_book(output: Output, book: Handover, now: datetime) -> None:
    """Write the handover book: whether it was read, and its lines."""
    output.line(book_lines.reading(book, now, output.zone))
    lines = list(book_lines.book_lines(book, now, output.zone))
    if lines:
        heads = [say(column.label) for column in book_lines.COLUMNS]
        output.table(heads, [line.cells() for line in lines])
    else:
        output.line(say("cli.nothing"))
    if book.changes_cut:
        output.line(say("handover.more"))
