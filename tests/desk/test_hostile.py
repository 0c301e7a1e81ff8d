"""Text that was made to harm, through every field of every verb: stored as the one door leaves it, or refused.

Imports bring every string through every column (``tests/imports``). Here long fields get every string and short ones
one string of each kind, several at once; each has to stand in the store exactly as ``clean`` leaves it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.customer import PARTS, Part, Sort
from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.intake import BOXES, Field
from aftersales_tui.domain.text import clean, visible
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.keys import Record
from aftersales_tui.views.staff import Record as Card
from aftersales_tui.views.tickets import TicketView
from tests.desk.day import Day
from tests.naughty import kinds, packed, strings

LONG = 2000
"""A field of so many characters gets every string; a shorter one a string of each kind."""
Texts = Mapping[str, str]
Write = Callable[[Day, Texts], object]


def texts_for(limits: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """A text for each field, as often as it takes to bring all through the one that needs most."""
    packs = {
        name: [*packed(limit, strings() if limit >= LONG else kinds())] for name, limit in limits.items()
    }
    for turn in range(max(map(len, packs.values()))):
        yield {name: found[turn % len(found)] for name, found in packs.items()}


def part(which: Part, **fixed: Any) -> tuple[dict[str, int], Write]:
    """A record of a customer's file: its free texts, and how it is added."""
    limits = {one.name: one.limit for one in PARTS[which] if one.sort is Sort.TEXT and one.name not in fixed}

    def write(day: Day, texts: Texts) -> None:
        day.desk.customers.keep(day.desk.act(), which, customer(day), 0, {**fixed, **texts})

    return limits, write


def customer(day: Day) -> int:
    (found,) = day.desk.intake.callers("13800138000", 1)
    return found.customer_id


def ticket(day: Day) -> TicketView:
    return day.ticket(day.desk.dispatch.by_number(1001))


def call(day: Day, texts: Texts) -> None:
    fields = {name.value: texts[name.value] for name in Field}
    day.save(day.sheet(kind="message", memo=texts["memo"], for_whom=texts["for_whom"], **fields))


def himself(day: Day, texts: Texts) -> None:
    own = customer(day)
    day.desk.customers.keep(day.desk.act(), Part.CUSTOMER, own, own, texts)


def kept(day: Day, texts: Texts) -> None:
    own = customer(day)
    told = {"what": "gift", "words": texts["words"]}
    promise_id = max(
        [one.promise_id for one in day.desk.customers.file(own).promises if one.done_at is None], default=0
    )
    if not promise_id:
        day.desk.customers.keep(day.desk.act(), Part.PROMISE, own, 0, told)
        promise_id = day.desk.customers.file(own).promises[0].promise_id
    day.desk.customers.fulfil(day.desk.act(), own, promise_id, texts["done"])


def visitor(day: Day, texts: Texts) -> None:
    guest = {name: texts[name] for name in ("name", "company", "phone", "purpose", "host")}
    day.desk.visitors.walk_in(day.desk.act(), Guest(**guest))
    row = max(day.desk.visitors.book(), key=lambda one: one.visitor_id)
    day.desk.visitors.receive(day.desk.act(), row.visitor_id, row.version, texts["stand_in"])


def person(day: Day, texts: Texts) -> None:
    (card,) = [one for one in day.desk.roster.people() if one.role == "engineer"]
    plain = {name: text for name, text in texts.items() if name not in {"skills", "zones"}}
    changed = Card(plain, skills=(texts["skills"],), zones=(texts["zones"],))
    day.desk.roster.edit(day.desk.act(), card.staff_id, None, changed)


def time_off(day: Day, texts: Texts) -> None:
    (card,) = [one for one in day.desk.roster.people() if one.role == "engineer"]
    start = day.clock.forward(days=1)
    window = Window(start + timedelta(days=9), start + timedelta(days=9, hours=1))
    day.desk.roster.time_off(day.desk.act(), card.staff_id, None, window, texts["reason"], texts["override"])


def sent(day: Day, texts: Texts) -> None:
    own = ticket(day)
    (engineer,) = [one.staff_id for one in day.desk.roster.people() if one.role == "engineer"]
    if own.visits and not own.visits[-1].outcome:
        day.undo()
        own = ticket(day)
    start = day.clock.forward(hours=1) + timedelta(hours=1)
    window, other = Window(start, start + timedelta(hours=1)), Window(start, start + timedelta(hours=2))
    desk, act = day.desk, day.desk.act
    desk.dispatch.assign(act(), own.ticket_id, own.version, engineer, window, texts["override"])
    desk.dispatch.reschedule(
        act(), own.ticket_id, ticket(day).version, other, texts["reason"], texts["lifted"]
    )
    desk.visits.outcome(act(), own.ticket_id, ticket(day).version, "second_visit", texts["words"])


def about(day: Day, texts: Texts) -> None:
    own, desk = ticket(day), day.desk
    desk.dispatch.memo(desk.act(), own.ticket_id, texts["memo"])
    desk.contacts.promise(desk.act(), own.ticket_id, day.clock() + timedelta(hours=1), texts["promise"])
    row = next(one for one in day.contacts() if one.ticket_id == own.ticket_id)
    desk.contacts.result(desk.act(), row.contact_id, row.version, "reached", texts["result"])


def moved(day: Day, texts: Texts) -> None:
    """Advised, opened again, waiting, closed, opened again, answered, opened again."""
    visits, act = day.desk.visits, day.desk.act

    def at() -> tuple[int, int]:
        own = ticket(day)
        return own.ticket_id, own.version

    visits.advise(act(), *at(), texts["advise"])
    visits.reopen(act(), *at(), texts["reopen"])
    visits.status(act(), *at(), Status.WAITING_PART, texts["status"])
    visits.close(act(), *at(), texts["close"])
    visits.reopen(act(), *at(), "")
    visits.answer(act(), *at(), texts["answer"])
    visits.reopen(act(), *at(), "")


def own_file(day: Day, texts: Texts) -> None:
    day.desk.customers.note(day.desk.act(), customer(day), texts["note"])


def noted(day: Day, texts: Texts) -> None:
    day.desk.handover.note(day.desk.act(), texts["text"], texts["for_whom"])


def taken_out(day: Day, texts: Texts) -> None:
    day.desk.exports.log(day.desk.act(), "customers", texts["export"])


def handed_out(day: Day, texts: Texts) -> None:
    day.desk.dossiers.hand_out(day.desk.act(), customer(day), texts["reason"])


def erased(day: Day, texts: Texts) -> None:
    done = day.call(caller="to go", phone=f"139{next(NUMBERS):08}")
    day.desk.visits.answer(day.desk.act(), done.ticket_id, done.version, "")
    line = day.desk.mergers.lines([day.desk.intake.callers("to go", 1)[0].customer_id])[0]
    day.desk.erasing.erase(day.desk.act(), line, line.name, texts["reason"])


NUMBERS = count()
BOX = {name.value: box.limit for name, box in BOXES.items()}
DOORS: Mapping[str, tuple[Mapping[str, int], Write]] = {
    "call": ({**BOX, "memo": 4000, "for_whom": 120}, call),
    "customer": ({"name": 120, "note": 500}, himself),
    "person": part(Part.PERSON, role="contact"),
    "phone": part(Part.PHONE, typed="13900139000"),
    "address": part(Part.ADDRESS),
    "device": part(Part.DEVICE),
    "promise": ({"words": 500, "done": 500}, kept),
    "note": ({"note": 4000}, own_file),
    "visitor": (
        {"name": 120, "company": 120, "phone": 120, "purpose": 500, "host": 120, "stand_in": 120},
        visitor,
    ),
    "handover": ({"text": 2000, "for_whom": 120}, noted),
    "staff": (
        {
            "name": 120,
            "phone": 60,
            "schooling": 200,
            "trainings": 2000,
            "note": 2000,
            "skills": 60,
            "zones": 60,
        },
        person,
    ),
    "time off": ({"reason": 500, "override": 500}, time_off),
    "visit": ({"override": 500, "reason": 500, "lifted": 500, "words": 2000}, sent),
    "ticket": ({"memo": 4000, "promise": 2000, "result": 2000}, about),
    "states": (
        {"advise": 2000, "reopen": 2000, "status": 2000, "close": 2000, "answer": 2000},
        moved,
    ),
    "export": ({"export": 500}, taken_out),
    "hand out": ({"reason": 200}, handed_out),
    "erase": ({"reason": 200}, erased),
}
"""Every verb with a free text: its fields with the most characters they hold, and how it is said."""
SEVERAL_LINES = {("call", "memo"), ("ticket", "memo"), ("note", "note")}


def texts_of(day: Day) -> set[str]:
    """Every text that has gone into the store since it was founded: what the feed was told, and each column."""
    shop: Any = day.desk.dispatch._shop
    feed: Any = Record.metadata.tables["feed"]
    with shop.reading() as connection:
        entries = connection.execute(select(feed.c.params, feed.c.changes)).all()
    found = {value for params, _ in entries for value in params.values()}
    for _, changes in entries:
        for change in changes:
            found.update(value for value in (change["after"] or {}).values() if isinstance(value, str))
    return found


def is_refused(text: str) -> bool:
    """Whether no store can keep it."""
    try:
        clean(text, 10_000, "field")
    except Invalid:
        return True
    return False


@pytest.mark.parametrize(
    ("database", "door"),
    [*(("sqlite", door) for door in DOORS), ("postgresql", "call"), ("postgresql", "visitor")],
    indirect=["database"],
)
def test_every_field_of_every_verb_keeps_its_text_cleaned_or_refuses_it_with_a_reason(
    day: Day, door: str
) -> None:
    limits, write = DOORS[door]
    day.hire()
    day.call()
    meant: set[str] = set()
    for turn, given in enumerate(texts_for(limits)):
        bad = {name for name, text in given.items() if is_refused(text)}
        if bad:
            with pytest.raises(DomainError) as refused:
                write(day, given)
            assert refused.value.code == "text.not_storable"
            assert refused.value.params["field"]
        texts = given | dict.fromkeys(bad, f"x{turn}")
        write(day, texts)
        meant |= {
            clean(text, 10_000, name, multiline=(door, name) in SEVERAL_LINES) for name, text in texts.items()
        }
    found = texts_of(day)
    assert [ascii(text) for text in meant - found] == []
    assert [ascii(text) for text in found if visible(text, multiline=True) != text] == []
