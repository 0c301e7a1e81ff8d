"""Whole lists, page after page, in the order and with the filter in which they are shown."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page, PageKey, QueueFilter, QueueRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.views.customers import FileMoment, FileTicket
    from aftersales_tui.views.floor import MessageRow
    from aftersales_tui.views.imports import BatchView
    from aftersales_tui.views.mergers import Suggestion
    from aftersales_tui.views.search import FoundGroup, FoundRow

R = TypeVar("R")

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


def message_rows(desk: "Desk", whom: str) -> Iterator["MessageRow"]:
    """Every open slip, for one person or all, the most urgent first."""
    return _pages(lambda after: desk.messages.page(whom, after, PAGE), desk.messages.place)


def file_tickets(desk: "Desk", customer_id: int) -> Iterator["FileTicket"]:
    """Every ticket of a customer, the latest first."""
    return _pages(
        lambda after: desk.customers.tickets(customer_id, 0, PAGE, after),
        lambda one: PageKey(one.received_at, one.ticket_id),
    )


def file_moments(desk: "Desk", customer_id: int) -> Iterator["FileMoment"]:
    """Everything that ever happened with a customer, the latest first."""
    return _pages(
        lambda after: desk.customers.timeline(customer_id, PAGE, after),
        lambda one: PageKey(one.row.happened_at, one.row.seq),
    )


def suggestions(desk: "Desk") -> Iterator["Suggestion"]:
    """Every pair of files that look alike, look after look."""
    go_on, looked = 0, False
    while go_on or not looked:
        found, looked = desk.mergers.suggested(go_on), True
        go_on = found.go_on
        yield from found.pairs


def batch_rows(desk: "Desk") -> Iterator["BatchView"]:
    """Every import, the latest first."""
    page = desk.imports.batches(most=PAGE)
    while page:
        yield from page
        page = desk.imports.batches(page[-1].batch_id, PAGE) if len(page) == PAGE else ()


def more_found(desk: "Desk", query: str, group: "FoundGroup") -> Iterator["FoundRow"]:
    """The rest of a group behind the rows of its first page."""
    last, more = group.rows[-1], group.more
    while more:
        page = desk.search.more(query, last.kind, last.record_id)
        yield from page
        more = bool(page)
        last = page[-1] if page else last


def _pages(read: Callable[[PageKey | None], Page[R]], place: Callable[[R], PageKey]) -> Iterator[R]:
    after: PageKey | None = None
    more = True
    while more:
        page = read(after)
        yield from page.rows
        more = page.more_after and bool(page.rows)
        after = place(page.rows[-1]) if more else after
