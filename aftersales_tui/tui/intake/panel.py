"""What is known: who it may be, the caller's file, his devices, tickets that are open already (C3, C10)."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from aftersales_tui.domain.customer import is_late
from aftersales_tui.domain.intake import BOXES, Field, Question, fields_of
from aftersales_tui.domain.text import visible
from aftersales_tui.i18n import say
from aftersales_tui.tui.intake.call import PICKED_IN, SOUGHT, Call, device_word
from aftersales_tui.tui.intake.standing import lacking, put
from aftersales_tui.tui.receipts import number_word
from aftersales_tui.tui.says import instant_word
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.lines import TextLine, folded
from aftersales_tui.views.callers import CallerFile, CallerMatch, OpenTicket

NUMBER, FEWEST = 18, 4
"""Last signs of a number that are shown: so many, and so many where the name needs the room."""
SAME_FAULT = "same_fault"
MOST_PROMISES = 4
"""Open promises shown; the file has all."""
FAULT_LINES = 2
"""So much of a fault is shown of each ticket."""


def known(call: Call, width: int, now: datetime, zone: tzinfo) -> Iterator[TextLine]:
    """The lines of the panel, the most needed first."""
    if call.sheet.outgoing:
        yield from _points(call, width)
        yield ()
    if call.matches and call.here == call.found_in:
        yield ((say("intake.panel.matches"), "dim"),)
        for place, match in enumerate(call.matches):
            yield _match(match, place == call.marked, width)
        yield ((fit(say("intake.panel.take"), width), "dim"),)
    elif call.file is not None:
        yield from _file(call, call.file, width, now, zone)
        said = "" if Field.CALLER in call.unconfirmed else call.text(Field.CALLER).strip()
        if said and said not in {call.file.name, *(one.name for one in call.file.people)}:
            yield ((fit(say("intake.panel.other_name"), width), "soon"),)
    elif call.here in SOUGHT and call.text(call.here).strip():
        yield ((fit(say("intake.panel.nobody"), width), "dim"),)
    elif not call.same:
        yield from (((line, "dim"),) for line in folded(say("intake.panel.hint"), width))
    # The call's own ticket, once it is saved, is no other one; it bears the call's id.
    others = [one for one in call.same if one.ticket_id != call.sheet.call_id]
    open_ones = [one for one in others if one.why != SAME_FAULT]
    lately = [one for one in others if one.why == SAME_FAULT]
    if open_ones:
        yield ()
        yield ((fit(say("intake.panel.open"), width), "late"),)
        for one in open_ones:
            yield from ticket_lines(one, width, now, zone)
    if lately:
        yield ()
        yield ((fit(say("intake.panel.lately"), width), "soon"),)
        for one in lately:
            yield from ticket_lines(one, width, now, zone)


def _points(call: Call, width: int) -> Iterator[TextLine]:
    """What is still to be asked, listed before we dial (C1)."""
    done, wanting = put(call), lacking(call)
    yield ((fit(say("intake.panel.to_ask"), width), "dim"),)
    for question in Question:
        facts = [
            say(f"fact.{BOXES[name].fact}") for name in fields_of(question) if BOXES[name].fact in wanting
        ]
        if facts or question not in done:
            yield ((fit(f"- {say(f'question.{question}')}: {', '.join(facts)}".rstrip(": "), width), ""),)


def _match(match: CallerMatch, marked: bool, width: int) -> TextLine:
    lead = "> " if marked else "  "
    more = f" {say('intake.panel.open_n', n=match.open_tickets)}" if match.open_tickets else ""
    room = width - cell_len(lead) - cell_len(more)
    name, number = visible(match.called), visible(match.phone)
    # A number that was asked for is seen whole, or somebody takes it for another; any other gives way to the name.
    is_asked = match.matched == "phone"
    digits = number if is_asked else number[-max(FEWEST, min(NUMBER, room - cell_len(name) - 1)) :]
    room -= cell_len(digits) + 1
    if room > cell_len(name) + 8:
        name = f"{name}  {visible(match.address)}"
    return ((f"{lead}{fit(name, room)} {digits}", "cursor" if marked else ""), (more, "late"))


def _file(call: Call, file: CallerFile, width: int, now: datetime, zone: tzinfo) -> Iterator[TextLine]:
    tier = say(f"file.tier.{file.tier}") if file.tier else ""
    yield ((fit(visible(file.name), max(0, width - cell_len(tier) - 1)), "strong"), (f" {tier}", "good"))
    numbers = "  ".join(filter(None, (visible(file.phone), visible(file.mobile))))
    if numbers:
        yield ((fit(numbers, width), ""),)
    if file.do_not_call:
        yield ((fit(f"! {say('intake.panel.do_not_call')}", width), "late"),)
    if file.quiet:
        yield ((fit(say("intake.panel.quiet", hours=file.quiet), width), "soon"),)
    yield from _promises(file, width, now, zone)
    yield from (((line, ""),) for line in folded(visible(file.address), width)[:2] if line)
    yield from (((line, "soon"),) for line in folded(visible(file.note), width)[:2] if line)
    if not file.devices:
        return
    yield ()
    choices = call.choices() if call.here in PICKED_IN else ()
    yield ((fit(say("intake.panel.which" if choices else "intake.panel.devices"), width), "dim"),)
    marked = call.marked_choice()
    for device in file.devices:
        chosen = device is marked or device.device_id == call.sheet.device_id
        lead = "> " if device is marked else "* " if chosen else "  "
        bought = f"  {visible(device.bought_on)}" if device.bought_on else ""
        text = fit(lead + visible(device_word(device)) + bought, width)
        yield ((text, "cursor" if device is marked else "strong" if chosen else ""),)


def _promises(file: CallerFile, width: int, now: datetime, zone: tzinfo) -> Iterator[TextLine]:
    """What was promised at the sale and is still open, late ones first and marked (U3)."""
    for one in file.promises[:MOST_PROMISES]:
        late = is_late(one.due_at, one.done_at, now)
        due = instant_word(one.due_at, now, zone) if one.due_at else ""
        by = say(f"intake.panel.promise_{'late' if late else 'due'}", due=due) if due else ""
        words = visible(one.words) or visible(one.device)
        # By when comes first: words may be long, and two lines are all there is room for.
        text = " ".join(filter(None, ("!" if late else "-", say(f"file.what.{one.what}"), by, words)))
        for line in folded(text, width)[:2]:
            yield ((line, "late" if late else "soon"),)


def ticket_lines(one: OpenTicket, width: int, now: datetime, zone: tzinfo) -> Iterator[TextLine]:
    """A ticket that is there already, and the reason why it is shown."""
    since = one.received_at.astimezone(zone)
    when = f"{since:%H:%M}" if since.date() == now.astimezone(zone).date() else f"{since:%m-%d}"
    head = f"{number_word(one.number)} {when} {say(f'status.{one.status}')}"
    yield ((fit(head, width), "strong"),)
    for line in folded(f"{say(f'intake.why.{one.why}')} {about(one)}", width - 2)[:FAULT_LINES]:
        yield ((f"  {line}", ""),)


def about(one: OpenTicket) -> str:
    """What a ticket is about; its product is left out where it is known, for it takes the room of the fault."""
    product, fault = visible(one.product), visible(one.fault)
    told = one.why == "device" or fault.casefold().startswith(product.casefold())
    return fault if told and fault else " ".join(filter(None, (product, fault)))
