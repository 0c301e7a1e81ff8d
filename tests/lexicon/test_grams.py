"""What the search keeps of a text and looks for: every part of a text is found by its grams."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.lexicon.fold import fold
from aftersales_tui.lexicon.grams import asked, document, grams, pieces
from aftersales_tui.lexicon.search_words import FILE, load_search_words
from aftersales_tui.paths import data_dir

MIXED = st.text(alphabet="冰箱不制冷é張三abctv0123456789-./ ", min_size=1, max_size=30)


@given(MIXED, st.integers(0, 29), st.integers(1, 9))
def test_the_grams_of_any_part_are_among_those_of_the_whole(text: str, start: int, length: int) -> None:
    whole = document([text])
    for word in whole[start : start + length].split():
        assert set(pieces(word)) <= grams(whole), word


@given(st.text(max_size=30))
def test_no_gram_tells_more_than_a_scrap(text: str) -> None:
    assert all(1 <= len(gram) <= 4 for gram in grams(fold(text)))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("滑鼠", (("滑鼠", "鼠标"),)),
        ("鼠标", (("鼠标", "滑鼠"),)),
        ("軟體", (("软体", "软件"),)),
        ("软件", (("软件", "软体"),)),
        ("張三 冰箱", (("张三",), ("冰箱",))),
        ("張三，冰箱", (("张三",), ("冰箱",))),
        ("ＢＣＤ－215", (("bcd-215", "bcd215"),)),
        ("O'Brien", (("o'brien", "obrien"),)),
        ("+86 138-0013 8000", (("+86138-00138000", "8613800138000", "13800138000"),)),
        ("075526661234", (("075526661234", "75526661234"),)),
        ("138 0013", (("138",), ("0013",))),
        (" - . ", ()),
        ("", ()),
    ],
)
def test_a_query_means_its_words_in_all_their_spellings(
    query: str, words: tuple[tuple[str, ...], ...]
) -> None:
    assert asked(query, "CN") == words


def test_a_number_and_a_serial_are_found_in_any_written_form() -> None:
    text = document(["Ann O'Brien"], ["138 0013-8000", "+8613800138000"], ["SN 12-34X", "T-1042"])
    for part in (
        "138 0013-8000",
        "13800138000",
        "8613800138000",
        "sn 12-34x",
        "sn1234x",
        "t1042",
        "ann obrien",
    ):
        assert part in text.split("\n"), part
    assert document(["", "a", "a"]) == "a"


def test_words_before_a_colon_narrow_in_every_language() -> None:
    words = load_search_words(data_dir() / "words" / FILE)
    for query in ("ticket:漏水", "漏水 type:ticket", "工单：漏水", "類型：工單 漏水", "漏水 T:"):
        assert words.narrowed(query) == ("ticket", "漏水"), query
    assert words.narrowed("type:what 12:30 漏水") == ("", "type:what 12:30 漏水")


def test_a_list_of_words_that_says_nonsense_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / FILE
    for text in (
        "[kinds",
        "[kinds]\ncall = ['x']\nnote = ['x']\n[narrowing]\ntype = []",
        "[kinds]\ncall = 3",
    ):
        file.write_text(text, "utf-8")
        load_search_words.cache_clear()
        with pytest.raises(Invalid, match=r"words\.unreadable"):
            load_search_words(file)
