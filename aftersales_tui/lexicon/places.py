"""Whether two writings are one address, where one of them leaves out what everybody here knows (C3, C10).

Whoever rings from his own town says street and door; his file has the district before them, or the town behind.
"""

import re

from aftersales_tui.lexicon.fold import address_key, fold

_DISTRICT = re.compile("(?:[省市县州盟旗镇乡]|街道|(?<![小社校厂库景院宅园])区)$")
"""How a leading part ends that may be left out; 小区 is the place itself, and belongs to it."""
_COUNTED = re.compile("[0-9](?:[号栋楼幢座院弄巷层室组队期村路街门户#-]|单元|$)")
"""A number of a door or a street: 3号, unlike that of 四川, which the fold has made 4川."""
_NAMED = re.compile("[^0-9]{2}")
"""A street's name before its number: a door alone is nowhere."""
_PIECES = re.compile("[,;\n]")


def same_place(one: str, other: str, zone: str = "") -> bool:
    """Whether two addresses are one place: equal when folded, or one leaves out province, city, district or zone.

    Numbers decide: where one has a number that the other lacks it is another door.

    Args:
        one: An address, such as that of the file.
        other: Another, such as that which was said.
        zone: The word for the part of town, which need not look like one: 鼓楼, Riverside.
    """
    first, second = address_key(one), address_key(other)
    if not first or not second:
        return False
    if first == second:
        return True
    known = address_key(zone)
    return _led(first, second, known) or _followed(one, other, known)


def _led(first: str, second: str, zone: str) -> bool:
    """Whether both end alike, and what stands before that in one is where it lies; in the other nothing else."""
    alike = 0
    while alike < min(len(first), len(second)) and first[-alike - 1] == second[-alike - 1]:
        alike += 1
    place = first[len(first) - alike :]
    short, long = sorted((first[: len(first) - alike], second[: len(second) - alike]), key=len)
    return (
        _NAMED.match(place) is not None
        and not _COUNTED.search(long)
        and (_DISTRICT.search(long) is not None or bool(zone and long.endswith(zone)))
        and _is_within(short, long)
    )


def _is_within(short: str, long: str) -> bool:
    """Whether the signs of one stand in the other in their order: 南京鼓楼 in 江苏省南京市鼓楼区."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def _followed(one: str, other: str, zone: str) -> bool:
    """Whether one goes on, behind a comma or with the word of its zone, where the other ends: a town, no number."""
    short, long = sorted((_pieces(one), _pieces(other)), key=lambda pieces: sum(map(len, pieces)))
    if long[: len(short)] == short:
        return not any(re.search("[0-9]", piece) for piece in long[len(short) :])
    return bool(zone) and "".join(short) + zone == "".join(long)


def _pieces(text: str) -> list[str]:
    return [key for piece in _PIECES.split(fold(text)) if (key := address_key(piece))]
