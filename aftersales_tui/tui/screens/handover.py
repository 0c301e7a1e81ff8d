"""The handover book 交接班簿: what is open, and what has changed while one was away (A1)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on

from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.floor import HANDOVER
from aftersales_tui.tui.dialogs.confirm import YES, Confirm
from aftersales_tui.tui.floor.base import FloorScreen
from aftersales_tui.tui.floor.book_lines import COLUMNS, BookLine, book_lines, reading
from aftersales_tui.tui.floor.notes import write_note
from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.ticket.second_try import SecondTry
from aftersales_tui.tui.ticket_deeds import InHand
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.views.floor import Handover, NoteRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class HandoverScreen(SecondTry, Listed, FloorScreen):
    """One list: notes, promises, visits, messages, and what others did; one key takes it over by name."""

    scopes: ClassVar[tuple[str, ...]] = (HANDOVER,)

    def __init__(self) -> None:
        super().__init__(COLUMNS, "handover.nothing")
        self._book: Handover | None = None
        self._lines: dict[int, BookLine] = {}

    async def read(self) -> bool:
        """Read the whole page: each part of it is bounded."""
        book = await self.desk_app.bridge.latest("handover", _book)
        if book is None:
            return False
        self._book = book
        self._say_lines()
        self.rows.show([line.row() for line in self._lines.values()])
        return True

    def paint(self) -> None:
        """Let the times go on: what is late now is marked."""
        self._say_lines()
        for key in self.rows.visible_keys():
            self.rows.patch(self._lines[key].row())

    def head(self) -> None:
        """Whether the book was read in this shift, and since when one was away."""
        if self._book is not None:
            said = reading(self._book, self.desk_app.now(), self.desk_app.zone)
            self.heading.to("handover.heading", what=said)

    def full(self) -> Iterator[tuple[str, str]]:
        """The line under the cursor in full."""
        line = self._line()
        if line is not None:
            first, *rest = line.full
            yield first, "strong"
            yield from ((text, "") for text in rest)
            if self._book is not None and self._book.changes_cut and line.key == next(reversed(self._lines)):
                yield say("handover.more"), "dim"

    def in_hand(self) -> InHand | None:
        """The ticket that the line under the cursor is about."""
        line = self._line()
        if line is None or line.ticket is None:
            return None
        version, status, to_verify, start, end = line.ticket
        title = " / ".join(filter(None, (line.who, line.what)))
        return InHand(line.ticket_id, version, line.number, Status(status), title, to_verify, start, end)

    def listing(self) -> Listing:
        """The book as it stands."""
        from aftersales_tui.tui import listings

        return listings.handover(self.desk_app.now(), self.desk_app.zone)

    async def do_handover_take(self) -> None:
        """Take the shift over by name."""
        book, me = self._book, self.desk_app.standing.person
        if book is None:
            return
        sure = Confirm("handover.take.title", name=me, n=book.to_take)
        if await self.app.push_screen_wait(sure) == YES:
            self.desk_app.write(lambda desk, act: desk.handover.take(act, book.seq), hold=True)

    async def do_handover_note(self) -> None:
        """Write a note for whoever comes next, about the ticket of the line if it has one."""
        await write_note(self.desk_app)

    def can_handover_take_note(self) -> bool:
        """Whether the line is a note that nobody has taken over."""
        note = self._note()
        return note is not None and note.taken_at is None

    def do_handover_take_note(self) -> None:
        """Take this one note over."""
        note = self._note()
        if note is not None:
            self.desk_app.write(
                lambda desk, act: desk.handover.take_note(act, note.note_id, note.version), hold=True
            )

    @on(Rows.Opened)
    def _opened(self) -> None:
        line = self._line()
        if line is not None and line.ticket_id:
            self.desk_app.open_ticket(line.ticket_id)

    def _line(self) -> BookLine | None:
        return self._lines.get(self.rows.key or 0)

    def _note(self) -> NoteRow | None:
        line = self._line()
        return None if line is None else line.note

    def _say_lines(self) -> None:
        if self._book is not None:
            lines = book_lines(self._book, self.desk_app.now(), self.desk_app.zone)
            self._lines = {line.key: line for line in lines}


def _book(desk: "Desk") -> Handover:
    return desk.handover.book(desk.people.me())
