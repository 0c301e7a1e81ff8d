"""The text of a cell as a value, by the shape of its column; what it is not is told as a reason."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.text import clean, narrow
from aftersales_tui.domain.when import Words, day
from aftersales_tui.exchange.headings import Headings
from aftersales_tui.exchange.layouts import Column, Shape
from aftersales_tui.exchange.parts import parted, unquoted
from aftersales_tui.lexicon.fold import fold

EARLIEST = date(1970, 1, 1)
"""Nothing of a shop that still works is older; a year before it is a slip of the pen."""
YEARS_AHEAD = timedelta(days=3660)
"""No visit is agreed for a day further off."""
MULTILINE = frozenset({"memo", "note", "trainings"})
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月?)"
_ISO = re.compile(_DATE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BY_REIGN = re.compile(
    r"(\D*)(\d{2,3})\s*[-/.年]\s*(\d{1,2}(?:\s*[-/.月]\s*\d{1,2}(?!\d).*|\s*月?))", re.DOTALL
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TIME = re.compile(
    r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_WHOLE = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the cells of one file.

    Attributes:
        zone: In which its times were written down.
        now: The moment of reading: nothing of the file can have happened after it.
        words: The words that people say dates with.
        headings: The words for our values.
        by_reign: Whether years of two or three digits are those of the Republic, as a sheet from Taiwan counts them;
            where the name of the era is written, they are anyway.
    """

    zone: tzinfo
    now: datetime
    words: Words
    headings: Headings
    by_reign: bool = False

    def text(self, column: Column, raw: str) -> str:
        """A text as it may be stored.

        Raises:
            Invalid: ``text.not_storable``, ``text.too_long``.
        """
        return clean(raw, column.limit, column.name, multiline=column.name in MULTILINE)

    def many(self, column: Column, raw: str) -> tuple[str, ...]:
        """Several texts, each once.

        Raises:
            Invalid: As ``text``.
        """
        return tuple(dict.fromkeys(self.cards(column, raw)))

    def cards(self, column: Column, raw: str) -> tuple[str, ...]:
        """Several texts as they stand, two alike among them: two people may be called the same.

        Raises:
            Invalid: As ``text``.
        """
        parts = parted(raw, numbers=column.name == "phones")
        return tuple(filter(None, (clean(part, column.limit, column.name) for part in parts)))

    def as_said(self, column: Column, raw: str) -> str:
        """The words of a date, without the quotes that keep them what they are.

        Raises:
            Invalid: As ``text``.
        """
        return unquoted(self.text(column, raw))

    def purchase(self, column: Column, raw: str) -> str:
        """A date as exactly as it is known: ``2026-03-31``, ``2026-03`` or ``2026``.

        Raises:
            Invalid: ``import.bad_date`` for one that nobody understands, or that cannot be.
        """
        whole = self.text(column, raw)
        told = unquoted(whole)
        found = _written(self._western(told))
        if found is None:
            try:
                said = day(told, self.now, self.zone, self.words)
            except DomainError as error:
                raise Invalid("import.bad_date", field=column.name, value=told) from error
            cut = {"year": 4, "month": 7, "day": 10}[said.precision]
            found = said.date.isoformat()[:cut], said.date
        if not EARLIEST <= found[1] <= self.now.astimezone(self.zone).date():
            raise Invalid("import.bad_date", field=column.name, value=told)
        # Words in quotes are what somebody said then; reckoned from today they would mean another day.
        return found[0] if told == whole else told

    def instant(self, column: Column, raw: str) -> datetime:
        """An instant, in UTC; a day alone is its beginning.

        Raises:
            Invalid: ``import.bad_time`` for one that is not written year first (or with dots, day first), that
                there is not, that is before 1970 or still to come.
        """
        told = " ".join(narrow(raw).replace("T", " ").split())
        at = self._instant(self._western(told))
        last = self.now + (YEARS_AHEAD if column.shape is Shape.AHEAD else timedelta(days=1))
        if at is None or not at.date() >= EARLIEST or at > last:
            raise Invalid("import.bad_time", field=column.name, value=told[:60])
        return at

    def _western(self, told: str) -> str:
        """A date in years of the Republic, 113/5/1 or 民國113年5月1日, with the year that the rest of us count."""
        found = _BY_REIGN.fullmatch(told)
        if found is None:
            return told
        era = fold(found[1]).strip()
        if era not in self.words.marks["era"] if era else not self.by_reign:
            return told
        return f"{int(found[2]) + self.words.year_offset}-{found[3]}"

    def _instant(self, told: str) -> datetime | None:
        found = _ISO.match(told) or _COMPACT.match(told) or _DOTTED.match(told)
        if found is None or not found[3]:
            return None
        numbers = [int(part) for part in found.groups()]
        year, month, in_month = numbers if found.re is not _DOTTED else reversed(numbers)
        rest = told[found.end() :].strip()
        clock = _TIME.fullmatch(rest) if rest else None
        if rest and clock is None:
            return None
        hour, minute, second = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
        try:
            at = datetime(year, month, in_month, hour, minute, second, tzinfo=self.zone)
            if clock and clock[4]:
                offset = datetime.strptime(clock[4].upper().replace("Z", "+0000"), "%z").tzinfo
                at = at.replace(tzinfo=offset)
            return at.astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def whole(self, column: Column, raw: str) -> int:
        """A whole number; ``T-1042`` is one, as we write tickets so.

        Raises:
            Invalid: ``import.bad_number``.
        """
        told = narrow(raw).strip()
        bare = told.upper().removeprefix("T-").replace(",", "").removesuffix(".0")
        if not _WHOLE.fullmatch(bare):
            raise Invalid("import.bad_number", field=column.name, value=told[:60])
        return int(bare)

    def flag(self, column: Column, raw: str) -> int:
        """1 or 0.

        Raises:
            Invalid: ``import.bad_word``.
        """
        return int(self.choice(column, raw, "flag"))

    def choice(self, column: Column, raw: str, of: str = "") -> str:
        """One of our values.

        Raises:
            Invalid: ``import.bad_word`` for a word that means none of them.
        """
        of = of or column.name
        value = self.headings.value(of, raw)
        if not value:
            known = ", ".join(dict.fromkeys(self.headings.values[of].values()))
            raise Invalid("import.bad_word", field=column.name, value=raw.strip()[:60], known=known)
        return value


def _written(told: str) -> tuple[str, date] | None:
    """A date written in figures, as it is kept and as its first day."""
    if _YEAR.fullmatch(told):
        return told, date(int(told), 1, 1)
    found = _ISO.fullmatch(told) or _COMPACT.fullmatch(told) or _DOTTED.fullmatch(told)
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    if found.re is _DOTTED:
        parts.reverse()
    try:
        first = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return None
    return first.isoformat()[: 10 if len(parts) > 2 else 7], first


__all__ = ["EARLIEST", "MULTILINE", "Reader", "Shape"]
