"""The lists of the rooms as they are written into a file: filter, order and words of the screen, to their last row.

Each is read anew when it is written, by the rows' own pages; nothing here needs Textual.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.i18n import say
from aftersales_tui.tui.listing import Cells, Listing
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.views.floor import RegisterFilter

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

Read = Callable[["Desk"], Iterator[Cells]]
FILE_PAGES = ("people", "addresses", "devices", "tickets", "promises", "timeline")
"""The pages of a customer's file that are lists."""


def register(wanted: RegisterFilter, zone: tzinfo) -> Listing:
    """The calls of a day, or of all, that a filter leaves (C9)."""
    from aftersales_tui.tui.floor.register_lines import COLUMNS, register_cells

    return _made(
        "register", COLUMNS, lambda desk: (register_cells(row, zone) for row in desk.register.whole(wanted))
    )


def messages(whom: str, now: datetime, zone: tzinfo) -> Listing:
    """The slips that nobody has passed on, for one person or all (C7)."""
    from aftersales_tui.tui.floor.message_lines import COLUMNS, message_cells

    def rows(desk: "Desk") -> Iterator[Cells]:
        from aftersales_tui.desk.listing import message_rows

        return (message_cells(row, now, zone) for row in message_rows(desk, whom))

    return _made("messages", COLUMNS, rows)


def visitors(day: date | None, now: datetime, zone: tzinfo) -> Listing:
    """The visitors' book of a day, today's with who is to come (C13)."""
    from aftersales_tui.tui.floor.visitor_lines import COLUMNS, visitor_cells

    return _made(
        "visitors", COLUMNS, lambda desk: (visitor_cells(row, now, zone) for row in desk.visitors.book(day))
    )


def handover(now: datetime, zone: tzinfo) -> Listing:
    """The handover book as it stands for whoever sits here (A1)."""
    from aftersales_tui.tui.floor.book_lines import COLUMNS, book_lines

    def rows(desk: "Desk") -> Iterator[Cells]:
        book = desk.handover.book(desk.people.me())
        return (line.cells() for line in book_lines(book, now, zone))

    return _made("handover", COLUMNS, rows)


def people(role: str, now: datetime, zone: tzinfo, *, left: bool) -> Listing:
    """The shop's people, those of one role or all, with those who have left if they are shown (A3)."""
    from aftersales_tui.tui.people.columns import COLUMNS, person_line

    def rows(desk: "Desk") -> Iterator[Cells]:
        found = desk.roster.people(left=left)
        return (person_line(row, now, zone).cells for row in found if role in {"", row.role})

    return _made("people", COLUMNS, rows)


def duplicates() -> Listing:
    """The pairs of files that may be one customer's, among all customers, the likeliest first (U4)."""
    from aftersales_tui.tui.customer.pairs import COLUMNS, likeliest, pair_cells

    def rows(desk: "Desk") -> Iterator[Cells]:
        from aftersales_tui.desk.listing import suggestions

        return map(pair_cells, likeliest(suggestions(desk)))

    return _made("duplicates", COLUMNS, rows)


def imports(zone: tzinfo) -> Listing:
    """The files that were read in, the latest first."""
    from aftersales_tui.tui.imports.batches import COLUMNS, batch_cells

    def rows(desk: "Desk") -> Iterator[Cells]:
        from aftersales_tui.desk.listing import batch_rows

        return (batch_cells(row, zone) for row in batch_rows(desk))

    return _made("imports", COLUMNS, rows)


def found(query: str, kind: str, now: datetime, zone: tzinfo) -> Listing:
    """What a search finds: the groups as they are shown, or all of one group where it is shown alone."""
    from aftersales_tui.tui.search.lines import COLUMNS, found_line, group_lines

    def rows(desk: "Desk") -> Iterator[Cells]:
        from aftersales_tui.desk.listing import more_found

        answer = desk.search.find(query, kind)
        for group in answer.groups:
            yield from (line.cells for line in group_lines(group, now, zone))
            if answer.kind:
                rest = more_found(desk, query, group)
                yield from (found_line(row, now, zone).cells for row in rest)

    return _made("found", COLUMNS, rows)


def file_page(page: str, customer_id: int, now: datetime, zone: tzinfo) -> Listing:
    """A page of a customer's file: his tickets, his time line, what he has (U1)."""
    from aftersales_tui.tui.customer.pages import COLUMNS, LISTS, moment_row, ticket_row
    from aftersales_tui.tui.customer.values import Here

    here = Here(now, zone)

    def rows(desk: "Desk") -> Iterator[Cells]:
        from aftersales_tui.desk.listing import file_moments, file_tickets

        if page == "tickets":
            return (ticket_row(one, here).cells for one in file_tickets(desk, customer_id))
        if page == "timeline":
            return (moment_row(one, here).cells for one in file_moments(desk, customer_id))
        return (row.cells for row in LISTS[page](desk.customers.file(customer_id), here))

    return _made(f"file.{page}", COLUMNS[page], rows)


def _made(what: str, columns: Sequence[Column], rows: Read) -> Listing:
    """A list under its columns; a second one of a name bears its place, for programs go by the name."""
    names: list[str] = []
    for place, column in enumerate(columns, 1):
        name = column.label.rpartition(".")[2]
        names.append(f"{name}_{place}" if name in names else name)
    return Listing(what, tuple(names), tuple(say(column.label) for column in columns), rows)
