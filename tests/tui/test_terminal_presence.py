"""Without a terminal there is a sentence, not an app that runs on for ever."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.i18n import can_be_written, say
from aftersales_tui.tui.terminal.presence import require_terminal
from tests.tui.terminal_pty import ROOT, command, environment

ASK = """
import sys
from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.tui.terminal.presence import require_terminal
try:
    require_terminal()
except Unavailable as error:
    assert error.code == "terminal.none"
    sys.exit(2)
finally:
    assert "textual" not in sys.modules
"""
STREAMS = ["stdin", "stdout", "stderr"]


def asked(streams: dict[str, int]) -> int:
    """The exit status of a process that asks with these three streams."""
    process = subprocess.Popen([sys.executable, "-c", ASK], cwd=ROOT, env=environment(), **streams)  # type: ignore[call-overload]
    return int(process.wait(20))


def test_with_a_terminal_on_all_three_it_goes_on() -> None:
    master, line = os.openpty()
    assert asked(dict.fromkeys(STREAMS, line)) == 0
    os.close(master)
    os.close(line)


@pytest.mark.parametrize("piped", STREAMS)
def test_one_that_is_no_terminal_is_refused(piped: str) -> None:
    master, line = os.openpty()
    assert asked(dict.fromkeys(STREAMS, line) | {piped: subprocess.DEVNULL}) == 2
    os.close(master)
    os.close(line)


def test_a_closed_stream_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdin__", None)
    with pytest.raises(Unavailable):
        require_terminal()


def test_one_that_cannot_show_the_screens_is_refused_in_a_language_it_can_show() -> None:
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "AFTERSALES_LANGUAGE": "zh_CN"}
    for told, words in (({"TERM": "dumb"}, "TERM=dumb"), (narrow, "not UTF-8")):
        master, line = os.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "aftersales_tui"], cwd=ROOT, env=environment(told),
            stdin=line, stdout=line, stderr=line,
        )  # fmt: skip
        assert process.wait(20) == 2
        os.close(line)
        said = os.read(master, 4096)
        os.close(master)
        assert words.encode() in said
        assert b"\\u" not in said
        assert said.count(b"English is spoken here") == (told is narrow)


def test_the_refusal_is_a_sentence() -> None:
    assert say("error.terminal.none") != "error.terminal.none"


def test_an_encoding_has_a_language_or_has_not() -> None:
    known = [
        ("zh_CN", "ascii", False), ("en", "ascii", True), ("zh_CN", "gbk", True), ("zh_CN", "big5", False),
        ("zh_TW", "big5", True), ("zh_TW", "UTF-8", True), ("zh_CN", "no-such", False),
    ]  # fmt: skip
    for language, encoding, can in known:
        assert can_be_written(language, encoding) is can, (language, encoding)


def test_the_stock_app_paints_without_a_terminal_and_never_ends(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("Fields", tmp_path / "result"),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
    finally:
        process.kill()
        process.wait()
