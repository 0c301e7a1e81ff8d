"""Engineers of one name: how they are told apart on the command line."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from aftersales_tui.domain.text import narrow
from aftersales_tui.views.act import StaffView

_NUMBERED = re.compile(r"(?P<name>.*\S)\s*#\s*(?P<place>[1-9][0-9]?)")


def told_apart(people: Sequence[StaffView]) -> Mapping[int, str]:
    """What each may be called by, by his id: his name, or 王强#2 for the second of that name.

    Args:
        people: Everybody who may be meant, in the order in which they came to the shop.
    """
    often, seen = Counter(one.name for one in people), Counter[str]()
    called: dict[int, str] = {}
    for one in people:
        seen[one.name] += 1
        called[one.staff_id] = f"{one.name}#{seen[one.name]}" if often[one.name] > 1 else one.name
    return called


def numbered(text: str) -> tuple[str, int]:
    """The name and the place in 王强#2; place 0 where none was said."""
    found = _NUMBERED.fullmatch(narrow(text).strip())
    return (found["name"], int(found["place"])) if found else (text, 0)
