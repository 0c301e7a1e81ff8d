"""Text in cells: as wide as every terminal shows it, and folded where a reader would break it."""

import pytest
from wcwidth import wcwidth

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import clean
from aftersales_tui.tui.widgets.cells import cell_len, fit, steady
from aftersales_tui.tui.widgets.lines import folded
from tests.naughty import strings


def test_no_string_is_wider_in_one_terminal_than_in_another() -> None:
    """``wcwidth`` counts each character for itself, as plain terminals do; Rich joins pictures, as new ones do."""
    for text in strings():
        try:
            shown = steady(clean(text, 10_000, "x"))
        except Invalid:
            continue
        assert cell_len(shown) == sum(max(0, wcwidth(one)) for one in shown), ascii(text)
        assert cell_len(fit(shown, 9)) == 9, ascii(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\U0001f468\u200d\U0001f469\u200d\U0001f466", "\U0001f468\U0001f469\U0001f466"),
        ("\u2764\ufe0f 1\ufe0f\u20e3", "\u2764 1\u20e3"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("\U0001f1e8\U0001f1f3", "CN"),
        ("\u0646\u0645\u06cc\u200c\u062e", "\u0646\u0645\u06cc\u200c\u062e"),
        ("张三 [/]", "张三 [/]"),
    ],
)
def test_what_terminals_do_not_agree_on_is_shown_by_its_parts(text: str, shown: str) -> None:
    assert steady(text) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("the quick brown fox", ["the quick", "brown fox"]),
        ("王先生 您好请在家等", ["王先生 您", "好请在家等"]),
        ("一二三四五，六", ["一二三四", "五，六"]),
        ("一二三四五, 六", ["一二三四", "五, 六"]),
        ("一二三四（五六）", ["一二三四", "（五六）"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("\U0001f468\u200d\U0001f469" * 3, ["\U0001f468\U0001f469" * 2 + "\U0001f468", "\U0001f469"]),
        ("one\n\ntwo", ["one", "", "two"]),
    ],
)
def test_a_line_is_broken_where_a_reader_would(text: str, lines: list[str]) -> None:
    assert folded(text, 10) == lines
