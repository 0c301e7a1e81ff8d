"""Moving a ticket from state to state, and keeping its place in the queue true to its clocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.contact import QUARTERLY, NextContact
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.promise import Interval, Reckoning, reckon, urgent_at
from aftersales_tui.domain.quiet import Quiet, stored_quiet
from aftersales_tui.domain.ticket import Event, Status, is_open, is_served, move
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import contacts, files
from aftersales_tui.store.queries import ticket as stored

CLOCK_SKEW = timedelta(minutes=2)
"""How far ahead a happened-at may lie: two computers of one shop never agree to the second."""
PROMISED = "promised"
"""What a callback is about that a person has promised: no rule and no other verb takes it off the list."""
LASTING = frozenset({PROMISED, QUARTERLY})
"""What outlives the end of its ticket: it ends with a call alone."""


def intervals_of(points: Sequence[tuple[str, datetime]]) -> list[Interval]:
    """Stored states as intervals: each lasts until the next begins."""
    ends: list[datetime | None] = [start for _, start in points[1:]]
    return [Interval(status, start, end) for (status, start), end in zip(points, [*ends, None], strict=True)]


def reckonings(
    shop: Shop,
    promises: Sequence[tuple[str, datetime]],
    points: Sequence[tuple[str, datetime]],
    now: datetime,
) -> list[tuple[str, datetime, Reckoning]]:
    """Every clock of a ticket as it stands: its id, its start, and its reckoning. A retired clock is left out."""
    intervals = intervals_of(points)
    return [
        (clock_id, started, reckon(clock, shop.calendars.of(clock.basis), started, intervals, now))
        for clock_id, started in promises
        if (clock := shop.policy.clocks.get(clock_id)) is not None
    ]


def _reckoned(shop: Shop, deed: Deed, ticket: tables.Ticket) -> list[tuple[str, datetime, Reckoning]]:
    """A ticket's clocks from its stored states, as of now or of its last state, which may lie a little ahead."""
    connection = deed.connection
    points = stored.intervals(connection, shop.shop_id, ticket.id)
    promises = stored.promises(connection, shop.shop_id, ticket.id)
    return reckonings(shop, promises, points, max(deed.now, *(start for _, start in points)))


def retime(shop: Shop, deed: Deed, ticket: tables.Ticket) -> None:
    """Set the ticket's place in the queue from its stored clocks and states (D1, P8)."""
    ticket.urgent_at = urgent_at(r for _, _, r in _reckoned(shop, deed, ticket))


def first_urgency(shop: Shop, clocks: Sequence[str], started_at: datetime, now: datetime) -> datetime:
    """Where a new ticket with these clocks stands in the queue."""
    promises = [(clock, started_at) for clock in clocks]
    points = [(Status.NEW.value, started_at)]
    return urgent_at(r for _, _, r in reckonings(shop, promises, points, max(now, started_at)))


def mark_state(shop: Shop, deed: Deed, ticket: tables.Ticket, at: datetime) -> None:
    """Store that the ticket is in its state from an instant on; the clocks are reckoned from these."""
    interval = tables.Interval.made(
        shop_id=shop.shop_id,
        id=deed.new_id(),
        ticket_id=ticket.id,
        status=ticket.status,
        starts_at=at,
        entered_at=deed.now,
    )
    deed.put(interval)


def start_clocks(shop: Shop, deed: Deed, ticket: tables.Ticket, clocks: Sequence[str], at: datetime) -> None:
    """Start promise clocks for a ticket."""
    for clock in clocks:
        promise = tables.Promise.made(
            shop_id=shop.shop_id,
            id=deed.new_id(),
            ticket_id=ticket.id,
            clock=clock,
            starts_at=at,
            policy_digest=shop.policy.digest,
        )
        deed.put(promise)


def advance(
    shop: Shop, deed: Deed, ticket: tables.Ticket, event: Event, outcome: Status | None = None
) -> datetime:
    """Let an event happen to a ticket: the transition table decides, the clocks follow.

    Returns:
        When it happened. Where nobody told a time it is never before the last state, though another
        computer's clock may have been ahead of this one's.

    Raises:
        Refused: ``ticket.illegal_move``.
        Invalid: ``happened.before_last`` or ``happened.in_future`` when the told time cannot be.
    """
    before = Status(ticket.status)
    target = move(before, event, outcome)
    points = stored.intervals(deed.connection, shop.shop_id, ticket.id)
    last = points[-1][1] if points else ticket.received_at
    told = deed.act.happened_at
    if told is not None and told < last:
        raise Invalid("happened.before_last", field="happened_at", last=last, told=told)
    if told is not None and told > deed.now + CLOCK_SKEW:
        raise Invalid("happened.in_future", field="happened_at", told=told)
    at = told or max(deed.now, last)
    ticket.status = target.value
    ticket.is_open = int(is_open(target))
    mark_state(shop, deed, ticket, at)
    retime(shop, deed, ticket)
    if is_served(before, event, target):
        _begin_quarters(shop, deed, ticket, at)
    return at


def _begin_quarters(shop: Shop, deed: Deed, ticket: tables.Ticket, at: datetime) -> None:
    """Plan the first of the reports that follow this kind of call by themselves, unless one is planned (P7)."""
    rule = shop.policy.quarterly
    if ticket.kind not in rule.kinds:
        return
    planned = contacts.open_of_ticket(deed.connection, deed.shop_id, ticket.id)
    if all(about != QUARTERLY for _, about in planned):
        plan_contact(shop, deed, ticket, rule.first, "", at)


def back_to_queue(shop: Shop, deed: Deed, ticket: tables.Ticket) -> None:
    """Reopen a ticket; clocks of its kind that have ended begin anew, those that still run go on."""
    restart_clocks(shop, deed, ticket, advance(shop, deed, ticket, Event.REOPEN))


def restart_clocks(shop: Shop, deed: Deed, ticket: tables.Ticket, at: datetime) -> None:
    """Start those clocks of the ticket's kind that do not run; what was promised first is not promised anew."""
    running = {clock for clock, _, r in _reckoned(shop, deed, ticket) if r.stopped_at is None}
    ended = [clock for clock in shop.policy.kind(ticket.kind).clocks if clock not in running]
    start_clocks(shop, deed, ticket, ended, at)
    retime(shop, deed, ticket)


REASSIGNED = "reassigned"
"""How a visit ends for which another engineer is sent."""


def end_visit(deed: Deed, ticket: tables.Ticket, outcome: str, words: str) -> None:
    """Close the ticket's current visit with how it went, so that it keeps its engineer busy no longer."""
    if ticket.visit_id is None:
        return
    visit = deed.held(tables.Visit, ticket.visit_id)
    visit.active = 0
    visit.outcome = outcome
    visit.outcome_at = deed.at
    visit.words = words
    ticket.visit_id = None


def plan_contact(
    shop: Shop,
    deed: Deed,
    ticket: tables.Ticket,
    rule: NextContact,
    words: str,
    at: datetime | None = None,
) -> tables.Contact:
    """Put somebody on the list of contacts because a rule says so (C8, V3, P7).

    Args:
        at: From when its time is reckoned; when the deed happened unless told.
    """
    due_at = shop.calendars.contact_due(rule, at or deed.at, quiet_of(deed, ticket))
    return add_contact(shop, deed, ticket, rule.reason, rule.about, due_at, words)


def quiet_of(deed: Deed, of: tables.Ticket | tables.Customer) -> Quiet:
    """When a customer, or that of a ticket, is not to be rung (B2)."""
    customer_id = of.customer_id if isinstance(of, tables.Ticket) else of.id
    return stored_quiet(files.quiet_hours(deed.connection, deed.shop_id, customer_id)) if customer_id else ()


def add_contact(
    shop: Shop, deed: Deed, ticket: tables.Ticket, reason: str, about: str, due_at: datetime, words: str
) -> tables.Contact:
    """Put the ticket's caller on the list of people to be contacted (B1)."""
    contact = tables.Contact.made(
        shop_id=shop.shop_id,
        id=deed.new_id(),
        ticket_id=ticket.id,
        reason=reason,
        about=about,
        due_at=due_at,
        whom=ticket.caller,
        phone=ticket.phone or ticket.mobile,
        words=words,
    )
    return deed.put(contact)


def drop_contacts(deed: Deed, ticket: tables.Ticket, result: str) -> None:
    """Take the contacts that a rule has planned for a ticket off the list: they have lost their point.

    What a person has promised stays, and so do the quarterly reports: they end only with the call.
    """
    for contact_id, about in contacts.open_of_ticket(deed.connection, deed.shop_id, ticket.id):
        if about in LASTING:
            continue
        contact = deed.held(tables.Contact, contact_id)
        if contact.is_open:
            contact.is_open = 0
            contact.result = result
            contact.result_at = deed.at
