"""Where a date ends and other words begin: ``+2h check drain``, 明天下午3点打给李阿姨."""

import re
from collections.abc import Callable

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import narrow
from aftersales_tui.domain.when.said import not_understood
from aftersales_tui.domain.when.words import Words

MOST_WORDS = 8
"""A spoken date in more words than these is looked for no further."""
MOST_LETTERS = 40
MOST_FIGURES = 4
"""Behind a date and a blank a longer number is no hour, minute, day or year, but somebody's phone."""
_COUNTS = ("hour", "minute", "day", "month", "year")
"""The offices of the marks that say what the number before them counts."""
_WORD = re.compile(r"\S+")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]")


def lead(text: str, is_date: Callable[[str], bool], words: Words) -> int:
    """How many characters at the beginning of a text are a date; 0 for none.

    The longest date is taken. Where it may go on in what follows, as 11月31日 does behind 11月3 and ``fri 99``
    behind ``fri``, nothing is taken: a promise for a day that nobody said is worse than a question.

    Args:
        text: Words of a command line.
        is_date: Whether a whole text is a date of the kind that is wanted.
        words: What ``lexicon.words.load_words`` read.

    Raises:
        Invalid: ``when.torn`` (text, date) or ``when.not_understood``, where it cannot be told where it ends.
    """
    end = _longest(text, is_date)
    if not end:
        if _CLOCK.match(narrow(text)):
            # 14:70 is a time that was mistyped, whatever else might stand here.
            raise not_understood(text)
        return 0
    seam = _Seam(text[:end], text[end:], words)
    if seam.is_torn:
        raise not_understood(text)
    if seam.is_doubtful:
        raise Invalid("when.torn", text=text[end:].strip()[:MOST_LETTERS], date=text[:end])
    return end


def _longest(text: str, is_date: Callable[[str], bool]) -> int:
    ends = [found.end() for found in _WORD.finditer(text)][:MOST_WORDS]
    for end in reversed(ends):
        if is_date(text[:end]):
            return end
    if not ends or text[: ends[0]].isascii():
        return 0
    # No blank parts a date from what follows it in Chinese.
    longest = min(ends[0], MOST_LETTERS)
    return next((end for end in range(longest, 1, -1) if is_date(text[:end])), 0)


class _Seam:
    """The place between a date and what follows it."""

    def __init__(self, date: str, rest: str, words: Words) -> None:
        self._words = words
        self._date = narrow(date)
        self._glued = bool(rest) and not rest[0].isspace()
        self._rest = narrow(rest).lstrip()
        self._number_before = self._run(self._date[::-1])[::-1]
        self._number_behind = self._run(self._rest)

    @property
    def is_torn(self) -> bool:
        """Whether a number or a word that counts was cut from what it belongs to."""
        if not self._glued:
            return False
        counted = bool(self._number_before) and (self._counts(self._rest) or self._rest.startswith(":"))
        return counted or bool(self._number_before and self._number_behind)

    @property
    def is_doubtful(self) -> bool:
        """Whether what follows may be a part of the date, or the date's last number a part of what follows."""
        if self._rest.startswith(":"):
            return True
        if self._number_behind:
            return self._may_go_on()
        return self._glued and self._is_bare()

    def _may_go_on(self) -> bool:
        number = self._number_behind
        if number.isascii():
            return self._glued or len(number) <= MOST_FIGURES
        # 明天 一定去 begins with a numeral and no number; 明天 二十五点 is one.
        return bool(self._number_before) or self._counts(self._rest[len(number) :])

    def _is_bare(self) -> bool:
        """Whether the date ends in a number that nothing says is an hour: 明天3个人."""
        number = self._number_before
        if not number or len(number) >= MOST_FIGURES:
            return False
        before = self._date[: -len(number)]
        marks = self._words.marks
        ends_a_span = before.endswith(tuple(":-~/." + "".join(marks["to"] & set(before[-1:]))))
        minutes = len(number) > 1 and before.endswith(tuple(marks["hour"]))
        return not (ends_a_span or minutes)

    def _run(self, text: str) -> str:
        """The digits, else the numerals at the beginning of a text."""
        for belongs in (_is_digit, self._is_numeral):
            end = next((at for at, letter in enumerate(text) if not belongs(letter)), len(text))
            if end:
                return text[:end]
        return ""

    def _is_numeral(self, letter: str) -> bool:
        return letter > "z" and letter in self._words.numbers

    def _counts(self, text: str) -> bool:
        marks = [mark for office in _COUNTS for mark in self._words.marks[office] if not mark.isascii()]
        return text.startswith(tuple(marks))


def _is_digit(letter: str) -> bool:
    return "0" <= letter <= "9"
