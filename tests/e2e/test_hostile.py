"""Harmful text between people and the terminal: no byte is written that the app did not mean; the screen shows letters.

The bytes are read from the pty. What may come is what Textual writes of itself: looks, places of the cursor, modes it
sets and puts back. Everything else has to be text that can be printed.
"""

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from aftersales_tui.bootstrap import open_desk
from aftersales_tui.desk.visitors import Guest
from aftersales_tui.domain.customer import Part
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.domain.text import clean
from aftersales_tui.tui.terminal.controls import UNSAFE
from tests.cli.shops import NOW, found, settings
from tests.naughty import OWN, kinds, packed
from tests.terminal import Terminal

COMMAND = Path(sys.executable).parent / "aftersales"
MEANT = re.compile(
    r"\x1b\[[0-9;:]*m"  # looks
    r"|\x1b\[[0-9;]*[HJKABCD]"  # places
    r"|\x1b\[\?(?:25|7|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)(?:;\d)?(?:[hl]|\$p)"  # modes
    r"|\x1b\[\?u|\x1b\[[<>=][0-9;]*u"  # asks for, and puts back, the keyboard
    r"|\x1b\]22;[a-z-]*\x07"  # the shape of the mouse pointer
    r"|\x1b\[(?:c|6n|>q|14t|16t)"  # asks what it is
)
MARKS = ("[bold]x[/]", "[@click=app.quit]x[/]", "=1+1")


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """A shop whose every record holds harmful text, and a home of its own."""
    file = tmp_path / "shop.db"
    fill(file)
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "AFTERSALES_STATE_DIR": str(tmp_path / "state"),
        "AFTERSALES_DATABASE_URL": str(file),
        "LANG": "en_US.UTF-8",
        "LC_ALL": "",
    }


def storable(limit: int) -> Iterator[str]:
    """The strings in packs, those that are refused left out; the literal marks come first."""
    yield from MARKS
    for text in packed(limit, kinds()):
        try:
            clean(text, limit, "x")
        except Invalid:
            continue
        yield text


def fill(file: Path) -> None:
    """Write all of them into the shop through its verbs."""
    found(file)
    # Each a second later than the one before: the lists put the earliest on top, the literal marks with it.
    seconds = count(1)
    desk = open_desk(settings(file), now=lambda: NOW + timedelta(seconds=next(seconds)))
    own = desk.intake.callers("13800138000", 1)[0].customer_id
    for short in storable(40):
        answers = dict.fromkeys(set(Field) - {Field.PHONE}, short)
        act = desk.act()
        desk.intake.save(
            act, CallSheet(act.write_id, "message", "phone", desk.now(), answers, for_whom=short)
        )
    for long in storable(200):
        desk.customers.note(desk.act(), own, long)
        desk.customers.keep(desk.act(), Part.ADDRESS, own, 0, {"text": long, "zone": "[bold]x[/]"})
        desk.customers.keep(desk.act(), Part.PERSON, own, 0, {"name": long[:120]})
        desk.visitors.walk_in(desk.act(), Guest(long[:100].strip() or "x", purpose=long, host="[/]"))
        desk.handover.note(desk.act(), long, "[bold]x[/]")
    desk.close()


def unmeant(raw: bytes) -> list[str]:
    """What was written beside text and the sequences the app means."""
    text = MEANT.sub("", raw.decode("utf-8", "replace")).replace("\r", "").replace("\n", "")
    return [ascii(text[max(0, at.start() - 20) : at.end() + 20]) for at in UNSAFE.finditer(text)]


def test_no_byte_reaches_the_terminal_that_the_app_did_not_mean(place: dict[str, str]) -> None:
    with Terminal([str(COMMAND)], env=place, columns=80, lines=24) as terminal:
        terminal.wait_for("T-10", 20)
        terminal.press("/")
        terminal.enter("bold")
        terminal.wait_for("[bold]x[/]")
        terminal.press("Esc")
        for key in ("Down", "PgDn", "PgDn", "PgDn", "End"):
            terminal.press(key)
            terminal.settle()
        terminal.press(":")
        terminal.enter("file 13800138000")
        terminal.press("Enter")
        for page in "1234567":
            terminal.press(page)
            terminal.settle()
            terminal.press("End")
            terminal.settle()
        terminal.press("Esc")
        for book, word in (("3", "[bold]x[/]"), ("4", "[bold]x[/]"), ("2", "[bold]x[/]")):
            terminal.press("F9", book)
            terminal.wait_for(word)
            terminal.press("PgDn")
            terminal.settle()
            terminal.press("F3")
        terminal.press("F2")
        terminal.wait_for("0/7")
        # A field that is full rings; these fit.
        for text in (one for one in OWN if len(one) < 30):
            terminal.send(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~\t")
        terminal.settle(0.3)
        terminal.wait_for("[bold]x[/]")
        assert unmeant(bytes(terminal.raw)) == []
