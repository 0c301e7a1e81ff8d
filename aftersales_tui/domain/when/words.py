"""The words people use for dates and times, and what the shop means by them: plain values, read elsewhere."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

_SAME_SIGN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "~": "-", "〜": "-", "‐": "-", "‑": "-", "’": "'", "。": " ", "，": " "}
    | dict.fromkeys(",、;()[]!?\"'「」", " ")
    | {"'": "'"}
)


WEEKEND = 8
"""Among the weekdays: Saturday or Sunday, whichever can still be meant."""


def normal(text: str) -> str:
    """One spelling for what looks alike: narrow, lower case, single blanks, one sign for every dash."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_SAME_SIGN).split())


class PartOfDay(NamedTuple):
    """What the shop means by a part of the day; all in minutes from midnight of the wall clock.

    Attributes:
        start: Where a visit window of this part begins.
        end: Where it ends; 1440 is the next midnight.
        clock_from: A clock hour said with this part lies in the twelve hours from here on.
    """

    start: int
    end: int
    clock_from: int


@dataclass(frozen=True)
class Words:
    """Every word of every language at once, each spelled as ``normal`` spells it (C1, F2's spoken dates).

    Attributes:
        days: Days from today: ``tomorrow`` 1.
        weekdays: Monday is 1; ``WEEKEND`` stands for Saturday and Sunday.
        months: January is 1.
        shifts: ``last`` -1, ``this`` 0, ``next`` 1; before a week, month, year or weekday.
        years: ``去年`` -1.
        numbers: Numerals and number words.
        units: Names out of ``spans.UNITS``.
        parts: Parts of the day.
        marks: The small words that tell what their neighbours mean, by their office.
        short: One word that stands for several.
        whole_day: A day without any hour.
        bare_afternoon: The first and the last hour that mean the afternoon when nothing else is said.
        year_offset: Added to a year of three digits.
        offers: For completion: ``days``, ``times``, ``spans``, ``past``.
    """

    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    shifts: Mapping[str, int]
    years: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    parts: Mapping[str, PartOfDay]
    marks: Mapping[str, frozenset[str]]
    short: Mapping[str, str]
    whole_day: PartOfDay
    bare_afternoon: tuple[int, int]
    year_offset: int
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """All words by their first letter, the longest first."""
        known = {
            word
            for table in (
                self.days, self.weekdays, self.months, self.shifts, self.years, self.numbers,
                self.units, self.parts, self.short, *self.marks.values(),
            )
            for word in table
        }  # fmt: skip
        found: dict[str, list[str]] = {}
        for word in sorted(known, key=len, reverse=True):
            found.setdefault(word[0], []).append(word)
        return {first: tuple(words) for first, words in found.items()}
