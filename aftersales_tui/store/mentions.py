"""Where others' words tell of a person who is erased, and no id leads there: a note, a memo, a visitor (U4).

His numbers go wherever somebody wrote them, however they are grouped. His name goes with them where it is nobody
else's. Each leaves a mark, so that the rest of the sentence can still be read.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, bindparam, cast, false, or_, select, update

from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.phones import digits_of, national_digits
from aftersales_tui.store.keys import Record
from aftersales_tui.store.queries import people
from aftersales_tui.store.queries.callers import CUSTOMER, named
from aftersales_tui.store.queries.feed import FEED
from aftersales_tui.store.tables import Person, complete
from aftersales_tui.views.mergers import Shared

MARK = "***"
"""Stands where a name or a number stood; it belongs to no language."""
LEAST_DIGITS = 7
"""A shorter number may be anything."""
AT_ONCE = 500
WORDS: Mapping[str, tuple[str, ...]] = {
    "customer": ("note", "quiet"),
    "person": ("note",),
    "address": ("route_note",),
    "note": ("text",),
    "device": ("place", "note"),
    "sale_promise": ("words", "done_words"),
    "ticket": (
        *("caller", "phone", "phone_key", "mobile", "address", "fault", "wanted", "quantity", "when_wanted"),
        *("bought", "cause", "degree", "memo", "for_whom"),
    ),
    "call": ("caller", "phone", "words"),
    "contact": ("whom", "phone", "words"),
    "visit": ("words", "override_reason"),
    "visitor": ("name", "company", "phone", "purpose", "words"),
    "handover_note": ("text", "for_whom"),
    "takeover": ("words",),
}
"""Columns in which somebody may have written of him. What is found by them, as a serial, is another's own."""
NOT_NAMES = frozenset({"address", "place", "product", "model", "zone", "brand", "phone_key"})
"""Here two characters that are a name are more likely a street's or a maker's."""

_PERSON: Any = Person.__table__  # type: ignore[attr-defined]
_SHOP: Any = bindparam("shop")
_GAP = "[ \u3000\u00a0.()\uff08\uff09/\u2010-\u2015\uff0d-]{0,3}"
_DIGIT = "[0-9\uff10-\uff19]"
_GAP_STORED = f"(?:{_GAP.removesuffix('{0,3}')}|\\\\u(?:3000|00a0|ff08|ff09|201[0-5]|ff0d)){{0,3}}"
_UNUSUAL = re.compile(r"[\u00a0\u3000\uff08-\uff19\u2010-\u2015]|\\u(?:3000|00a0|ff0[89d]|ff1\d|201[0-5])")
_SPACE_STORED = r"(?:\s|\\(?:u[0-9a-f]{4}|[a-z]))+"
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_WIDE = {ord("0") + place: 0xFF10 + place for place in range(10)}


@dataclass(frozen=True)
class Mentions:
    """By what a person is known in others' words.

    Attributes:
        numbers: His numbers in E.164 that nobody else has.
        names: His names that nobody else has, and that are more than one word or character.
        longer: Names of others of which his is a part: they stay whole.
        area_code: Of the shop: inside it a number is written without.
        shared: His names and numbers that are left out, and why.
    """

    numbers: frozenset[str]
    names: frozenset[str]
    longer: frozenset[str] = frozenset()
    area_code: str = ""
    shared: tuple[Shared, ...] = ()

    def without(self, text: str, *, names: bool = True) -> str:
        """A text with a mark in the place of each of his numbers, and of his names unless they are to stay."""
        pattern = self._all if names else self._digits
        return pattern.sub(lambda found: found["longer"] or MARK, text) if pattern else text

    def is_number(self, text: str) -> bool:
        """Whether one of his numbers stands in a text."""
        return self._digits is not None and self.without(text, names=False) != text

    def likely(self, column: Any, *, escaped: bool = False) -> ColumnElement[bool]:
        """A condition that lets pass every row whose text may tell of him; ``escaped`` for text of JSON."""
        # Where a part is there the whole may be.
        ends = [
            one for one in self._written if not any(one != end and one.endswith(end) for end in self._written)
        ]
        sought = [[*sign] for number in ends for sign in (number, number.translate(_WIDE))]
        tests = [column.like(like) for like in _likes(sought, escaped)]
        # A blank mark of LIKE in a name lets more rows pass, never fewer.
        tests += [column.ilike(like, escape="\x01") for like in _likes(map(str.split, self.names), escaped)]
        return or_(false(), *tests)

    def may_be_in(self, text: str) -> bool:
        """Whether a text of JSON, as it is stored, may tell of him: to read each as JSON would take much longer."""
        # Mostly digits are digits; only where some sign is written in another way is a slower look worth it.
        unusual = _UNUSUAL.search(text) is not None
        return any(one.search(text) for one in (self._unusual if unusual else self._usual)) or any(
            one.search(text) for one in self._names_stored
        )

    @cached_property
    def _usual(self) -> list[re.Pattern[str]]:
        return [re.compile(_GAP.join(number)) for number in self._written]

    @cached_property
    def _unusual(self) -> list[re.Pattern[str]]:
        signs = [[f"(?:{one}|{_stored(one.translate(_WIDE))})" for one in number] for number in self._written]
        return [re.compile(_GAP_STORED.join(number)) for number in signs]

    @cached_property
    def _names_stored(self) -> list[re.Pattern[str]]:
        # Two patterns that begin with a letter are faster than one that begins with a choice.
        forms = {form: None for name in self.names for form in (name, json.dumps(name)[1:-1])}
        return [re.compile(_SPACE_STORED.join(map(re.escape, form.split())), re.IGNORECASE) for form in forms]

    @property
    def _written(self) -> list[str]:
        """The digits of his numbers as they are dialled, the longest first, without what may stand before them."""
        found, area = set[str](), self.area_code.lstrip("0")
        for number in self.numbers:
            national = national_digits(number)
            found.add(national)
            if area and national.startswith(area):
                found.add(national.removeprefix(area))
        return sorted((one for one in found if len(one) >= LEAST_DIGITS), key=len, reverse=True)

    @cached_property
    def _digits(self) -> re.Pattern[str] | None:
        tests = [self._number(digits) for digits in self._written]
        return re.compile(f"(?P<longer>(?!))|{'|'.join(tests)}") if tests else None

    @cached_property
    def _all(self) -> re.Pattern[str] | None:
        tests = [self._number(digits) for digits in self._written]
        tests += [_name(name) for name in sorted(self.names, key=len, reverse=True)]
        longer = "|".join(_name(name) for name in sorted(self.longer, key=len, reverse=True)) or "(?!)"
        return re.compile(f"(?P<longer>{longer})|{'|'.join(tests)}", re.IGNORECASE) if tests else None

    def _number(self, digits: str) -> str:
        codes = {
            re.escape(whole.removesuffix(digits))
            for number in self.numbers
            if (whole := digits_of(number)).endswith(digits) and whole != digits
        }
        before = f"(?:(?:\\+|00)?{_GAP}(?:{'|'.join(sorted(codes))}){_GAP})?" if codes else ""
        signs = _GAP.join(f"[{digit}{digit.translate(_WIDE)}]" for digit in digits)
        return f"(?<!{_DIGIT}){before}(?:[(\uff08]?[0\uff10]{_GAP})?{signs}(?!{_DIGIT})"


def _stored(text: str) -> str:
    """A pattern of a text as JSON has it, where it keeps to ASCII and where it does not."""
    return f"(?:{re.escape(text)}|{re.escape(json.dumps(text)[1:-1])})"


def _likes(sought: Iterable[list[str]], escaped: bool) -> list[str]:
    forms = [*sought]
    if escaped:
        forms += [[json.dumps(one)[1:-1] for one in words] for words in forms if _is_wide(words)]
    return ["%" + "%".join(words) + "%" for words in forms]


def _is_wide(words: Iterable[str]) -> bool:
    return any(not word.isascii() for word in words)


def _name(name: str) -> str:
    """A name as it stands in a sentence: one in letters is whole words, one in Han stands among others."""
    words = "\\s+".join(map(re.escape, name.split()))
    return words if _HAN.search(name) else f"(?<!\\w){words}(?!\\w)"


def of_person(
    connection: Connection,
    shop_id: int,
    family: Collection[int],
    names: Iterable[str],
    numbers: Iterable[str],
    area_code: str,
) -> Mentions:
    """By what others' words may tell of a person: what is another customer's too, or a colleague's, is left out.

    Args:
        family: The ids of his file and of those that were merged into it.
        names: The names of these.
        numbers: His numbers in E.164.
        area_code: Of the shop.
    """
    colleagues = [one.name for one in people.everybody(connection, shop_id)]

    def others(key: str) -> list[str]:
        return [name for owner, name in named(connection, shop_id, key) if owner not in family]

    known = {}
    for name in sorted(set(filter(None, map(str.strip, names)))):
        key = name_key(name)
        known[name] = _shared(name, [one for one in colleagues if name_key(one) == key] + others(f"n:{key}"))
    own = {name for name, found in known.items() if not found.others and _is_telling(name)}
    dialled = {
        one: _shared(national_digits(one), others(f"p:{digits_of(one)}")) for one in sorted(set(numbers))
    }
    longer = {one for one in _containing(connection, shop_id, family, own) if one not in own}
    longer |= {one for one in colleagues if any(name in one for name in own)}
    staying = [found for name, found in known.items() if name not in own]
    staying += (found for found in dialled.values() if found.others)
    alone = frozenset(number for number, found in dialled.items() if not found.others)
    return Mentions(alone, frozenset(own), frozenset(longer), area_code, tuple(staying))


def _shared(what: str, others: Sequence[str]) -> Shared:
    return Shared(what, others[0] if others else "", len(others))


def _is_telling(name: str) -> bool:
    """Whether a name means somebody: one of a single sign or word may be anything."""
    return len(_HAN.findall(name)) > 1 or len(name.split()) > 1


def _containing(
    connection: Connection, shop_id: int, family: Collection[int], names: Iterable[str]
) -> Iterator[str]:
    """The longer names of others of which one of these is a part."""
    for name in names:
        for table, owner in ((CUSTOMER, CUSTOMER.c.id), (_PERSON, _PERSON.c.customer_id)):
            like = table.c.name.contains(name, autoescape=True)
            others = select(table.c.name).where(table.c.shop_id == _SHOP, like, owner.not_in(family))
            yield from (row[0] for row in connection.execute(others, {"shop": shop_id}))


def visitors(
    connection: Connection, shop_id: int, mentions: Mentions, family: Collection[int]
) -> list[dict[str, Any]]:
    """The visitors who are nobody's by id, and his by their number."""
    complete()
    table = Record.metadata.tables["visitor"]
    unlinked = (
        table.c.shop_id == _SHOP,
        table.c.phone != "",
        or_(table.c.customer_id.is_(None), table.c.customer_id.not_in(family)),
        mentions.likely(table.c.phone),
    )
    rows = connection.execute(select(table).where(*unlinked), {"shop": shop_id}).mappings()
    return [dict(row) for row in rows if mentions.is_number(row["phone"])]


def adopt(connection: Connection, shop_id: int, mentions: Mentions, family: tuple[int, ...]) -> None:
    """Make such visitors the customer's own, so that they go with him."""
    table = Record.metadata.tables["visitor"]
    for row in visitors(connection, shop_id, mentions, family):
        mine = (table.c.shop_id == shop_id, table.c.id == row["id"])
        connection.execute(update(table).where(*mine).values(customer_id=family[0]))


def in_tables(
    connection: Connection,
    shop_id: int,
    mentions: Mentions,
    among: Mapping[str, Collection[int]] | None = None,
) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Every record whose words tell of him: its table, its id, and the words as they may stay.

    Args:
        among: Only records of these ids, by table; else the whole shop is gone through, which takes seconds.
    """
    complete()
    for name, columns in WORDS.items():
        table = Record.metadata.tables[name]
        words: Any = table.c[columns[0]]
        for column in columns[1:]:
            words = words + "\n" + table.c[column]
        told = (table.c.id, *(table.c[column] for column in columns))
        some, key = select(*told).where(table.c.shop_id == _SHOP), told[0]
        if among is None:
            # The fence has the words put together once, not for each of the tests.
            each = select(*told, words.label("together")).where(table.c.shop_id == _SHOP).offset(0).subquery()
            some = select(*(each.c[one.name] for one in told)).where(mentions.likely(each.c.together))
        for row in _read(connection, some, key, shop_id, None if among is None else among.get(name, ())):
            new = {
                column: left
                for column, said in zip(columns, row[1:], strict=True)
                if (left := _left(said, column, mentions)) != said
            }
            if new:
                yield name, row[0], new


def _read(
    connection: Connection, some: Any, key: Any, shop_id: int, among: Collection[int] | None
) -> Iterator[Any]:
    """The rows of a statement: some hundred at a time, so that a large shop's need not all be held at once."""
    if among is None:
        yield from connection.execute(some.execution_options(yield_per=AT_ONCE), {"shop": shop_id})
        return
    ordered = sorted(among)
    chosen = some.where(key.in_(bindparam("among", expanding=True)))
    for start in range(0, len(ordered), AT_ONCE):
        yield from connection.execute(
            chosen, {"shop": shop_id, "among": ordered[start : start + AT_ONCE]}
        ).all()


def _left(text: str, name: str, mentions: Mentions) -> str:
    left = mentions.without(text, names=name not in NOT_NAMES)
    # What a lookup compares is no text: half of it would be found by nobody.
    return "" if left != text and name.endswith("_key") else left


def rewrite(
    connection: Connection, shop_id: int, name: str, record_id: int, words: Mapping[str, str]
) -> None:
    """Put what may stay in the place of a record's words."""
    table = Record.metadata.tables[name]
    new: dict[str, Any] = dict(words)
    if "version" in table.c:
        new["version"] = table.c.version + 1
    mine = (table.c.shop_id == shop_id, table.c.id == record_id)
    connection.execute(update(table).where(*mine).values(**new))


def in_feed(
    connection: Connection, shop_id: int, mentions: Mentions, among: Collection[int] | None = None
) -> Iterator[tuple[int, dict[str, Any], list[dict[str, Any]]]]:
    """Every entry of the feed that tells of him: its place, its params and changes as they may stay.

    Args:
        among: Only entries at these places; else the whole feed is gone through, which takes seconds.
    """
    params, changes = cast(FEED.c.params, Text).label("params"), cast(FEED.c.changes, Text).label("changes")
    some = select(FEED.c.seq, params, changes).where(FEED.c.shop_id == _SHOP)
    if among is None:
        each = some.add_columns((params + changes).label("together")).offset(0).subquery()
        likely = mentions.likely(each.c.together, escaped=True)
        some = select(each.c.seq, each.c.params, each.c.changes).where(likely)
    for seq, *texts in _read(connection, some, FEED.c.seq, shop_id, among):
        if mentions.may_be_in("\n".join(texts)):
            old = tuple(map(json.loads, texts))
            new = (
                {name: _cleaned(name, value, mentions) for name, value in old[0].items()},
                [_change(change, mentions) for change in old[1]],
            )
            if new != old:
                yield seq, *new


def _change(change: Mapping[str, Any], mentions: Mentions) -> dict[str, Any]:
    sides = {
        side: {
            name: _cleaned(name, value, mentions) if name in WORDS.get(change["table"], ()) else value
            for name, value in change[side].items()
        }
        for side in ("before", "after")
        if change[side]
    }
    return {**change, **sides}


def _cleaned(name: str, value: Any, mentions: Mentions) -> Any:
    return _left(value, name, mentions) if isinstance(value, str) else value
