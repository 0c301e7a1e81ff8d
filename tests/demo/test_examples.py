"""What the help, the sheet of commands and the manual give as examples can be tried in the demo shop."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_tui import i18n
from aftersales_tui.bootstrap import console_of
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.grammar import VERBS
from aftersales_tui.views.console import Said

DOCS = Path(__file__).parents[2] / "docs"
OF_ITS_STATE = {"ticket.illegal_move", "dispatch.no_visit", "call.same_open", "call.repeat", ""}
"""Why an example may be refused: whether a ticket can be closed, or one is open already, hangs on the day."""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def finds(desk: Desk, told: Said) -> bool:
    """Whether there is something to see where the verb leads."""
    if told.verb == "find":
        return bool(desk.search.find(told.text).groups)
    if told.verb in {"who", "file"}:
        return bool(desk.intake.callers(told.text))
    if told.verb == "queue":
        return bool(desk.queue.page(told.wanted, None, 1).rows)
    return told.verb != "show" or bool(desk.dispatch.ticket(told.ticket_id))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_example_of_a_verb_can_be_tried(desk: Desk, language: str) -> None:
    i18n.use(language)
    console = console_of(desk)
    for verb in VERBS:
        line = i18n.say(f"verb.{verb.id}.example")
        (seen,) = console.preview(line)
        assert (seen.verb, seen.error.code if seen.error else "") in {
            (verb.id, code) for code in OF_ITS_STATE
        }
        if not verb.writes:
            (told,) = console.run(desk.act, line)
            assert told.error is None
            assert finds(desk, told), line


def test_what_the_manual_looks_for_is_there(desk: Desk) -> None:
    console, tried = console_of(desk), 0
    for page in DOCS.glob("manual*.md"):
        for line in re.findall(
            r"`(?:aftersales |:)((?:find|file) [^`]+?)(?: --json)?`", page.read_text("utf-8")
        ):
            (told,) = console.run(desk.act, line)
            assert finds(desk, told), (page.name, line)
            tried += 1
    assert tried >= 5
