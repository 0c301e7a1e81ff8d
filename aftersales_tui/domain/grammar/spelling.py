"""Writes a step in its long form, which means the same whatever it was typed as."""

import re
from collections.abc import Iterator

from aftersales_tui.domain.grammar.line import Step
from aftersales_tui.domain.text import narrow

_SAFE = re.compile(r"[\w.+\-]+")


def quoted(text: str) -> str:
    """Text as one word of the language, in quotes where it needs them."""
    if _SAFE.fullmatch(text) and narrow(text) == text:
        return text
    return '"' + "".join(letter * (1 + (narrow(letter) == '"')) for letter in text) + '"'


def spell(step: Step) -> str:
    """The step as ``assign 1042 engineer:wang window:"fri 9-11" ! "knows the house"``."""
    return " ".join(_parts(step))


def _parts(step: Step) -> Iterator[str]:
    yield step.verb.id
    if step.ticket is not None:
        yield step.ticket.text
    yield from (f"{name}:{quoted(piece.text)}" for name, piece in step.given.items())
    if step.override is not None:
        yield f"! {quoted(step.override.text)}"
