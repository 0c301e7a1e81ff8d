"""What the search over everything keeps of a record, and what it looks for when somebody types (issue 3, C3).

A record becomes one folded text, a line for each of its fields, and a set of grams: short pieces of that text. What
is sought is a word of two to some characters anywhere in the text. Its grams name the few records that can hold it,
and those are compared with the text itself, so that an answer is exactly what reading every record would find:

=============================  ==========================================================
each character                 ``张``: the least that is asked for
any two neighbours             ``冰箱``, ``g7``, ``3室``: the most common query is one of them
three neighbours, a-z and 0-9  ``bcd``, ``215``: words and numbers are longer than Han words
four neighbours, 0-9           ``8000``: the last digits of a phone, and a whole one by few and short lists
two neighbours of one mark     ``t·1`` of ``T-1042``, ``3·2`` of ``3-2``, whatever the mark
=============================  ==========================================================

No gram is longer than a scrap of a name or a number, so none tells by itself whom it came from.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow
from aftersales_tui.lexicon.fold import HAN, fold, fold_name
from aftersales_tui.lexicon.phones import digits_of, national_digits, read_phone

LONGEST_QUERY = 80
MOST_WORDS = 8
WORD = 12
"""Letters of a run that may be worth remembering; a sentence without blanks is not."""
LINE = "\n"
"""Between two fields of a text; no word holds one, so none is found across two fields."""
_BETWEEN = re.compile("[、，]")
"""Typed by an input method in place of a blank."""
_RUN = re.compile(r"[^\W_]+")
_PARTS = re.compile("[0-9]+|[a-z]+|[^0-9a-z]+")
_JOINTS = re.compile(r"(?=([^\W_])[^\w\s]([^\W_]))")
_JOINT = "\u00b7"
_PLAIN = re.compile("[0-9a-z]{3,}")
_DIGITS = re.compile("[0-9]{4,}")
_ABROAD = re.compile(r"(?:\+|00)[0-9()\-./]{6,}")
_WHOLE_NUMBER = re.compile(r"\s*(?:\+|00)[1-9](?:[\s()\-./]*[0-9]){8,}\s*")
_TRUNK = re.compile("0+(?=[1-9][0-9]{5})")


def document(lines: Iterable[str], phones: Iterable[str] = (), codes: Iterable[str] = ()) -> str:
    """A record's text, folded: each of its fields once, with the other forms that it is typed in.

    Args:
        lines: Fields of free text.
        phones: Numbers; also found by their bare digits.
        codes: Serials, models, numbers of papers; also found without blanks and marks.
    """
    found: dict[str, None] = {}
    for text in filter(None, lines):
        found[fold(text)] = None
        if "'" in text or "\u2019" in text:
            found[fold_name(text)] = None
    for text in filter(None, phones):
        found |= {fold(text): None, digits_of(text): None}
    for text in filter(None, codes):
        folded = fold(text)
        found |= {folded: None, "".join(filter(str.isalnum, folded)): None}
    found.pop("", None)
    return LINE.join(found)


def grams(text: str) -> set[str]:
    """The grams of a folded text."""
    found = set(map(_JOINT.join, _JOINTS.findall(text)))
    # A run holds every gram but the joints; most runs are words that come again and again.
    found.update(*[_grams_of_word(run) if len(run) <= WORD else _grams_of(run) for run in _RUN.findall(text)])
    return found


def _grams_of(run: str) -> frozenset[str]:
    """The grams of a run of letters and digits."""
    found = {*run, *map(str.__add__, run, run[1:])}
    for word in _PLAIN.findall(run):
        found.update([word[i : i + 3] for i in range(len(word) - 2)])
    if not run.isalpha():
        for number in _DIGITS.findall(run):
            found.update([number[i : i + 4] for i in range(len(number) - 3)])
    return frozenset(found)


_grams_of_word = lru_cache(maxsize=2048)(_grams_of)


@lru_cache(maxsize=1024)
def pieces(word: str) -> tuple[str, ...]:
    """The grams to look for in place of a folded word: few that cover it, for the text itself is compared."""
    joints = dict.fromkeys(map(_JOINT.join, _JOINTS.findall(word)))
    runs = _RUN.findall(word)
    covered = dict.fromkeys(gram for run in runs if len(run) > 1 for gram in _cover(run))
    # A character by itself is in many records; where there is more, it does not help.
    return tuple({**covered, **joints} or dict.fromkeys(runs))


def _cover(run: str) -> Iterator[str]:
    for part in _PARTS.finditer(run):
        text, start = part[0], part.start()
        if len(text) == 1:
            # By itself it says little; with its neighbour it is a gram.
            yield run[start - 1 : start + 1] if start else run[:2]
            continue
        size = 4 if _DIGITS.fullmatch(text) else 3 if _PLAIN.fullmatch(text) else 2
        for i in range(0, len(text) - size + 1, size):
            yield text[i : i + size]
        yield text[-size:]


@cache
def _taiwan() -> tuple[object, object]:
    import opencc

    return opencc.OpenCC("tw2sp"), opencc.OpenCC("s2twp")


def load_scripts() -> None:
    """Load the tables of both scripts ahead of the first word in Han: a twentieth of a second."""
    for table in _taiwan():
        fold(table.convert("\u96fb"))  # type: ignore[attr-defined]


def asked(text: str, country: str = "") -> tuple[tuple[str, ...], ...]:
    """What was typed as folded words, each with its other spellings: one of them must be in the record (OR).

    Words of the other side of the strait are added, never put in their place: 滑鼠 also means 鼠标, and back. Marks
    alone are no word.

    Args:
        text: As typed; blanks part words, all of which must be found.
        country: The shop's, by two letters, to read a number that begins with a country code.
    """
    said = _BETWEEN.sub(" ", text[:LONGEST_QUERY])
    if _WHOLE_NUMBER.fullmatch(narrow(said)):
        # Its country code is no word: a number that was taken down at home has none.
        said = "".join(said.split())
    words = dict.fromkeys(said.split())
    found = (tuple(dict.fromkeys(_spellings(word, country))) for word in list(words)[:MOST_WORDS])
    return tuple(spellings for spellings in found if spellings)


def _spellings(word: str, country: str) -> Iterator[str]:
    own = fold(word)
    plain = "".join(filter(str.isalnum, own))
    if not plain:
        return
    yield own
    if HAN.search(word):
        for table in _taiwan():
            yield fold(table.convert(word))  # type: ignore[attr-defined]
    else:
        yield plain
        yield from _numbers(narrow(word), plain, country)


def _numbers(word: str, digits: str, country: str) -> Iterator[str]:
    """A number as it may be stored: without country code, without the zero before its area code."""
    if not (digits.isascii() and digits.isdigit()):
        return
    if _TRUNK.match(digits):
        yield digits.lstrip("0")
    if country and _ABROAD.fullmatch(word):
        try:
            yield national_digits(read_phone(word, country, "").e164)
        except Invalid:
            return
