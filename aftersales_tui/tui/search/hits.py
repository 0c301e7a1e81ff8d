"""Where in a cell stands what was looked for, so that a short column shows it (``/``)."""

from collections.abc import Sequence
from functools import lru_cache

from aftersales_tui.lexicon.fold import fold
from aftersales_tui.lexicon.grams import asked
from aftersales_tui.tui.widgets.cells import CUT, cell_len, steady

BEFORE = 4
"""Characters shown in front of a hit, where there is room for them."""
_folded = lru_cache(maxsize=4096)(fold)


def sought(words: str) -> tuple[str, ...]:
    """What was typed, folded, with the other spellings that are looked for."""
    return tuple(word for spellings in asked(words) for word in spellings)


def around(cell: str, width: int, words: Sequence[str]) -> str:
    """A cell as it is, or from some characters before its first hit on where its end would hide that.

    Args:
        cell: One line.
        width: Cells of the column, which is what the end is cut by.
        words: Folded.
    """
    text = steady(cell)
    if cell_len(text) <= width or (found := _first(text, words)) is None:
        return cell
    start, end = found
    # The last cell is the mark of what is cut, unless the hit ends the text.
    if cell_len(text[:end]) < width:
        return cell
    begin = max(0, start - BEFORE)
    while begin < start and cell_len(text[begin:end]) > width - 2:
        begin += 1
    while begin > 1 and cell_len(text[begin - 1 :]) < width:
        begin -= 1
    return CUT + text[begin:] if begin else text


def _first(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Where the first hit begins and ends; each character is folded by itself, and may become several."""
    folds = [_folded(sign) for sign in text]
    whole = "".join(folds)
    hits = [(at, at + len(word)) for word in words if word and (at := whole.find(word)) >= 0]
    if not hits:
        return None
    places = [place for place, signs in enumerate(folds) for _ in signs]
    first, last = min(hits)
    return places[first], places[last - 1] + 1
