"""Where things lie on this machine: the shipped data, the shop's store, drafts and settings."""

import os
from functools import cache
from pathlib import Path

from aftersales_tui.domain.errors import Unavailable

APP = "aftersales"


@cache
def data_dir() -> Path:
    """The shipped policy, words, scripts and demo data.

    Inside an installed wheel it lies in the package; in a checkout it stands beside it.
    """
    package = Path(__file__).parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent / "data"


def _platform(kind: str) -> Path:
    import platformdirs

    found: Path = getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False)
    return found


def _private(folder: Path) -> Path:
    """Make a folder only its owner can read: customers' names and phones lie in it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def store_dir() -> Path:
    """The folder of the shop's store; made on first use, private to the user.

    Raises:
        Unavailable: ``folder.no_store`` where it cannot be made.
    """
    folder = _platform("data")
    try:
        return _private(folder)
    except OSError as error:
        raise Unavailable("folder.no_store", path=str(folder), why=error.strerror or "") from error


def state_dir() -> Path:
    """The folder of drafts and seat locks, made on first use; ``AFTERSALES_STATE_DIR`` moves it.

    Raises:
        Unavailable: ``folder.no_state`` where it cannot be made.
    """
    folder = state_place()
    try:
        return _private(folder)
    except OSError as error:
        raise Unavailable("folder.no_state", path=str(folder), why=error.strerror or "") from error


def state_place() -> Path:
    """Where that folder lies, or would."""
    given = os.environ.get("AFTERSALES_STATE_DIR")
    return Path(given) if given else _platform("state")


def config_dir() -> Path:
    """The folder of ``settings.toml`` and of the shop's own policy files; it need not exist."""
    return _platform("config")


def typed_path(text: str) -> Path:
    """The file that somebody means who types this; ``~`` is his home, ``~nobody`` just a name that begins so."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path
