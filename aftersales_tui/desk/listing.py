"""Whole lists, page after page, in the order and with the filter in which they are shown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.views.people import ContactRow
from aftersales_tui.views.tickets import PageKey, QueueFilter, QueueRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

PAGE = 500
"""Rows read at a time."""


def queue_rows(desk: "Desk", wanted: QueueFilter) -> Iterator[QueueRow]:
    """Every row of the queue that a filter leaves, the most urgent first."""
    after: PageKey | None = None
    more = True
    while more:
        page = desk.queue.page(wanted, after, PAGE)
        yield from page.rows
        more = page.more_after and bool(page.rows)
        if more:
            last = page.rows[-1]
            after = PageKey(last.urgent_at or FAR_FUTURE, last.ticket_id)


def contact_rows(desk: "Desk") -> Iterator[ContactRow]:
    """Everybody who is to be contacted, the earliest due first."""
    after: PageKey | None = None
    more = True
    while more:
        page = desk.contacts.due(after, PAGE)
        yield from page.rows
        more = page.more_after and bool(page.rows)
        if more:
            after = PageKey(page.rows[-1].due_at, page.rows[-1].contact_id)
