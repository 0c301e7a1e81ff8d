"""One form for what is written differently."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.lexicon.fold import address_key, fold, serial_key

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("張學友", "张学友"),
        ("ＡＢＣ１２", "abc12"),
        ("Straße", "strasse"),
        ("ＴＣＬ冰箱", "tcl冰箱"),
        ("㎡", "m2"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(HAN, HAN)
def test_the_fold_of_a_beginning_is_the_beginning_of_the_fold(head: str, tail: str) -> None:
    assert fold(head + tail) == fold(head) + fold(tail)


def test_traditional_and_simplified_phrases_meet() -> None:
    assert fold("乾隆大街") == fold("乾") + fold("隆大街")
    assert fold("臺灣") == fold("台湾")
    assert fold("裏") == fold("裡") == fold("里")


SAME = [
    ("科技路三号", "科技路3号"),
    ("科技路３號", "科技路 3 号"),
    ("五栋二十一楼五〇二室", "5栋21楼502室"),
    ("一百零五号", "105号"),
    ("十二号", "12号"),
    ("两千号", "2000号"),
    ("廣東省深圳市，南山區", "广东省 深圳市 南山区"),
    ("12 Main St., Apt 5", "12 main st apt 5"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_address(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12-3", "1-23"), ("3号", "13号"), ("5栋12室", "51栋2室"), ("Main St 1 2", "Main St 12")],
)
def test_another_address(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@given(st.text(max_size=30))
def test_address_and_serial_keys_take_anything_and_hold_no_blanks(text: str) -> None:
    assert not any(c.isspace() for c in address_key(text) + serial_key(text))


def test_a_serial_is_its_letters_and_digits() -> None:
    assert serial_key(" sn-12/ab．３ ") == "SN12AB3"
    assert serial_key("--") == ""


def test_ascii_loads_no_conversion() -> None:
    code = (
        "import sys; from aftersales_tui.lexicon.fold import fold, address_key, serial_key;"
        "fold('Abc'); address_key('12 Main St'); serial_key('sn'); fold('Ｊｏｓé');"
        "sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
