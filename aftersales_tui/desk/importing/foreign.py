"""The rows of a file as values of ours: checked one by one, before anything is looked up."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales_tui.domain.errors import DomainError, Invalid
from aftersales_tui.domain.text import clean
from aftersales_tui.exchange.headings import Match, labels, spelled
from aftersales_tui.exchange.layouts import SOURCE_ID, Column, Shape, taken_in
from aftersales_tui.exchange.reading import Line
from aftersales_tui.exchange.values import Reader
from aftersales_tui.store.foreign_ids import NO_ID, NUMBERED
from aftersales_tui.views.imports import Fault

CHOICES = frozenset({"status", "channel", "kind", "tier", "customer_kind", "role", "promised"})
"""Columns that hold one of our own values."""
DATES_AS_SAID = frozenset({"bought", "bought_on"})
"""Dates of which the words are kept when nobody understands them: they are to be verified."""
SEVERAL = frozenset({Shape.MANY, Shape.CARDS})
MUST_BE_KNOWN = frozenset({"status"})
"""A word for a state that nobody knows would open or close the ticket by chance."""
NOTES = {
    "customers": "note",
    "devices": "note",
    "tickets": "memo",
    "engineers": "note",
    "visits": "outcome_words",
    "promises": "promise_words",
    "notes": "note",
}
"""Where columns go that have no place of their own."""
BETWEEN = " "
TOO_LONG = "text.too_long"
ROOMY = 500
"""What is longer than a column of so many characters goes on in the note: it is what a customer said."""
Value = Any


@dataclass(frozen=True, slots=True)
class Foreign:
    """One row of the file, understood.

    Attributes:
        line: Of the file.
        source_id: By which the row is known again.
        digest: Of what it says.
        values: By our columns; blank ones are left out.
        said: What was written for a state, where that says more than the state.
        faults: What of it was left out or is to be verified.
        cells: As it was read.
    """

    line: int
    source_id: str
    digest: str
    values: Mapping[str, Value]
    said: str
    faults: tuple[Fault, ...]
    cells: tuple[str, ...]


class Rejected(Exception):
    """A row that cannot be taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Reading:
    """Turns the rows of one file into values by the columns that were agreed."""

    def __init__(
        self,
        kind: str,
        matches: Sequence[Match],
        reader: Reader,
        *,
        statuses: Mapping[str, str],
        keep_rest: bool,
    ) -> None:
        """Make it.

        Args:
            kind: The table.
            matches: What each column of the file is taken for.
            reader: Reads values.
            statuses: Our states by the file's words.
            keep_rest: Whether columns without a place go into the note.
        """
        self._kind = kind
        self._reader = reader
        self._statuses = {spelled(word): status for word, status in statuses.items()}
        columns = {column.name: column for column in taken_in(kind)}
        self.headings = labels([match.heading for match in matches])
        self._sources = [
            (columns[name], [place for place, match in enumerate(matches) if match.column == name])
            for name in columns
            if any(match.column == name for match in matches)
        ]
        self._by_name = {column.name: self._by_shape(column) for column, _ in self._sources}
        self._required = [column for column in columns.values() if column.required]
        self._rest = [
            (place, match.heading) for place, match in enumerate(matches) if keep_rest and not match.column
        ]
        self._width = len(matches)

    def row(self, line: Line) -> Foreign:
        """A row as values.

        Raises:
            Rejected: With the cell that is at fault.
        """
        if len(line.cells) > self._width and any(map(str.strip, line.cells[self._width :])):
            extra = next(cell for cell in line.cells[self._width :] if cell.strip())
            raise Rejected(
                Fault(line.number, "", extra[:60], Invalid("import.too_many_cells", columns=self._width))
            )
        values: dict[str, Value] = {}
        faults: list[Fault] = []
        digest = hashlib.blake2b(digest_size=12)
        for column, places in self._sources:
            raw = self._joined(column, places, line.cells)
            if raw:
                digest.update(f"{column.name}\x1f{raw}\x1e".encode("utf-8", "surrogatepass"))
                self._take(column, raw, line.number, self.headings[places[0]], values, faults)
        self._add_rest(line, values, digest.update)
        for column in self._required:
            if not values.get(column.name):
                heading = next(
                    (self.headings[at[0]] for one, at in self._sources if one is column), column.name
                )
                raise Rejected(Fault(line.number, heading, "", Invalid("import.required", field=column.name)))
        shown = digest.hexdigest()
        known_as = values.get("source_id") or self._numbered(values) or f"{NO_ID}{shown}"
        said = values.pop("said", "")
        return Foreign(line.number, known_as, shown, values, said, tuple(faults), line.cells)

    @staticmethod
    def _numbered(values: Mapping[str, Value]) -> str:
        return f"{NUMBERED}{values['number']}" if values.get("number") else ""

    @staticmethod
    def _joined(column: Column, places: Sequence[int], cells: Sequence[str]) -> str:
        if len(places) == 1:
            place = places[0]
            return cells[place].strip() if place < len(cells) else ""
        between = "; " if column.shape in SEVERAL else "\n" if column.limit > 500 else BETWEEN
        return between.join(
            cells[place].strip() for place in places if place < len(cells) and cells[place].strip()
        )

    def _take(
        self,
        column: Column,
        raw: str,
        line: int,
        heading: str,
        values: dict[str, Value],
        faults: list[Fault],
    ) -> None:
        """Put one cell among the values; what is wrong with it refuses the row only where text would be lost."""
        name = column.name
        try:
            if name == "status":
                self._status(column, raw, values)
            elif name in CHOICES:
                values[name] = self._reader.choice(column, raw)
            elif name == "number" and not any(map(str.isdigit, raw[:1])) and not raw.upper().startswith("T-"):
                # A number with letters in front, WX-0007, is none of ours, but the other program's id all the same.
                values.setdefault("source_id", self._reader.text(SOURCE_ID, raw))
            else:
                values[name] = self._by_name[name](column, raw)
        except DomainError as error:
            fault = Fault(line, heading, raw[:200], error)
            if error.code == TOO_LONG and column.limit >= ROOMY and name != NOTES[self._kind]:
                head, rest = parted(raw, column.limit)
                values[name] = self._reader.text(column, head)
                values["rest"] = "\n".join(filter(None, (values.get("rest"), rest)))
                faults.append(Fault(line, heading, raw[:200], Invalid("import.goes_on", limit=column.limit)))
                return
            if error.code.startswith("text.") or name in MUST_BE_KNOWN or column.required:
                raise Rejected(fault) from error
            if name in DATES_AS_SAID:
                values[name] = self._reader.as_said(column, raw)
            faults.append(fault)

    def _by_shape(self, column: Column) -> Callable[[Column, str], Value]:
        reader = self._reader
        shapes: dict[Shape, Callable[[Column, str], Value]] = {
            Shape.TEXT: reader.text,
            Shape.DATE: reader.purchase,
            Shape.INSTANT: reader.instant,
            Shape.AHEAD: reader.instant,
            Shape.FLAG: reader.flag,
            Shape.WHOLE: reader.whole,
            Shape.MANY: reader.many,
            Shape.CARDS: reader.cards,
        }
        return shapes[column.shape]

    def _status(self, column: Column, raw: str, values: dict[str, Value]) -> None:
        told = self._statuses.get(spelled(raw), "")
        ending = self._reader.headings.value("ending", raw)
        values["status"] = told or ending or self._reader.choice(column, raw)
        if (told or ending) and raw != values["status"]:
            values["said"] = self._reader.text(column, raw)

    def _add_rest(self, line: Line, values: dict[str, Value], digest: Callable[[bytes], None]) -> None:
        told = [values.pop("rest")] if "rest" in values else []
        told += [
            f"{heading}: {line.cells[place].strip()}"
            for place, heading in self._rest
            if place < len(line.cells) and line.cells[place].strip()
        ]
        if not told:
            return
        name = NOTES[self._kind]
        column = next(one for one in taken_in(self._kind) if one.name == name)
        text = "\n".join(filter(None, (values.get(name, ""), *told)))
        digest(text.encode("utf-8", "surrogatepass"))
        try:
            values[name] = clean(text, column.limit, name, multiline=True)
        except DomainError as error:
            raise Rejected(Fault(line.number, name, text[:60], error)) from error


def parted(text: str, limit: int) -> tuple[str, str]:
    """The beginning of a text that fits, up to a blank where there is one near, and the rest."""
    gap = text.rfind(" ", limit - 100, limit)
    at = gap if gap > 0 else limit
    return text[:at], text[at:].strip()
