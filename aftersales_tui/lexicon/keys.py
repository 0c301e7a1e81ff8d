"""What a customer or a device is found by, and what to look for when somebody types (C3).

Every key is one row of text with a letter for its kind in front, so that one index serves all:

====  ==========================  =========================================
n     folded name, each word      ``n:张三``
i     initials                    ``i:zs``
y     pinyin                      ``y:zhangsan``
p     phone with country code     ``p:8613800138000``
q     phone as dialled at home    ``q:13800138000``
r     the same phone backwards    ``r:0008310083168``: found by its last digits
s     serial                      ``s:SN12``
t     the same serial backwards   ``t:21NS``
====  ==========================  =========================================

Store and comparison must order by code point (SQLite BINARY, PostgreSQL ``COLLATE "C"``).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow
from aftersales_tui.lexicon.fold import HAN, fold_name, serial_key
from aftersales_tui.lexicon.phones import (
    digits_of,
    looks_like_phone,
    national_digits,
    read_phone,
    split_extension,
)
from aftersales_tui.lexicon.pinyin import initials, spelling, spellings

_LEAST_LAST_DIGITS = 3
_MOST_TICKET_DIGITS = 8
_LEAST_SERIAL_DIGITS = 5
_LONGEST_INITIALS = 5
_LONGEST_QUERY = 64
_LAST_CODE_POINT = 0x10FFFF

_MARKS = re.compile(r"[\W_]+")
_BESIDE_HAN = re.compile(f"(?<={HAN.pattern}) | (?={HAN.pattern})")
_WRITTEN_TICKET = re.compile(r"(?:#\s*|[tT]\s*[-#]?\s*)([0-9]{1,8})")
_WRITTEN_PHONE = re.compile(r"(?=[^0-9]*[0-9])[\s+0-9().\-/]+")
_MOBILE_OR_TRUNK = re.compile(r"0|1[3-9]")
_HAS_LETTER = re.compile("[A-Za-z]")
_UMLAUT = re.compile("(?<=[ln])ü")
_LETTERS = re.compile(r"[a-z][a-z' \-]*")
_SERIAL = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9 ./_\-]+")


class Probe(NamedTuple):
    """One range of keys to look through.

    Attributes:
        prefix: Kind and beginning; the range ends before ``next_prefix(prefix)``.
        exact_first: Whether a key equal to the prefix is a better find than one that goes on.
    """

    prefix: str
    exact_first: bool


class TicketNumber(NamedTuple):
    """The number of a ticket as typed, without its letter: 1042 of ``T-1042``."""

    number: int


def name_key(name: str) -> str:
    """A name folded, its marks and blanks made single blanks, none of them beside a Han character."""
    return _BESIDE_HAN.sub("", _MARKS.sub(" ", fold_name(name)).strip())


def _name_keys(name: str) -> set[str]:
    whole = name_key(name)
    if not whole:
        return set()
    names = {whole, *(word for word in HAN.sub(" ", whole).split() if len(word) > 1)}
    keys = {f"n:{word}" for word in names}
    keys |= {f"i:{letters}" for letters in initials(name)}
    return keys | {f"y:{sounds}" for sounds in spellings(name) - names}


def _phone_keys(typed: str, country: str, area_code: str) -> set[str]:
    try:
        phone = read_phone(typed, country, area_code)
    except Invalid:
        return set()
    digits, national = digits_of(phone.e164), national_digits(phone.e164)
    keys = {f"p:{digits}", f"q:{national}", f"r:{digits[::-1]}"}
    area = digits_of(area_code).lstrip("0")
    # People of the same town say their number without the area code, and may begin at its beginning.
    if phone.valid and area and national.startswith(area):
        keys.add(f"q:{national.removeprefix(area)}")
    return keys


def customer_keys(name: str, phones: Iterable[str], country: str, area_code: str) -> frozenset[str]:
    """Everything a customer can be found by.

    Args:
        name: As stored.
        phones: Numbers in any written form, stored ones (E.164) included; one without digits has no key.
        country: The shop's country, two letters.
        area_code: The shop's own area code; may be empty.
    """
    found = _name_keys(name)
    for typed in phones:
        found |= _phone_keys(typed, country, area_code)
    return frozenset(found)


def device_keys(serial: str) -> frozenset[str]:
    """What a device is found by: its serial from either end; nothing when it has none."""
    key = serial_key(serial)
    return frozenset({f"s:{key}", f"t:{key[::-1]}"}) if key else frozenset()


def _number_probes(typed: str) -> list[Probe | TicketNumber]:
    """For digits alone: beginning of a phone or its last digits, a ticket, a serial."""
    main = typed.replace("(0)", "") if "+" in typed else typed
    digits = digits_of(main)
    if not digits or "+" in main:
        return [Probe(f"p:{digits}", True)] if digits else []
    home, abroad = digits.removeprefix("0"), digits.removeprefix("00")
    begins: list[Probe | TicketNumber] = [Probe(f"q:{home}", True)] if home else []
    if abroad and not abroad.startswith("0"):
        begins.append(Probe(f"p:{abroad}", True))
    ends = [Probe(f"r:{digits[::-1]}", False)] if len(digits) >= _LEAST_LAST_DIGITS else []
    ordered = [*begins, *ends] if _MOBILE_OR_TRUNK.match(digits) else [*ends, *begins]
    if typed.isdigit() and len(digits) <= _MOST_TICKET_DIGITS:
        ordered.append(TicketNumber(int(digits)))
    if len(digits) >= _LEAST_SERIAL_DIGITS:
        ordered += _serial_probes(digits)
    return ordered


def _serial_probes(typed: str) -> list[Probe | TicketNumber]:
    key = serial_key(typed)
    found: list[Probe | TicketNumber] = [Probe(f"s:{key}", True)] if key else []
    if len(key) >= _LEAST_LAST_DIGITS:
        found.append(Probe(f"t:{key[::-1]}", False))
    return found


def _letter_probes(typed: str) -> list[Probe | TicketNumber]:
    """For Latin letters alone: initials, pinyin or a name; letters without a vowel are initials."""
    letters = "".join(filter(str.isalpha, typed))
    sound, short = Probe(f"y:{letters}", True), Probe(f"i:{letters}", True)
    name = Probe(f"n:{name_key(typed)}", True)
    if not set(letters) & set("aeiouv"):
        return [short, sound, name]
    return [sound, name, short] if len(letters) <= _LONGEST_INITIALS else [sound, name]


def _name_probes(typed: str) -> list[Probe | TicketNumber]:
    key = name_key(typed)
    found: list[Probe | TicketNumber] = [Probe(f"n:{key}", True)] if key else []
    # Heard over a line, 张 and 章 are one: from two characters on the sound is worth a look.
    sound = spelling(key) if len(HAN.findall(key)) > 1 else ""
    return [*found, Probe(f"y:{sound}", True)] if sound else found


def probes(text: str) -> tuple[Probe | TicketNumber, ...]:
    """Where to look for what has been typed so far, the likeliest place first; nothing for nothing (C3).

    Loads no library for ASCII text, so that it may run at every key.
    """
    typed = narrow(text.strip()[:_LONGEST_QUERY])
    ticket = _WRITTEN_TICKET.fullmatch(typed)
    if ticket:
        number = TicketNumber(int(ticket[1]))
        return (number,) if typed.startswith("#") else (number, *_serial_probes(typed))
    main = split_extension(typed)[0] if looks_like_phone(typed) else typed
    if _WRITTEN_PHONE.fullmatch(main):
        # 5551234x12 may as well be a serial number.
        spelled = _serial_probes(typed) if _HAS_LETTER.search(typed) else ()
        return (*_number_probes(main.strip()), *spelled)
    letters = _UMLAUT.sub("v", typed.lower())
    if _LETTERS.fullmatch(letters):
        return tuple(_letter_probes(letters))
    if _SERIAL.fullmatch(typed):
        return (*_serial_probes(typed), *_name_probes(typed))
    return tuple(_name_probes(typed))


def next_prefix(prefix: str) -> str:
    """The smallest string above every string that begins with ``prefix``, by code point.

    Raises:
        ValueError: If there is none, for an empty prefix; a probe's prefix never is.
    """
    head = prefix.rstrip(chr(_LAST_CODE_POINT))
    if not head:
        raise ValueError(prefix)
    following = ord(head[-1]) + 1
    # Surrogates are no characters: no store takes one, and none can be compared there.
    return head[:-1] + chr(0xE000 if 0xD800 <= following <= 0xDFFF else following)
