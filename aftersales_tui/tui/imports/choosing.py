"""Which file is to be read in: typed, pasted, or found in a folder by digits."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from textual.app import App

from aftersales_tui.paths import typed_path
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import DIGITS, Choice, Menu

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
UP = ".."


async def ask_file(app: App[None], last: str) -> Path | None:
    """Ask for a file; a folder is looked into, its newest tables first."""
    typed = await app.push_screen_wait(Ask("import.which_file", last, hint="import.which_file.hint"))
    if not typed:
        return None
    path = typed_path(typed.strip().strip("'\""))
    while _is_folder(path):
        chosen = await app.push_screen_wait(Menu("import.in_folder", _choices(path), folder=str(path)))
        if not chosen:
            return None
        path = path.parent if chosen == UP else path / chosen
    return path


def _is_folder(path: Path) -> bool:
    """Whether this is a folder; a name that is too long is none, and is complained of where it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _choices(folder: Path) -> list[Choice]:
    try:
        parts = [part for part in folder.iterdir() if not part.name.startswith(".")]
    except OSError:
        parts = []
    files = sorted((part for part in parts if part.suffix.casefold() in TABLES), key=_age)
    folders = sorted(part for part in parts if part.is_dir())
    shown: Iterable[Path] = [*files, *folders][: len(DIGITS) - 1]
    return [
        *(Choice(one.name, f"{one.name}/" if one.is_dir() else one.name, _when(one)) for one in shown),
        Choice(UP, f"{UP}/"),
    ]


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0


def _when(file: Path) -> str:
    return f"{datetime.fromtimestamp(-_age(file)).astimezone():%m-%d %H:%M}" if file.is_file() else ""
