"""Different writings of one thing brought to one form, for comparing and finding, never for showing.

Each character is folded by itself, without looking at its neighbours: the fold of a beginning is then the
beginning of the fold, so that what has been typed so far finds what will be typed. (OpenCC's phrases would
keep 乾 in 乾隆 and change it elsewhere.)
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HAN = re.compile(f"[{_HAN}]")
"""One Han character."""

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}{''.join(_TENS)}]+")
_APOSTROPHE = re.compile("(?<=[a-z])['\u2019\u02bc](?=[a-z])")
_BETWEEN = re.compile(r"[\W_]+")


@cache
def _t2s() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


class _Simplified(dict[int, str]):
    """A translation table that asks OpenCC once for each Han character it meets."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = _t2s()(character) if HAN.match(character) else character
        return self[code]


_simplified = _Simplified()


def fold(text: str) -> str:
    """Text without differences of width, case and 简/繁, for both sides of a comparison (C3)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return plain.translate(_simplified)


def fold_name(name: str) -> str:
    """A name folded; an apostrophe joins what it stands between, as O'Brien is typed by most."""
    return _APOSTROPHE.sub("", fold(name))


def _arabic(numeral: re.Match[str]) -> str:
    """A Chinese numeral in digits: place by place (五〇二), or with its tens (二十一) when it has any."""
    signs = numeral[0]
    if not any(sign in _TENS for sign in signs):
        return "".join(str(_DIGITS[sign]) for sign in signs)
    total = digit = 0
    for sign in signs:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return str(total + digit)


def _joint(gap: re.Match[str]) -> str:
    """What remains of a blank or a mark: a hyphen where it keeps two numbers apart (12-3 is not 1-23)."""
    before, after = gap.string[: gap.start()][-1:], gap.string[gap.end() :][:1]
    return "-" if before.isdigit() and after.isdigit() else ""


def address_key(text: str) -> str:
    """An address for the question "same place?" (C10): folded, no blanks or marks, 三号 written 3号."""
    return _BETWEEN.sub(_joint, _NUMERAL.sub(_arabic, fold(text)))


def serial_key(text: str) -> str:
    """A serial number for the question "same device?" (C3, C10): capitals and digits, however grouped."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, plain.upper()))
