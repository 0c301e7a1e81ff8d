"""What a verb that reads has found, as lines for people."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from aftersales_tui.cli.files import file_lines
from aftersales_tui.cli.floor_shown import show_book, show_rows
from aftersales_tui.cli.output import Output
from aftersales_tui.domain.intake import Field
from aftersales_tui.i18n import say
from aftersales_tui.tui.people.columns import person_line
from aftersales_tui.tui.previews import meaning
from aftersales_tui.tui.says import instant_word, left_word, window_word
from aftersales_tui.tui.search.lines import COLUMNS as FOUND
from aftersales_tui.tui.search.lines import group_lines
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.ticket.next_step import next_step
from aftersales_tui.views.callers import CallerMatch, ContactRow
from aftersales_tui.views.console import Answer, Completion
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.floor import Handover
from aftersales_tui.views.search import Found
from aftersales_tui.views.staff import PersonRow
from aftersales_tui.views.tickets import Page, QueueRow, TicketView

QUEUE = (
    "left",
    "number",
    "kind",
    "customer",
    "zone",
    "product",
    "window",
    "engineer",
    "status",
    "to_verify",
    "fault",
)
CONTACTS = ("due", "number", "why", "whom", "phone", "product", "words")
PEOPLE = ("name", "role", "today", "skills", "zones", "phone")
CALLERS = ("name", "phone", "address", "matched", "open")


def show(output: Output, answer: Answer, now: datetime) -> None:
    """Write an answer as a table or a page; nothing found is a sentence."""
    zone = output.zone
    if isinstance(answer, TicketView):
        output.block("\n".join(_ticket(answer, now, zone)))
        return
    if isinstance(answer, Handover):
        show_book(output, answer, now)
        return
    if isinstance(answer, Found):
        _found(output, answer, now)
        return
    if isinstance(answer, CustomerFile):
        output.block("\n".join(file_lines(answer, now, zone)))
        return
    rows: Sequence[object] = answer.rows if isinstance(answer, Page) else answer
    if not rows:
        output.line(say("cli.nothing"))
    elif show_rows(output, rows, now):
        pass
    elif isinstance(rows[0], QueueRow):
        heads = [say(f"queue.{name}") for name in QUEUE]
        output.table(heads, [queue_cells(row, now, zone) for row in rows if isinstance(row, QueueRow)])
    elif isinstance(rows[0], ContactRow):
        heads = [say(f"contact.{name}") for name in CONTACTS]
        output.table(heads, [contact_cells(row, now, zone) for row in rows if isinstance(row, ContactRow)])
    elif isinstance(rows[0], PersonRow):
        heads = [say(f"people.{name}") for name in PEOPLE]
        output.table(heads, [person_line(row, now, zone).cells for row in rows if isinstance(row, PersonRow)])
    else:
        heads = [say(f"cli.caller.{name}") for name in CALLERS]
        output.table(heads, [_caller(row) for row in rows if isinstance(row, CallerMatch)])
    if isinstance(answer, Page) and answer.more_after:
        output.line(say("cli.more", n=len(rows)))


def offer(output: Output, offers: Sequence[Completion]) -> None:
    """Write what fits where ``?`` stood."""
    if not offers:
        output.line(say("cli.anything"))
        return
    output.table(
        (say("cli.offer.word"), say("cli.offer.means")),
        [(one.text, meaning(one)) for one in offers],
    )


def _found(output: Output, found: Found, now: datetime) -> None:
    """What was found as one table, each group's word at its first row."""
    if not found.groups:
        output.line(say(found.nothing))
        return
    heads = [say(column.label) for column in FOUND]
    lines = [
        line.cells for group in found.groups for line in group_lines(group, now, output.zone, whole=True)
    ]
    output.table(heads, lines)


def queue_cells(row: QueueRow, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """A line of the queue, under the headings of ``QUEUE``."""
    start, end = row.window_start, row.window_end
    return (
        left_word(row.urgent_at, now) if row.urgent_at else say("queue.paused"),
        number_word(row.number),
        say(f"kind.{row.kind}"),
        row.customer,
        row.zone,
        row.product,
        window_word(start, end, now, zone, short=True) if start and end else "",
        row.engineer,
        say(f"status.{row.status}"),
        " ".join(say(f"fact.{fact}") for fact in row.to_verify),
        row.fault,
    )


def contact_cells(row: ContactRow, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """A line of the people to contact, under the headings of ``CONTACTS``."""
    about = say(f"about.{row.about}") if row.about else ""
    # What a file asks for is told whole by what it is about.
    reason = say(f"reason.{row.reason}") if row.ticket_id or not about else ""
    why = " ".join(filter(None, (reason, about)))
    due = instant_word(row.due_at, now, zone)
    return due, number_word(row.number), why, row.whom, row.phone, row.product, row.words


def _caller(row: CallerMatch) -> tuple[str, ...]:
    return row.name, row.phone, row.address, say(f"cli.matched.{row.matched}"), str(row.open_tickets)


def _ticket(ticket: TicketView, now: datetime, zone: tzinfo) -> Iterator[str]:
    number, kind, status = (
        number_word(ticket.number),
        say(f"kind.{ticket.kind}"),
        say(f"status.{ticket.status}"),
    )
    yield f"{number}  {kind}  {status}"
    yield f"> {next_step(ticket, now, zone).sentence(now, zone)}"
    for name in Field:
        if ticket.answers.get(name.value):
            yield f"{say(f'field.{name.value}')}: {ticket.answers[name.value]}"
    if ticket.answers.get("for_whom"):
        yield f"{say('ticket.for_whom')}: {ticket.answers['for_whom']}"
    if ticket.answers.get("memo"):
        yield f"{say('ticket.memo')}: {ticket.answers['memo']}"
    if ticket.to_verify:
        yield f"{say('ticket.to_verify')}: {', '.join(say(f'fact.{fact}') for fact in ticket.to_verify)}"
    for row in ticket.timeline:
        at = row.happened_at.astimezone(zone)
        undone = f"{say('feed.undone')} " if row.undone else ""
        yield f"{at:%m-%d %H:%M}  {row.who}  {undone}{deed_sentence(row, zone)}"
