"""Many ids in few characters: each as what it is more than the one before, in base 36."""

from collections.abc import Iterable, Iterator

MOVED = "moved"
"""Where a change of the feed keeps the ids of the records that it has moved, all at once."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def packed(ids: Iterable[int]) -> str:
    """Ids as text, in rising order; ids are time-ordered, so that neighbours have much in common."""
    return " ".join(_steps(sorted(ids)))


def unpacked(text: str) -> list[int]:
    """The ids that ``packed`` was given, in rising order."""
    ids, last = [], 0
    for word in text.split():
        last += int(word, 36)
        ids.append(last)
    return ids


def _steps(ids: list[int]) -> Iterator[str]:
    last = 0
    for one in ids:
        yield _base36(one - last)
        last = one


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, place = divmod(number, len(_DIGITS))
        digits = _DIGITS[place] + digits
    return digits or "0"
