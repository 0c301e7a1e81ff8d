"""Cuts what was typed into known words, numbers and signs, and walks over them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from aftersales_tui.domain.when.words import Words, normal

MOST_LETTERS = 80
"""Nobody says a date in more; longer text is refused unread."""
MOST_DIGITS = 8

T = TypeVar("T")


class Token(NamedTuple):
    """One word, number or sign.

    Attributes:
        text: As ``normal`` spells it.
        number: Its value, for a number in digits, numerals or words.
    """

    text: str
    number: int | None = None


def _ascii(letter: str) -> bool:
    return "a" <= letter <= "z"


def _digits(text: str, at: int) -> str:
    end = at
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    return text[at:end]


def _numerals(text: str, at: int, words: Words) -> str:
    end = at
    while end < len(text) and text[end] > "z" and text[end] in words.numbers:
        end += 1
    return text[at:end]


def _value(numerals: str, numbers: Mapping[str, int]) -> int | None:
    """十五 is 15, 二〇二四 is 2024; none for what nobody says, such as 五六 in a sum."""
    values = [numbers[one] for one in numerals]
    if max(values) < 10:
        return int("".join(map(str, values))) if len(values) <= MOST_DIGITS else None
    total, digit = 0, None
    for value in values:
        if value in {10, 100}:
            total, digit = total + (1 if digit is None else digit) * value, None
        elif value >= 10:
            total += value
        elif digit:
            return None
        else:
            digit = value
    return total + (digit or 0)


def _word(text: str, at: int, words: Words) -> str:
    """The longest known word here; Latin words only whole, so that ``monkey`` is not Monday and a key."""
    for word in words.spellings.get(text[at], ()):
        if text.startswith(word, at):
            end = at + len(word)
            cut = _ascii(word[-1]) and end < len(text) and _ascii(text[end])
            if not cut:
                return word
    return ""


def _cut(text: str, words: Words) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if digits := _digits(text, at):
            at += len(digits)
            yield Token(digits, int(digits) if len(digits) <= MOST_DIGITS else None)
        elif word := _word(text, at, words):
            numerals = _numerals(text, at, words)
            if len(numerals) >= len(word):
                at += len(numerals)
                yield Token(numerals, _value(numerals, words.numbers))
            else:
                at += len(word)
                yield Token(word, words.numbers.get(word))
        else:
            if text[at] != " ":
                yield Token(text[at])
            at += 1


def tokens(text: str, words: Words) -> tuple[Token, ...]:
    """The words, numbers and signs of a text; a word that stands for several is replaced by them."""
    found: list[Token] = []
    for token in _cut(normal(text).rstrip("."), words):
        meant = words.short.get(token.text)
        found.extend(_cut(normal(meant), words) if meant else (token,))
    return tuple(found)


class Cursor:
    """A place among the tokens. A reader that does not find what it wants sets ``at`` back."""

    def __init__(self, found: tuple[Token, ...], words: Words) -> None:
        self._tokens = found
        self.words = words
        self.at = 0

    @property
    def done(self) -> bool:
        """Whether everything was read."""
        return self.at >= len(self._tokens)

    @property
    def last(self) -> bool:
        """Whether this is the last token."""
        return self.at == len(self._tokens) - 1

    @property
    def text(self) -> str:
        """The token here; empty at the end."""
        return "" if self.done else self._tokens[self.at].text

    def number(self) -> Token | None:
        """Takes a number."""
        if self.done or self._tokens[self.at].number is None:
            return None
        self.at += 1
        return self._tokens[self.at - 1]

    def value(self, least: int, most: int) -> int | None:
        """Takes a number in these bounds."""
        token = self.number()
        if token is None:
            return None
        if token.number is not None and least <= token.number <= most:
            return token.number
        self.at -= 1
        return None

    def word(self, table: Mapping[str, T]) -> T | None:
        """Takes a word of a table and gives its meaning."""
        meaning = table.get(self.text)
        if meaning is not None:
            self.at += 1
        return meaning

    def mark(self, office: str) -> bool:
        """Takes a small word of this office."""
        taken = self.text in self.words.marks.get(office, ())
        self.at += taken
        return taken

    def sign(self, *signs: str) -> str:
        """Takes one of these signs; empty if another one stands here."""
        here = self.text
        if here not in signs:
            return ""
        self.at += 1
        return here

    def fillers(self) -> bool:
        """Takes the words that add nothing; whether there were any."""
        start = self.at
        while self.mark("filler"):
            pass
        return self.at > start
