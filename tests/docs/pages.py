"""Makes the pages of ``docs`` out of the registries: ``python -m tests.docs.pages`` writes them anew.

They cannot go stale: a test makes them again and compares.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from aftersales_tui import i18n
from aftersales_tui.cli.exit_codes import WORDS
from aftersales_tui.cli.main import build
from aftersales_tui.domain.grammar.verbs import VERBS
from aftersales_tui.i18n import say
from aftersales_tui.tui.commands.command import Command, key_label
from aftersales_tui.tui.commands.registry import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
ENDING: Mapping[str, str] = {"en": "", "zh_CN": ".zh-CN"}
TITLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "keys": "Keys",
        "keys_about": "Every key and palette entry (`Ctrl+P`), made from the program itself. Keys can be changed"
        " under `[keymap]` in `settings.toml`, by the name in the last column.",
        "key": "key",
        "does": "what it does",
        "id": "name",
        "commands": "Commands",
        "commands_about": "The same words inside the app after `:` and in the shell after `aftersales`, made from the"
        " program itself.",
        "short": "short",
        "long": "long",
        "example": "example",
        "signs": "Signs and the long form",
        "names": "names of the long form",
        "shell": "In the shell alone",
        "command": "command",
        "options": "options",
        "everywhere": "Every command also takes:",
        "codes": "Exit codes",
        "code": "code",
    },
    "zh_CN": {
        "keys": "按键",
        "keys_about": "全部按键和命令面板（`Ctrl+P`）里的命令，由程序自己生成。在 `settings.toml` 的 `[keymap]` 下，"
        "按最后一列的名称可以改键。",
        "key": "键",
        "does": "作用",
        "id": "名称",
        "commands": "命令",
        "commands_about": "在里面 `:` 之后、在命令行 `aftersales` 之后，都是同样的话；本页由程序自己生成。",
        "short": "短",
        "long": "长",
        "example": "例子",
        "signs": "符号和完整写法",
        "names": "完整写法里的名称",
        "shell": "只在命令行里有的命令",
        "command": "命令",
        "options": "选项",
        "everywhere": "每条命令还可以带：",
        "codes": "退出码",
        "code": "码",
    },
}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _key(command: Command) -> str:
    return " ".join(f"`{key_label(key)}`" for key in command.keys)


def _keys_page(words: Mapping[str, str]) -> Iterator[str]:
    yield f"# {words['keys']}\n\n{words['keys_about']}\n"
    yield f"| {words['key']} | | {words['does']} | {words['id']} |"
    yield "|---|---|---|---|"
    for command in COMMANDS.values():
        yield f"| {_key(command)} | {_cell(command.label)} | {_cell(command.help)} | `{command.id}` |"


def _commands_page(words: Mapping[str, str]) -> Iterator[str]:
    yield f"# {words['commands']}\n\n{words['commands_about']}\n"
    yield f"| {words['short']} | {words['long']} | {words['example']} | {words['does']} |"
    yield "|---|---|---|---|"
    for verb in VERBS:
        short = f"`{verb.short}`" if verb.short else ""
        example = _cell(say(f"verb.{verb.id}.example"))
        yield f"| {short} | `{verb.id}` | `{example}` | {_cell(say(f'verb.{verb.id}.help'))} |"
    yield from _signs(words)
    yield from _shell(words)
    yield f"\n## {words['codes']}\n\n| {words['code']} | |\n|---|---|"
    for code, key in WORDS.items():
        yield f"| {code} | {_cell(say(key))} |"


def _signs(words: Mapping[str, str]) -> Iterator[str]:
    """What ``;`` ``.`` ``?`` and ``!`` mean, and by which names each verb's words may be given."""
    yield f"\n## {words['signs']}\n"
    yield from (f"- {line}" for line in say("cli.sheet.signs").splitlines())
    yield f"\n| {words['long']} | {words['names']} |\n|---|---|"
    for verb in VERBS:
        names = [*(["ticket"] if verb.on_ticket else []), *(argument.name for argument in verb.arguments)]
        told = [f"`{name}:`" for name in names] + (["`!`"] if verb.overridable else [])
        if told:
            yield f"| `{verb.id}` | {' '.join(told)} |"


def shell_commands() -> Iterator[tuple[str, Any]]:
    """Every command of the shell that is no verb of the command language, by its whole name."""
    verbs = {verb.id for verb in VERBS}

    def within(group: Any, before: str) -> Iterator[tuple[str, Any]]:
        for name, command in group.commands.items():
            whole = f"{before}{name}"
            if getattr(command, "commands", None):
                yield from within(command, f"{whole} ")
            elif whole not in verbs:
                yield whole, command

    yield from within(typer.main.get_command(build()), "")


def _options(command: Any) -> list[str]:
    """A command's own options as they are typed."""
    return [
        f"{param.opts[0]} {param.metavar}" if param.metavar else param.opts[0]
        for param in command.params
        if param.param_type_name == "option"
    ]


def _shell(words: Mapping[str, str]) -> Iterator[str]:
    found = dict(shell_commands())
    common = set.intersection(*(set(_options(command)) for command in found.values()))
    yield f"\n## {words['shell']}\n"
    yield f"| {words['command']} | {words['options']} | {words['does']} |\n|---|---|---|"
    for name, command in found.items():
        given = [param.metavar for param in command.params if param.param_type_name == "argument"]
        usage = " ".join(filter(None, (name, *given)))
        own = " ".join(f"`{option}`" for option in _options(command) if option not in common)
        yield f"| `{_cell(usage)}` | {_cell(own)} | {_cell((command.help or '').partition(chr(10))[0])} |"
    root: Any = typer.main.get_command(build())
    alone = next(param for param in root.params if param.name == "version")
    yield f"| `--version` |  | {_cell(alone.help or '')} |"
    shared = [option for option in _options(next(iter(found.values()))) if option in common]
    yield f"\n{words['everywhere']} {' '.join(f'`{option}`' for option in shared)}"


def pages() -> dict[Path, str]:
    """Every page with its text, in the languages that have pages."""
    before, made = i18n.language(), {}
    for language, ending in ENDING.items():
        i18n.use(language)
        words = TITLES[language]
        made[DOCS / f"keys{ending}.md"] = "\n".join(_keys_page(words)) + "\n"
        made[DOCS / f"commands{ending}.md"] = "\n".join(_commands_page(words)) + "\n"
    i18n.use(before)
    return made


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
