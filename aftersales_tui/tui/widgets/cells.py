"""Text in terminal cells: a Han character takes two of them, whatever ``len`` says."""

import re

from rich.cells import cell_len, set_cell_size

CUT = "~"
"""Marks text that goes on; one cell wide in every terminal."""
# Compiled when it is first met: nearly all text has none of them.
_UNSTEADY = (
    "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]"  # picture or letter, colour of skin, halves of flags
    "|\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"  # joins two pictures to one
)
_FLAG = 0x1F1E6


def _stand_in(found: re.Match[str]) -> str:
    half = ord(found[0]) - _FLAG
    return chr(ord("A") + half) if 0 <= half < 26 else ""


def steady(text: str) -> str:
    """Text as wide in one terminal as in the next: a family as its people, a flag as its letters.

    Terminals do not agree on how many cells a picture takes that is put together from several, and a line that is
    longer than it was reckoned pushes its columns out of place.
    """
    return text if text.isascii() else re.sub(_UNSTEADY, _stand_in, text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text in exactly ``width`` cells, steady: padded, or cut with a mark where it is too long."""
    if width <= 0:
        return ""
    text = steady(text)
    wide = cell_len(text)
    if wide > width:
        return set_cell_size(text, width - 1) + CUT
    return " " * (width - wide) + text if right else text + " " * (width - wide)


__all__ = ["CUT", "cell_len", "fit", "steady"]
