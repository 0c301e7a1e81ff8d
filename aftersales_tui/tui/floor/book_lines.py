"""The lines of the handover book (A1); nothing here needs Textual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple

from aftersales_tui.i18n import say
from aftersales_tui.tui.contact.columns import why_word
from aftersales_tui.tui.says import instant_word, window_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.floor import ChangedRow, Handover, MessageRow, NoteRow, SalePromiseRow
from aftersales_tui.views.tickets import QueueRow, TimelineRow

COLUMNS = (
    Column("handover.part", 8, grow=1, most=12),
    Column("handover.when", 12, grow=1, most=16),
    Column("handover.number", 7),
    Column("handover.who", 8, grow=2, most=18),
    Column("handover.what", 20, grow=9),
)
PARTS = ("note", "promise", "sale", "visit", "message", "changed")
"""In the order of the book; a line's key tells its part, for one record may have lines in several."""
TOLD = 3
"""Deeds of one ticket that stand on its line; all of them are told in full below."""


class TicketAt(NamedTuple):
    """A line's ticket as its verbs need it."""

    version: int
    status: str
    to_verify: tuple[str, ...]
    window_start: datetime | None = None
    window_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the book.

    Attributes:
        part: One of ``PARTS``.
        record_id: Of the note, the ticket, or the record that was changed.
        ticket_id: What Enter opens; 0 for nothing.
        full: The line in full, text by text.
        look: Of the whole line.
        ticket: How its ticket stands, where verbs can be done on it from here.
        note: The note it is, if it is one.
    """

    part: str
    record_id: int
    ticket_id: int
    number: int
    when: str
    who: str
    what: str
    full: tuple[str, ...]
    look: str = ""
    ticket: TicketAt | None = None
    note: NoteRow | None = None

    @property
    def key(self) -> int:
        """The number of its row in the list."""
        return self.record_id * len(PARTS) + PARTS.index(self.part)

    def cells(self) -> tuple[str, ...]:
        """In the order of ``COLUMNS``."""
        number = number_word(self.number) if self.number else ""
        return say(f"handover.part.{self.part}"), self.when, number, self.who, self.what

    def row(self) -> Row:
        """As the list shows it."""
        return Row(self.key, self.cells(), ("dim", self.look, "strong", self.look, self.look))


def book_lines(book: Handover, now: datetime, zone: tzinfo) -> Iterator[BookLine]:
    """Every line of the book, part by part."""
    yield from (_note(note, now, zone) for note in book.notes)
    yield from (_contact(row, now, zone) for row in book.contacts)
    yield from (_sale(row, now, zone) for row in book.sale_promises)
    yield from (_visit(row, now, zone) for row in book.visits)
    yield from (_message(row, now, zone) for row in book.messages)
    yield from (_changed(row, now, zone) for row in book.changes)


def reading(book: Handover, now: datetime, zone: tzinfo) -> str:
    """Whether the book was read in this shift, since when its reader was away, and how much is in it."""
    if book.taken_at is not None:
        return say("handover.read", at=instant_word(book.taken_at, now, zone), n=len(book.changes))
    if book.away_since is None:
        return say("handover.never_read", n=book.to_take)
    since = instant_word(book.away_since, now, zone)
    return say("handover.unread", since=since, n=book.to_take)


def _note(note: NoteRow, now: datetime, zone: tzinfo) -> BookLine:
    by = say("handover.to", who=note.written_by, whom=note.for_whom) if note.for_whom else note.written_by
    told = say("handover.written", who=by, at=instant_word(note.written_at, now, zone))
    taken = ""
    if note.taken_at is not None:
        taken = say("handover.taken_by", who=note.taken_by, at=instant_word(note.taken_at, now, zone))
    what = f"{taken}: {note.text}" if taken else note.text
    return BookLine(
        "note",
        note.note_id,
        note.ticket_id,
        note.ticket_number,
        instant_word(note.written_at, now, zone),
        by,
        what,
        tuple(filter(None, (f"{told}  {taken}", note.text))),
        "dim" if taken else "",
        note=note,
    )


def _contact(row: ContactRow, now: datetime, zone: tzinfo) -> BookLine:
    what = " / ".join(filter(None, (why_word(row), row.words or row.fault, row.product)))
    late = row.due_at < now
    when = instant_word(row.due_at, now, zone)
    who = row.whom or row.phone
    return BookLine(
        "promise",
        row.contact_id,
        row.ticket_id,
        row.number,
        f"{when} !" if late else when,
        who,
        what,
        (f"{who}  {row.phone}", what),
        "late" if late else "",
        TicketAt(row.ticket_version, row.status, row.to_verify) if row.ticket_id else None,
    )


def _sale(row: SalePromiseRow, now: datetime, zone: tzinfo) -> BookLine:
    late = row.due_at is not None and row.due_at < now
    when = instant_word(row.due_at, now, zone) if row.due_at else ""
    what = " / ".join(filter(None, (say(f"handover.sale.{row.what}"), row.words, row.product)))
    return BookLine(
        "sale",
        row.promise_id,
        0,
        0,
        f"{when} !" if late else when,
        row.customer,
        what,
        (row.customer, what),
        "late" if late else "",
    )


def _visit(row: QueueRow, now: datetime, zone: tzinfo) -> BookLine:
    start, end = row.window_start, row.window_end
    when = window_word(start, end, now, zone) if start and end else ""
    late = end is not None and end < now
    what = " / ".join(
        filter(None, (row.engineer, say(f"status.{row.status}"), row.zone, row.product, row.fault))
    )
    return BookLine(
        "visit",
        row.ticket_id,
        row.ticket_id,
        row.number,
        f"{when} !" if late else when,
        row.customer,
        what,
        (row.customer, what),
        "late" if late else "",
        TicketAt(row.version, row.status, row.to_verify, start, end),
    )


def _message(row: MessageRow, now: datetime, zone: tzinfo) -> BookLine:
    late = row.urgent_at is not None and row.urgent_at < now
    when = instant_word(row.received_at, now, zone)
    what = " / ".join(filter(None, (row.caller, row.words)))
    return BookLine(
        "message",
        row.ticket_id,
        row.ticket_id,
        row.number,
        f"{when} !" if late else when,
        row.for_whom,
        what,
        (say("messages.slip", whom=row.for_whom, caller=row.caller, phone=row.phone), row.words),
        "late" if late else "",
        TicketAt(row.version, row.status, row.to_verify),
    )


def _changed(row: ChangedRow, now: datetime, zone: tzinfo) -> BookLine:
    deeds = row.deeds
    newest = deeds[0]
    status = say(f"status.{row.status}") if row.status else ""
    title = " / ".join(filter(None, (row.caller, row.about, status)))
    return BookLine(
        "changed",
        row.subject,
        row.ticket_id,
        row.number,
        instant_word(newest.entered_at, now, zone),
        ", ".join(dict.fromkeys(deed.who for deed in deeds)),
        " / ".join(filter(None, (row.caller, "; ".join(_told(deeds[:TOLD], zone))))),
        tuple(filter(None, (title, *_told(deeds, zone, now)))),
        ticket=TicketAt(row.version, row.status, row.to_verify) if row.ticket_id else None,
    )


def _told(deeds: Sequence[TimelineRow], zone: tzinfo, now: datetime | None = None) -> Iterator[str]:
    """What was done, the newest first; with who and when where there is room for it."""
    for deed in deeds:
        what = deed_sentence(deed, zone)
        if deed.undone:
            what = f"{say('feed.undone')} {what}"
        yield f"{instant_word(deed.happened_at, now, zone)} {deed.who}: {what}" if now else what
