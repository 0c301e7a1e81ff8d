"""The words the language knows besides its own: aliases of verbs, states, outcomes and argument names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from aftersales_tui.domain.grammar.verbs import BY_ID, TICKET, VERBS, Verb
from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.ticket import Status

Aliases = Mapping[str, Iterable[str]]
"""By meaning: the words that have it."""


def folded(word: str) -> str:
    """A word as it is looked up: narrow, lower case, single blanks."""
    return " ".join(narrow(word).casefold().split())


@dataclass(frozen=True)
class Vocabulary:
    """What each word means.

    Attributes:
        verbs: Verb ids by long form, short form and alias.
        statuses: States of a ticket by id and alias.
        outcomes: Outcomes of a visit by alias; the shop's own ones are known by their ids alone.
        kinds: Kinds of call by alias; the shop's own ones are known by their ids alone.
        names: Argument names by alias; one alias may stand for several, of which a verb has one.
    """

    verbs: Mapping[str, str]
    statuses: Mapping[str, str]
    outcomes: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]

    def verb(self, word: str) -> Verb | None:
        """The verb of a word."""
        return BY_ID.get(self.verbs.get(folded(word), ""))

    def name(self, verb: Verb, word: str) -> str:
        """The name of the verb's argument that a word stands for; empty for none."""
        meant = self.names.get(folded(word), frozenset())
        own = (*(argument.name for argument in verb.arguments), *((TICKET.name,) if verb.on_ticket else ()))
        return next((name for name in own if name in meant), "")

    def written(self, table: str, meaning: str) -> Iterator[str]:
        """Every word of a table with this meaning, its id first."""
        words: Mapping[str, str] = getattr(self, table)
        yield from (word for word, meant in words.items() if meant == meaning)

    @cached_property
    def glued(self) -> tuple[str, ...]:
        """The words a verb may begin with when no blank follows it, the longest first."""
        return tuple(sorted(self.verbs, key=len, reverse=True))


def vocabulary(
    verbs: Aliases | None = None,
    statuses: Aliases | None = None,
    outcomes: Aliases | None = None,
    names: Aliases | None = None,
    kinds: Aliases | None = None,
) -> Vocabulary:
    """The language with some aliases; without any, its ids and short forms alone.

    Raises:
        ValueError: An alias that is empty, has two meanings, or is of a verb, state or argument there is not.
    """
    own = {verb.id: [verb.id, *filter(None, [verb.short])] for verb in VERBS}
    states = {status.value: [status.value] for status in Status}
    known = {TICKET.name, *(argument.name for verb in VERBS for argument in verb.arguments)}
    named: dict[str, set[str]] = {name: {name} for name in sorted(known)}
    for name, spellings in (names or {}).items():
        if name not in known:
            raise ValueError(name)
        for word in spellings:
            named.setdefault(_spelled(word), set()).add(name)
    return Vocabulary(
        verbs=_meanings(own, verbs or {}, closed=True),
        statuses=_meanings(states, statuses or {}, closed=True),
        outcomes=_meanings({}, outcomes or {}, closed=False),
        names={word: frozenset(meant) for word, meant in named.items()},
        kinds=_meanings({}, kinds or {}, closed=False),
    )


def _spelled(word: str) -> str:
    spelling = folded(word)
    if not spelling:
        raise ValueError(word)
    return spelling


def _meanings(own: Aliases, more: Aliases, *, closed: bool) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for table in (own, more):
        for meaning, spellings in table.items():
            if closed and meaning not in own:
                raise ValueError(meaning)
            for word in spellings:
                if found.setdefault(_spelled(word), meaning) != meaning:
                    raise ValueError(word)
    return found
