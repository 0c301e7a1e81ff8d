"""Reads what is to be said on the phone, in the shop's own words, out of ``data/scripts`` (C1, C5)."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact, Question

FILE = "calls.toml"
MANNERS = (
    "greeting", "late", "bad_line", "request", "hold", "hold_over", "far", "callback", "read_back", "closing",
)  # fmt: skip
"""The short prompts, in the order of a call."""
ADDRESSED = ("greeting", "who", "sentence")
"""What is said to somebody whose form of address is known."""
SLIP = ("for_whom", "fault", "when_wanted")
"""The boxes of a message slip that ask for something else than in any other call (C7)."""
Table = dict[str, Any]


class Prompt(NamedTuple):
    """One of the seven questions: the sentence to say, and what a good answer holds."""

    say: str
    good: str


class Script(NamedTuple):
    """What is to be said in one language.

    Attributes:
        department: Named in the greeting behind the company (C5).
        manners: The short prompts by name, in the order of ``MANNERS``.
        questions: The seven.
        asks: The sentence for each of the eight facts that is missing (C2).
        addressed: How a sentence is said to somebody whose form of address 称呼 is known: ``greeting`` and ``who``
            instead of their own sentences, ``sentence`` round any other one (U1).
        slip: What is asked for a message, by the name of the box (C7).
        do_nots: What nobody does on the telephone, each a sentence (C5).
    """

    department: str
    manners: Mapping[str, str]
    questions: Mapping[Question, Prompt]
    asks: Mapping[Fact, str]
    addressed: Mapping[str, str]
    slip: Mapping[str, Prompt]
    do_nots: tuple[str, ...]


@lru_cache(maxsize=8)
def load_script(shipped: Path, own: Path | None = None) -> Script:
    """The script of one language; read once, so a change of the file shows at the next start.

    Args:
        shipped: The folder of the language in ``data/scripts``.
        own: The shop's folder for it; its file wins sentence by sentence and need not exist.

    Raises:
        Invalid: ``script.unreadable`` with the file and what is wrong with it.
    """
    table = _read(shipped / FILE)
    if own is not None and (own / FILE).is_file():
        _lay_over(table, _read(own / FILE), own / FILE)
    try:
        return Script(
            department=str(table["department"]),
            manners=MappingProxyType({name: str(table["manners"][name]) for name in MANNERS}),
            questions=MappingProxyType(
                {question: Prompt(**table["questions"][question.value]) for question in Question}
            ),
            asks=MappingProxyType({fact: str(table["asks"][fact.value]) for fact in Fact}),
            addressed=MappingProxyType({name: str(table["addressed"][name]) for name in ADDRESSED}),
            slip=MappingProxyType({box: Prompt(**table["slip"][box]) for box in SLIP}),
            do_nots=_sentences(table["do_nots"]),
        )
    except (KeyError, TypeError) as error:
        raise Invalid("script.unreadable", file=str(shipped / FILE), detail=str(error)) from error


def _sentences(given: object) -> tuple[str, ...]:
    """A list of sentences, with one in it at least."""
    if not isinstance(given, list) or not given:
        raise TypeError("do_nots")
    return tuple(map(str, given))


def _read(file: Path) -> Table:
    try:
        # An editor on Windows may leave a byte order mark, which is no TOML.
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Invalid("script.unreadable", file=str(file), detail=str(error)) from error


def _lay_over(table: Table, changes: Table, file: Path) -> None:
    """Put the shop's sentences in place of the shipped ones; a name that is not known is a slip of the pen."""
    for name, value in changes.items():
        below = table.get(name)
        if below is None or any(isinstance(below, kind) != isinstance(value, kind) for kind in (dict, list)):
            raise Invalid("script.unreadable", file=str(file), detail=name)
        if isinstance(below, dict):
            _lay_over(below, value, file)
        else:
            table[name] = value if isinstance(value, list) else str(value)
