"""Phones as people write them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.lexicon.phones import (
    PhoneNumber,
    digits_of,
    looks_like_phone,
    national_digits,
    read_phone,
)

SHOPS = {"CN": "0755", "TW": "02", "HK": "", "US": "212", "DE": "089"}

WRITTEN = [
    ("CN", "13800138000", "+8613800138000", ""),
    ("CN", "138 0013 8000", "+8613800138000", ""),
    ("CN", "138-0013-8000", "+8613800138000", ""),
    ("CN", "１３８００１３８０００", "+8613800138000", ""),
    ("CN", "+86 138 0013 8000", "+8613800138000", ""),
    ("CN", "＋８６－１３８００１３８０００", "+8613800138000", ""),
    ("CN", "0086 13800138000", "+8613800138000", ""),
    ("CN", "8613800138000", "+8613800138000", ""),
    ("CN", "013800138000", "+8613800138000", ""),
    ("CN", "手机：13800138000（老婆）", "+8613800138000", ""),
    ("CN", "88888888", "+8675588888888", ""),
    ("CN", "8888 8888", "+8675588888888", ""),
    ("CN", "0755-88888888", "+8675588888888", ""),
    ("CN", "(0755)8888-8888", "+8675588888888", ""),
    ("CN", "（０７５５）８８８８８８８８", "+8675588888888", ""),
    ("CN", "+86 (0)755 8888 8888", "+8675588888888", ""),
    ("CN", "0755-88888888转802", "+8675588888888", "802"),
    ("CN", "0755-88888888 转 分机 802", "+8675588888888", "802"),
    ("CN", "0755-88888888分机号：802", "+8675588888888", "802"),
    ("CN", "0755-88888888#802", "+8675588888888", "802"),
    ("CN", "0755-88888888-802", "+8675588888888", "802"),
    ("CN", "400-800-1234", "+864008001234", ""),
    ("CN", "010-62345678", "+861062345678", ""),
    ("CN", "00852 2345 6789", "+85223456789", ""),
    ("TW", "0912-345-678", "+886912345678", ""),
    ("TW", "+886 912 345 678", "+886912345678", ""),
    ("TW", "2345-6789", "+886223456789", ""),
    ("TW", "(02)2345-6789", "+886223456789", ""),
    ("TW", "02-2345-6789 分機 12", "+886223456789", "12"),
    ("TW", "02-2345-6789轉12", "+886223456789", "12"),
    ("TW", "04-2345-6789#3", "+886423456789", "3"),
    ("HK", "2345 6789", "+85223456789", ""),
    ("HK", "852-9123 4567", "+85291234567", ""),
    ("HK", "2345 6789 內線 22", "+85223456789", "22"),
    ("US", "(212) 555-0123", "+12125550123", ""),
    ("US", "736-5000", "+12127365000", ""),
    ("US", "1-212-736-5000 ext. 44", "+12127365000", "44"),
    ("US", "212.736.5000x44", "+12127365000", "44"),
    ("US", "1-800-FLOWERS", "+18003569377", ""),
    ("DE", "089 / 636-48018", "+498963648018", ""),
    ("DE", "+49 (0)89 636-48018", "+498963648018", ""),
    ("DE", "0049 89 63648018", "+498963648018", ""),
    ("DE", "0171 1234567", "+491711234567", ""),
    ("DE", "63648018 Durchwahl 12", "+498963648018", "12"),
]


@pytest.mark.parametrize(("country", "typed", "e164", "extension"), WRITTEN)
def test_a_written_form_is_the_number_it_means(country: str, typed: str, e164: str, extension: str) -> None:
    assert read_phone(typed, country, SHOPS[country]) == PhoneNumber(e164, extension, typed, valid=True)


@pytest.mark.parametrize("typed", ["110", "10086", "95588", "1380013800", "88888888"])
def test_a_number_that_cannot_exist_is_kept_as_typed(typed: str) -> None:
    assert read_phone(f" {typed} ", "CN", "") == PhoneNumber(typed, "", typed, valid=False)


@pytest.mark.parametrize("typed", ["", "  ", "张三", "转", "+", "\ud800"])
def test_no_digit_is_no_number(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_phone(typed, "CN", "0755")
    assert caught.value.code == "phone.no_digits"


@given(st.text(max_size=40) | st.from_regex(r"[+0]?[0-9 ()\-#转x]{1,30}", fullmatch=True))
def test_reading_raises_nothing_but_errors_of_the_trade_and_settles(text: str) -> None:
    try:
        phone = read_phone(text, "CN", "0755")
    except DomainError:
        return
    assert digits_of(phone.e164)
    if phone.valid:
        again = read_phone(phone.e164, "CN", "0755")
        assert (again.e164, again.valid) == (phone.e164, True)
    assert national_digits(phone.e164)


@pytest.mark.parametrize(
    "typed", ["13800138000", "0755-8888 8888", "+86 138 0013 8000", "（０７５５）８８８８８８８转8"]
)
def test_looks_like_a_phone(typed: str) -> None:
    assert looks_like_phone(typed)


@pytest.mark.parametrize("typed", ["", "1042", "T-1042", "SN1234567", "张三 13800138000", "14-16", "#1042"])
def test_does_not_look_like_a_phone(typed: str) -> None:
    assert not looks_like_phone(typed)


def test_national_digits_have_neither_country_nor_trunk() -> None:
    assert national_digits("+8675588888888") == "75588888888"
    assert national_digits("+886912345678") == "912345678"
    assert national_digits("10086") == "10086"
    assert national_digits("+0") == "0"


def test_a_cheap_look_loads_no_phone_library() -> None:
    code = (
        "import sys; from aftersales_tui.lexicon.phones import looks_like_phone, digits_of;"
        "looks_like_phone('13800138000'); digits_of('1'); sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
