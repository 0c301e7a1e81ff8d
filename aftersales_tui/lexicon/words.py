"""Reads the shop's date words out of ``data/words`` into plain values for ``domain.when``."""

import tomllib
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when.spans import UNITS
from aftersales_tui.domain.when.words import PartOfDay, Words, normal

T = TypeVar("T")

LANGUAGES = ("en", "zh_CN", "zh_TW")
HOURS = "hours"
"""The file that says what the parts of the day mean; it has no words in it."""


def load_words(folder: Path) -> Words:
    """The words of all languages together; some milliseconds, so the caller keeps them (C1).

    Args:
        folder: ``data/words`` or the shop's own copy of it.

    Raises:
        Invalid: ``words.unreadable`` with the file, when one is missing, is no TOML, or says nonsense,
            such as one word with two meanings.
    """
    hours = _read(folder / f"{HOURS}.toml")
    spoken = {language: _read(folder / f"{language}.toml") for language in LANGUAGES}
    file = HOURS
    try:
        parts = {name: _part(part) for name, part in hours["parts"].items()}
        rules = hours["rules"]
        bare = (int(rules["bare_afternoon"]["from"]), int(rules["bare_afternoon"]["to"]))
        year_offset = int(rules["year_offset"])
        found = _Tables(parts)
        for file, tables in spoken.items():  # noqa: B007 (the last file read is named in the error)
            found.add(tables)
        return found.words(parts["whole_day"], bare, year_offset)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("words.unreadable", file=f"{file}.toml", detail=str(error)) from error


def _read(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid("words.unreadable", file=file.name, detail=str(error)) from error


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    found = int(hour) * 60 + int(minute)
    if not 0 <= found <= 24 * 60:
        raise ValueError(clock)
    return found


def _part(table: Mapping[str, str]) -> PartOfDay:
    part = PartOfDay(_minutes(table["start"]), _minutes(table["end"]), _minutes(table["clock_from"]))
    if part.end <= part.start:
        raise ValueError(table["end"])
    return part


class _Tables:
    """Gathers the tables of one language after the other."""

    def __init__(self, parts: Mapping[str, PartOfDay]) -> None:
        self._parts = parts
        self._counted: dict[str, dict[str, int]] = {
            name: {} for name in ("days", "weekdays", "months", "shifts", "years", "numbers")
        }
        self._units: dict[str, str] = {}
        self._spoken_parts: dict[str, PartOfDay] = {}
        self._marks: dict[str, set[str]] = {}
        self._short: dict[str, str] = {}
        self._offers: dict[str, list[Iterable[str]]] = {}

    def add(self, tables: Mapping[str, Any]) -> None:
        """The tables of one language; those of others, such as verb aliases, are left to their readers."""
        for name, counted in self._counted.items():
            for meaning, spellings in tables.get(name, {}).items():
                _meant(counted, spellings, int(meaning))
        for unit, spellings in tables.get("units", {}).items():
            if unit not in UNITS:
                raise ValueError(unit)
            _meant(self._units, spellings, unit)
        for part, spellings in tables.get("parts", {}).items():
            _meant(self._spoken_parts, spellings, self._parts[part])
        for office, spellings in tables.get("marks", {}).items():
            self._marks.setdefault(office, set()).update(map(_spelled, spellings))
        for word, meant in tables.get("short", {}).items():
            _meant(self._short, [word], normal(meant))
        for kind, offered in tables.get("offers", {}).items():
            self._offers.setdefault(kind, []).append(offered)

    def words(self, whole_day: PartOfDay, bare_afternoon: tuple[int, int], year_offset: int) -> Words:
        """All of them as one value."""
        return Words(
            **self._counted,
            units=self._units,
            parts=self._spoken_parts,
            marks={office: frozenset(spellings) for office, spellings in self._marks.items()},
            short=self._short,
            whole_day=whole_day,
            bare_afternoon=bare_afternoon,
            year_offset=year_offset,
            offers={kind: _in_turn(offered) for kind, offered in self._offers.items()},
        )


def _in_turn(offered: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """One of each language after the other, so that the first few show them all."""
    return tuple(dict.fromkeys(word for row in zip_longest(*offered) for word in row if word))


def _spelled(word: str) -> str:
    spelling = normal(word)
    if not spelling:
        raise ValueError(word)
    return spelling


def _meant(table: dict[str, T], spellings: Iterable[str], meaning: T) -> None:
    for word in spellings:
        spelling = _spelled(word)
        if table.setdefault(spelling, meaning) != meaning:
            raise ValueError(word)
