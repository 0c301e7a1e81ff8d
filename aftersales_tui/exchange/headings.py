"""Which of our columns a foreign heading means, and which of our values a foreign word: ``data/words/headings.toml``.

A heading that is one of the known words is taken; one that is only near to one is a suggestion, and shown as such.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.layouts import LAYOUTS, Shape, taken_in
from aftersales_tui.lexicon.fold import fold
from aftersales_tui.lexicon.near import nearest

How = Literal["", "exact", "near", "told"]
NEAR_ENOUGH = 74.0
"""Of 100; two of three Han characters alike (80) are, two of four (50) are not."""
SHORTEST_NEAR = 2
"""Characters below which everything is near to everything."""
OURS = "!"
"""Begins the headings that we put into a file of refused rows; read in again, they are no columns."""
KNOWN_AS = "!id"
"""The one of them that counts: what a row without an id of its own has become known by, when it went in."""
PLACE = "#"
"""In front of the place of a column, by which it can be named whatever its heading is."""
NOTHING = "-"
"""What a person says of a column that he does not want."""
_MARKS = re.compile(r"[\W_]+")


class Match(NamedTuple):
    """What a column of the file is taken for.

    Attributes:
        heading: As the file has it, made unique.
        column: Ours; empty for one that is left out.
        how: ``exact``, ``near`` for a suggestion, ``told`` by a person, or empty.
    """

    heading: str
    column: str
    how: How


@dataclass(frozen=True, slots=True)
class Headings:
    """The known words.

    Attributes:
        columns: By table: our columns by their folded spelling.
        values: By column: our values by their folded spelling.
        hints: By column: folded words that a heading may have in it which means that column.
    """

    columns: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def match(self, kind: str, headings: Sequence[str], told: Mapping[str, str] = {}) -> tuple[Match, ...]:
        """What each column of a file is taken for.

        Args:
            kind: One of ``LAYOUTS``.
            headings: As the file has them.
            told: Our columns by the file's headings, as a person has said, by any of the column's known words; ``-``
                for one that is left out.

        Raises:
            Invalid: ``import.no_such_heading``, ``import.no_such_column`` for what was told and is not there.
        """
        named = labels(headings)
        said = _told(self.columns[kind], named, told)
        found = {label: Match(label, column, "told" if column else "") for label, column in said.items()}
        taken = {column for column in said.values() if column}
        for label, heading in zip(named, headings, strict=True):
            column = self.columns[kind].get(spelled(heading), "")
            if label not in found and column and (column not in taken or _holds_several(kind, column)):
                found[label] = Match(label, column, "exact")
                taken.add(column)
        for label in named:
            if label.startswith(OURS):
                found[label] = Match(label, "source_id" if label == KNOWN_AS else "", "")
            if label not in found:
                column = self._near(kind, label, taken)
                found[label] = Match(label, column, "near" if column else "")
                taken.add(column)
        return tuple(found[label] for label in named)

    def kind_of(self, headings: Sequence[str]) -> str:
        """The table that a file looks like: the one that knows most of its headings.

        Of two that know as many it is the one that goes in first. A list of customers with their devices could all be
        calls; three hundred open tickets nobody has asked for would be hard to bear.
        """
        spellings = {spelled(label) for label in headings if not label.startswith(OURS)}
        known = {kind: sum(one in words for one in spellings) for kind, words in self.columns.items()}
        return max(known, key=lambda kind: known[kind])

    def likely(self, column: str, headings: Sequence[str]) -> str:
        """The heading that most likely means a column, where none does for sure; empty where there is none at all."""
        for word in self.hints.get(column, ()):
            found = next((heading for heading in headings if word in spelled(heading)), "")
            if found:
                return found
        return headings[0] if headings else ""

    def value(self, column: str, word: str) -> str:
        """Our value for a foreign word; empty when it is not known."""
        return self.values.get(column, {}).get(spelled(word), "")

    def _near(self, kind: str, label: str, taken: Iterable[str]) -> str:
        spelling = spelled(label)
        if len(spelling) < SHORTEST_NEAR:
            return ""
        free = {word: column for word, column in self.columns[kind].items() if column not in taken}
        return free.get(nearest(spelling, free, NEAR_ENOUGH), "")


def labels(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings made unique, so that each can be named: a blank one and a second of a name bear their place."""
    found: list[str] = []
    for place, heading in enumerate(headings, 1):
        label = heading if heading and heading not in found else f"{heading} {PLACE}{place}".strip()
        found.append(label)
    return tuple(found)


def spelled(heading: str) -> str:
    """A heading for the question whether it is the same word."""
    return _MARKS.sub("", fold(heading))


@cache
def load_headings(file: Path) -> Headings:
    """Read the words once.

    Raises:
        Invalid: ``words.unreadable``.
    """
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        columns = {kind: _of_table(kind, told) for kind in LAYOUTS}
        values = {column: _spellings(words) for column, words in told["values"].items()}
        hints = {column: tuple(map(spelled, words)) for column, words in told["likely"].items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise Invalid("words.unreadable", file=file.name, detail=str(error)) from error
    return Headings(columns, values, hints)


def _of_table(kind: str, told: Mapping[str, Any]) -> dict[str, str]:
    """The spellings of one table's columns; a column's own words go before those it has from others."""
    mine = [column.name for column in taken_in(kind)]
    found: dict[str, str] = {}
    for column in mine:
        for word in (column, *told["columns"][column]):
            found.setdefault(spelled(word), column)
    for column, others in told["same"].get(kind, {}).items():
        for word in (word for other in others for word in (other, *told["columns"][other])):
            found.setdefault(spelled(word), column)
    return found


def _spellings(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {
        spelled(word): value for value, spellings in words.items() for word in (value, *spellings) if word
    }


def _told(columns: Mapping[str, str], named: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, column in told.items():
        label = _label(named, heading)
        if not label:
            raise Invalid("import.no_such_heading", given=heading[:60], known=", ".join(named)[:400])
        if column in {"", NOTHING}:
            found[label] = ""
        elif spelled(column) in columns:
            found[label] = columns[spelled(column)]
        else:
            known = tuple(dict.fromkeys(columns.values()))
            raise Invalid("import.no_such_column", given=column[:60], known_columns=known)
    return found


def _label(named: Sequence[str], told: str) -> str:
    """The heading that somebody means: itself, else the one that is spelled so, else by its place: ``#3``."""
    if told in named:
        return told
    spelling = spelled(told)
    if told.startswith(PLACE) and told[1:].isascii() and told[1:].isdigit():
        return named[int(told[1:]) - 1] if 0 < int(told[1:]) <= len(named) else ""
    return next((one for one in named if spelling and spelled(one) == spelling), "")


def _holds_several(kind: str, column: str) -> bool:
    """Whether two columns of a file may go into one of ours without a person saying so: phone and mobile do."""
    return any(one.name == column and one.shape is Shape.MANY for one in taken_in(kind))
