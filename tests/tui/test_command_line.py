"""The command line over the queue and over a ticket: typed, looked at, completed, done."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from aftersales_tui.bootstrap import console_of, open_desk
from aftersales_tui.domain.grammar import VERBS
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.dialogs.palette import Palette
from aftersales_tui.tui.screens.command_line import CommandLine
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import StatusLine
from aftersales_tui.tui.widgets.word import Word
from tests.tui.conftest import shop_settings
from tests.tui.steps import burst, opened, rows_of, status, until

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

Make = Callable[..., DeskApp]


def line(app: DeskApp) -> str:
    return app.screen.query_one("#command", Line).value


def is_open(app: DeskApp) -> bool:
    return isinstance(app.screen, CommandLine)


def preview(app: DeskApp) -> str:
    return app.screen.query_one(StatusLine).render().plain.strip()


def offered(app: DeskApp) -> list[str]:
    rows = app.screen.query_one(Rows)
    return [row.cells[0] for row in rows.rows] if rows.display else []


async def typed(app: DeskApp, pilot: Pilot[None], text: str) -> None:
    await pilot.press("colon")
    await until(pilot, lambda: is_open(app))
    burst(app, *text)
    await until(pilot, lambda: line(app) == text)


async def test_a_line_is_previewed_while_it_is_typed_and_done_by_enter(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(110, 30)) as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "a 1002 wq fri 9-11")
        await until(pilot, lambda: preview(app) == "T-1002 李四 > 王强, Fri 09-11")
        assert other.dispatch.ticket(other.dispatch.by_number(1002)).status == "new"
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app))
        await until(pilot, lambda: "王强" in status(app))
        assert status(app).startswith("T-1002 > 王强, Fri 09-11")
        assert other.dispatch.ticket(other.dispatch.by_number(1002)).status == "assigned"


async def test_nothing_above_it_moves(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        before = rows_of(app).region
        queue = app.screen
        await pilot.press("colon")
        await until(pilot, lambda: is_open(app))
        assert queue.query_one(Rows).region == before
        assert app.screen.query_one("#command").region.y == 22
        assert app.screen.query_one(StatusLine).region.y == 23


async def test_the_row_under_the_cursor_is_the_ticket_in_hand(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("down")
        in_hand = rows_of(app).key
        assert in_hand is not None
        await typed(app, pilot, "m ring twice")
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app))
        assert other.dispatch.ticket(in_hand).answers["memo"] == "ring twice"


async def test_keys_typed_ahead_of_the_line_all_arrive(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        burst(app, ":", *"m 1001 quick", "enter", ":", *"m 1001 brown", "enter", "down")
        await until(
            pilot, lambda: "brown" in other.dispatch.ticket(other.dispatch.by_number(1001)).answers["memo"]
        )
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).answers["memo"] == "quick\nbrown"
        await until(pilot, lambda: not is_open(app))


async def test_tab_takes_a_completion(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("colon")
        await until(pilot, lambda: is_open(app))
        burst(app, *"ass", "tab", *"1001 wangq", "tab", *"tom", "tab")
        await until(pilot, lambda: line(app) == "assign 1001 王强 tomorrow ")
        await until(pilot, lambda: offered(app))


async def test_arrows_go_through_the_completions_and_enter_takes_one(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "a 1001 ")
        await until(pilot, lambda: len(offered(app)) == 2)
        second = offered(app)[1]
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: line(app) != "a 1001 ")
        assert line(app) in {f"a 1001 {second} ", f'a 1001 "{second}" '}
        assert is_open(app)


async def test_a_refused_line_stays_to_be_mended(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "a 1004 wq fri 9-11")
        await pilot.press("enter")
        await until(pilot, lambda: preview(app).startswith("! Not ready"))
        assert is_open(app)
        assert line(app) == "a 1004 wq fri 9-11"


async def test_a_chain_that_breaks_says_what_was_done(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "m 1001 seen; close 1001")
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app))
        await until(pilot, lambda: "T-1001: note added" in status(app) and status(app).startswith("!"))


async def test_esc_keeps_the_line_for_later(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "u")
        await pilot.press("escape")
        await until(pilot, lambda: not is_open(app))
        await typed(app, pilot, "m 1001 x")
        await pilot.press("escape", "colon", "up")
        await until(pilot, lambda: is_open(app) and line(app) == "m 1001 x")
        await pilot.press("up")
        assert line(app) == "u"
        await pilot.press("down", "down")
        assert line(app) == ""


async def test_a_bare_number_opens_the_ticket_which_then_is_in_hand(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "1003")
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app) and app.screen is not app.travel.home())
        await typed(app, pilot, "m . at noon")
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app))
        assert other.dispatch.ticket(other.dispatch.by_number(1003)).answers["memo"] == "at noon"


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("138 0013 8000", "call"),
        ("+13800138000", "call"),
        ("who 张", "call"),
        ("contacts", "contact"),
        ("待联系", "contact"),
    ],
)
async def test_verbs_that_read_lead_to_their_screen(make_app: Make, text: str, door: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("colon")
        await until(pilot, lambda: is_open(app))
        app.screen.query_one("#command", Line).insert_text_at_cursor(text)
        await pilot.press("enter")
        await until(pilot, lambda: app.travel.is_at(door))


async def test_the_queue_is_narrowed_as_the_line_says(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test(size=(110, 30)) as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "a 1002 wq fri 9-11; queue engineer:wq")
        await pilot.press("enter")
        await until(pilot, lambda: app.travel.is_at("queue") and len(rows_of(app).rows) == 1)
        assert rows_of(app).key == other.dispatch.by_number(1002)
        # Product and lateness, as f narrows by them; the head says which.
        await typed(app, pilot, "queue product:x late")
        await pilot.press("enter")
        await until(pilot, lambda: app.travel.is_at("queue") and not rows_of(app).rows)
        assert app.screen.query_one("#heading", Word).render().plain == "Filter: x, Late"


async def test_a_question_mark_lists_what_fits(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "a 1001 ?")
        await pilot.press("enter")
        await until(pilot, lambda: preview(app).startswith("This fits"))
        # Both were hired in one instant, so either may stand first.
        likeliest = offered(app)[0]
        assert {"王强", '"Li Ming"'} == set(offered(app))
        await pilot.press("tab")
        await until(pilot, lambda: line(app) == f"a 1001 {likeliest} ")


def test_every_verb_is_known_here(shop_file: Path) -> None:
    desk = open_desk(shop_settings(shop_file))
    console = console_of(desk)
    assert [console.verb(verb.id) for verb in VERBS] == list(VERBS)
    assert [console.verb(verb.short) for verb in VERBS if verb.short] == [v for v in VERBS if v.short]
    desk.close()


async def test_it_opens_from_a_field_by_ctrl_o(make_app: Make) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("f2")
        await until(pilot, lambda: app.travel.is_at("call"))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: is_open(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.travel.is_at("call"))


async def test_a_refusal_behind_a_step_that_was_done_says_that_it_stands(
    make_app: Make, other: "Desk"
) -> None:
    app = make_app()
    async with app.run_test(size=(200, 30)) as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "m 1001 first; a 1001 nobody fri 9-11")
        await pilot.press("enter")
        await until(pilot, lambda: not is_open(app) and "That stands. Then: No engineer" in status(app))
        assert other.dispatch.ticket(other.dispatch.by_number(1001)).answers["memo"] == "first"


async def test_the_palette_opens_over_the_line_and_gives_it_back(make_app: Make, other: "Desk") -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        seen = other.feed.latest()
        await typed(app, pilot, "m 1001 half")
        burst(app, "ctrl+p", *"theme")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await until(pilot, lambda: app.screen.query_one("#sought", Line).value == "theme")
        await pilot.press("escape")
        await until(pilot, lambda: is_open(app))
        assert line(app) == "m 1001 half"
        burst(app, "ctrl+p", *"go.contact", "enter")
        await until(pilot, lambda: app.travel.is_at("contact"))
        await pilot.press("colon", "up")
        await until(pilot, lambda: is_open(app) and line(app) == "m 1001 half")
        assert other.feed.latest() == seen
