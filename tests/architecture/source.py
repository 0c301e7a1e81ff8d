"""The house's own source, parsed once, for the tests that look at its shape."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import aftersales_tui

PACKAGE = Path(aftersales_tui.__file__).parent
ROOT = Path(__file__).parents[2]
MIGRATIONS = "aftersales_tui/store/migrations/versions/"


@dataclass(frozen=True)
class Module:
    """One Python file: where it lies below the repository, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The layer that the file belongs to: ``desk`` of ``aftersales_tui/desk/visits.py``."""
        return self.path.removeprefix("aftersales_tui/").partition("/")[0].removesuffix(".py")

    def at(self, node: ast.AST) -> str:
        """A place as editors and people read it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def _parsed(folder: Path) -> tuple[Module, ...]:
    found = []
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text("utf-8")
        path = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        found.append(Module(path, text, ast.parse(text, path)))
    return tuple(found)


def package(*rooms: str) -> list[Module]:
    """The modules of the package; of some rooms only when they are named."""
    return [module for module in _parsed(PACKAGE) if not rooms or module.room in rooms]


def everything() -> list[Module]:
    """The modules of the package and the tests, but for the migrations, which are history."""
    return [
        *(module for module in package() if not module.path.startswith(MIGRATIONS)),
        *_parsed(ROOT / "tests"),
    ]


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported module with the statement that imports it, also inside functions; ours in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, "." * node.level + (node.module or "")


def called(node: ast.Call) -> str:
    """The last name of what is called: ``notify`` of ``self.app.notify(…)``."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Every call of one of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """What a call gives for a named argument; ``None`` when it does not."""
    return next((given.value for given in call.keywords if given.arg == name), None)


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file of the repository that is tracked or will be: what ``.gitignore`` leaves over."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = sorted(name for name in listed.split("\0") if name)
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())
