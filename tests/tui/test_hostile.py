"""Text that was made to harm, pasted into the fields of the screens: kept as cleaned, shown literally, or refused."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import select
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.text import clean
from aftersales_tui.store.keys import Record
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.intake.form import SheetLine
from aftersales_tui.tui.screens.customer import CustomerScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.terminal.controls import UNSAFE
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.noted import NotedLine
from tests.naughty import strings
from tests.tui.steps import burst, opened, rows_of, until
from tests.tui.test_people import PLACE

MakeApp = Callable[..., DeskApp]
EVIL = (
    "[bold]x[/]\x1b]0;o\x07",
    "[@click=app.quit]x[/]\x9b31m",
    "=1+1\u202eab e\u0301\u0302\u200bq",
    "\U0001f469\u200d\U0001f527\u2764\ufe0f\u5f20\ufeff\tz",
    "{x} %s '\"\\ $(id)",
)
WIDTH = 80


class Fields(App[None]):
    """One field of each sort."""

    def compose(self) -> ComposeResult:
        yield Line(id="plain")
        yield Line(id="digits", digits=True)
        yield NotedLine(id="noted")


async def test_every_string_is_pasted_into_a_field_as_it_will_be_stored() -> None:
    app = Fields()
    async with app.run_test(size=(WIDTH, 10)):
        for line in app.query(Line):
            for text in strings():
                line.value = ""
                line._on_paste(events.Paste(text))
                strip = line.render_line(0)
                assert UNSAFE.search(line.value) is None, ascii(text)
                assert UNSAFE.search(strip.text) is None, ascii(text)
                if not line.digits:
                    assert clean(line.value, 500, "x") == meant(text), ascii(text)


def meant(text: str) -> str:
    """What a field of one line is to hold of a text; what cannot be stored is pasted as nothing or as a mark."""
    plain = text.replace("\x00", "").replace("\ud800", "\ufffd")
    return clean(" ".join(line.strip() for line in plain.splitlines() if line.strip()), 500, "x")


def painted(app: DeskApp) -> list[str]:
    """The lines of the screen; each as wide as it, and nothing in it that a terminal would obey."""
    found = []
    for strip in app.screen._compositor.render_strips():
        assert strip.cell_length == app.size.width, strip.text
        assert UNSAFE.search(strip.text) is None, ascii(strip.text)
        found.append(strip.text)
    return found


def literal(app: DeskApp) -> bool:
    """Whether one of the harmful texts stands on the screen letter by letter."""
    shown = "\n".join(painted(app))
    return any(
        text in shown for text in ("[bold]x[/]", "[@click=app.quit]x", "=1+1ab", "{x} %s '\"", "2\u5f20 z")
    )


def texts_of(desk: Desk) -> set[str]:
    """Every text that has gone into the store."""
    shop: Any = desk.dispatch._shop
    feed: Any = Record.metadata.tables["feed"]
    with shop.reading() as connection:
        entries = connection.execute(select(feed.c.params, feed.c.changes)).all()
    found = {value for params, _ in entries for value in params.values()}
    for _, changes in entries:
        for change in changes:
            found.update(value for value in (change["after"] or {}).values() if isinstance(value, str))
    return found


class Hand:
    """Fills in forms with harmful text, each field with one of its own."""

    def __init__(self, app: DeskApp, pilot: Pilot[None], desk: Desk) -> None:
        self.app, self.pilot, self.desk = app, pilot, desk
        self._numbers = count(10)
        self.forms = 0

    async def form(self, keys: Sequence[str], *save: str, **plain: str) -> None:
        """Open a form by keys, fill it in, and be back where it was opened."""
        app, pilot, home = self.app, self.pilot, self.app.screen
        burst(app, *keys)
        await until(pilot, lambda: app.screen is not home and app.screen.query(Line))
        await until(pilot, lambda: app.type_ahead.is_quiet(0.02))
        await self.fill(*save, **plain)
        await until(pilot, lambda: app.screen is home)

    async def fill(self, *save: str, **plain: str) -> None:
        """Paste into every field in front, save, find it all in the store; ``plain`` has what must be understood."""
        form = self.app.screen
        pasted: dict[str, str] = {}
        for line in form.query(Line):
            if line.disabled:
                continue
            number = next(self._numbers)
            name = (line.id or "").rpartition("-")[2]
            text = plain.get(name, f"{number}{EVIL[number % len(EVIL)]}{number}")
            line.value = ""
            line._on_paste(events.Paste(text))
            if name not in plain:
                pasted[name] = clean(line.value, 500, name)
        await self.pilot.pause()
        painted(self.app)
        form.query(Line).last().focus()
        burst(self.app, *save)
        await until(self.pilot, lambda: set(pasted.values()) <= texts_of(self.desk))
        await until(self.pilot, lambda: self.app.screen is not form)
        await until(self.pilot, lambda: self.app.type_ahead.is_quiet(0.02))
        painted(self.app)
        self.forms += 1


async def test_a_file_takes_harmful_text_in_every_field_and_shows_it_as_it_is(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app()
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        hand = Hand(app, pilot, other)
        await opened(app, pilot)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CustomerScreen) and app.screen.on_file())
        for keys, plain in (
            (("e",), {"quiet": "12-14", "contact_months": "6", "contact_at": "next week"}),
            (("2", "a", "1"), {}),
            (("2", "a", "2"), {"typed": "139 0013 9000"}),
            (("3", "a"), {}),
            (("4", "a"), {"bought_on": "2024"}),
            (("6", "a"), {"due_at": "next week"}),
            (("6", "o"), {}),
            (("m",), {}),
        ):
            await hand.form(keys, "enter" if keys in (("m",), ("6", "o")) else "f12", **plain)
        for page in "1234567":
            await pilot.press(page)
            await pilot.pause()
            assert literal(app), page
        assert hand.forms == 8


async def test_the_front_room_and_the_people_take_harmful_text_and_show_it_as_it_is(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        hand = Hand(app, pilot, other)
        await opened(app, pilot)
        for place, keys, save, plain in (
            ("visitors", ("w",), "f12", {}),
            ("visitors", ("n",), "f12", {"": "14:00"}),
            ("visitors", ("g",), "enter", {}),
            ("handover", ("n",), "f12", {}),
            ("people", ("t",), "enter", {"": "next week"}),
        ):
            app.travel.to(place)
            await settled(app, pilot, place)
            await hand.form(keys, save, **plain)
            # Time off of next week stands on the card alone.
            if place != "people":
                await until(pilot, lambda: literal(app))
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "PersonScreen" and rows_of(app).rows)
        for field in ("name", "phone", "skills", "zones", "schooling", "trainings", "note"):
            # A list of words is parted at its blanks.
            at = ("home", *["down"] * PLACE[field], "enter")
            await hand.form(at, "enter", **({"": "[bold]x[/]"} if field in {"skills", "zones"} else {}))
        assert "[bold]x[/]" in "\n".join(painted(app))


async def test_calls_and_tickets_and_what_is_looked_for_take_harmful_text_and_show_it_as_it_is(
    make_app: MakeApp, other: Desk
) -> None:
    app = make_app(language="zh_TW")
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        hand = Hand(app, pilot, other)
        await opened(app, pilot)
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query(SheetLine))
        await hand.fill("f12", "f12", "enter", phone="13900139000", mobile="", when_wanted="")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen) and literal(app))
        home = app.screen
        for key in "mchb":
            await hand.form(key, "enter", **{"": "+2h"} if key == "c" else {})
        for key, text in (
            ("slash", EVIL[0]),
            ("slash", " ".join(EVIL)),
            ("slash", "'"),
            ("ctrl+p", EVIL[1]),
            *(("colon", text) for text in (*EVIL, 'm 1005 "[/]', "file [/]; ?", "m 1005 [/] ?")),
        ):
            burst(app, key)
            await until(pilot, lambda: app.screen is not home and app.screen.query(Line))
            line = app.screen.query(Line).first()
            line._on_paste(events.Paste(text))
            await until(pilot, lambda: app.type_ahead.is_quiet(0.02))
            painted(app)
            burst(app, *(("enter", "escape") if key == "colon" else ("escape",)))
            for _ in range(9):
                await pilot.pause(0.02)
                painted(app)
                if app.screen is home:
                    break
                burst(app, "escape")


async def settled(app: DeskApp, pilot: Pilot[None], place: str) -> None:
    """Wait for the screen of a place, and its rows."""
    await until(pilot, lambda: type(app.screen).__name__.casefold().startswith(place))
    await until(pilot, lambda: app.type_ahead.is_quiet(0.02))
