"""The words of lists and menus have room at 80 columns, in all three languages."""

from collections.abc import Callable, Iterator

import pytest

from aftersales_tui import i18n
from aftersales_tui.domain.intake import Fact
from aftersales_tui.policy.loader import load_policy
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.commands.frame import MORE
from aftersales_tui.tui.contact import columns as contact
from aftersales_tui.tui.dialogs.palette import Palette
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.screens import queue
from aftersales_tui.tui.screens.help import HelpScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.columns import Column, widths
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from tests.tui.steps import opened, until

MakeApp = Callable[..., DeskApp]
IN_A_BOX = 76
"""Cells of a line in a wide box on a screen of 80."""


def at_80(columns: tuple[Column, ...]) -> dict[str, int]:
    """The cells of each column at 80, and at least its own where it is left out there."""
    seen = zip(columns, widths(columns, 80), strict=True)
    return {column.label: cells or column.width for column, cells in seen}


def too_long(language: str) -> Iterator[tuple[str, int]]:
    i18n.use(language)
    of_queue, of_contact = at_80(queue.COLUMNS), at_80(contact.COLUMNS)
    policy = load_policy()
    words = [(f"kind.short.{kind}", "", of_queue["queue.kind"]) for kind in policy.kinds]
    words += [(f"fact.short.{fact}", " +7", of_queue["queue.to_verify"]) for fact in Fact]
    words += [
        (f"about.{one}", "", of_contact["contact.why"]) for one in policy.reasons if i18n.has(f"about.{one}")
    ]
    words += [("reason.advice_check", "", of_contact["contact.why"])]
    words += [(label, "", cells) for label, cells in (of_queue | of_contact).items()]
    words += [("contact.supervisor", "", of_contact["contact.flag"])]
    label = max(cell_len(i18n.say(f"command.go.{door}")) for door in MORE)
    words += [(f"command.go.{door}.help", "", IN_A_BOX - label - len("1  ") - 1) for door in MORE]
    words += [("error.calendar.year_unknown", "", 78)]
    for key, behind, room in words:
        said = i18n.say(key, year=2027, country="CN") + behind
        if cell_len(said) > room:
            yield said, room


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_has_room(language: str) -> None:
    assert list(too_long(language)) == []


async def test_help_menu_and_palette_use_the_width_there_is(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.query_one(Paper).written)
        # The longest line of all is folded at 80 columns and whole at 120.
        whole = "Record advice given by phone; the check that it helped falls due by itself"
        assert whole in app.screen.query_one(Paper).written
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: whole not in app.screen.query_one(Paper).written)
        assert whole in " ".join(app.screen.query_one(Paper).written.split())
        assert app.screen.query_one("#box").region.bottom <= 24
        await pilot.press("enter")
        await until(pilot, lambda: not app.screen.is_modal)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Menu) and app.screen.query_one(Rows).size.width)
        assert app.screen.query_one(Rows).size.width == IN_A_BOX
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: app.screen.query_one(Rows).size.width == 116)
        await pilot.press("escape", "ctrl+p", *"helped")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: whole in app.screen.query_one("#does", Lines).text.replace("\n", " "))
