"""Several texts in one cell, and several fields in one text, so that they come out of it as they went in.

Parts stand behind each other as ``one; other``. A part that holds what parts them, or could be taken for something
else, stands in double quotes, with those inside it doubled: ``"A; B"; C``. A card is a text with what belongs to it in
brackets: ``name (role, form of address)``; its fields are quoted by the same rule.
"""

import re
from collections.abc import Sequence

from aftersales_tui.exchange.layouts import MANY

_SEVERAL = ";；、\r\n|"
_NUMBERS = _SEVERAL + ",，/"
_QUOTED = '"(?:[^"]|"")*"'
_PARTS = re.compile(rf"\s*({_QUOTED})\s*(?=[{_SEVERAL}]|\Z)|([^{_SEVERAL}]+)")
_NUMBER_PARTS = re.compile(rf"\s*({_QUOTED})\s*(?=[{_NUMBERS}]|\Z)|([^{_NUMBERS}]+)")
_IN_QUOTES = re.compile(_QUOTED)
_HEAD, _FIELD = "()（）", "()（）,，"


def quoted(text: str) -> str:
    """A text in double quotes."""
    return '"' + text.replace('"', '""') + '"'


def unquoted(text: str) -> str:
    """The text in the quotes; one that is not wholly quoted as it is."""
    return text[1:-1].replace('""', '"') if _IN_QUOTES.fullmatch(text) else text


def joined(parts: Sequence[str], *, numbers: bool = False) -> str:
    """Several texts as one cell; blank ones are none."""
    return MANY.join(_kept_whole(part, _NUMBERS if numbers else _SEVERAL) for part in parts if part)


def parted(cell: str, *, numbers: bool = False) -> list[str]:
    """The texts of a cell; phone numbers are parted by commas and strokes too."""
    found = (_NUMBER_PARTS if numbers else _PARTS).finditer(cell)
    return [unquoted(one[1]) if one[1] else one[2].strip() for one in found]


def card(head: str, *fields: str) -> str:
    """A text and what belongs to it: ``head (field, field)``; blanks at the end are left out."""
    told = list(fields)
    while told and not told[-1]:
        told.pop()
    first = _kept_whole(head, _HEAD)
    if not told:
        return first
    return f"{first or quoted('')} ({', '.join(_kept_whole(field, _FIELD) for field in told)})"


def card_read(text: str, most: int) -> tuple[str, ...]:
    """The head of a card and ``most`` fields, blank where it tells none; what is no card is a head as it stands."""
    head, at = _taken(text, 0, _HEAD)
    whole = (unquoted(text.strip()), *[""] * most)
    if at >= len(text) or text[at] not in "(（" or not text[:at].strip():
        return whole
    fields: list[str] = []
    while text[at] not in ")）":
        field, at = _taken(text, at + 1, _FIELD)
        fields.append(field)
        if at >= len(text) or text[at] in "(（":
            return whole
    if text[at + 1 :].strip() or len(fields) > most:
        return whole
    return (head, *fields, *[""] * (most - len(fields)))


def _kept_whole(text: str, breaking: str) -> str:
    breaks = any(sign in text for sign in breaking) or text.startswith('"') or text != text.strip()
    return quoted(text) if breaks else text


def _taken(text: str, start: int, stops: str) -> tuple[str, int]:
    """The field that begins here, and where it ends."""
    while start < len(text) and text[start].isspace():
        start += 1
    found = _IN_QUOTES.match(text, start)
    if found:
        behind = len(text) - len(text[found.end() :].lstrip())
        if behind == len(text) or text[behind] in stops:
            return unquoted(found[0]), behind
    end = next((at for at in range(start, len(text)) if text[at] in stops), len(text))
    return text[start:end].strip(), end
