"""Text that was made to harm, in filters, outcomes, overrides, and what is taken out: kept as cleaned, or refused."""

import csv
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.text import clean
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.assign import AssignDialog
from aftersales_tui.tui.dialogs.hand_out import HandOutDialog
from aftersales_tui.tui.dialogs.outcome import OutcomeDialog
from aftersales_tui.tui.dialogs.row_menu import Menu
from aftersales_tui.tui.floor.day_dialog import DayDialog
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.screens.ticket import TicketScreen
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.word import Word
from tests.naughty import kinds
from tests.tui.at_floor import at_book, heading
from tests.tui.conftest import WEEK, WHOLE, call
from tests.tui.steps import opened, rows_of, status, until
from tests.tui.test_hostile import EVIL, WIDTH, MakeApp, meant, painted, texts_of

MARKUP, LINK = "[bold]x[/]", "[@click=app.quit]x[/]"


def shown(app: DeskApp) -> str:
    """The screen as one text, every line of it as wide as it is."""
    return "\n".join(painted(app))


def paste(app: DeskApp, text: str) -> str:
    """Paste into the field that has the keys; answers what it will be kept as."""
    line = app.screen.focused
    assert isinstance(line, Line)
    line.value = ""
    line._on_paste(events.Paste(text))
    return clean(line.value, 500, "x")


async def chosen(app: DeskApp, pilot: Pilot[None], label: str) -> None:
    """Take the entry of the menu in front that is called so; it has to be seen letter by letter."""
    await until(pilot, lambda: isinstance(app.screen, Menu) and label in shown(app))
    place = [row.cells[1] for row in rows_of(app).rows].index(label)
    await pilot.press(rows_of(app).rows[place].cells[0])


def asks_anew(app: DeskApp, before: object) -> bool:
    """Whether another question is in front."""
    return app.screen is not before and isinstance(app.screen, Ask)


def holds(app: DeskApp, lines: int) -> bool:
    """Whether the list holds so many."""
    return len(rows_of(app).rows) == lines


def says(word: Word, text: str) -> bool:
    """Whether a label is there and says this, letter by letter."""
    return word.display and text in word.render().plain


def has_said(app: DeskApp, before: object) -> bool:
    """Whether something else was said since."""
    return app.said is not before


async def narrowed_register(app: DeskApp, pilot: Pilot[None]) -> None:
    """By who took the calls, whatever he is called; no day is what nobody can read."""
    await at_book(app, pilot, "register")
    await pilot.press("f", "3")
    await chosen(app, pilot, MARKUP)
    await until(pilot, lambda: MARKUP in heading(app))
    assert MARKUP in shown(app)
    await pilot.press("f", "1")
    for text in (*EVIL, "0000-00-00", "9" * 80):
        paste(app, text)
        await pilot.press("enter")
        assert isinstance(app.screen, DayDialog), text
        assert "not understood" in shown(app).casefold() or app.screen.query(".-wrong"), text


async def test_filters_show_harmful_names_as_they_are_and_find_by_them(
    make_app: MakeApp, other: Desk
) -> None:
    call(other, "李四", 1, zone=MARKUP, product=EVIL[0])
    other.roster.hire(other.act(), LINK, "engineer", zones=(MARKUP,), week=WEEK)
    other.roster.hire(other.act(), MARKUP, "clerk")
    app = make_app()
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        await opened(app, pilot)
        for key, label, left in (("2", MARKUP, 1), ("3", LINK, 0)):
            await pilot.press("f", key)
            await chosen(app, pilot, label)
            await until(pilot, partial(holds, app, left))
            assert label in app.screen.query_one("#heading", Word).render().plain
            assert label in shown(app)
            await pilot.press("f")
            await until(pilot, lambda: isinstance(app.screen, Menu))
            assert label in shown(app)
            await pilot.press("7")
            await until(pilot, lambda: len(rows_of(app).rows) == 5)
        narrowed = app.screen.query_one("#heading", Word)
        for text in EVIL:
            await pilot.press("f", "5")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            product = paste(app, text)
            await pilot.press("enter")
            await until(pilot, partial(says, narrowed, product))
            assert product[:9] in shown(app)
            assert len(rows_of(app).rows) == (text == EVIL[0])
        await pilot.press("f", "7")
        await narrowed_register(app, pilot)


async def test_an_outcome_and_an_override_keep_harmful_reasons_as_they_are(
    make_app: MakeApp, other: Desk
) -> None:
    reasons = [meant(text)[:200] for text in kinds() if meant(text)[:200].strip()]
    app = make_app()
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        await opened(app, pilot)
        ticket_id = other.dispatch.by_number(1004)
        rows_of(app).go_to(ticket_id)
        await pilot.press("a", "enter", "enter")
        assert isinstance(app.screen, AssignDialog)
        paste(app, "\u200b \u202e ")
        await pilot.press("enter")
        assert isinstance(app.screen, AssignDialog), "a reason that nobody can see is none"
        whole = paste(app, " ".join(EVIL))
        assert MARKUP in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: other.dispatch.ticket(ticket_id).visits)
        assert other.dispatch.ticket(ticket_id).visits[0].override_reason == whole
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await pilot.press("o", "1")
        for text in ("@[bold]x[/]", f"@{EVIL[1]}"):
            said = paste(app, text)
            await pilot.press("enter")
            assert isinstance(app.screen, OutcomeDialog)
            assert said[1:12] in app.screen.query_one("#wrong", Word).render().plain
        words = paste(app, " ".join((*EVIL, *reasons))[:400])
        await pilot.press("enter")
        await until(pilot, lambda: other.dispatch.ticket(ticket_id).status == "solved")
        assert other.dispatch.ticket(ticket_id).timeline[-1].params["words"] == words
        app.travel.to("ticket", ticket_id=ticket_id)
        await until(pilot, lambda: isinstance(app.screen, TicketScreen) and app.screen.query("Paper"))
        await until(pilot, lambda: app.type_ahead.is_quiet(0.02))
        pages = []
        for page in "12345":
            await pilot.press(page)
            pages.append(shown(app))
        assert any(MARKUP in page for page in pages), pages


async def handed_out(app: DeskApp, pilot: Pilot[None], other: Desk, tmp_path: Path) -> None:
    """A customer's own data, for a reason and into a file that look like markup."""
    rows_of(app).go_to(other.dispatch.by_number(1005))
    await pilot.press("f5")
    await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
    await pilot.press("E")
    await until(pilot, lambda: isinstance(app.screen, HandOutDialog))
    paste(app, "\u200b\u202e")
    await pilot.press("enter")
    assert "Nothing" in shown(app) or app.screen.query_one("#reason", Line).has_focus
    reason = paste(app, " ".join(EVIL[:2]))
    await pilot.press("enter")
    paste(app, "~/[link=x]y.json")
    await pilot.press("enter")
    await until(pilot, lambda: reason in texts_of(other))
    await until(pilot, (tmp_path / "[link=x]y.json").exists)
    await until(pilot, lambda: "[link=x]y.json" in app.said.text())
    shown(app)


async def test_what_is_taken_out_is_told_with_harmful_reasons_and_files_or_refused(
    make_app: MakeApp, other: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    asked = {name.value: text for name, text in WHOLE.items()}
    call(other, "孙七", 1, **asked | {"phone": "13700137000"})
    app = make_app()
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        await opened(app, pilot)
        for name, file in ((f"~/{MARKUP}/list.csv", ""), ("~/[b]q\u202e.csv", "[b]q.csv")):
            for key, text in (("x", name), ("enter", EVIL[0])):
                before = app.screen
                await pilot.press(key)
                await until(pilot, partial(asks_anew, app, before))
                reason = paste(app, text)
            said = app.said
            await pilot.press("enter")
            await until(pilot, partial(has_said, app, said))
            shown(app)
            written = [path.name for path in tmp_path.glob("*.csv")]
            assert written == ([file] if file else []), (name, status(app))
        with (tmp_path / "[b]q.csv").open(encoding="utf-8-sig", newline="") as lines:
            assert len(list(csv.reader(lines))) == 6
        assert "[b]q.csv" in app.said.text()
        assert reason in texts_of(other)
        await handed_out(app, pilot, other, tmp_path)
