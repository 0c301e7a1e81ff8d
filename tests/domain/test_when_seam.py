"""Where a date ends and other words begin."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.when import happened, lead, moment, window
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
NOW = datetime(2026, 11, 25, 13, 45, tzinfo=UTC)
COUNTS = "点點时時分日号號月年"


def _is(kind: str, text: str) -> bool:
    try:
        if kind == "moment":
            moment(text, NOW, UTC, WORDS)
        elif kind == "window":
            window(text, NOW, UTC, WORDS, timedelta(hours=2))
        else:
            happened(text, NOW, UTC, WORDS)
    except DomainError as error:
        return error.code != "when.not_understood"
    return True


def parted(text: str, kind: str = "moment") -> tuple[str, str]:
    end = lead(text, lambda said: _is(kind, said), WORDS)
    return text[:end], text[end:]


@pytest.mark.parametrize(
    ("date", "rest"),
    [
        ("+2h", " check drain"),
        ("tomorrow 3pm", ""),
        ("明天下午3点", " 检查 排水"),
        ("明天下午3点", "打给李阿姨"),
        ("周五9-11", "送货"),
        ("明天9点30", "打给她"),
        ("明天", " 一定去"),
        ("+2h", " 13800138000"),
        ("+2h", ' "3 boxes"'),
        ("fri 9-11", " gate code 7788"),
        ("yesterday", " x"),
        ("", "check drain"),
        ("", "一定去"),
    ],
)
def test_the_longest_date_is_parted_from_the_words_behind_it(date: str, rest: str) -> None:
    assert parted(date + rest, "window" if "9-11" in date else "moment") == (date, rest)


@pytest.mark.parametrize(
    "text",
    [
        "11月31日 9点",
        "12月32日",
        "2月30日",
        "明天25点",
        "明天 25点",
        "明天二十五点",
        "明天9点70分",
        "Feb 30 9am",
        "Nov 31",
        "tomorrow 26:00",
        "fri 99",
        "fri 9-25",
        "tomorrow 9 70",
        "周五9-25点",
        "１１月３１日",
        "明天3个人去",
        "14:70",
        "0001-01-01",
        "2026-02-30",
        "13月1日",
        "25:00",
    ],
)
@pytest.mark.parametrize("kind", ["moment", "window"])
def test_a_date_there_is_not_is_never_cut_down_to_another_one(text: str, kind: str) -> None:
    try:
        assert parted(text, kind)[0] == ""
    except Invalid as error:
        assert error.code in {"when.torn", "when.not_understood"}


def test_a_mistyped_clock_is_no_note() -> None:
    with pytest.raises(Invalid) as refused:
        parted("14:70", "happened")
    assert refused.value.code == "when.not_understood"
    assert parted("2 parts swapped", "happened") == ("", "2 parts swapped")


def test_the_refusal_names_what_was_read_and_what_was_not() -> None:
    with pytest.raises(Invalid) as refused:
        parted("fri 99 sharp")
    assert refused.value.code == "when.torn"
    assert refused.value.params == {"date": "fri", "text": "99 sharp"}


SPELLINGS = sorted(word for words in WORDS.spellings.values() for word in words)
PIECES = st.one_of(
    st.sampled_from(SPELLINGS),
    st.integers(0, 3000).map(str),
    st.sampled_from([" ", "-", ":", "/", ".", "+", *COUNTS, "半", "打给她", "note"]),
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join)))
def test_no_number_is_cut_in_two_nor_from_what_it_counts(text: str) -> None:
    def numeral(letter: str) -> bool:
        return letter.isdecimal() or (letter > "z" and letter in WORDS.numbers)

    for kind in ("moment", "window", "happened"):
        try:
            date, rest = parted(text, kind)
        except Invalid as error:
            assert error.code in {"when.torn", "when.not_understood"}
            continue
        if date and rest:
            assert not (numeral(date[-1]) and (numeral(rest[0]) or rest[0] in COUNTS + ":"))
            assert rest.lstrip()[:1] != ":"
            assert _is(kind, date)
