"""How alike two names or two addresses are: by their characters and by their sound (U4).

Characters alone would miss 张三 and 张叁, which whoever took the calls has heard as one name.
"""

import re

from aftersales_tui.lexicon.fold import address_key, fold_name
from aftersales_tui.lexicon.pinyin import spelling

ALL = 100
"""Two that are the same."""
_NUMBER = re.compile("[0-9]+")


def name_likeness(one: str, other: str) -> int:
    """How alike two names are, from 0 to 100: the better of their characters and their pinyin.

    The order of words does not count (Smith John); nothing is like a name that has nothing to read.
    """
    from rapidfuzz import fuzz

    first, second = fold_name(one).strip(), fold_name(other).strip()
    if not first or not second:
        return 0
    written = fuzz.token_sort_ratio(first, second)
    sounds = spelling(first), spelling(second)
    spoken = fuzz.ratio(*sounds) if all(sounds) else 0.0
    return round(max(written, spoken))


def address_likeness(one: str, other: str) -> int:
    """How alike two addresses are, from 0 to 100, both folded: 三号 is 3号, and one may leave out the district.

    House numbers decide: where neither has all the numbers of the other it is another door, however alike the rest.
    """
    from rapidfuzz import fuzz

    first, second = address_key(one), address_key(other)
    if not first or not second:
        return 0
    if first == second:
        return ALL
    ours, theirs = set(_NUMBER.findall(first)), set(_NUMBER.findall(second))
    if not (ours <= theirs or theirs <= ours):
        return 0
    # Without a number a part of an address is no more than a street.
    numbered = bool(ours and theirs)
    return round(fuzz.partial_ratio(first, second) if numbered else fuzz.ratio(first, second))
