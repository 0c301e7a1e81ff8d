"""Phone numbers in every form people write them, turned into the one form that is stored and dialled (C3)."""

import re
from functools import lru_cache
from typing import NamedTuple

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow

_EXTENSION = re.compile(
    r"(?:[转轉]?(?:分机|分機|内线|內線)[号號]?|[转轉接]|#|(?<![a-z])(?:extension|ext|durchwahl|dw|x)\.?)"
    r"[\s:]*([0-9]{1,7})[\s#号號]*$",
    re.IGNORECASE,
)
_HYPHENED = re.compile(r"-([0-9]{1,6})\s*$")
_NOT_DIGIT = re.compile(r"[^0-9]")
_TRUNK_ZERO = re.compile(r"\(0\)")
_WRITTEN = re.compile(r"[\s+0-9().\-/~#]+")
_LOCAL_LENGTHS = (7, 8)
_LEAST_PHONE = 7


class PhoneNumber(NamedTuple):
    """A number as stored.

    Attributes:
        e164: ``+8613800138000``; of an invalid number (a short code, 10086) the bare digits as typed.
        extension: Digits to dial once somebody answers, or an empty string.
        typed: What was typed, for the eyes only.
        valid: Whether the number can exist; the operator may keep one that cannot.
    """

    e164: str
    extension: str
    typed: str
    valid: bool


def digits_of(text: str) -> str:
    """The ASCII digits of a text in order, full-width ones among them."""
    return _NOT_DIGIT.sub("", narrow(text))


def split_extension(text: str, mark: re.Pattern[str] = _EXTENSION) -> tuple[str, str]:
    """A written number in ASCII digits without its extension, and the digits of that (or none)."""
    plain = narrow(text).strip()
    found = mark.search(plain)
    if found and _NOT_DIGIT.sub("", plain[: found.start()]):
        return plain[: found.start()], found[1]
    return plain, ""


def looks_like_phone(text: str) -> bool:
    """Whether this is written like a whole phone number: digits and their punctuation, seven digits or more.

    A cheap look, without the phone library; shorter ones may be ticket numbers or last digits.
    """
    main, _ = split_extension(text)
    return _WRITTEN.fullmatch(main) is not None and len(_NOT_DIGIT.sub("", main)) >= _LEAST_PHONE


def is_written_plainly(text: str) -> bool:
    """Whether nothing but a number and its extension stands there: ``王小姐0912-345-678`` is two things in one."""
    return _WRITTEN.fullmatch(split_extension(text)[0]) is not None


def _candidates(main: str, digits: str, area_code: str) -> list[str]:
    """The forms a number could have been meant in, likeliest first."""
    if "+" in main.partition(digits[0])[0]:
        return [f"+{_NOT_DIGIT.sub('', _TRUNK_ZERO.sub('', main))}"]
    meant = [digits, main]
    area = digits_of(area_code)
    # A local number without its area code can look valid elsewhere, so the shop's own area goes first.
    if area and len(digits) in _LOCAL_LENGTHS and not digits.startswith("0"):
        meant.insert(0, area + digits)
    if digits.startswith("00"):
        meant.append(f"+{digits[2:]}")
    return meant


@lru_cache(maxsize=4096)
def _e164(main: str, country: str, area_code: str) -> str:
    import phonenumbers

    digits = _NOT_DIGIT.sub("", main)
    for form in _candidates(main, digits, area_code):
        try:
            number = phonenumbers.parse(form, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return ""


def read_phone(text: str, country: str, area_code: str) -> PhoneNumber:
    """A phone number out of any written form (C3).

    Args:
        text: As typed or pasted: full-width, grouped, with a trunk zero, a country code, an extension after
            ``转``, ``#`` or ``ext``.
        country: The shop's country by its two letters; a number without a country code is read as one of it.
        area_code: The shop's own area code, put before local numbers of seven or eight digits; may be empty.

    Raises:
        Invalid: ``phone.no_digits`` when there is no digit in it.
    """
    main, extension = split_extension(text)
    digits = _NOT_DIGIT.sub("", main)
    if not digits:
        raise Invalid("phone.no_digits", field="phone")
    e164 = _e164(main, country, area_code)
    if not e164 and not extension:
        # 0755-88888888-802: the third group of a number that is too long is its extension.
        shorter, last = split_extension(main, _HYPHENED)
        e164 = _e164(shorter, country, area_code) if last else ""
        extension = last if e164 else ""
    return PhoneNumber(e164 or digits, extension, text.strip(), bool(e164))


@lru_cache(maxsize=4096)
def national_digits(e164: str) -> str:
    """The digits of a stored number without country code and trunk zero; all of an invalid one."""
    import phonenumbers

    if not e164.startswith("+"):
        return digits_of(e164)
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return digits_of(e164)
    return str(phonenumbers.national_significant_number(number))


@lru_cache(maxsize=4096)
def say_phone(e164: str, country: str) -> str:
    """A stored number grouped for the eye: as dialled inside the country, else with its country code.

    What is no E.164 number comes back as it is.
    """
    if not e164.startswith("+"):
        return e164
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    home = number.country_code == phonenumbers.country_code_for_region(country)
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL))
