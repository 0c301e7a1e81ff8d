"""Makes the pages of ``docs`` out of the registries: ``python -m tests.docs.pages`` writes them anew.

They cannot go stale: a test makes them again and compares.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from aftersales_tui import i18n
from aftersales_tui.cli.exit_codes import WORDS
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
    yield f"\n## {words['codes']}\n\n| {words['code']} | |\n|---|---|"
    for code, key in WORDS.items():
        yield f"| {code} | {_cell(say(key))} |"


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
