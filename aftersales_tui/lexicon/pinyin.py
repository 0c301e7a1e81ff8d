"""Names as they are typed on a keyboard without Han characters: 张三 as ``zs`` or ``zhangsan`` (C3).

A surname is read in every way it is read as a surname, a given name in its commonest way and a few others:
the operator types what he hears, and whoever took the first call may have heard otherwise.
"""

import os
import re
import unicodedata
from functools import lru_cache
from itertools import chain, product

from aftersales_tui.lexicon.fold import HAN, fold_name

_MOST_WAYS = 8
_WORD = re.compile(f"{HAN.pattern}+|(?:(?!{HAN.pattern})[^\\W_])+")
_UMLAUT = re.compile("(?<=^[ln])v")
_TYPED_UMLAUTS = ("v", "u", "yu")

_READ_AS_SURNAME: dict[str, tuple[str, ...]] = {
    "单": ("shan", "dan"),
    "曾": ("zeng",),
    "仇": ("qiu", "chou"),
    "解": ("xie", "jie"),
    "覃": ("qin", "tan"),
    "查": ("zha", "cha"),
    "区": ("ou", "qu"),
    "朴": ("piao", "pu", "park"),
    "盖": ("ge", "gai"),
    "乐": ("yue", "le"),
    "车": ("che",),
    "折": ("she", "zhe"),
    "翟": ("zhai", "di"),
    "缪": ("miao", "mou"),
    "隗": ("wei", "kui"),
    "冼": ("xian",),
    "洗": ("xian", "xi"),
    "那": ("na",),
    "宁": ("ning",),
    "卜": ("bu", "bo"),
    "薄": ("bo", "bao"),
    "尉": ("wei", "yu"),
    "召": ("shao", "zhao"),
    "祭": ("zhai", "ji"),
    "员": ("yun", "yuan"),
    "种": ("chong", "zhong"),
    "繁": ("po", "fan"),
    "秘": ("bi", "mi"),
    "黑": ("he", "hei"),
    "句": ("gou", "ju"),
    "不": ("fou", "bu"),
    "逄": ("pang",),
    "宿": ("su",),
    "适": ("kuo", "shi"),
    "尉迟": ("yu chi", "wei chi"),
    "万俟": ("mo qi", "wan si"),
    "澹台": ("tan tai",),
    "长孙": ("zhang sun", "chang sun"),
    "单于": ("chan yu", "shan yu"),
}
"""Surnames read otherwise than the dictionary reads the character first, or not in all its ways."""

_READ_ONE_WAY = frozenset("吴朱冯于董邓许沈彭蔡贾丁叶余潘杜夏汪任方石姚陆郝白万汤尹谷俞褚郗柏令俟")
"""Surnames of which the dictionary knows rare readings that no surname has."""

_READ_TWO_WAYS = frozenset("乐行重长朝茜娜晟盛柏伽露绿蔚隽浚禅莘曾翟缪解")
"""Characters of given names that are heard in two ways; of all others only the commonest reading is kept."""


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """All readings of one Han character without tones (ü as ``v``), the commonest first."""
    # Without this the library loads its phrases on import, 40 MB that a name does not need.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0]) if found else ()


def _surname(han: str) -> tuple[int, tuple[str, ...]]:
    """How many characters of a name are its surname, and the ways to read it."""
    for head in (han[:2], han[0]):
        if head in _READ_AS_SURNAME:
            return len(head), _READ_AS_SURNAME[head]
    known = _readings(han[0])
    return 1, known[:1] if han[0] in _READ_ONE_WAY else known


def _ways(han: str) -> list[tuple[str, ...]]:
    """The ways to read a Han name as syllables, likeliest first, at most eight.

    Other readings of the surname come before other readings of the given name.
    """
    length, surnames = _surname(han)
    given = [_readings(character)[: 2 if character in _READ_TWO_WAYS else 1] for character in han[length:]]
    options = [known for known in (surnames, *given) if known]
    picks = sorted(
        product(*(range(len(known)) for known in options)),
        key=lambda pick: (sum(map(bool, pick)), pick[1:], pick[:1]),
    )[:_MOST_WAYS]
    spoken = (" ".join(known[i] for known, i in zip(options, pick, strict=True)) for pick in picks)
    return [tuple(way.split()) for way in spoken if way]


def _latin(word: str) -> str:
    """A word of another script without its accents, as it is typed on a plain keyboard."""
    if word.isascii():
        return word
    bare = (mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", "".join(bare))


@lru_cache(maxsize=512)
def _parts(name: str) -> tuple[tuple[bool, tuple[tuple[str, ...], ...]], ...]:
    """A name cut into Han and other words: whether it is Han, and the ways to say it (later ones: one)."""
    parts: list[tuple[bool, tuple[tuple[str, ...], ...]]] = []
    han_seen = False
    for word in _WORD.findall(fold_name(name)):
        if HAN.match(word):
            ways = _ways(word)[: 1 if han_seen else None]
            han_seen = True
        else:
            ways = [(_latin(word),)] if _latin(word) else []
        if ways:
            parts.append((HAN.match(word) is not None, tuple(ways)))
    return tuple(parts)


def _typed(way: tuple[str, ...]) -> list[str]:
    """A reading as it is typed: 吕 as ``lv``, ``lu`` or, as in a passport, ``lyu``."""
    forms = ("".join(_UMLAUT.sub(umlaut, syllable) for syllable in way) for umlaut in _TYPED_UMLAUTS)
    return list(dict.fromkeys(forms))


def initials(name: str) -> frozenset[str]:
    """The first letters of the syllables or words of a name, in every likely reading (C3).

    张三 gives ``zs``, 单雄信 ``sxx`` and ``dxx``, John Smith ``js``. Empty when the name has nothing to read.
    """
    ways = product(*(part for _, part in _parts(name)))
    return frozenset("".join(syllable[0] for syllable in chain(*way)) for way in ways) - {""}


def spellings(name: str) -> frozenset[str]:
    """A name in pinyin without tones and blanks, in every likely reading; other words in lower case (C3).

    张三 gives ``zhangsan``, 吕 ``lv``, ``lu`` and ``lyu``, John Smith ``johnsmith``, ``john`` and ``smith``.
    """
    forms = [[form for way in ways for form in (_typed(way) if han else way)] for han, ways in _parts(name)]
    whole = ("".join(chosen) for chosen in product(*forms))
    return frozenset(chain(whole, *forms)) - {""}


def spelling(name: str) -> str:
    """The likeliest of the spellings, for finding a name by its sound: 张叁 sounds like 张三."""
    return "".join(syllable for _, ways in _parts(name) for syllable in ways[0])


def sounds(name: str) -> str:
    """What a name may be typed as: initials and spellings, blank between."""
    return " ".join(sorted(initials(name) | spellings(name)))
