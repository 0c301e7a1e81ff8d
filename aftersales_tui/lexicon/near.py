"""Words that are nearly another: what somebody may have meant by a heading."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], least: float) -> str:
    """The word that is most like another one; empty when none is near enough.

    Args:
        word: Folded like the known ones.
        known: What it may be.
        least: From 0 for nothing in common to 100 for the same.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, tuple(known), scorer=fuzz.ratio, score_cutoff=least)
    return str(found[0]) if found else ""
