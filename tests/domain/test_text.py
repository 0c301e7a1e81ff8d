"""The one door for untrusted text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.text import clean, narrow, visible

ANYTHING = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from(
        "a1#张\u0301\ufe0f\ufe0e\u200d\u200c\u200b\u202e\ufeff\x1b\x85\r\n\t \u3000👩👧❤\u0915\u094d"
        "\u0628\u1100\u3164"
    ),
    max_size=12,
)


def passed(text: str, *, multiline: bool) -> str | None:
    try:
        return clean(text, 200, "fault", multiline=multiline)
    except DomainError:
        return None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  张三 \u3000", "张三"),
        ("\x1b]0;pwned\x07fridge", "]0;pwnedfridge"),
        ("\x9b31mred", "31mred"),
        ("a\tb", "a b"),
        ("one\r\ntwo\x85three\u2028four", "one two three four"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeff王\u200b五\u00ad", "王五"),
        ("Jose\u0301", "José"),
        ("e\u200b\u0301", "é"),
        ("\u3164", ""),
        ("👩\u200d🔧 ❤\ufe0f 1\ufe0f\u20e3", "👩\u200d🔧 ❤\ufe0f 1\ufe0f\u20e3"),
        ("a\u200db\ufe0fc", "abc"),
        ("\u0646\u0645\u06cc\u200c\u062e\u0648", "\u0646\u0645\u06cc\u200c\u062e\u0648"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ],
)
def test_what_is_stored_of_what_is_typed(typed: str, stored: str) -> None:
    assert clean(typed, 100, "name") == stored


def test_a_field_of_several_lines_keeps_its_lines() -> None:
    assert clean(" one\r\ntwo\tx\u2029\rthree\n", 100, "memo", multiline=True) == "one\ntwo x\n\nthree"


@pytest.mark.parametrize("typed", ["a\x00b", "a\ud800b", "\udcff"])
def test_what_no_store_takes_is_refused_with_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        clean(typed, 100, "name")
    assert (caught.value.code, caught.value.params) == ("text.not_storable", {"field": "name"})


def test_too_long_is_refused_and_never_cut() -> None:
    assert clean(" 12345 ", 5, "name") == "12345"
    with pytest.raises(Invalid) as caught:
        clean("123456", 5, "name")
    assert caught.value.code == "text.too_long"
    assert caught.value.params == {"field": "name", "limit": 5, "length": 6}


@given(ANYTHING, st.booleans())
@example("a\ufe0f\u200d👧", True)
@example("❤\ufe0f\ufe0e\u200d\u200d👧", False)
def test_passing_the_door_twice_changes_nothing_and_no_control_gets_through(
    text: str, multiline: bool
) -> None:
    stored = passed(text, multiline=multiline)
    if stored is None:
        return
    assert passed(stored, multiline=multiline) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not [c for c in stored if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"]
    assert multiline or "\n" not in stored
    assert visible(stored, multiline=True) == stored


@given(ANYTHING)
def test_what_is_shown_has_no_control_and_as_many_characters(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert visible(shown) == shown


def test_controls_are_shown_as_pictures() -> None:
    assert visible("\x1b[2J\x00\x7f\x9b\u202e\ud800") == "\u241b[2J\u2400\u2421\u2426\u2426\u2426"
    assert visible("a\nb\tc") == "a\u240ab\u2409c"
    assert visible("a\nb\tc", multiline=True) == "a\nb\u2409c"
    assert visible("张三 👩\u200d🔧") == "张三 👩\u200d🔧"


def test_only_full_width_ascii_is_narrowed() -> None:
    assert narrow("Ｔ－１０４２　ｗａｎｇ！") == "T-1042 wang!"
    assert narrow("张三，½ ｶ ①") == "张三,½ ｶ ①"
    assert narrow("plain") == "plain"
