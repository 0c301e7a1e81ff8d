"""Taking a call by 5W2H: the seven questions, the fields they fill, what is known and what is missing (C1, C2)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from aftersales_tui.domain.errors import Refused


class Question(StrEnum):
    """The seven questions of 5W2H, exactly these (C1)."""

    WHO = "who"
    WHERE = "where"
    WHAT = "what"
    HOW_MANY = "how_many"
    WHEN = "when"
    WHY = "why"
    DEGREE = "degree"


class Fact(StrEnum):
    """The eight facts an engineer needs before he goes (C2), in the order they are asked for."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    MODEL = "model"
    BOUGHT = "bought"
    FAULT = "fault"
    WANTED = "wanted"
    WHEN_WANTED = "when_wanted"


class Field(StrEnum):
    """The boxes of the call sheet, in speaking order."""

    CALLER = "caller"
    PHONE = "phone"
    MOBILE = "mobile"
    ADDRESS = "address"
    ZONE = "zone"
    PRODUCT = "product"
    MODEL = "model"
    SERIAL = "serial"
    FAULT = "fault"
    WANTED = "wanted"
    QUANTITY = "quantity"
    WHEN_WANTED = "when_wanted"
    BOUGHT = "bought"
    CAUSE = "cause"
    DEGREE = "degree"


class Box(NamedTuple):
    """How a field belongs to the sheet: its question, the fact it fills, and how many characters it holds."""

    question: Question
    fact: Fact | None
    limit: int


BOXES: Mapping[Field, Box] = {
    Field.CALLER: Box(Question.WHO, Fact.NAME, 120),
    Field.PHONE: Box(Question.WHO, Fact.PHONE, 40),
    Field.MOBILE: Box(Question.WHO, None, 40),
    Field.ADDRESS: Box(Question.WHERE, Fact.ADDRESS, 300),
    Field.ZONE: Box(Question.WHERE, None, 60),
    Field.PRODUCT: Box(Question.WHAT, None, 120),
    Field.MODEL: Box(Question.WHAT, Fact.MODEL, 80),
    Field.SERIAL: Box(Question.WHAT, None, 80),
    Field.FAULT: Box(Question.WHAT, Fact.FAULT, 2000),
    Field.WANTED: Box(Question.WHAT, Fact.WANTED, 500),
    Field.QUANTITY: Box(Question.HOW_MANY, None, 60),
    Field.WHEN_WANTED: Box(Question.WHEN, Fact.WHEN_WANTED, 120),
    Field.BOUGHT: Box(Question.WHEN, Fact.BOUGHT, 60),
    Field.CAUSE: Box(Question.WHY, None, 500),
    Field.DEGREE: Box(Question.DEGREE, None, 500),
}
EVERY_FACT = tuple(Fact)
WITHOUT_VISIT = (Fact.NAME, Fact.PHONE, Fact.FAULT)
"""What is needed where nobody goes to see the device: who it is, how he is reached, what it is about."""
FACT_FIELDS: Mapping[Fact, Field] = {box.fact: name for name, box in BOXES.items() if box.fact is not None}
_ASKED = tuple((fact, FACT_FIELDS[fact]) for fact in Fact)
Answers = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What an operator has written down of one call so far; also what a draft keeps (C12).

    Attributes:
        call_id: Made when the form opens: id of the draft, of the ticket and of the write.
        kind: The kind of call (C11), an id of policy ``kinds.toml``.
        channel: ``phone``, ``letter`` or ``visitor`` (C13).
        outgoing: Whether we have rung the customer.
        opened_at: When the call began.
        asked: Questions that were put, answered or not.
        customer_id: The known caller taken from the lookup; 0 for a new one.
        device_id: His device; 0 for a new one.
        joins: The open ticket this call belongs to; 0 for a ticket of its own (C10).
        repeats: The earlier ticket this one is linked to as a repeat; 0 for none (C10).
        memo: The memo pad (C14).
        for_whom: The person a message is for (C7).
        hold_seconds: How long the caller was kept waiting in all.
    """

    call_id: int
    kind: str
    channel: str
    opened_at: datetime
    answers: Mapping[Field, str] = field(default_factory=dict)
    outgoing: bool = False
    asked: frozenset[Question] = frozenset()
    customer_id: int = 0
    device_id: int = 0
    joins: int = 0
    repeats: int = 0
    memo: str = ""
    for_whom: str = ""
    hold_seconds: int = 0


class Coverage(NamedTuple):
    """How far a call has come: questions asked of seven, facts known of eight (C1)."""

    asked: int
    known: int
    questions: int = len(Question)
    facts: int = len(Fact)


def fields_of(question: Question) -> tuple[Field, ...]:
    """The fields a question fills, in speaking order."""
    return tuple(name for name, box in BOXES.items() if box.question is question)


def facts_needed(*, visit: bool) -> tuple[Fact, ...]:
    """The facts a call needs: all eight where an engineer goes (C2), else who, how to reach him and what about."""
    return EVERY_FACT if visit else WITHOUT_VISIT


def asked(
    answers: Answers, put: Collection[Question], unconfirmed: Collection[Field] = ()
) -> frozenset[Question]:
    """The questions that count as asked: put to the caller, or answered without being put.

    Args:
        answers: What is written down.
        put: Questions already put.
        unconfirmed: Fields that were filled from the file; what the file says the caller has not answered.
    """
    answered = {
        BOXES[name].question for name, text in answers.items() if text.strip() and name not in unconfirmed
    }
    return frozenset(answered) | frozenset(put)


def doubtful(answers: Answers) -> frozenset[Fact]:
    """Facts that are written down but cannot be right (C2: implausible).

    A phone with fewer than three digits, a name without any letter, an address or a fault without any letter or
    digit. Dates and whole numbers are judged where they are understood: that takes words of a language, and the
    numbers of a country.
    """
    found = set()
    phone = answers.get(Field.PHONE, "")
    if phone.strip() and sum(character.isdigit() for character in phone) < SHORTEST_PHONE:
        found.add(Fact.PHONE)
    name = answers.get(Field.CALLER, "")
    if name.strip() and not any(character.isalpha() for character in name):
        found.add(Fact.NAME)
    for fact in (Fact.ADDRESS, Fact.FAULT):
        text = answers.get(FACT_FIELDS[fact], "")
        if text.strip() and not any(character.isalnum() for character in text):
            found.add(fact)
    return frozenset(found)


SHORTEST_PHONE = 3
"""The shortest number anybody can dial: a service number of three digits."""


def missing(
    answers: Answers, implausible: Collection[Fact] = (), needed: Collection[Fact] = EVERY_FACT
) -> tuple[Fact, ...]:
    """The facts that are not there or not believable, in asking order: the ticket's *to verify* (C2).

    Args:
        answers: What is written down.
        implausible: Facts judged implausible elsewhere, such as a purchase date in the future.
        needed: The facts this kind of call needs (``facts_needed``).
    """
    wrong = doubtful(answers) | frozenset(implausible)
    mobile = answers.get(Field.MOBILE, "").strip()
    return tuple(
        fact
        for fact, name in _ASKED
        if fact in needed
        and (fact in wrong or not (answers.get(name, "").strip() or (fact is Fact.PHONE and mobile)))
    )


def coverage(
    sheet: CallSheet,
    implausible: Collection[Fact] = (),
    needed: Collection[Fact] = EVERY_FACT,
    unconfirmed: Collection[Field] = (),
) -> Coverage:
    """The two figures at the bottom of the form: ``5/7 asked, 6/8 known`` (C1).

    Args:
        sheet: What is written down.
        implausible: Facts judged implausible elsewhere.
        needed: The facts this kind of call needs.
        unconfirmed: Fields that were filled from the file and not gone over with the caller.
    """
    return Coverage(
        asked=len(asked(sheet.answers, sheet.asked, unconfirmed)),
        known=len(needed) - len(missing(sheet.answers, implausible, needed)),
        facts=len(needed),
    )


def next_field(
    answers: Answers,
    after: Field | None = None,
    implausible: Iterable[Fact] = (),
    put: Collection[Question] = frozenset(Question),
    needed: Collection[Fact] = EVERY_FACT,
    unconfirmed: Collection[Field] = (),
) -> Field | None:
    """The field to ask for next: the first one behind ``after`` that is still wanting, else the first of all.

    Wanting is a needed fact that is missing, and the first field of a question that was not put yet.

    Args:
        answers: What is written down.
        after: Where the operator is.
        implausible: Facts judged implausible elsewhere.
        put: Questions already put; all of them unless told, so that only the facts count.
        needed: The facts this kind of call needs.
        unconfirmed: Fields that were filled from the file and not gone over with the caller.
    """
    wanting = {FACT_FIELDS[fact] for fact in missing(answers, tuple(implausible), needed)}
    done = asked(answers, put, unconfirmed)
    wanting |= {fields_of(question)[0] for question in Question if question not in done}
    order = list(Field)
    open_fields = [name for name in order if name in wanting and name is not after]
    behind = [name for name in open_fields if after is not None and order.index(name) > order.index(after)]
    return next(iter(behind or open_fields), None)


def require_savable(sheet: CallSheet) -> None:
    """Two things are enough to save early: who or where, and what.

    Raises:
        Refused: ``intake.who_missing`` or ``intake.what_missing``, naming the field to fill first.
    """
    someone = (Field.CALLER, Field.PHONE, Field.MOBILE, Field.ADDRESS)
    what = (Field.FAULT, Field.WANTED, Field.PRODUCT, Field.MODEL)
    if not (sheet.customer_id or any(sheet.answers.get(name, "").strip() for name in someone)):
        raise Refused("intake.who_missing", field=Field.CALLER.value)
    if not any(sheet.answers.get(name, "").strip() for name in what) and not sheet.joins:
        raise Refused("intake.what_missing", field=Field.FAULT.value)


def require_dispatchable(to_verify: Collection[str], required: bool, override: str) -> None:
    """The gate before an engineer goes (C2).

    Args:
        to_verify: The facts still missing on the ticket.
        required: Policy ``require_before_dispatch``.
        override: The reason of whoever lifts the gate; empty to keep it.

    Raises:
        Refused: ``dispatch.not_ready`` with the missing facts; may be overridden.
    """
    if required and to_verify and not override.strip():
        raise Refused("dispatch.not_ready", missing=tuple(to_verify), overridable=True)


def read_back(answers: Answers) -> tuple[tuple[Field, str], ...]:
    """What is read back to the caller, in speaking order, without the empty boxes (C4)."""
    return tuple((name, answers[name].strip()) for name in Field if answers.get(name, "").strip())
