"""Words that are left by Esc, and what a screen has said when another is opened."""

from collections.abc import Callable

import pytest
from textual import events

from aftersales_tui.desk.customers import Customers
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.noted import NotedLine
from aftersales_tui.views.tickets import Receipt
from tests.tui.at_intake import at_sheet
from tests.tui.conftest import SHANGHAI
from tests.tui.steps import status, until
from tests.tui.test_files import at_file, own

MakeApp = Callable[..., DeskApp]


def words(app: DeskApp) -> str:
    """What stands in the field of the question in front."""
    assert isinstance(app.screen, Ask)
    return app.screen.query_one(Line).value


def refuse(*_: object) -> Receipt:
    """The store is not to be reached."""
    raise Unavailable("store.unavailable", reason="disk")


async def test_a_note_left_by_esc_is_there_again_and_f12_saves_it(
    make_app: MakeApp, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("m", *"dog")
        # Alt and a letter is a key that nothing is bound to, no letter.
        app.post_message(events.Key("alt+m", "m"))
        await pilot.press("escape")
        assert isinstance(app.screen, CustomerScreen)
        assert "kept" in status(app)
        await pilot.press("m")
        assert words(app) == "dog"
        await pilot.press("f12")
        await until(pilot, lambda: [note.text for note in own(other).notes] == ["dog"])
        # The device's note is another; each is saved by the twin of F12 too.
        await pilot.press("m")
        assert words(app) == ""
        await pilot.press("f12")
        assert isinstance(app.screen, Ask)
        await pilot.press(*"cat", "escape", "4", "m")
        assert words(app) == ""
        await pilot.press(*"tap", "ctrl+s")
        await until(pilot, lambda: [note.text for note in own(other).notes] == ["tap", "dog"])
        await pilot.press("3", "m")
        assert words(app) == "cat"
        # What the desk refuses is not lost either.
        with monkeypatch.context() as refusing:
            refusing.setattr(Customers, "note", refuse)
            await pilot.press("enter")
            await until(pilot, lambda: status(app).startswith("!"))
        await pilot.press("m")
        assert words(app) == "cat"


async def test_the_next_contact_is_shown_as_it_will_be_stored_and_why(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_file(app, pilot)
        await pilot.press("e", "end", *["down"] * 5, "6", "down", *"+10min")
        field = app.screen.query_one("#entry-contact_at", NotedLine)
        assert field.noted == "= today 10:30"
        await pilot.press("up", "up", *"10-11:15")
        assert field.noted == "= today 11:15 (today 10:30 is in quiet hours)"
        await pilot.press("down", "down", *["backspace"] * 9, *"tomorrow 23:00")
        assert field.noted.startswith("= Fri 08:"), field.noted
        noted = field.noted
        await pilot.press("f12")
        await until(pilot, lambda: own(other).contact_at)
        kept = own(other).contact_at
        assert kept is not None
        assert f"{kept.astimezone(SHANGHAI):%a %H:%M}" in noted


async def test_what_was_said_stays_on_the_screen_it_was_said_on(make_app: MakeApp, other: Desk) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_sheet(app, pilot)
        await pilot.press(*"ann", "f5")
        await until(pilot, lambda: app.screen.is_modal or isinstance(app.screen, CustomerScreen))
        await pilot.press("escape", "f3")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        # A call taken up again says so there; neither the queue nor a file repeats it.
        await pilot.press("f2")
        assert "Ctrl+N" in status(app)
        await pilot.press("f3")
        assert status(app) == ""
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
        await pilot.press("m", *"dog", "f12")
        await until(pilot, lambda: "note written" in status(app))
        # U would type a letter there.
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        assert "undo" not in status(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, IntakeScreen))
        assert "draft" in status(app) or "F2" in status(app), status(app)
