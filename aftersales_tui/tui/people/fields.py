"""The fields of a person's card: what stands in each, and what is understood of what is typed there (A7)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar.shifts import weekly_shifts
from aftersales_tui.domain.staff import year_began
from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.week import checked
from aftersales_tui.domain.when import Words
from aftersales_tui.i18n import say, say_n
from aftersales_tui.tui.staff_words import BETWEEN, shifts_word
from aftersales_tui.views.staff import PersonCard, Record

_SEPARATOR = re.compile(r"\s*[,;、/|]\s*")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a field needs besides its text: the shop's date words and the moment, in the shop's zone."""

    words: Words
    now: datetime


Understood = tuple[Record, str]
"""What is to be written, and how it is said back; empty where that would only repeat what was typed."""


@dataclass(frozen=True, slots=True)
class CardField:
    """A field of the card.

    Attributes:
        name: Its words are ``person.<name>``.
        text: What can be typed again.
        understand: What a text means; raises ``Invalid``.
        hint: Catalog key of an example.
        limit: Characters it holds.
    """

    name: str
    text: Callable[[PersonCard], str]
    understand: Callable[[str, Context], Understood]
    hint: str = "people.edit.text"
    limit: int = 200


def listed(text: str) -> tuple[str, ...]:
    """The words of a list: parted by commas; by blanks too where there are none and the words are Chinese."""
    said = narrow(text).strip()
    if _HAN.search(said) and not _SEPARATOR.search(said):
        return tuple(dict.fromkeys(said.split()))
    return tuple(dict.fromkeys(filter(None, _SEPARATOR.split(said))))


def _plain(name: str, limit: int = 200) -> CardField:
    def understand(text: str, _: Context) -> Understood:
        if name == "name" and not text.strip():
            raise Invalid("person.no_name", field="name")
        return Record({name: text.strip()}), ""

    return CardField(name, lambda card: str(getattr(card, name)), understand, limit=limit)


def _skills(text: str, _: Context) -> Understood:
    return Record(skills=listed(text)), " | ".join(listed(text))


def _zones(text: str, _: Context) -> Understood:
    return Record(zones=listed(text)), " | ".join(listed(text))


def _week(text: str, context: Context) -> Understood:
    week = checked(weekly_shifts(text, context.words)) if text.strip() else ()
    return Record(week=week), shifts_word(week)


def _since(text: str, context: Context) -> Understood:
    year = year_began(narrow(text), context.now.year)
    return Record(in_trade_since=year), years_word(year, context.now)


def years_word(year: int, now: datetime) -> str:
    """Since when, and how many years that is; empty for unknown."""
    return say_n("people.years", now.year - year, year=year) if year else ""


def _role(text: str, _: Context) -> Understood:
    return Record({"role": text}), ""


FIELDS: tuple[CardField, ...] = (
    _plain("name", 120),
    CardField("role", lambda card: card.role, _role),
    _plain("phone", 60),
    CardField("skills", lambda card: BETWEEN.join(card.skills), _skills, "people.edit.words", 400),
    CardField("zones", lambda card: BETWEEN.join(card.zones), _zones, "people.edit.words", 400),
    CardField("shifts", lambda card: shifts_word(card.week), _week, "people.edit.week", 400),
    CardField("in_trade_since", lambda card: str(card.in_trade_since or ""), _since, "people.edit.year", 4),
    _plain("schooling"),
    _plain("trainings", 2000),
    _plain("note", 2000),
)
"""In the order in which the card names them."""
BY_NAME: Mapping[str, CardField] = {field.name: field for field in FIELDS}


def shown(card: PersonCard, now: datetime) -> Iterator[tuple[str, str]]:
    """Each field's name and what the card says of it."""
    for field in FIELDS:
        text = field.text(card)
        if field.name == "role":
            text = say(f"role.{text}")
        elif field.name == "in_trade_since":
            text = years_word(card.in_trade_since, now)
        yield field.name, text
