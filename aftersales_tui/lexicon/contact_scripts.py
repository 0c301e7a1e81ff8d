"""Reads what to say when a customer is called back, in the shop's own words, out of ``data/scripts`` (B1, C5)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from aftersales_tui.domain.errors import Invalid

FILE = "contacts.toml"
PLACES = frozenset({"name", "product", "fault", "words", "number", "shop", "person"})
"""What a line may have filled in."""
Line = tuple[str, ...]
"""One line in its several ways; the first one of which everything is known is said."""
ContactScripts = Mapping[str, tuple[Line, ...]]
"""The lines by what a contact is about, or by its reason."""


@lru_cache(maxsize=16)
def load_contact_scripts(
    shipped: Path, own: Path | None = None, file: str = FILE, places: frozenset[str] = PLACES
) -> ContactScripts:
    """The scripts of one language; read once, so a change of the file shows at the next start.

    Args:
        shipped: The folder of the language in ``data/scripts``.
        own: The shop's folder for it; its file wins table by table and need not exist.
        file: Its name.
        places: What its lines may have filled in.

    Raises:
        Invalid: ``script.unreadable`` with the file and what is wrong with it.
    """
    found = _read(shipped / file, places)
    if own is not None and (own / file).is_file():
        found |= _read(own / file, places)
    return MappingProxyType(found)


def lines_of(scripts: ContactScripts, reason: str, about: str) -> tuple[Line, ...]:
    """The lines for a contact: those of what it is about, else of its reason; none for neither."""
    return scripts.get(about) or scripts.get(reason, ())


def spoken(lines: Sequence[Line], known: Mapping[str, str]) -> tuple[str, ...]:
    """The lines as they are said: filled with what is known, without those for which something is missing."""
    said = (next((way for way in line if _asks(way) <= _filled(known)), None) for line in lines)
    return tuple(way.format_map(known) for way in said if way is not None)


def _filled(known: Mapping[str, str]) -> set[str]:
    return {name for name, text in known.items() if text.strip()}


def _asks(way: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(way) if name is not None}


def _read(file: Path, places: frozenset[str]) -> dict[str, tuple[Line, ...]]:
    try:
        # An editor on Windows may leave a byte order mark, which is no TOML.
        tables: dict[str, Any] = tomllib.loads(file.read_text("utf-8-sig"))
        return {name: tuple(_line(given, places) for given in table["say"]) for name, table in tables.items()}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Invalid("script.unreadable", file=str(file), detail=str(error)) from error


def _line(given: object, places: frozenset[str]) -> Line:
    ways = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
    if not ways or not all(isinstance(way, str) for way in ways):
        raise ValueError(given)
    for way in ways:
        for _, name, form, conversion in Formatter().parse(way):
            if name is not None and (name not in places or form or conversion):
                raise ValueError(way)
    return ways
