"""The clocks of a customer's file on the list of contacts: his contact plan, promises made at the sale (B4, U3).

Each that has a date has one open contact, and no other has. Whoever changes a file has its clocks kept true to it in
the same deed; so there is nothing to be looked for when a date comes, and undo takes back both at once.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.contact import FILE_CLOCKS, NEEDS_TICKET, PERIODIC, SALE, Effect
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.quiet import ringing_time, stored_quiet
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import contacts, files

PLAN = 0
"""The plan's place among the clocks of a file; a promise has its id."""
OFF_THE_FILE = "off_the_file"
"""The result of a contact whose date was taken out of the file."""
KEPT = "kept"


class _Clock(NamedTuple):
    reason: str
    about: str
    due_at: datetime
    words: str


class Changed(NamedTuple):
    """What a deed has changed in a file that a contact on the list follows.

    Attributes:
        moved: Clocks with another date; a contact of any other stays where its last try has put it.
        reworded: Promises that say something else now.
        quieter: Whether the quiet hours are others: no try is to fall into them (B2).
    """

    moved: frozenset[int] = frozenset()
    reworded: frozenset[int] = frozenset()
    quieter: bool = False


NOTHING = Changed()


def keep_clocks(shop: Shop, deed: Deed, own: tables.Customer, changed: Changed = NOTHING) -> None:
    """Have every clock of a file stand on the list of contacts, and none that the file no longer has.

    Args:
        own: The customer, held.
        changed: What the deed has changed in his file.
    """
    connection = deed.flushed()
    standing = [
        one
        for one in contacts.open_of_customer(connection, shop.shop_id, own.id)
        if one.reason in FILE_CLOCKS
    ]
    wanted = {} if own.state else dict(_clocks(shop, deed, own))
    if not standing and not wanted:
        return
    whom, phone = _whom(deed, own)
    quiet = stored_quiet(own.quiet)
    for one in standing:
        contact = deed.held(tables.Contact, one.contact_id)
        clock = wanted.pop(one.promise_id, None)
        if clock is None:
            _close(deed, contact, OFF_THE_FILE)
            continue
        if one.promise_id in changed.moved or changed.quieter:
            due_at = clock.due_at if one.promise_id in changed.moved else contact.due_at
            contact.due_at = ringing_time(due_at, shop.calendars.calls, quiet)
        if one.promise_id in changed.moved:
            _begin_anew(contact)
        if one.promise_id in changed.reworded:
            contact.words = clock.words
        contact.about, contact.whom, contact.phone = clock.about, whom, phone
    for promise_id, clock in wanted.items():
        _put(shop, deed, own, (whom, phone), clock, promise_id or None)


def one_plan(deed: Deed, kept: tables.Customer, lost: tables.Customer) -> None:
    """Of the calls by plan of two files that become one, leave that of the file that stays (U4)."""
    plans = [
        [
            one.contact_id
            for one in contacts.open_of_customer(deed.connection, deed.shop_id, file.id)
            if one.reason == PERIODIC
        ]
        for file in (kept, lost)
    ]
    if all(plans):
        for contact_id in plans[1]:
            _close(deed, deed.held(tables.Contact, contact_id), OFF_THE_FILE)


def join_clocks(shop: Shop, deed: Deed, kept: tables.Customer, was: datetime | None) -> None:
    """Have the clocks of a file stand on the list once another file has gone into it.

    Args:
        was: When the plan of the kept file was due before.
    """
    moved = frozenset({PLAN}) if was is not None and kept.contact_at != was else frozenset()
    keep_clocks(shop, deed, kept, Changed(moved))


def _clocks(shop: Shop, deed: Deed, own: tables.Customer) -> Iterator[tuple[int, _Clock]]:
    """What of a file has a date: the plan, and each promise that is not kept yet."""
    if own.contact_months and own.contact_at is not None:
        yield PLAN, _Clock(PERIODIC, "", own.contact_at, "")
    for one in files.promises(deed.connection, shop.shop_id, own.id):
        if one.done_at is None and one.due_at is not None:
            words = " / ".join(filter(None, (one.words, one.device)))
            yield one.promise_id, _Clock(SALE, f"sale_{one.what}", one.due_at, words)


def _whom(deed: Deed, own: tables.Customer) -> tuple[str, str]:
    """Whom to ask for, and his number: the first of the file."""
    phones = files.phones(deed.connection, deed.shop_id, own.id)
    if not phones:
        return own.name, ""
    people = {one.person_id: one.name for one in files.persons(deed.connection, deed.shop_id, own.id)}
    return people.get(phones[0].person_id, own.name), phones[0].typed


def _put(
    shop: Shop, deed: Deed, own: tables.Customer, whom: tuple[str, str], clock: _Clock, promise_id: int | None
) -> None:
    contact = tables.Contact.made(
        shop_id=shop.shop_id,
        id=deed.new_id(),
        customer_id=own.id,
        reason=clock.reason,
        about=clock.about,
        due_at=ringing_time(clock.due_at, shop.calendars.calls, stored_quiet(own.quiet)),
        whom=whom[0],
        phone=whom[1],
        words=clock.words,
        promise_id=promise_id,
    )
    deed.put(contact)


def _begin_anew(contact: tables.Contact) -> None:
    """Another date is another call: what was tried in vain for the old one counts no more."""
    contact.tries, contact.flag = 0, ""


def _close(deed: Deed, contact: tables.Contact, result: str) -> None:
    contact.is_open = 0
    contact.claimed_by = contact.claimed_at = None
    contact.result = result
    contact.result_at = deed.at


def fulfilled(deed: Deed, promise: tables.SalePromise) -> None:
    """Close the contact of a promise that was kept, whoever has told so."""
    for one in contacts.open_of_customer(deed.connection, deed.shop_id, promise.customer_id):
        if one.promise_id == promise.id:
            _close(deed, deed.held(tables.Contact, one.contact_id), KEPT)


def postpone(deed: Deed, own: tables.Customer, contact: tables.Contact) -> None:
    """The customer has agreed to another time: the date in his file moves there."""
    _begin_anew(contact)
    promise = deed.find(tables.SalePromise, contact.promise_id) if contact.promise_id else None
    if promise is not None:
        promise.due_at = contact.due_at
    elif contact.reason == PERIODIC:
        own.contact_at = contact.due_at


def end(shop: Shop, deed: Deed, own: tables.Customer, contact: tables.Contact, effect: Effect) -> None:
    """Do in the file what the result of a contact says that has no ticket.

    Args:
        contact: Finished, with its result and the words that were said.

    Raises:
        Refused: ``contact.no_ticket`` for a result that only a ticket can follow.
    """
    if effect in NEEDS_TICKET:
        raise Refused("contact.no_ticket")
    if contact.reason == PERIODIC:
        _end_plan(shop, deed, own, contact, effect)
    promise = deed.find(tables.SalePromise, contact.promise_id) if contact.promise_id else None
    if promise is None or promise.done_at is not None:
        return
    if effect is Effect.KEEP:
        promise.done_at, promise.done_words = deed.at, deed.params.get("words", "")
    else:
        # Nobody is to call for it again; that it was promised stays in the file.
        promise.due_at = None


def _end_plan(shop: Shop, deed: Deed, own: tables.Customer, contact: tables.Contact, effect: Effect) -> None:
    """Move the plan on by its months, and put its next contact on the list with what was said in this one."""
    if effect is Effect.STOP or not own.contact_months or own.contact_at is None:
        own.contact_months, own.contact_at = 0, None
        return
    months, always = own.contact_months, shop.calendars.always
    following = always.later(own.contact_at, months=months)
    if following <= deed.now:
        # It was long overdue: the next one is reckoned from the call.
        following = always.later(deed.at, months=months)
    own.contact_at = ringing_time(following, shop.calendars.calls, stored_quiet(own.quiet))
    clock = _Clock(PERIODIC, "", own.contact_at, contact.words)
    _put(shop, deed, own, _whom(deed, own), clock, None)
    deed.params["next"] = own.contact_at.isoformat()
