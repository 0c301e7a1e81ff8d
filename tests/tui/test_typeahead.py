"""Whoever types faster than the screens follow loses nothing."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events, work
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input

from aftersales_tui.tui import typeahead
from aftersales_tui.tui.typeahead import TypeAheadApp
from tests.tui.terminal_pty import F2, F12, Terminal

NAMED = {"\t": "tab", "\r": "enter", "²": "f2", "³": "f3", "⁵": "f5"}


class Question(ModalScreen[str]):
    """Answers with what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def compose(self) -> ComposeResult:
        yield Input(id="answer")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.answer.set_result(message.value)
        self.dismiss(message.value)


class Slow(Screen[None]):
    """Takes its time to be built."""

    async def on_mount(self) -> None:
        await asyncio.sleep(0.1)
        await self.mount(Input(id="late"), Input(id="later"))
        self.query_one("#late").focus()


class Stumbling(Input):
    """Its handler fails on ``!`` and does not return from ``?`` before it is released."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.released = asyncio.Event()

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "!":
            raise RuntimeError("stumbled")
        if event.character == "?":
            await self.released.wait()


class Plain(App[None]):
    """Three fields, and every way to open another screen."""

    BINDINGS = [("f2", "push"), ("f3", "ask"), ("f5", "fetch")]

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []
        self.failures: list[Exception] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Stumbling(id="a")
            yield Input(id="b")
            yield Input(id="c")
        yield Button("press", id="press")

    def on_mount(self) -> None:
        self.query_one("#a").focus()

    def action_push(self) -> None:
        self.push_screen(Slow())

    @work
    async def action_ask(self) -> None:
        self.answers.append(await self.push_screen_wait(Question()))

    @work
    async def action_fetch(self) -> None:
        await asyncio.sleep(0.1)
        self.push_screen(Question())

    def on_button_pressed(self) -> None:
        self.answers.append("pressed")

    def _handle_exception(self, error: Exception) -> None:
        self.failures.append(error)


class Queued(Plain, TypeAheadApp[None]):
    """The same with the queue."""

    @work
    async def action_fetch(self) -> None:
        with self.type_ahead.hold():
            await asyncio.sleep(0.1)
            self.push_screen(Question())


def keys(typed: str) -> Iterator[events.Key]:
    for character in typed:
        name = NAMED.get(character, character)
        yield events.Key(name, character if len(name) == 1 else None)


def values(app: App[Any]) -> list[str]:
    return [field.value for screen in app.screen_stack for field in screen.query(Input)]


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():
            await asyncio.sleep(0.005)


async def burst(app: App[None], typed: str, reached: Callable[[], bool]) -> None:
    """Type everything at once, before the app gets to handle any of it."""
    for key in keys(typed):
        app.post_message(key)
    await until(reached)


async def test_a_burst_lands_where_it_was_typed() -> None:
    app = Queued()
    async with app.run_test():
        wanted = ["hello", "world", "three", "pushed", "more"]
        await burst(app, "hello\tworld\tthree²pushed\tmore", lambda: values(app) == wanted)


async def test_without_the_queue_it_all_lands_in_the_first_field() -> None:
    app = Plain()
    async with app.run_test() as pilot:
        await burst(app, "hello\tworld", lambda: app.focused is app.query_one("#b"))
        await pilot.pause()
        assert values(app) == ["helloworld", "", ""]


async def test_without_the_queue_what_follows_the_key_of_a_screen_lands_on_the_screen_before() -> None:
    app = Plain()
    async with app.run_test() as pilot:
        await burst(app, "²astray", lambda: isinstance(app.screen, Slow))
        await pilot.pause()
        assert values(app) == ["astray", "", "", "", ""]


async def test_forty_of_forty_keys_keep_their_order() -> None:
    app = Queued()
    typed = "0123456789abcdefghij"
    async with app.run_test():
        await burst(app, f"{typed}\t{typed[::-1]}", lambda: values(app) == [typed, typed[::-1], ""])


async def test_a_paste_stands_in_the_same_queue() -> None:
    app = Queued()
    async with app.run_test():
        for event in (*keys("a\tb"), events.Paste("pasted"), *keys("c\td"), events.Paste("end")):
            app.post_message(event)
        await until(lambda: values(app) == ["a", "bpastedc", "dend"])


async def test_a_dialog_that_a_worker_waits_for_takes_the_keys_and_gives_them_back() -> None:
    app = Queued()
    async with app.run_test():
        await burst(app, "\tab³name\rcd", lambda: values(app) == ["", "abcd", ""])
        assert app.answers == ["name"]


async def test_a_handler_that_waits_for_a_dialog_does_not_lock_up() -> None:
    class Inside(Input):
        async def _on_key(self, event: events.Key) -> None:
            if event.character == "?":
                event.prevent_default()
                event.stop()
                question = Question()
                self.app.push_screen(question)
                self.value = f"<{await question.answer}>"

    class Form(Queued):
        def compose(self) -> ComposeResult:
            yield Inside(id="a")

    app = Form()
    async with app.run_test():
        await burst(app, "?typed\r", lambda: values(app) == ["<typed>"])


async def test_keys_are_held_while_something_is_fetched_before_a_screen_opens() -> None:
    app = Queued()
    async with app.run_test():
        await burst(app, "a⁵later", lambda: values(app) == ["a", "", "", "later"])


async def test_without_holding_they_land_on_the_screen_before() -> None:
    class NotHeld(Queued):
        action_fetch = Plain.action_fetch

    app = NotHeld()
    async with app.run_test():
        await burst(app, "a⁵later", lambda: values(app) == ["alater", "", "", ""])


async def test_a_hold_that_never_ends_does_not_keep_the_keys_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typeahead, "LONG_PATIENCE", 0.5)
    app = Queued()
    typed = "0123456789" * 3
    async with app.run_test():
        with app.type_ahead.hold():
            # Within the ten seconds of ``until``: only the first key pays for the forgotten hold.
            await burst(app, typed, lambda: values(app) == [typed, "", ""])


async def test_a_handler_that_fails_does_not_keep_the_next_key() -> None:
    app = Queued()
    async with app.run_test():
        await burst(app, "!", lambda: bool(app.failures))
        app.query_one("#b").focus()
        await burst(app, "on", lambda: values(app) == ["on", ""])  # Textual took the first field away
        assert [str(error) for error in app.failures] == ["stumbled"]


async def test_a_handler_that_never_returns_does_not_keep_the_next_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typeahead, "PATIENCE", 0.1)
    app = Queued()
    async with app.run_test():
        await burst(app, "a?", lambda: values(app)[0] == "a")
        app.query_one("#b").focus()
        await burst(app, "on", lambda: values(app) == ["a", "on", ""])
        app.query_one(Stumbling).released.set()


async def test_the_mouse_does_not_wait() -> None:
    app = Queued()
    async with app.run_test(size=(80, 24)) as pilot:
        with app.type_ahead.hold():
            for key in keys("held"):
                app.post_message(key)
            await pilot.click("#press")
            await until(lambda: app.answers == ["pressed"])
            assert values(app) == ["", "", ""]
        await until(lambda: not app.type_ahead._waiting)


async def test_at_rest_a_key_goes_out_at_once() -> None:
    app = Queued()
    async with app.run_test() as pilot:
        await pilot.press("a")
        key = events.Key("b", "b")
        with app._context():
            await app.on_event(key)
        assert key.is_forwarded
        await until(lambda: values(app) == ["ab", "", ""])


async def test_a_test_pilot_types_as_ever() -> None:
    app = Queued()
    async with app.run_test() as pilot:
        await pilot.press(*"pilot", "tab", *"types", "f3", *"it", "enter")
        assert values(app) == ["pilot", "types", ""]
        assert app.answers == ["it"]
        app.simulate_key("f2")
        await until(lambda: isinstance(app.screen, Slow))


async def test_what_one_key_prevents_the_next_does_not() -> None:
    heard: list[str] = []

    class Listening(Queued):
        def on_input_changed(self, message: Input.Changed) -> None:
            heard.append(message.value)

    app = Listening()
    async with app.run_test():
        with app.prevent(Input.Changed):
            app.post_message(events.Key("a", "a"))
        await burst(app, "bc", lambda: values(app)[0] == "abc")
        await until(lambda: heard == ["ab", "abc"])


def test_a_burst_in_a_terminal_lands_where_it_was_typed(tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.start()
        terminal.type(f"hello\tworld\t漏水了{F2}pushed\tmore{F12}")
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8")) == [
            "hello",
            "world",
            "漏水了",
            "pushed",
            "more",
        ]


def test_without_the_queue_a_burst_in_a_terminal_goes_astray(tmp_path: Path) -> None:
    with Terminal("Fields", tmp_path) as terminal:
        terminal.start()
        terminal.type(f"hello\tworld\tthree{F2}pushed\tmore{F12}")
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8")) != ["hello", "world", "three", "pushed", "more"]


@pytest.mark.parametrize("start", range(3))
def test_keys_typed_at_spawn_all_arrive(start: int, tmp_path: Path) -> None:
    with Terminal("QueuedFields", tmp_path) as terminal:
        terminal.type(f"spawn\tkeys{F2}all{F12}")
        assert terminal.end() == 0
        assert json.loads(terminal.result.read_text("utf-8")) == ["spawn", "keys", "", "all", ""]
