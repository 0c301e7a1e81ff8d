"""What an input method commits arrives as it was committed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from textual import constants, events
from textual._xterm_parser import XTermParser

from aftersales_tui.tui import ime
from aftersales_tui.tui.terminal.posix import keyboard_decoder
from tests.tui.terminal_pty import F12, ROOT, Terminal, environment

COMMIT = "洗衣机不脱水了"
KITTY_REQUEST = b"\x1b[>"


def keys_of(*reads: bytes) -> str:
    """What the parser makes of bytes that come in these reads."""
    parser, decode = XTermParser(), keyboard_decoder()
    messages = [message for read in reads if (text := decode(read)) for message in parser.feed(text)]
    assert all(isinstance(message, events.Key) for message in messages)
    return "".join(message.character or "" for message in messages if isinstance(message, events.Key))


def test_a_commit_of_many_characters_in_one_read_arrives_whole() -> None:
    commit = f"{COMMIT}！"
    assert len(commit) == 8
    assert keys_of(commit.encode()) == commit


@pytest.mark.parametrize("cut", range(1, 3 * len(COMMIT)))
def test_a_commit_torn_anywhere_arrives_whole(cut: int) -> None:
    typed = COMMIT.encode()
    assert keys_of(typed[:cut], typed[cut:]) == COMMIT


def test_a_commit_that_comes_byte_by_byte_arrives_whole() -> None:
    assert keys_of(*(bytes([byte]) for byte in "漏水\U00020bb7".encode())) == "漏水\U00020bb7"


def test_in_the_kitty_mode_a_long_commit_is_garbage() -> None:
    points = ":".join(str(ord(character)) for character in COMMIT)
    assert COMMIT not in keys_of(f"\x1b[0;;{points}u".encode())


def test_an_input_method_types_into_a_field(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.type(f"{COMMIT}！\u3000一楼")
        terminal.type(F12)
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8"))[0] == f"{COMMIT}！ 一楼"
        assert KITTY_REQUEST not in terminal.painted


def test_the_kitty_mode_is_asked_for_only_if_the_user_wants_it(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path, {"TEXTUAL_DISABLE_KITTY_KEY": "0"}) as terminal:
        terminal.start()
        assert KITTY_REQUEST in terminal.painted


def prepared(monkeypatch: pytest.MonkeyPatch, platform: str, **given: str) -> dict[str, str]:
    environ = dict(given)
    monkeypatch.setattr("os.environ", environ)
    monkeypatch.setattr("sys.platform", platform)
    ime.prepare_environment()
    return environ


def test_the_environment_is_prepared_but_not_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepared(monkeypatch, "linux") == {"TEXTUAL_DISABLE_KITTY_KEY": "1", "ESCDELAY": "25"}
    assert prepared(monkeypatch, "win32") == {}


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"TEXTUAL_DISABLE_KITTY_KEY": "0", "ESCDELAY": "200"}
    assert prepared(monkeypatch, "darwin", **given) == given


def test_it_is_prepared_without_textual_and_textual_heeds_it() -> None:
    code = (
        "import sys; from aftersales_tui.tui.ime import prepare_environment as go; go();"
        "assert 'textual' not in sys.modules; from textual import constants as c;"
        "assert c.DISABLE_KITTY_KEY; assert c.ESCAPE_DELAY == 0.025"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=True)


def test_textual_still_knows_these_names() -> None:
    assert isinstance(constants.DISABLE_KITTY_KEY, bool)
    assert isinstance(constants.ESCAPE_DELAY, float)
