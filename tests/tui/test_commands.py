"""Commands: one definition each, no dead key, a name and a sentence in every language."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from textual.widget import Widget
from textual.widgets import TextArea

from aftersales_tui import i18n
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.tui.app import DeskApp
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.commanded import commands_here
from aftersales_tui.tui.commands.registry import COMMANDS, SHARED
from aftersales_tui.tui.dialogs.palette import Palette
from aftersales_tui.tui.keymap import keymap
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.screens.help import HelpScreen
from aftersales_tui.tui.ticket.paper import Paper
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from tests.tui.steps import opened, rows_of, strip, until

MakeApp = Callable[..., DeskApp]


class Form(DeskScreen):
    """A field of each kind."""

    scopes: ClassVar[tuple[str, ...]] = ()

    def compose_body(self) -> Iterator[Widget]:
        yield Line(id="line")
        yield TextArea(id="area")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_command_has_a_name_and_a_sentence(command: Command, language: str) -> None:
    i18n.use(language)
    assert command.label != f"command.{command.id}"
    assert command.help != f"command.{command.id}.help"


def test_no_two_commands_of_a_place_have_the_same_key() -> None:
    assert keymap({}) == {}


def test_a_key_without_a_method_is_an_error_when_the_class_is_made() -> None:
    with pytest.raises(TypeError, match="Silent cannot do: filter"):
        type("Silent", (DeskScreen,), {"scopes": ("queue",)})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"fly": "f9"}, "keymap.unknown"),
        ({"assign": "  "}, "keymap.empty"),
        ({"assign": "m"}, "keymap.clash"),
        ({"filter": "ctrl+p"}, "keymap.clash"),
        ({"help": "escape"}, "keymap.clash"),
    ],
)
def test_a_keymap_that_does_not_fit_is_refused_with_a_sentence(given: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        keymap(given)
    assert refused.value.code == code
    assert i18n.has(f"error.{code}")


def test_two_commands_may_change_places() -> None:
    assert keymap({"assign": "m", "memo": "a, ctrl+f9"}) == {"assign": "m", "memo": "a,ctrl+f9"}


def test_keys_are_named_as_they_are_printed() -> None:
    assert [key_label(key) for key in ("f2", "ctrl+p", "escape", "colon", "a", "pagedown")] == [
        "F2",
        "Ctrl+P",
        "Esc",
        ":",
        "a",
        "PgDn",
    ]


async def pressed(app: DeskApp, on: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Press every key of every command that works here; answers what each has done."""
    done: list[str] = []
    found: dict[str, list[str]] = {}
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot)
        if on:
            await app.push_screen(Form())
            app.screen.query_one(on).focus()
            await pilot.pause()
        for node_type in {type(node) for _, node in commands_here(app.screen)}:

            async def note(self: object, command_id: str) -> None:
                done.append(command_id)

            monkeypatch.setattr(node_type, "action_run_command", note)
        for command, _ in commands_here(app.screen):
            for key in command.keys:
                done.clear()
                await pilot.press(key)
                found[f"{command.id} {key}"] = list(done)
    return found


async def test_every_key_does_its_command(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    found = await pressed(make_app(), "", monkeypatch)
    assert len(found) >= 20
    assert {name: done for name, done in found.items() if done != [name.partition(" ")[0]]} == {}


@pytest.mark.parametrize("field", ["#line", "#area"])
async def test_keys_with_priority_work_in_a_field_and_letters_are_typed(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    found = await pressed(make_app(), field, monkeypatch)
    first = {name: done for name, done in found.items() if COMMANDS[name.partition(" ")[0]].priority}
    assert first
    assert {name: done for name, done in first.items() if done != [name.partition(" ")[0]]} == {}
    rest = set(found) - set(first)
    assert [name for name in rest if found[name] and COMMANDS[name.split()[0]].where not in SHARED] == []


async def test_a_remapped_key_works_and_the_old_one_no_longer(make_app: MakeApp) -> None:
    app = make_app(keymap={"help": "ctrl+f8"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert strip(app).startswith(" Ctrl+F8 Help")
        await pilot.press("f1")
        assert not isinstance(app.screen, HelpScreen)
        await pilot.press("ctrl+f8")
        assert isinstance(app.screen, HelpScreen)


async def test_help_names_the_keys_of_the_screen(make_app: MakeApp) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("f1")
        told = [line.split() for line in app.screen.query_one(Paper).written.splitlines()]
        assert [line[-2] for line in told if line[0] in {"a", "f", "F1"}] == ["派工", "筛选", "帮助"]
        assert ["下", "j", "下移"] in [line[:3] for line in told]
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("typed", ["quoits", "memo", "MEMO add"])
async def test_the_palette_does_what_is_found_also_typed_ahead(make_app: MakeApp, typed: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+p", *("space" if letter == " " else letter for letter in typed))
        assert isinstance(app.screen, Palette)
        assert [row.cells[0] for row in rows_of(app).rows][:1] == (["Memo"] if typed != "quoits" else [])
        await pilot.press("enter")
        if typed != "quoits":
            await until(pilot, lambda: app.screen.query(Line) and not isinstance(app.screen, Palette))


async def test_the_palette_takes_what_an_input_method_commits(make_app: MakeApp) -> None:
    app = make_app(language="zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("ctrl+p", "派", "工", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == "AssignDialog")


async def test_a_click_on_the_strip_does_the_command(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(160, 24)) as pilot:
        await opened(app, pilot)
        await pilot.click("KeyStrip", offset=(strip(app).index("f Filter") + 2, 0))
        await until(pilot, lambda: app.screen.is_modal)
        assert rows_of(app).rows[0].cells[1] == "Status"
        assert isinstance(rows_of(app), Rows)
