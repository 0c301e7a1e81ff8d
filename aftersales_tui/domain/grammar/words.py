"""Cuts a line into steps and words: blanks, quotes, ``;``, and what a Chinese input method types for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow

NEXT = ";"
BETWEEN = "、，"
"""Part words as a blank does."""
QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line.

    Attributes:
        text: Without quotes; in narrow letters as far as it is not quoted.
        start: Where it begins in the line, its quote included.
        end: Behind it.
        quoted: From which character on it is quoted; -1 for not at all. Behind a closing quote begins another word.
    """

    text: str
    start: int
    end: int
    quoted: int = -1

    @property
    def plain(self) -> str:
        """What of it is not quoted, which alone is searched for signs."""
        return self.text if self.quoted < 0 else self.text[: self.quoted]

    @property
    def whole(self) -> bool:
        """Whether all of it is quoted."""
        return self.quoted == 0


def steps_of(text: str, *, loose: bool = False) -> list[list[Word]]:
    """The words of each step; a step without words is kept, for the cursor may stand in it.

    Args:
        text: The line.
        loose: An open quote ends with the line, for a line that is still being typed.

    Raises:
        Invalid: ``grammar.unclosed_quote``.
    """
    found: list[list[Word]] = [[]]
    at = 0
    while at < len(text):
        letter = narrow(text[at])
        if letter == NEXT:
            found.append([])
            at += 1
        elif letter.isspace() or text[at] in BETWEEN:
            at += 1
        else:
            word = _word(text, at, loose)
            found[-1].append(word)
            at = word.end
    return found


def _word(text: str, start: int, loose: bool) -> Word:
    letters: list[str] = []
    quoted, at = -1, start
    while at < len(text):
        letter = narrow(text[at])
        if letter == NEXT or letter.isspace() or text[at] in BETWEEN:
            break
        if quoted < 0 and letter in QUOTES and (not letters or letters[-1] == ":"):
            quoted = len(letters)
            inside, at = _quoted(text, at, loose)
            letters.extend(inside)
            break
        letters.append(letter)
        at += 1
    return Word("".join(letters), start, at, quoted)


def _quoted(text: str, start: int, loose: bool) -> tuple[str, int]:
    """What stands in quotes, and where it goes on behind them; a doubled quote is one."""
    closing = QUOTES[narrow(text[start])]
    letters: list[str] = []
    at = start + 1
    while at < len(text):
        if narrow(text[at]) == closing:
            if closing != '"' or narrow(text[at + 1 : at + 2]) != closing:
                return "".join(letters), at + 1
            at += 1
        letters.append(text[at])
        at += 1
    if not loose:
        raise Invalid("grammar.unclosed_quote", text=text[start : start + 40])
    return "".join(letters), at


def words_of(given: Sequence[str]) -> tuple[str, list[Word]]:
    """Words that a shell has parted already, and the line they would make; nothing in them is a quote."""
    return " ".join(given), list(_joined(given))


def _joined(given: Sequence[str]) -> Iterator[Word]:
    at = 0
    for text in given:
        yield Word(narrow(text), at, at + len(text))
        at += len(text) + 1
