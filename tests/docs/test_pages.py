"""What the pages say is what the program does."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer

from aftersales_tui import __version__
from aftersales_tui.bootstrap import POLICY_FOLDER
from aftersales_tui.cli.main import build
from aftersales_tui.domain.grammar.verbs import VERBS
from aftersales_tui.paths import data_dir
from aftersales_tui.tui.commands.command import key_label
from aftersales_tui.tui.commands.registry import COMMANDS
from tests.docs.pages import DOCS, pages, shell_commands

ROOT = DOCS.parent
READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_page_is_what_the_registries_say_today(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages()[path], "run: python -m tests.docs.pages"


@pytest.mark.parametrize("ending", ["", ".zh-CN"])
def test_every_command_and_verb_stands_in_the_pages(ending: str) -> None:
    keys = (DOCS / f"keys{ending}.md").read_text(encoding="utf-8")
    verbs = (DOCS / f"commands{ending}.md").read_text(encoding="utf-8")
    assert not [command for command in COMMANDS if f"`{command}`" not in keys]
    assert not [verb.id for verb in VERBS if f"`{verb.id}`" not in verbs]
    commands = [name for name, _ in shell_commands()]
    assert {"run", "demo", "where", "cheatsheet", "engineer add", "engineer list"} <= set(commands)
    assert not [name for name in commands if not re.search(rf"^\| `{name}[` ]", verbs, re.MULTILINE)]
    assert not [sign for sign in ("; ", ". ", "? ", "! ", "window:", "--version") if sign not in verbs]


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_only_what_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if not target.startswith("http")]
    assert linked
    assert not [target for target in linked if not (ROOT / target).exists()]


def test_both_readmes_give_the_same_commands() -> None:
    said = [
        re.findall(r"^python3 .*$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in READMES
    ]
    assert len(said[0]) == 2
    assert said[0] == said[1]


def unexplained(text: str) -> list[str]:
    """The keys of a rule file that no comment names or stands right above."""
    said = " ".join(line.partition("#")[2] for line in text.splitlines())
    named, found, above = set(re.findall(r"\w+", said)), [], False
    for line in text.splitlines():
        key = re.match(r"(\w+)\s*=", line)
        if key and not above and key[1] not in named:
            found.append(key[1])
        if line.startswith("[") and not above:
            found.append(line)
        above = line.startswith("#")
    return found


def test_a_rule_without_a_comment_is_noticed() -> None:
    assert unexplained("# About a\n[t]\na = 1\nb = 2\n# c\nc = 1\n\n[u]\na = 1\n") == ["b", "[u]"]


def test_every_rule_of_the_shop_is_explained_where_it_stands() -> None:
    for path in sorted((data_dir() / "policy").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert tomllib.loads(text), path.name
        assert text.startswith("#"), f"{path.name} says nothing to the shop owner"
        assert unexplained(text) == [], path.name


def test_whoever_works_on_it_is_told_how_the_pages_are_made() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    made = [f"tests.docs.{path.stem}" for path in Path(__file__).parent.glob("p*.py")]
    assert sorted(made) == ["tests.docs.pages", "tests.docs.pictures"]
    assert not [module for module in made if f"python -m {module}`" not in told]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


@pytest.mark.parametrize("page", [*READMES, "ARCHITECTURE.md"])
def test_the_pages_say_in_which_folder_a_rule_file_is_read(page: str) -> None:
    assert f"`{POLICY_FOLDER}/`" in (ROOT / page).read_text(encoding="utf-8")


MANUALS = ("manual.md", "manual.zh-CN.md")
PLAIN_KEYS = frozenset({"Enter", "Esc", "Tab"})


def commands_of(group: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Every command of the shell by its words, groups among them."""
    found: dict[tuple[str, ...], object] = {path: group}
    for name, command in getattr(group, "commands", {}).items():
        found |= commands_of(command, (*path, name))
    return found


@pytest.mark.parametrize("manual", MANUALS)
def test_every_key_in_the_manual_is_one(manual: str) -> None:
    text = (DOCS / manual).read_text(encoding="utf-8")
    named = set(re.findall(r"<kbd>(.+?)</kbd>", text))
    known = {key_label(key) for command in COMMANDS.values() for key in command.keys} | PLAIN_KEYS
    assert len(named) > 20
    assert named - known == set()


@pytest.mark.parametrize("manual", MANUALS)
def test_every_command_in_the_manual_is_one_with_its_options(manual: str) -> None:
    text = (DOCS / manual).read_text(encoding="utf-8")
    known = commands_of(typer.main.get_command(build()))
    said = [shlex.split(line) for line in re.findall(r"`aftersales (.+?)`", text)]
    assert len(said) > 15
    for words in said:
        path = max((one for one in known if tuple(words[: len(one)]) == one), key=len)
        assert path, words
        flags = {flag for param in getattr(known[path], "params", ()) for flag in param.opts}
        assert {word for word in words if word.startswith("--")} <= flags, words


def test_the_manual_says_in_both_languages_the_same() -> None:
    texts = [(DOCS / manual).read_text(encoding="utf-8") for manual in MANUALS]
    keys = [sorted(set(re.findall(r"<kbd>(.+?)</kbd>", text))) for text in texts]
    assert keys[0] == keys[1]
    verbs = [[line.split()[:2] for line in re.findall(r"`aftersales (.+?)`", text)] for text in texts]
    assert [words[0] for words in verbs[0]] == [words[0] for words in verbs[1]]
