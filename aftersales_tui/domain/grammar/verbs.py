"""The verbs of the command language: one table for ``:``, the shell, completion, help and the cheat sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an argument is, which decides how many words it takes and what is offered for it."""

    VERB = "verb"
    TICKET = "ticket"
    ENGINEER = "engineer"
    WINDOW = "window"
    MOMENT = "moment"
    HAPPENED = "happened"
    STATUS = "status"
    OUTCOME = "outcome"
    PHONE = "phone"
    CALLER = "caller"
    ZONE = "zone"
    CALL_KIND = "kind"
    PRODUCT = "product"
    LATE = "late"
    TEXT = "text"


DATES = frozenset({Kind.WINDOW, Kind.MOMENT, Kind.HAPPENED})
"""Kinds of several words of which only the words of the date themselves are taken."""
GREEDY = frozenset({Kind.TEXT, Kind.CALLER})
"""Kinds that take whatever is left."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing a verb is told.

    Attributes:
        name: Of the long form, ``engineer:wang``.
        required: Whether the verb makes no sense without it.
        named: Whether it is only ever given by its name.
    """

    name: str
    kind: Kind
    required: bool = True
    named: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    Attributes:
        id: Its long form, and its words in the catalog: ``verb.<id>``, ``verb.<id>.help``.
        short: Its short form; empty for none.
        arguments: In their order, without the ticket.
        on_ticket: Whether it is about a ticket, whose number comes first or is the current one.
        writes: Whether it changes the shop's records.
        overridable: Whether ``!`` with a reason lifts a rule for it.
    """

    id: str
    short: str = ""
    arguments: tuple[Argument, ...] = ()
    on_ticket: bool = False
    writes: bool = False
    overridable: bool = False

    def argument(self, name: str) -> Argument | None:
        """The argument of that name."""
        return next((one for one in self.arguments if one.name == name), None)


TICKET = Argument("ticket", Kind.TICKET)
REASON = Argument("override", Kind.TEXT, required=False)
"""What stands behind ``!``: the reason for lifting a rule."""
_WORDS = Argument("words", Kind.TEXT, required=False)
_ENGINEER = Argument("engineer", Kind.ENGINEER)
_WINDOW = Argument("window", Kind.WINDOW)
_AT = Argument("at", Kind.HAPPENED, required=False)
_NARROWING = (
    Argument("status", Kind.STATUS, required=False, named=True),
    Argument("engineer", Kind.ENGINEER, required=False, named=True),
    Argument("zone", Kind.ZONE, required=False, named=True),
    Argument("kind", Kind.CALL_KIND, required=False, named=True),
    Argument("product", Kind.PRODUCT, required=False, named=True),
    Argument("late", Kind.LATE, required=False),
)
"""What the queue is narrowed by; ``late`` stands alone, for it is only said or not."""


def _on_ticket(verb_id: str, short: str, *arguments: Argument, overridable: bool = False) -> Verb:
    return Verb(verb_id, short, arguments, on_ticket=True, writes=True, overridable=overridable)


VERBS: tuple[Verb, ...] = (
    Verb(
        "call",
        "+",
        (
            Argument("phone", Kind.PHONE, required=False),
            # By its name alone: a fault may well begin with a date, 3天前开始漏水.
            Argument("at", Kind.HAPPENED, required=False, named=True),
            Argument("fault", Kind.TEXT, required=False),
        ),
        writes=True,
        overridable=True,
    ),
    _on_ticket("assign", "a", _ENGINEER, _WINDOW, overridable=True),
    _on_ticket("status", "s", Argument("status", Kind.STATUS), _AT, _WORDS),
    _on_ticket("outcome", "o", Argument("outcome", Kind.OUTCOME), _AT, _WORDS),
    _on_ticket("callback", "c", Argument("due", Kind.MOMENT), _WORDS),
    _on_ticket("reschedule", "r", _WINDOW, Argument("reason", Kind.TEXT), overridable=True),
    _on_ticket("memo", "m", Argument("text", Kind.TEXT)),
    _on_ticket("advise", "", Argument("words", Kind.TEXT)),
    _on_ticket("answer", "", _WORDS),
    _on_ticket("reopen", "", _WORDS),
    _on_ticket("close", "", _WORDS),
    Verb("undo", "u", writes=True),
    Verb("queue", "", _NARROWING),
    Verb("contacts"),
    Verb("register"),
    Verb("messages"),
    Verb("visitors"),
    Verb("handover"),
    Verb("people"),
    Verb("show", on_ticket=True),
    Verb("who", "", (Argument("caller", Kind.CALLER),)),
    Verb("find", "/", (Argument("query", Kind.TEXT),)),
    Verb("file", "", (Argument("caller", Kind.CALLER),)),
)
BY_ID: Mapping[str, Verb] = {verb.id: verb for verb in VERBS}
