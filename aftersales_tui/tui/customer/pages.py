"""The pages of a customer's file: the summary as text, the others as lists (F5; U1, U2, U3)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from aftersales_tui.domain.customer import PARTS, Part, Sort, is_late
from aftersales_tui.domain.text import narrow
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.customer.values import (
    NONE,
    Here,
    choice_word,
    device_word,
    fields_of,
    told,
)
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.ticket.paper import Cell, Entry
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.customers import (
    CustomerFile,
    DeviceCard,
    FileMoment,
    FileTicket,
    NoteView,
    PhoneView,
    SalePromiseView,
)

LABEL, MOMENT = 12, 16
COUNTRY_CODE = 3
"""Digits that the code of a country has at most."""
NOTES = 5
"""Notes that the summary shows; the time line has them all."""
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "people": (
        Column("file.people.who", 18, grow=3, most=30),
        Column("file.people.role", 10, grow=1, most=14),
        Column("file.field.form", 10, grow=2, most=20),
        Column("file.field.note", 10, grow=4, rank=1),
    ),
    "addresses": (
        Column("file.field.text", 24, grow=8, most=60),
        Column("file.field.zone", 6, grow=1, most=14),
        Column("file.field.route_note", 12, grow=4),
    ),
    "devices": (
        Column("file.field.product", 16, grow=2, most=34),
        Column("file.field.serial", 10, grow=1, most=20),
        Column("file.field.bought_on", 9, grow=1, most=14),
        Column("file.papers", 9, grow=1, most=20),
        Column("file.field.place", 6, grow=1, most=16, rank=1),
        Column("file.tickets", 4, right=True),
    ),
    "tickets": (
        Column("queue.number", 7),
        Column("file.received", 10),
        Column("file.field.product", 8, grow=1, most=18, rank=1),
        Column("queue.fault", 12, grow=9),
        Column("queue.status", 9, grow=1, most=14),
        Column("file.outcome", 8, grow=6, most=30, rank=2),
    ),
    "promises": (
        Column("file.field.what", 10, grow=1, most=14),
        Column("file.field.words", 14, grow=4),
        Column("file.field.due_at", 14, grow=1, most=18),
        Column("file.field.device_id", 8, grow=2, most=24, rank=1),
        Column("file.kept", 10, grow=2, most=30),
    ),
    "timeline": (
        Column("file.when", 11),
        Column("file.by", 8, grow=1, most=12),
        Column("queue.number", 7, rank=1),
        Column("file.deed", 24, grow=6),
    ),
}
"""The columns of each list."""


def head(file: CustomerFile) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Two lines: who it is and what he is to us; what is to be known before one dials."""
    about = "  ".join(filter(None, (choice_word("kind", file.kind), _tier(file))))
    first = ((f" {file.name} ", "strong"), (f" {about} ", "good" if file.tier else "dim"))
    reach = [phone.typed for phone in file.phones[:2]] + [place.text for place in file.addresses[:1]]
    marks = [
        say("file.mark.do_not_call") if file.do_not_call else "",
        say("file.mark.quiet", hours=file.quiet) if file.quiet else "",
        say("file.mark.closed", state=say(f"file.state.{file.state}")) if file.state else "",
    ]
    warning = "  ".join(filter(None, marks))
    look = "late" if file.do_not_call or file.state else "soon"
    return first, ((f" ! {warning} " if warning else "", look), (f" {'  '.join(reach)}", ""))


def _tier(file: CustomerFile) -> str:
    return choice_word("tier", file.tier) if file.tier else ""


def summary(file: CustomerFile, here: Here) -> Iterator[Entry]:
    """Everything about the customer himself, late promises first, and the latest notes."""
    for promise in file.promises:
        if is_late(promise.due_at, promise.done_at, here.now):
            words = f"! {_promise_words(promise)}, {_due(promise, here)}"
            yield Entry((Cell(say("file.promise_late"), LABEL, "late"),), words, "late")
    fields = fields_of(Part.CUSTOMER, file)
    for entry in PARTS[Part.CUSTOMER]:
        look = "late" if entry.sort is Sort.FLAG and fields[entry.name] else ""
        head_of = (Cell(say(f"file.field.{entry.name}"), LABEL, "dim"),)
        yield Entry(head_of, told(entry, fields[entry.name], file, here.zone), look)
    for person in file.persons:
        words = ", ".join(filter(None, (person.form, choice_word("role", person.role), person.note)))
        yield Entry((Cell(say("part.person"), LABEL, "dim"),), f"{person.name}: {words}")
    if file.last_call_at is not None:
        last = f"{file.last_call_at.astimezone(here.zone):%Y-%m-%d %H:%M}"
        yield Entry((Cell(say("file.last_call"), LABEL, "dim"),), last, "dim")
    yield from notes(file.notes[:NOTES], here)


def notes(written: tuple[NoteView, ...], here: Here) -> Iterator[Entry]:
    """Notes, the newest first."""
    for note in written:
        at = f"{note.written_at.astimezone(here.zone):%Y-%m-%d %H:%M}"
        yield Entry((Cell(at, MOMENT, "dim"), Cell(note.written_by, 8, "dim")), note.text)


def card(file: CustomerFile, device: DeviceCard, here: Here) -> Iterator[Entry]:
    """A device's card: what it is, its papers, what was promised with it, its notes (U2, U3)."""
    fields = fields_of(Part.DEVICE, device)
    for entry in PARTS[Part.DEVICE]:
        cells = (Cell(say(f"file.field.{entry.name}"), LABEL, "dim"),)
        yield Entry(cells, told(entry, fields[entry.name], file, here.zone))
    for promise in file.promises:
        if promise.device_id == device.device_id:
            late = is_late(promise.due_at, promise.done_at, here.now)
            state = _kept(promise, here) or _due(promise, here)
            words = f"{'! ' if late else ''}{_promise_words(promise)}, {state}"
            yield Entry((Cell(say("part.promise"), LABEL, "dim"),), words, "late" if late else "")
    yield from notes(tuple(note for note in file.notes if note.device_id == device.device_id), here)


def people(file: CustomerFile, _here: Here) -> Iterator[Row]:
    """Each person with his numbers below him, then the numbers that are nobody's in particular."""
    known = {person.person_id for person in file.persons}
    for person in (*file.persons, None):
        if person is not None:
            role = choice_word("role", person.role)
            yield Row(person.person_id, (person.name, role, person.form, person.note), ("strong",))
        for phone in file.phones:
            whose = phone.person_id if phone.person_id in known else 0
            if whose == (person.person_id if person else 0):
                number = f"  {phone.typed}" if whose else phone.typed
                cells = (number, phone.label, "", more_than_typed(phone))
                yield Row(-phone.phone_id, cells, ("", "dim", "", "dim"))


def more_than_typed(phone: PhoneView) -> str:
    """The number as it is dialled from anywhere, where that says more than the code of a country."""
    digits, whole = ("".join(filter(str.isdecimal, narrow(text))) for text in (phone.typed, phone.e164))
    code = whole.removesuffix(digits.removesuffix(phone.extension).lstrip("0"))
    return phone.e164 if len(code) > COUNTRY_CODE else ""


def addresses(file: CustomerFile, _here: Here) -> Iterator[Row]:
    """Where to go, and how."""
    for one in file.addresses:
        yield Row(one.address_id, (one.text, one.zone, one.route_note), ("strong",))


def devices(file: CustomerFile, _here: Here) -> Iterator[Row]:
    """What he has, with the papers that were seen."""
    for one in file.devices:
        papers = " ".join(
            say(f"file.paper.{name}") for name in ("invoice", "certificate") if getattr(one, name)
        )
        cells = (device_word(one), one.serial, one.bought_on, papers or NONE, one.place, str(one.tickets))
        yield Row(one.device_id, cells, ("strong", "", "", "good" if papers else "dim"))


def promises(file: CustomerFile, here: Here) -> Iterator[Row]:
    """What was promised at the sale; a late one is red and marked ``!``."""
    for one in file.promises:
        late = is_late(one.due_at, one.done_at, here.now)
        kept = _kept(one, here)
        cells = (choice_word("what", one.what), one.words, _due(one, here), one.device or NONE, kept)
        look = "late" if late else "dim" if one.done_at else ""
        yield Row(one.promise_id, cells, (look, look, look, "dim", "good"))


LISTS = {"people": people, "addresses": addresses, "devices": devices, "promises": promises}
"""The lists that the file itself holds; tickets and time line come page by page."""


def ticket_row(one: FileTicket, here: Here) -> Row:
    """A ticket of the customer, or an earlier fault of a device."""
    outcome = _outcome(one)
    cells = (
        number_word(one.number),
        f"{one.received_at.astimezone(here.zone):%Y-%m-%d}",
        one.product,
        one.fault,
        say(f"status.{one.status}"),
        " ".join(filter(None, (outcome, one.words))),
    )
    return Row(one.ticket_id, cells, ("strong", "dim"))


def _outcome(one: FileTicket) -> str:
    if not one.outcome:
        return ""
    return say(f"outcome.{one.outcome}") if has(f"outcome.{one.outcome}") else say(f"visit.{one.outcome}")


def moment_key(one: FileMoment) -> int:
    """What tells a line of the time line from the others: its entry, or the ticket that no entry tells of."""
    return one.row.seq if one.row.who else -one.row.seq


def moment_row(one: FileMoment, here: Here) -> Row:
    """A line of the time line; what was undone says so."""
    row = one.row
    sentence = " ".join(deed_sentence(row, here.zone).split())
    look = "dim" if row.undone or row.verb in {"claim", "release"} else ""
    cells = (
        short_moment(row.happened_at, here),
        row.who,
        number_word(one.number) if one.number else "",
        f"{say('feed.undone')} {sentence}" if row.undone else sentence,
    )
    return Row(moment_key(one), cells, (look or "dim", look, "dim", look))


def short_moment(at: datetime, here: Here) -> str:
    """An instant in a narrow column: the time where it is of this year, else the date."""
    wall = at.astimezone(here.zone)
    return f"{wall:%m-%d %H:%M}" if wall.year == here.now.astimezone(here.zone).year else f"{wall:%Y-%m-%d}"


def part_of(page: str, key: int) -> tuple[Part, int]:
    """The record that a line of a list shows."""
    if page == "people":
        return (Part.PHONE, -key) if key < 0 else (Part.PERSON, key)
    parts = {"addresses": Part.ADDRESS, "devices": Part.DEVICE, "promises": Part.PROMISE}
    return parts.get(page, Part.CUSTOMER), key


def _promise_words(promise: SalePromiseView) -> str:
    return " ".join(filter(None, (choice_word("what", promise.what), promise.words, promise.device)))


def _due(promise: SalePromiseView, here: Here) -> str:
    if promise.due_at is None:
        return NONE
    word = instant_word(promise.due_at, here.now, here.zone)
    return f"{word} !" if is_late(promise.due_at, promise.done_at, here.now) else word


def _kept(promise: SalePromiseView, here: Here) -> str:
    if promise.done_at is None:
        return ""
    day = f"{promise.done_at.astimezone(here.zone):%m-%d}"
    return " ".join(filter(None, (say("file.kept_on", day=day), promise.done_words)))
