"""What the pages say is what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from aftersales_tui.domain.grammar.verbs import VERBS
from aftersales_tui.paths import data_dir
from aftersales_tui.tui.commands.registry import COMMANDS
from tests.docs.pages import DOCS, pages

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


def test_every_rule_of_the_shop_is_explained_where_it_stands() -> None:
    for path in sorted((data_dir() / "policy").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert tomllib.loads(text), path.name
        assert text.startswith("#"), f"{path.name} says nothing to the shop owner"
