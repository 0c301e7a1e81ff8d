"""What is typed and pasted into a field of one line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events, on
from textual.app import App, ComposeResult
from textual.widgets import Input

from aftersales_tui.tui.terminal.parser import GuardedParser
from aftersales_tui.tui.terminal.pastes import PasteGuard
from aftersales_tui.tui.widgets.line import Line
from tests.tui.terminal_pty import F12, Terminal


class Form(App[None]):
    """One field, and what it said it lost."""

    def __init__(self, make: Callable[[], Input]) -> None:
        super().__init__()
        self.make = make
        self.lost = 0
        self.bells = 0

    def compose(self) -> ComposeResult:
        self.field = self.make()
        yield self.field

    @on(Line.Full)
    def note(self, message: Line.Full) -> None:
        self.lost += message.lost

    def bell(self) -> None:
        self.bells += 1


async def after(make: Callable[[], Input], *typed: events.Event, cursor: int | None = None) -> Form:
    """The form after these were typed or pasted."""
    form = Form(make)
    async with form.run_test() as pilot:
        await pilot.pause()
        if cursor is not None:
            form.field.cursor_position = cursor
        for event in typed:
            form.post_message(event)
            await pilot.pause()
    return form


def key(character: str) -> events.Key:
    return events.Key("some_key", character)


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("漏水\n三楼\r\n\n  right door \n", "漏水 三楼 right door"),
        ("one\u2028two\x0bthree", "one two three"),
        ("name\tphone", "name phone"),
        (" kept ", " kept "),
        ("\x1b]0;owned\x07a\u202eb\u200b", "]0;ownedab"),
        ("\n\n", ""),
    ],
)
async def test_a_paste_lands_whole_on_one_line(pasted: str, shown: str) -> None:
    form = await after(Line, events.Paste(pasted))
    assert form.field.value == shown
    assert form.field.cursor_position == len(shown)


async def test_the_stock_field_keeps_only_the_first_line() -> None:
    assert (await after(Input, events.Paste("漏水\n三楼"))).field.value == "漏水"


async def test_a_paste_goes_in_at_the_cursor() -> None:
    form = await after(lambda: Line("ad"), events.Paste("b\nc"), cursor=1)
    assert form.field.value == "ab cd"
    assert form.field.cursor_position == 4


async def test_the_first_key_after_focus_does_not_wipe_the_field() -> None:
    assert (await after(lambda: Line("张"), key("三"))).field.value == "张三"
    assert (await after(lambda: Input("张"), key("三"))).field.value == "三"


async def test_what_does_not_fit_is_told() -> None:
    form = await after(lambda: Line("ab", max_length=5), events.Paste("cdefg"), key("h"))
    assert form.field.value == "abcde"
    assert form.lost == 3
    assert form.bells == 2


async def test_a_full_field_can_still_be_shortened() -> None:
    assert (
        await after(lambda: Line("abcde", max_length=5), events.Key("backspace", "\x7f"))
    ).field.value == "abcd"


async def test_full_width_digits_become_plain_only_where_asked() -> None:
    typed = "＋８６　１３８"
    assert (await after(lambda: Line(digits=True), events.Paste(typed))).field.value == "+86 138"
    assert (await after(lambda: Line(digits=True), *map(key, "１２："))).field.value == "12:"
    assert (await after(Line, events.Paste("１２："))).field.value == "１２："


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\u3000", " "),
        ("\u00a0", " "),
        ("\U000323af", "\U000323af"),
        ("\x1b", ""),
        ("\x85", ""),
        ("\u202e", ""),
    ],
)
async def test_a_character_unknown_to_python_is_typed_all_the_same(character: str, shown: str) -> None:
    """The wide blank, and a Han character that is newer than Python 3.11."""
    assert (await after(Line, key(character))).field.value == shown


async def test_the_clipboard_of_the_app_takes_the_same_way() -> None:
    form = Form(Line)
    async with form.run_test() as pilot:
        form._clipboard = "a\nb"
        await pilot.press("ctrl+v")
        assert form.field.value == "a b"


def test_a_paste_in_a_terminal_keeps_its_lines(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.type(f"\x1b[200~不制冷\r外机响\x1b[201~!\t2{F12}")
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8")) == ["不制冷 外机响!", "2", ""]


def test_an_escape_in_a_paste_does_not_turn_the_rest_into_keys(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.type(f"\x1b[200~line1\rline2\x1b[31m\tline3\x1b\x1bOQ\x1b[201~!\t2{F12}")
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8")) == ["line1 line2[31m line3OQ!", "2", ""]


@given(
    st.lists(st.sampled_from(["\x1b", "[", "2", "0", "1", "~", "\r", "漏"]), max_size=12).map("".join),
    st.integers(1, 5),
)
def test_a_paste_is_one_paste_wherever_the_terminal_cuts_it(body: str, length: int) -> None:
    body = body.replace("\x1b[201~", "")
    typed = f"a\x1b[A\x1b[200~{body}\x1b[201~b"
    parser = GuardedParser()
    pieces = [typed[at : at + length] for at in range(0, len(typed), length)]
    seen = [message for piece in pieces for message in parser.feed(piece)]
    keys = [message.key for message in seen if isinstance(message, events.Key)]
    assert keys == ["a", "up", "b"]
    (pasted,) = [message.text for message in seen if isinstance(message, events.Paste)]
    assert pasted == body.replace("\x1b", "")


def test_a_key_outside_a_paste_waits_for_nothing() -> None:
    guard = PasteGuard()
    assert [guard(piece) for piece in ("\x1b", "[20", "1~", "\x1b[2", "x")] == [
        "\x1b",
        "[20",
        "1~",
        "\x1b[2",
        "x",
    ]
