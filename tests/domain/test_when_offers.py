"""What helps while a date is typed."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import leading, moment, suggestions, window
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)


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


@pytest.mark.parametrize(
    ("text", "rest"),
    [("+2h check drain", "check drain"), ("tomorrow 3pm", ""), ("明天下午3点 检查 排水", "检查 排水")],
)
def test_the_words_behind_a_date_are_left_over(text: str, rest: str) -> None:
    assert leading(text, lambda said: moment(said, NOW, UTC, WORDS))[1] == rest


def test_the_longest_date_is_taken() -> None:
    found, rest = leading(
        "fri 9-11 gate code 7788", lambda said: window(said, NOW, UTC, WORDS, timedelta(hours=2))
    )
    assert (found.start.hour, found.end.hour, rest) == (9, 11, "gate code 7788")


@pytest.mark.parametrize(
    ("text", "code"), [("check drain", "when.not_understood"), ("yesterday x", "when.past")]
)
def test_words_without_a_date_are_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        leading(text, lambda said: moment(said, NOW, UTC, WORDS))
    assert refused.value.code == code
