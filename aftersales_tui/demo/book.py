"""What the demo shop is made of: its people, places, products and the words of its calls, read from data/demo."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales_tui.paths import data_dir

FOLDER = "demo"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
Pair = tuple[str, str]
"""The same thing in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a customer says of his device, and what the engineer writes when he has mended it."""

    said: Pair
    done: Pair


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop mends; ``part`` is what is waited for when it is missing."""

    id: str
    word: Pair
    serial: str
    models: tuple[str, ...]
    part: Pair
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Errand:
    """A call for something else than a repair (C11); ``product`` is empty where it is about no device."""

    kind: str
    product: str
    said: Pair
    wanted: Pair
    answer: Pair
    for_whom: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the town with its streets and housing estates."""

    name: str
    streets: tuple[Pair, ...]
    estates: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Engineer:
    """An engineer; ``week`` holds weekday, start and end in minutes, ``off`` why he has today off."""

    name: str
    phone: str
    skills: tuple[str, ...]
    zones: tuple[str, ...]
    week: tuple[tuple[int, int, int], ...]
    off: str


@dataclass(frozen=True, slots=True)
class Known:
    """A customer who is described one by one; the others are put together from names.

    Attributes:
        product: Id of a product that he has for certain; empty for whatever comes.
        quiet: Hours in which he is not rung.
        months: Between two contacts of his own plan; 0 for none.
        hours: Until that is due next, below 0 since it was; 0 for in so many months.
        people: Fields of each person there.
        promises: What was promised at a sale, and in how many days that is due.
    """

    name: str
    phone: str = ""
    note: str = ""
    do_not_call: bool = False
    tier: str = ""
    product: str = ""
    quiet: str = ""
    months: int = 0
    hours: int = 0
    people: Sequence[Mapping[str, str]] = ()
    promises: Sequence[Mapping[str, Any]] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor of the day; ``minutes`` until he comes, below 0 since he came."""

    name: str
    company: str
    purpose: str
    host: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Left:
    """A note of the shift before, so many minutes ago."""

    text: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Names:
    """What names are put together from."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    companies: tuple[Pair, ...]
    titles: tuple[Pair, ...]
    places: tuple[Pair, ...]
    women: frozenset[str]
    man: str
    woman: str

    def title(self, first: str, drawn: str) -> str:
        """The title for somebody of that first name: the one that was drawn, where it fits."""
        if first in self.women:
            return drawn if drawn != self.man else self.woman
        return self.man


@dataclass(frozen=True, slots=True)
class Book:
    """Everything in data/demo.

    Attributes:
        shop: Name, area code and country of the shop; its dispatcher and a colleague.
        words: What is said and noted, by occasion.
    """

    shop: Mapping[str, str]
    engineers: tuple[Engineer, ...]
    zones: tuple[Zone, ...]
    names: Names
    known: tuple[Known, ...]
    products: Mapping[str, Product]
    errands: tuple[Errand, ...]
    words: Mapping[str, tuple[Pair, ...]]
    visitors: tuple[Guest, ...]
    notes: tuple[Left, ...]


def load_book() -> Book:
    """Read data/demo."""
    shop, people, calls = _table("shop"), _table("people"), _table("calls")
    products = [_product(row) for row in _table("products")["product"]]
    return Book(
        shop={key: shop[key] for key in ("name", "area_code", "country", "dispatcher", "colleague")},
        engineers=tuple(_engineer(row) for row in shop["engineer"]),
        zones=tuple(
            Zone(row["name"], _pairs(row["streets"]), _pairs(row["estates"]))
            for row in _table("places")["zone"]
        ),
        names=Names(
            surnames=tuple(people["surnames"]),
            given=tuple(people["given"]),
            first=tuple(people["first"]),
            last=tuple(people["last"]),
            companies=_pairs(people["companies"]),
            titles=_pairs(people["titles"]),
            places=_pairs(people["places"]),
            women=frozenset(people["women"]),
            man=people["man"],
            woman=people["woman"],
        ),
        known=tuple(Known(**row) for row in people["known"]),
        products={product.id: product for product in products},
        errands=tuple(_errand(row) for row in calls["call"]),
        words={occasion: _pairs(rows) for occasion, rows in calls["words"].items()},
        visitors=tuple(_guest(row) for row in shop["visitor"]),
        notes=tuple(Left(row["text"], row["written"]) for row in shop["note"]),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((data_dir() / FOLDER / f"{name}.toml").read_text("utf-8"))


def _pair(row: Sequence[str]) -> Pair:
    chinese, english = row
    return chinese, english


def _pairs(rows: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    return tuple(_pair(row) for row in rows)


def _guest(row: Mapping[str, Any]) -> Guest:
    minutes = row["comes"] if "comes" in row else -row["came"]
    return Guest(row["name"], row["company"], row["purpose"], row["host"], minutes)


def _product(row: Mapping[str, Any]) -> Product:
    faults = tuple(Fault(_pair(fault["said"]), _pair(fault["done"])) for fault in row["fault"])
    models = tuple(row["models"])
    return Product(row["id"], _pair(row["word"]), row["serial"], models, _pair(row["part"]), faults)


def _errand(row: Mapping[str, Any]) -> Errand:
    said, wanted, answer = (_pair(row[key]) for key in ("said", "wanted", "answer"))
    return Errand(row["kind"], row.get("product", ""), said, wanted, answer, row.get("for_whom", ""))


def _engineer(row: Mapping[str, Any]) -> Engineer:
    week = tuple(
        (WEEKDAYS.index(day), *_span(span))
        for day in row["shifts"]["days"]
        for span in row["shifts"]["spans"]
    )
    skills, zones = tuple(row["skills"]), tuple(row["zones"])
    return Engineer(row["name"], row["phone"], skills, zones, week, row.get("off", ""))


def _span(text: str) -> tuple[int, int]:
    """A span of the wall clock in minutes; one that ends before it starts ends on the next day."""
    start, end = (int(hour) * 60 + int(minute) for hour, minute in (t.split(":") for t in text.split("-")))
    return start, end if end > start else end + MIDNIGHT
