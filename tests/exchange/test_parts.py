"""Several texts in one cell come out of it as they went in, and what people write by hand is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_tui.exchange.parts import card, card_read, joined, parted

WORDS = st.text(st.sampled_from("a王 ;；、|,，/()（）\"'="), min_size=1).map(str.strip).filter(bool)


@given(st.lists(WORDS, max_size=4), st.booleans())
def test_any_texts_come_out_of_their_cell_as_they_went_in(texts: list[str], numbers: bool) -> None:
    assert parted(joined(texts, numbers=numbers), numbers=numbers) == texts


@given(st.lists(st.tuples(st.just("") | WORDS, st.just("") | WORDS, st.just("") | WORDS), max_size=3))
def test_any_cards_come_out_of_their_cell_as_they_went_in(cards: list[tuple[str, str, str]]) -> None:
    told = [one for one in cards if any(one)]
    assert [card_read(text, 2) for text in parted(joined([card(*one) for one in told]))] == told


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("张三(使用人)", ("张三", "使用人", "")),
        ("张三（使用人，王女士）", ("张三", "使用人", "王女士")),
        ("O'Neil", ("O'Neil", "", "")),
        ('19" rack (left', ('19" rack (left', "", "")),
        ("a (b) c", ("a (b) c", "", "")),
        ("a (b, c, d)", ("a (b, c, d)", "", "")),
        ("(b)", ("(b)", "", "")),
    ],
)
def test_what_people_write_is_a_card_where_it_looks_like_one(written: str, read: tuple[str, ...]) -> None:
    assert card_read(written, 2) == read
