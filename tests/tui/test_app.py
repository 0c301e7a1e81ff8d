"""The frame: what stands when nothing else does, and what a write, an error or another language does to it."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from textual.widget import Widget

from aftersales_tui import i18n
from aftersales_tui.domain.errors import DomainError, Refused, Unavailable
from aftersales_tui.settings import load_settings
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.bridge import Bridge
from aftersales_tui.tui.receipts import done
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.screens.intake import IntakeScreen
from aftersales_tui.tui.screens.queue import QueueScreen
from aftersales_tui.tui.seat import Seat
from aftersales_tui.tui.travel import HOME, Door, Go, Travel
from aftersales_tui.tui.widgets.cells import cell_len
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.topline import TopLine
from aftersales_tui.tui.widgets.word import Word
from aftersales_tui.views.act import Changes
from aftersales_tui.views.tickets import Counts, Receipt
from tests.tui.conftest import SHANGHAI, call, shop_settings
from tests.tui.steps import burst, opened, rows_of, status, strip, until

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

MakeApp = Callable[..., DeskApp]


class Form(DeskScreen):
    """A screen with a field and a word."""

    scopes: ClassVar[tuple[str, ...]] = ()
    heard: list[Changes]

    def __init__(self) -> None:
        super().__init__()
        self.heard = []
        self.kept = 0

    def compose_body(self) -> Iterator[Widget]:
        yield Word("queue.customer", id="word")
        yield Line(id="field")

    def store_changed(self, changes: Changes) -> None:
        self.heard.append(changes)

    def keep(self) -> None:
        self.kept += 1


class Doors(Travel):
    """Leads to the form by F2."""

    def __init__(self, app: DeskApp) -> None:
        super().__init__(app, {HOME: Door("queue", "QueueScreen"), "call": Door("", "")})

    def warm(self) -> None:
        """The form needs no import."""

    def _make(self, where: str) -> DeskScreen:
        if where == HOME:
            return super()._make(where)
        screen = self._made[where] = Form()
        self._app.install_screen(screen, where)
        return screen


def broken() -> Any:
    raise Unavailable("terminal.none")


def top(app: DeskApp) -> str:
    return app.screen.query_one(TopLine).render().plain


async def test_the_frame_stands_and_takes_keys_before_the_store_is_open(shop_file: Path) -> None:
    from aftersales_tui.bootstrap import open_desk

    settings, gate = shop_settings(shop_file), threading.Event()

    def slowly() -> "Desk":
        gate.wait(10)
        return open_desk(settings)

    app = DeskApp(settings, slowly)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "张记电器 | 1 | 小李" in top(app)
        assert rows_of(app).render_line(1).text.startswith("Opening the store ..")
        assert strip(app).startswith(" F1 Help")
        burst(app, "a", "f", "6")
        await pilot.pause()
        gate.set()
        await until(pilot, lambda: len(rows_of(app).rows) == 1)


async def test_a_store_that_cannot_be_opened_is_told_and_told_again(shop_file: Path) -> None:
    app = DeskApp(shop_settings(shop_file), broken)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: status(app).startswith("! "))
        with pytest.raises(Unavailable):
            await app.bridge.run(lambda desk: desk.queue.counts())
        app.write(lambda desk, act: desk.dispatch.memo(act, 1, "x"))
        await app.workers.wait_for_complete()
        assert app.trouble.unexpected == []


async def test_a_write_goes_on_when_its_screen_is_gone(make_app: MakeApp, other: "Desk") -> None:
    app, gate = make_app(), threading.Event()
    ticket_id = other.dispatch.by_number(1002)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await app.push_screen(Form())

        def slow(desk: "Desk", act: Any) -> Receipt:
            gate.wait(10)
            return desk.dispatch.memo(act, ticket_id, "gate code 7788")

        app.write(slow)
        await pilot.press("escape")
        assert isinstance(app.screen, QueueScreen)
        gate.set()
        await until(pilot, lambda: status(app) == "T-1002: note added  (u: undo)")
        assert other.dispatch.ticket(ticket_id).answers["memo"] == "gate code 7788"


async def test_a_refusal_is_a_sentence_and_may_be_dealt_with(make_app: MakeApp) -> None:
    app = make_app()
    told: list[str] = []

    def dealt_with(error: DomainError) -> bool:
        told.append(error.code)
        return True

    def refused(desk: "Desk", act: Any) -> Receipt:
        raise Refused("dispatch.not_ready", missing=("model", "bought"), overridable=True)

    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        app.write(refused, failed=dealt_with)
        await until(pilot, lambda: told == ["dispatch.not_ready"])
        assert status(app) == ""
        app.write(refused)
        await until(pilot, lambda: "model, purchase date" in status(app))


async def test_what_nobody_foresaw_is_written_down_and_the_app_lives(
    shop_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aftersales_tui.bootstrap import open_desk

    settings = shop_settings(shop_file)
    app = DeskApp(settings, lambda: open_desk(settings))
    monkeypatch.setattr(QueueScreen, "do_filter", lambda self: dict[str, str]()["13800138000"])
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f")
        assert status(app).startswith("! Something unforeseen went wrong")
        await pilot.press("j")
        assert rows_of(app).key != rows_of(app).rows[0].key
    assert len(app.trouble.unexpected) == 1
    assert "KeyError" in (tmp_path / "state" / "errors.log").read_text("utf-8")


async def test_another_language_is_spoken_everywhere_and_nothing_typed_is_lost(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app()
    app.travel = Doors(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f2", *"hello")
        app.write(lambda desk, act: desk.dispatch.memo(act, desk.dispatch.by_number(1001), "x"))
        await until(pilot, lambda: "note added" in status(app))
        await pilot.press("ctrl+p", *"繁", "enter")
        await until(pilot, lambda: strip(app).startswith(" F1 說明"))
        assert app.screen.query_one("#word", Word).render().plain == "客戶"
        assert app.screen.query_one("#field", Line).value == "hello"
        assert "備註" in status(app)
        await pilot.press("f3")
        assert rows_of(app).render_line(0).text.startswith("剩餘")
        assert rows_of(app).rows[0].cells[9] == "待派"
        await app.workers.wait_for_complete()
    assert load_settings({}, tmp_path / "config" / "aftersales" / "settings.toml").language == "zh_TW"


async def test_a_screen_left_by_a_key_keeps_what_was_typed(make_app: MakeApp) -> None:
    app = make_app()
    app.travel = Doors(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        burst(app, "f2", *"call one", "f3", "j", "f2", *"!")
        await until(pilot, lambda: app.screen.query(Line) and app.screen.query_one(Line).value == "call one!")
        await pilot.press("f10")
        assert isinstance(app.screen, QueueScreen)
        assert rows_of(app).key == rows_of(app).rows[1].key
        app.screen.post_message(Go("call"))
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert len(app.screen_stack) == 2


async def test_a_screen_that_is_away_hears_of_changes_when_it_is_back(
    make_app: MakeApp, other: "Desk"
) -> None:
    app = make_app()
    app.travel = Doors(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: app._watch is not None)
        await pilot.press("f2")
        form = app.screen
        assert isinstance(form, Form)
        await pilot.press("f3")
        ticket_id = call(other, "王五", 3)
        await until(pilot, lambda: form._missed)
        assert form.heard == []
        await pilot.press("f2")
        await until(pilot, lambda: form.heard)
        assert form.heard[0].subjects == {ticket_id}


async def test_keys_that_lead_nowhere_are_neither_shown_nor_alive(make_app: MakeApp) -> None:
    app = make_app()
    app.travel = Travel(app, {HOME: Door("queue", "QueueScreen")})
    async with app.run_test(size=(200, 24)) as pilot:
        await opened(app, pilot)
        assert "F2" not in strip(app)
        await pilot.press("f2", "f4", "colon")
        assert isinstance(app.screen, QueueScreen)


@pytest.mark.parametrize(("size", "tiny"), [((59, 24), True), ((80, 19), True), ((60, 20), False)])
async def test_a_window_that_is_too_small_says_so(
    make_app: MakeApp, size: tuple[int, int], tiny: bool
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pilot.pause()
        assert app.screen.query_one("#too-small").display is tiny
        assert app.screen.query_one(TopLine).display is not tiny


async def test_late_ones_are_marked_besides_their_colour(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: app.standing.counts is not None)
        await pilot.pause()
        assert top(app).endswith("to send 4 | late 1 ! | contact 0 | on the road 0 | 10:20 ")
        assert top(app).startswith(" 张记电器 | 1 | 小李 ")
        app._stand(counts=Counts(100, 0, 0, 0))
        assert "to send 99+ | late 0 | contact" in top(app)


async def test_drafts_are_kept_when_the_desk_is_closed(make_app: MakeApp) -> None:
    app = make_app()
    app.travel = Doors(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f2")
        form = app.screen
        await pilot.press("f3", "ctrl+q")
    assert isinstance(form, Form)
    assert form.kept == 1


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "terminal"])
async def test_every_theme_can_be_worn(make_app: MakeApp, theme: str) -> None:
    app = make_app(theme=theme, ascii=theme == "terminal")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+e")
        assert app.screen.is_modal


async def test_only_the_latest_reader_is_answered() -> None:
    import asyncio

    class Quiet:
        def close(self) -> None:
            """Nothing to let go of."""

    bridge, gate = Bridge(Quiet), threading.Event()  # type: ignore[arg-type]
    read: list[int] = []
    await bridge.open()

    def reader(number: int) -> Callable[[object], int]:
        def wait(desk: object) -> int:
            gate.wait(10)
            read.append(number)
            return number

        return wait

    waiting = [asyncio.create_task(bridge.latest("page", reader(number))) for number in range(5)]
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*waiting) == [None, None, None, None, 4]
    assert len(read) <= 2
    bridge.close()


def test_a_receipt_is_said_in_the_shops_own_time(at_home: None) -> None:
    from tests.tui.conftest import WEDNESDAY

    start = WEDNESDAY + timedelta(days=400)
    said = done(
        Receipt("assign", 1, 1042, 2, 0, {
            "number": "1042", "engineer": "王强",
            "start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat(),
        }),
        SHANGHAI,
    )  # fmt: skip
    assert said.text() == "T-1042 > 王强, 09-02 10:20-12:20"


async def test_holidays_not_known_yet_are_told_once_a_day_and_in_passing(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aftersales_tui.policy.calendars.PROMISED_AHEAD", timedelta(days=30_000))
    answers: list[bool] = []
    first_of_day = Seat.first_of_day

    def noted(seat: Seat, what: str, today: date) -> bool:
        answers.append(first_of_day(seat, what, today))
        return answers[-1]

    monkeypatch.setattr(Seat, "first_of_day", noted)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "holidays are not known" in status(app))
        assert all(cell_len(said) <= 78 for said in _said_in_every_language(app))
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen) and status(app) == "")
    again = make_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(answers) == 2)
        assert (answers, status(again)) == ([True, False], "")


def _said_in_every_language(app: DeskApp) -> Iterator[str]:
    for language in i18n.LANGUAGES:
        i18n.use(language)
        yield app.said.text()
    i18n.use("en")
