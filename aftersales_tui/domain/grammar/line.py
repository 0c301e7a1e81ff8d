"""What was typed, taken apart: steps of a line with raw slices of their arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aftersales_tui.domain.grammar.verbs import Argument, Verb

CURRENT = "."
"""Stands for the ticket in hand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line.

    Attributes:
        text: As typed; without its quotes, and in narrow letters where it is not free text.
        start: Where it begins in the line.
        end: Behind its last character.
    """

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One verb with what it was told.

    Attributes:
        ticket: Its number, or ``.``; none where it was left out.
        given: The arguments by name.
        override: The reason behind ``!``; none without it.
        glued: Whether the first argument begins with the sign that is the verb: ``+13800138000``.
    """

    verb: Verb
    ticket: Piece | None = None
    given: Mapping[str, Piece] = field(default_factory=dict)
    override: Piece | None = None
    glued: bool = field(default=False, compare=False)

    @property
    def number(self) -> int | None:
        """The ticket's number; none for the one in hand."""
        return None if self.ticket is None or self.ticket.text == CURRENT else int(self.ticket.text)

    def text(self, name: str) -> str:
        """What an argument was told; empty for nothing."""
        piece = self.given.get(name)
        return "" if piece is None else piece.text


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that fits where the cursor stands.

    Attributes:
        prefix: What of it is typed already.
        start: Where that begins in the line.
    """

    argument: Argument
    prefix: str
    start: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands in the language.

    Attributes:
        slots: What fits here, the likeliest first; empty where nothing does.
        step: The step so far; none before its verb is known.
        end: Where what is being typed ends.
    """

    slots: tuple[Slot, ...]
    step: Step | None
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line.

    Attributes:
        steps: In order.
        asks: Where ``?`` stands: nothing is done, what fits there is listed.
    """

    steps: tuple[Step, ...]
    asks: Place | None = None
