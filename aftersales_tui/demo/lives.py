"""What can happen to a ticket of the demo shop's day, told by the desk's own verbs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales_tui.demo.diary import Slot
from aftersales_tui.demo.stage import Life, Stage
from aftersales_tui.demo.wish import Wish
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.intake import Field
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Receipt

MINUTE = timedelta(minutes=1)
LOOKED_AT = 20
"""How far down the list of contacts somebody looks for one to ring."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a visit goes: when the engineer leaves, begins and ends, and with which outcome."""

    leaves: datetime
    begins: datetime
    ends: datetime
    outcome: str = "solved"


def call(stage: Stage, wish: Wish, at: datetime, lacks: Collection[Field] = ()) -> Life:
    """Somebody rings, and the ticket stands in the queue."""
    yield at
    return stage.take(wish, lacks)


def visit(stage: Stage, wish: Wish, at: datetime, slot: Slot, course: Course) -> Life:
    """An engineer is sent, goes, works and tells how it went."""
    done = yield from call(stage, wish, at)
    yield at + 7 * MINUTE
    done = stage.assign(done, slot)
    yield course.leaves
    done = stage.status(done, Status.ON_THE_ROAD)
    yield course.begins
    done = stage.status(done, Status.WORKING)
    yield course.ends
    occasion = {"inspected_only": "inspected", "second_visit": "second", "nobody_home": "nobody"}
    words = stage.say(wish.card, occasion[course.outcome]) if course.outcome in occasion else wish.done
    return stage.desk.visits.outcome(stage.act(), done.ticket_id, done.version, course.outcome, words)


def squeezed_in(stage: Stage, wish: Wish, at: datetime, slot: Slot) -> Life:
    """An engineer is sent although he has other work, and the reason is kept (D2)."""
    done = yield from call(stage, wish, at)
    yield at + 2 * MINUTE
    return stage.assign(done, slot, stage.say(wish.card, "squeezed"))


def moved(stage: Stage, wish: Wish, at: datetime, slot: Slot) -> Life:
    """A visit is agreed, and then the customer can only be there somewhat later."""
    done = yield from call(stage, wish, at)
    yield at + 6 * MINUTE
    done = stage.assign(done, slot)
    yield at + 15 * MINUTE
    words, act = stage.say(wish.card, "moved"), stage.act()
    later = Window(slot.window.start + 30 * MINUTE, slot.window.end)
    return stage.desk.dispatch.reschedule(act, done.ticket_id, done.version, later, words)


def waits(stage: Stage, wish: Wish, at: datetime, status: Status) -> Life:
    """The ticket waits for the customer or for a part."""
    done = yield from call(stage, wish, at)
    yield at + 12 * MINUTE
    words = wish.part if status is Status.WAITING_PART else stage.say(wish.card, "waiting")
    return stage.status(done, status, words)


def advised(stage: Stage, wish: Wish, at: datetime) -> Life:
    """Advice by phone; whether it helped is asked later (C8)."""
    done = yield from call(stage, wish, at)
    yield at + 4 * MINUTE
    words = stage.say(wish.card, "advice")
    return stage.desk.visits.advise(stage.act(), done.ticket_id, done.version, words)


def answered(stage: Stage, wish: Wish, at: datetime) -> Life:
    """Answered now, or passed on."""
    done = yield from call(stage, wish, at)
    yield at + 2 * MINUTE
    return stage.desk.visits.answer(stage.act(), done.ticket_id, done.version, wish.done)


def promised(stage: Stage, wish: Wish, at: datetime, due: datetime) -> Life:
    """Somebody has promised to call back by a time (C6)."""
    done = yield from call(stage, wish, at)
    yield at + 2 * MINUTE
    return stage.desk.contacts.promise(stage.act(), done.ticket_id, due, stage.say(wish.card, "callback"))


def noted(stage: Stage, wish: Wish, at: datetime) -> Life:
    """Somebody adds a note."""
    done = yield from call(stage, wish, at)
    yield at + 3 * MINUTE
    return stage.desk.dispatch.memo(stage.act(), done.ticket_id, stage.say(wish.card, "memo"))


def rings_again(stage: Stage, wish: Wish, at: datetime, again: Collection[datetime]) -> Life:
    """The customer rings again about the same ticket (C10)."""
    done = yield from call(stage, wish, at)
    for moment in again:
        yield moment
        words = {**wish.answers, "fault": stage.say(wish.card, "again")}
        more = Wish(wish.card, wish.kind, wish.device, wish.product, words, wish.done)
        done = stage.take(more, joins=done.ticket_id)
    return done


def comes_back(stage: Stage, wish: Wish, at: datetime, slot: Slot, course: Course, again: datetime) -> Life:
    """The same fault shortly after a repair: a ticket of its own that is linked to the first (C10)."""
    done = yield from visit(stage, wish, at, slot, course)
    yield again
    more = Wish(
        wish.card,
        wish.kind,
        wish.device,
        wish.product,
        {**wish.answers, "fault": stage.say(wish.card, "faulty")},
        wish.done,
    )
    return stage.take(more, repeats=done.ticket_id)


def rung(stage: Stage, at: datetime, result: str, occasion: str) -> Life:
    """Somebody rings the first who is due, and it ends so."""
    yield at
    row = _first_free(stage)
    words = stage.book.words[occasion][0][row.whom.isascii()] if occasion else ""
    return stage.desk.contacts.result(stage.act(), row.contact_id, row.version, result, words)


def claimed(stage: Stage, at: datetime) -> Life:
    """The colleague has just taken a contact for herself (B2)."""
    yield at
    row = _first_free(stage)
    act = stage.others(stage.desk.act())
    stage.desk.contacts.claim(act, row.contact_id, row.version)
    return Receipt("claim", row.ticket_id, row.number, 0, 0, {})


def _first_free(stage: Stage) -> ContactRow:
    rows = stage.desk.contacts.due(None, LOOKED_AT).rows
    # What was promised at a sale stays late, to be seen.
    return next(row for row in rows if row.ticket_id and not row.claimed_by_id and not row.flag)
