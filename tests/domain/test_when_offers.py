"""What helps while a date is typed."""

import pytest

from aftersales_tui.domain.when import suggestions
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "today"),
        ("to", "tomorrow"),
        ("tomorrow ", "tomorrow 9-11"),
        ("tomorrow 1", "tomorrow 14-16"),
        ("Fri a", "Fri afternoon"),
        ("明", "明天"),
        ("明天", "明天下午"),
        ("明天下", "明天下午"),
        ("下", "下周一"),
        ("週", "週五"),
        ("+", "+2h"),
    ],
)
def test_what_can_come_next_is_offered(typed: str, offered: str) -> None:
    found = suggestions(typed, WORDS)
    assert offered in found
    assert len(found) <= 8


def test_a_purchase_date_is_offered_what_lies_behind() -> None:
    assert "去年" in suggestions("去", WORDS, past=True)
    assert "last year" in suggestions("la", WORDS, past=True)


def test_nothing_is_offered_inside_another_word() -> None:
    assert suggestions("contam", WORDS) == ()
