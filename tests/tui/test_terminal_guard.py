"""Nothing stored in a record reaches the terminal as a command."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from aftersales_tui.tui.terminal.guard import GuardedApp, VisibleControls
from tests.tui.terminal_pty import Terminal

BLACK = Color(0, 0, 0)
SINKS = [
    "static",
    "label",
    "linked",
    "input",
    "area",
    "column",
    "cell",
    "option",
    "tree",
    "border",
    "toast",
    "title",
]
"""One word for each place in which the hostile text stands."""


def painted_sinks(app: str, folder: Path) -> bytes:
    with Terminal(app, folder) as terminal:
        return terminal.read_until(lambda painted: all(word.encode() in painted for word in SINKS))


def test_no_widget_hands_an_escape_sequence_of_its_data_to_the_terminal(tmp_path: Path) -> None:
    painted = painted_sinks("GuardedSinks", tmp_path)
    for word in SINKS:
        assert word.encode() in painted
    painted = painted.replace(b"\x1b]22;default\x07", b"")  # Textual's own: the shape of the pointer
    for command in ("\x1b]0;", "\x07", "\x9b", "\u202e"):
        assert command.encode() not in painted


def test_without_the_guard_the_same_app_gives_the_terminal_away(tmp_path: Path) -> None:
    painted = painted_sinks("Sinks", tmp_path)
    assert painted.count(b"\x1b]0;owned") >= 8


def test_a_clean_line_is_handed_on_as_the_same_list() -> None:
    segments = [
        Segment("张三"),
        Segment(" 漏水 \U0001f468\u200d\U0001f469 ", Style(bold=True, link="https://a.example")),
    ]
    assert VisibleControls().apply(segments, BLACK) is segments


@pytest.mark.parametrize(
    "character",
    [
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *"\u061c\u200b\u200e\u202e\u2028\u2066\u2069\ufeff\ud800\udfff",
    ],
)
def test_a_control_character_goes_and_the_width_stays(character: str) -> None:
    text = f"水{character}a"
    (segment,) = VisibleControls().apply([Segment(text)], BLACK)
    assert character not in segment.text
    assert segment.text.startswith("水")
    assert segment.text.endswith("a")
    assert cell_len(segment.text) == cell_len(text)


def test_a_link_cannot_end_its_own_sequence() -> None:
    style = Style(bold=True, link="x\x1b\\\x1b]0;owned\x07")
    (segment,) = VisibleControls().apply([Segment("a", style)], BLACK)
    assert segment.style is not None
    assert segment.style.link == "x\\]0;owned"
    assert segment.style.bold


def test_the_guard_stands_behind_the_stock_filters() -> None:
    filters = GuardedApp[None]().get_line_filters()
    assert isinstance(filters[-1], VisibleControls)
    assert len(filters) > 1
