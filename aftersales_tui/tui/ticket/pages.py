"""The pages of a ticket, one for each tab."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.intake import Question, fields_of
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.says import left_word, span_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.ticket.paper import Cell, Entry
from aftersales_tui.views.tickets import CallView, ClockView, TicketView, TimelineRow, VisitView

LABEL, MOMENT, NAME, STATE = 12, 11, 8, 10
"""Cells of the columns."""
LATER = timedelta(minutes=1)
"""An entry made so much later than the deed says so."""


@dataclass(frozen=True, slots=True)
class Here:
    """When and where a page is read: the moment, and the shop's zone."""

    now: datetime
    zone: tzinfo


Page = Callable[[TicketView, Here], Iterator[Entry]]


def moment(at: datetime, here: Here) -> str:
    """An instant in a column: ``11-23 14:05``."""
    return f"{at.astimezone(here.zone):%m-%d %H:%M}"


def summary(ticket: TicketView, here: Here) -> Iterator[Entry]:
    """The call by its seven questions, what is to be verified, the notes (C1, C2)."""
    if ticket.to_verify:
        facts = ", ".join(say(f"fact.{fact}") for fact in ticket.to_verify)
        yield Entry((Cell(say("ticket.to_verify"), LABEL, "late"),), f"! {facts}", "late")
    for question in Question:
        yield from _answers(ticket, question)
    if ticket.answers.get("for_whom"):
        yield Entry((Cell(say("ticket.for_whom"), LABEL, "dim"),), ticket.answers["for_whom"])
    if ticket.answers.get("memo"):
        yield Entry((Cell(say("ticket.memo"), LABEL, "dim"),), ticket.answers["memo"])
    yield Entry((Cell(say("ticket.received"), LABEL, "dim"),), _received(ticket, here), "dim")


def _answers(ticket: TicketView, question: Question) -> Iterator[Entry]:
    head = Cell(say(f"question.{question}"), LABEL, "dim")
    known = [(name, ticket.answers.get(name, "")) for name in fields_of(question)]
    known = [(name, text) for name, text in known if text]
    if not known:
        yield Entry((head,), "-", "dim")
    for name, text in known:
        yield Entry((head, Cell(say(f"field.{name}"), LABEL, "dim")), text)
        head = Cell("", LABEL)


def _received(ticket: TicketView, here: Here) -> str:
    words = [moment(ticket.received_at, here), say(f"channel.{ticket.channel}")]
    if ticket.entered_at - ticket.received_at > LATER:
        words.append(say("ticket.entered", at=moment(ticket.entered_at, here)))
    if ticket.repeat_of:
        words.append(say("ticket.repeat"))
    return ", ".join(words)


def visits(ticket: TicketView, here: Here) -> Iterator[Entry]:
    """The visits, the newest first."""
    if not ticket.visits:
        yield Entry(text=say("ticket.no_visit"), look="dim")
    for visit in reversed(ticket.visits):
        planned = visit.status == "planned"
        day = f"{visit.window_start.astimezone(here.zone):%m-%d}"
        window = f"{day} {span_word(visit.window_start, visit.window_end, here.zone)}"
        cells = (Cell(window, 17, "strong" if planned else ""), Cell(visit.engineer, NAME))
        yield Entry((*cells, Cell(_visit_state(visit), STATE, "" if planned else "dim")), _visit_words(visit))


def _visit_state(visit: VisitView) -> str:
    if not visit.outcome:
        return say(f"visit.{visit.status}")
    kind = "outcome" if has(f"outcome.{visit.outcome}") else "visit"
    return say(f"{kind}.{visit.outcome}")


def _visit_words(visit: VisitView) -> str:
    override = say("visit.override", why=visit.override_reason) if visit.override_reason else ""
    return " ".join(filter(None, (visit.words, override)))


def calls(ticket: TicketView, here: Here) -> Iterator[Entry]:
    """The calls, the newest first."""
    for call in reversed(ticket.calls):
        cells = (
            Cell(moment(call.started_at, here), MOMENT),
            Cell(
                say("ticket.call_out" if call.direction == "out" else f"channel.{call.channel}"), NAME, "dim"
            ),
        )
        yield Entry(cells, _call_words(call))


def _call_words(call: CallView) -> str:
    who = " ".join(filter(None, (call.caller, call.phone)))
    taken = say("ticket.taken_by", name=call.taken_by)
    return ", ".join(filter(None, (who, call.words, taken)))


def timeline(ticket: TicketView, here: Here) -> Iterator[Entry]:
    """Everything that was done, the newest first; what was undone says so (A4, P8)."""
    for row in reversed(ticket.timeline):
        look = "dim" if row.undone or row.verb in {"claim", "release"} else ""
        cells = (Cell(moment(row.happened_at, here), MOMENT, look), Cell(row.who, NAME, look))
        yield Entry(cells, _deed(row, here), look)


def _deed(row: TimelineRow, here: Here) -> str:
    sentence = deed_sentence(row, here.zone)
    if abs(row.entered_at - row.happened_at) > LATER:
        sentence = say("feed.entered", what=sentence, at=moment(row.entered_at, here))
    return f"{say('feed.undone')} {sentence}" if row.undone else sentence


def clocks(ticket: TicketView, here: Here) -> Iterator[Entry]:
    """The promise clocks with the rule each goes by (P8)."""
    if not ticket.clocks:
        yield Entry(text=say("ticket.no_clock"), look="dim")
        return
    names = ("rule", "started", "due", "left", "state")
    heads = zip((say(f"clocks.{name}") for name in names), CLOCK_WIDTHS, strict=True)
    yield Entry(tuple(Cell(head, width, "dim") for head, width in heads), say("clocks.promise"), "dim")
    for clock in ticket.clocks:
        late = clock.state == "missed" or (
            clock.due_at is not None and _is_running(clock) and clock.due_at < here.now
        )
        look = "late" if late else "" if _is_running(clock) else "dim"
        texts = (
            clock.rule,
            moment(clock.started_at, here),
            moment(clock.due_at, here) if clock.due_at else "-",
            _left(clock, here.now),
            say(f"promise.{clock.state}"),
        )
        cells = tuple(Cell(text, width, look) for text, width in zip(texts, CLOCK_WIDTHS, strict=True))
        yield Entry(cells, say(f"clock.{clock.clock}") if has(f"clock.{clock.clock}") else "", look)


CLOCK_WIDTHS = (11, MOMENT, MOMENT, 8, 8)


def _is_running(clock: ClockView) -> bool:
    return clock.state in {"running", "paused"}


def _left(clock: ClockView, now: datetime) -> str:
    """What is left: by the wall clock while it runs, what it stopped with while it waits."""
    if not _is_running(clock):
        return "-"
    if clock.due_at is not None:
        return left_word(clock.due_at, now)
    return left_word(now + timedelta(seconds=clock.left_seconds), now)


PAGES: Mapping[str, Page] = {
    "summary": summary,
    "visits": visits,
    "calls": calls,
    "timeline": timeline,
    "clocks": clocks,
}
"""The page of each tab."""
