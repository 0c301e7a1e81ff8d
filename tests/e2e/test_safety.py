"""The installed app itself between a shop's records and a terminal: nothing stored commands it, nothing is lost."""

import json
import signal
import sys
from pathlib import Path

import pytest

from aftersales_tui.store.driver import sqlite_driver
from tests.cli.shops import found
from tests.terminal import Terminal

COMMAND = Path(sys.executable).parent / "aftersales"
EVIL = "\x1b]0;owned\x07\x1b[31m"
GBK = "你好".encode("gbk")
RESTORING = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?1004l")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store into which something other than the desk has written escapes."""
    file = tmp_path_factory.mktemp("safety") / "shop.db"
    found(file)
    connection = sqlite_driver().connect(str(file))
    for column in (
        "shop.name",
        "staff.name",
        "ticket.caller",
        "ticket.zone",
        "ticket.fault",
        "ticket.product",
    ):
        table, _, name = column.partition(".")
        connection.execute(f"UPDATE {table} SET {name} = ?", (f"{EVIL}{name}",))
    connection.commit()
    connection.close()
    return file


@pytest.fixture
def place(tmp_path: Path, shop: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A home of its own, and nothing of whoever runs the tests that changes the keyboard."""
    for name in ("TEXTUAL_DISABLE_KITTY_KEY", "ESCDELAY", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "AFTERSALES_STATE_DIR": str(tmp_path / "state"),
        "AFTERSALES_DATABASE_URL": str(shop),
        "LANG": "en_US.UTF-8",
        "LC_ALL": "",
    }


def drafts(place: dict[str, str]) -> list[dict[str, str]]:
    """What stands in the drafts of this home."""
    folder = Path(place["AFTERSALES_STATE_DIR"]) / "drafts"
    return [json.loads(file.read_text("utf-8"))["answers"] for file in folder.glob("*.json")]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_the_app_obeys_no_record_and_survives_any_byte_and_leaves_by_signal(
    place: dict[str, str], sent: signal.Signals
) -> None:
    with Terminal([str(COMMAND)], env=place) as terminal:
        before = terminal.modes()
        terminal.wait_for("T-1001", 20)
        terminal.press("F2")
        terminal.wait_for("0/7")
        terminal.enter("half a na")
        terminal.wait_for("half a na")
        terminal.send(GBK)
        terminal.enter("me")
        terminal.wait_for(lambda text: "me" in text.split("half a na")[1][:9])
        terminal.kill(sent)
        assert terminal.wait_end() == 128 + sent
        painted = bytes(terminal.raw)
        (draft,) = drafts(place)
        assert draft["caller"].startswith("half a na")
        assert draft["caller"].endswith("me")
        assert [sequence for sequence in RESTORING if sequence not in painted] == []
        assert terminal.modes() == before
    assert b"owned\x07" not in painted
    assert b"\x1b]0;" not in painted
    assert b"owned" in painted
    # Kitty's "report all keys", in which an input method's words arrive as garbage.
    assert b"\x1b[>" not in painted
