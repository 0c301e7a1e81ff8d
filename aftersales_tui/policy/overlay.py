"""Rule files: the shipped table with the shop's own laid over it, key by key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from aftersales_tui.domain.errors import Invalid

FILES = (
    *("hours", "promises", "kinds", "dispatch", "outcomes", "contacts"),
    *("visitors", "handover", "duplicates"),
)
"""The rule files by name, without ``.toml``."""

OPEN_TABLES = frozenset({"overrides"})
"""Top-level tables whose keys the shop invents; every other key must exist in the shipped file."""

Table = dict[str, object]


def rule_tables(shop_folder: Path | None, shipped: Path) -> dict[str, tuple[Path, Table]]:
    """Every rule file as it is in force, with the path to name when it is wrong.

    Args:
        shop_folder: Where the shop's own files lie; a file that is not there changes nothing.
        shipped: The folder of the default files.

    Raises:
        Invalid: ``policy.unreadable``, ``policy.not_toml`` or ``policy.unknown_key``.
    """
    found = {}
    for name in FILES:
        path = shipped / f"{name}.toml"
        table = _read(path)
        own = shop_folder / path.name if shop_folder else None
        if own and own.is_file():
            changes = _read(own)
            _require_known(own, changes, table, "")
            path, table = own, _laid_over(table, changes)
        found[name] = (path, table)
    return found


def nearest(word: str, known: Mapping[str, object]) -> str:
    """The known key that looks most like ``word``; an empty string when there is none at all."""
    return max(
        known, key=lambda key: SequenceMatcher(None, word.casefold(), key.casefold()).ratio(), default=""
    )


def _read(path: Path) -> Table:
    try:
        # An editor on Windows may leave a byte order mark, which is no TOML.
        text = path.read_text("utf-8-sig")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _place(error, text)
        raise Invalid("policy.not_toml", file=str(path), line=line, column=column) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("policy.unreadable", file=str(path)) from error


def _place(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    """Line and column; ``tomllib`` has them in its sentence alone, and not at all at the end of the file."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    lines = text.split("\n")
    return (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)


def _laid_over(table: Mapping[str, object], changes: Mapping[str, object]) -> Table:
    laid = dict(table)
    for key, value in changes.items():
        below = laid.get(key)
        laid[key] = _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return laid


def _require_known(
    path: Path, changes: Mapping[str, object], known: Mapping[str, object], prefix: str
) -> None:
    for name, key, siblings in _unknown(changes, known, prefix):
        raise Invalid("policy.unknown_key", file=str(path), key=name, nearest=nearest(key, siblings))


def _unknown(
    changes: Mapping[str, object], known: Mapping[str, object], prefix: str
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """The keys that the shipped file does not have: full name, key, and the keys it could have been."""
    for key, value in changes.items():
        below = known.get(key)
        if key not in known:
            yield prefix + key, key, known
        elif isinstance(value, dict) and isinstance(below, dict) and prefix + key not in OPEN_TABLES:
            yield from _unknown(value, below, f"{prefix}{key}.")
