"""Text that was made to harm: the sets from outside where they lie beside the checkout, and our own everywhere."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from tests.imports.shared import NAUGHTY, SHARED

OWN = (
    "\x1b]0;owned\x07",
    "\x1b[31mred\x1b[2J",
    "\x1bP1$tx\x1b\\",
    "\x9b31m\x90q\x9c",
    "a\x00b",
    "\ud800 alone",
    "\u202eabc\u2066def",
    "[bold]x[/]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]x",
    "one\r\ntwo\u2028three\x85four\tfive",
    "=1+1",
    "@SUM(1)",
    "-2+3+cmd|' /C calc'!A0",
    "{name} %s %(x)d $HOME `id`",
    "' OR 1=1; DROP TABLE ticket; --",
    '"quoted" \\back\\slash',
    "../../../etc/passwd",
    "e\u0301\u0302\u0303\u0304 z\u0336\u0337",
    "\u200bzero\u200d\ufeff\u00adwidth\u3164",
    "\U0001f469\u200d\U0001f527 \u2764\ufe0f \U0001f1e8\U0001f1f3 1\ufe0f\u20e3",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u5f20\u4e09\uff08\u5bb6\uff09\U00020000\u3000\uff1dSUM(A1)",
    "\ufdfd \u0e14\u0e49\u0e49\u0e49",
    "-",
    "null",
    "NaN",
    "1e999",
    "   ",
)
BETWEEN = " + "
"""Stands between the strings of a pack; no cleaning joins anything across it."""


@cache
def strings() -> tuple[str, ...]:
    """Every string there is."""
    if not SHARED.is_dir():
        return OWN
    told: list[str] = json.loads((NAUGHTY / "blns.json").read_text("utf-8"))
    payloads = (NAUGHTY / "csv-injection-payloads.txt").read_text("utf-8").splitlines()
    return (*OWN, *told, *payloads)


def in_files() -> tuple[str, ...]:
    """Those that a file in UTF-8 can hold: all without a lone surrogate."""
    return tuple(text for text in strings() if not any("\ud800" <= c <= "\udfff" for c in text))


@cache
def kinds() -> tuple[str, ...]:
    """One string of each kind: of which kinds of characters it is, whether it begins a formula, brackets, lines.

    The sets hold a script tag in two hundred spellings, which no code of ours can tell apart.
    """
    found: dict[object, str] = {}
    for text in strings():
        odd = {unicodedata.category(c) for c in text if not (c.isascii() and c.isalnum())}
        # Of controls and marks it matters which; punctuation is punctuation.
        told = frozenset(one if one[0] in "CM" else one[0] for one in odd)
        found.setdefault((told, text[:1] in set("=+-@\t"), "[" in text, "\n" in text), text)
    return tuple(found.values())


def packed(limit: int, texts: Sequence[str]) -> Iterator[str]:
    """The strings, several at once, as many as a field holds; a longer one in pieces.

    What no store takes goes alone, or whatever stands beside it would be refused with it.
    """
    pack = ""
    for text in texts:
        if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
            yield text[:limit]
            continue
        for start in range(0, len(text), limit):
            piece = text[start : start + limit]
            if len(pack) + len(BETWEEN) + len(piece) > limit:
                yield pack
                pack = piece
            else:
                pack += (BETWEEN if pack else "") + piece
    yield pack
