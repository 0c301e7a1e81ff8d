"""One line of the call register, on the screen and on paper (C9); nothing here needs Textual."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby, zip_longest

from aftersales_tui.domain.text import visible
from aftersales_tui.i18n import has, said_anywhere, say, say_n
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.floor import RegisterRow

COLUMNS = (
    Column("register.time", 11),
    Column("register.number", 7),
    Column("register.struck", 4),
    Column("register.caller", 8, grow=2, most=16),
    Column("register.phone", 13, grow=1, most=17),
    Column("register.address", 10, grow=3, most=40, rank=2),
    Column("register.model", 8, grow=1, most=16, rank=3),
    Column("register.outcome", 9, grow=1, most=16),
    Column("register.taken_by", 6, grow=1, most=12, rank=4),
    Column("register.fault", 10, grow=4, rank=5),
)
PAPER = ("time", "number", "struck", "caller", "phone", "address", "model", "outcome", "taken_by", "fault")
GAP = "  "
WIDEST = 24
"""Cells of a printed column at most; what is longer goes on in the line below. All of them fit a sheet laid across."""


def outcome_word(row: RegisterRow) -> str:
    """What a call has come to: how the visit ended, else where the ticket stands."""
    return say(f"outcome.{row.outcome}") if row.outcome else say(f"status.{row.status}")


def come_to(outcome: str) -> str:
    """An outcome or a state in words."""
    return say(_key_of(outcome))


def called(outcome: str) -> frozenset[str]:
    """What an outcome or a state may be called: its id, and its word in each language."""
    return frozenset(word.casefold() for word in (outcome, *said_anywhere(_key_of(outcome))))


def _key_of(outcome: str) -> str:
    return f"outcome.{outcome}" if has(f"outcome.{outcome}") else f"status.{outcome}"


def date_word(day: date | None, today: date) -> str:
    """A day of the book in words; ``None`` is every day."""
    if day is None:
        return say("register.every_day")
    word = f"{day:%Y-%m-%d} {say(f'day.week.{day.weekday()}')}"
    return f"{say('day.today')} {word}" if day == today else word


def register_cells(row: RegisterRow, zone: tzinfo) -> tuple[str, ...]:
    """A call's line in the order of ``COLUMNS``; one that is struck off bears a mark for those who see no grey."""
    return (
        f"{row.started_at.astimezone(zone):%m-%d %H:%M}",
        number_word(row.number),
        say("register.struck_off") if row.struck else "",
        row.caller,
        row.phone,
        row.address,
        row.model or row.product,
        outcome_word(row),
        row.taken_by,
        row.fault,
    )


def register_line(row: RegisterRow, zone: tzinfo) -> Row:
    """A call as the list shows it."""
    look = "dim" if row.struck else ""
    return Row(row.call_id, register_cells(row, zone), ("dim", look or "strong", *(look,) * 8))


def printed(shop: str, title: str, rows: Iterable[RegisterRow], now: datetime, zone: tzinfo) -> Iterator[str]:
    """The page as plain text: shop and date on top, then columns that line up, counted in terminal cells.

    Args:
        shop: Its name.
        title: Which part of the register it is, such as the day.
        rows: In order.
        now: When it is printed.
        zone: The shop's.
    """
    heads = tuple(say(f"register.{name}") for name in PAPER)
    days = [
        (row.started_at.astimezone(zone).date(), tuple(map(visible, register_cells(row, zone))))
        for row in rows
    ]
    today = now.astimezone(zone).date()
    yield f"{visible(shop)}{GAP}{say('register.title')}"
    yield say_n("register.printed", len(days), what=title, at=f"{now.astimezone(zone):%Y-%m-%d %H:%M}")
    yield ""
    yield from _table(heads, days, today)
    if not days:
        yield say("register.nothing")


def by_day(rows: Iterable[RegisterRow], zone: tzinfo) -> Iterator[tuple[date, list[RegisterRow]]]:
    """The lines of each day: the newest day comes first, and within it the first call, as in a book."""
    for day, lines in groupby(rows, lambda row: row.started_at.astimezone(zone).date()):
        yield day, list(lines)


def _table(heads: Sequence[str], days: Sequence[tuple[date, Sequence[str]]], today: date) -> Iterator[str]:
    """Columns that line up; where there are several days, each begins with a line of its own."""
    lines = [cells for _, cells in days]
    wide = [min(WIDEST, max(map(cell_len, column))) for column in zip(heads, *lines, strict=True)]
    yield from _printed_line(heads, wide)
    yield from _printed_line(["-" * width for width in wide], wide)
    several = len({day for day, _ in days}) > 1
    before: date | None = None
    for day, cells in days:
        if several and day != before:
            yield ""
            yield date_word(day, today)
        before = day
        yield from _printed_line(cells, wide)


def _printed_line(cells: Sequence[str], wide: Sequence[int]) -> Iterator[str]:
    """One line of the register, on as many lines of the paper as its longest cell takes: nothing is cut."""
    folded = [_folded(cell, width) for cell, width in zip(cells, wide, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        yield GAP.join(fit(part, width) for part, width in zip(parts, wide, strict=True)).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """A text in pieces of so many cells at most, parted at a blank where one is near."""
    pieces: list[str] = []
    while cell_len(text) > width:
        at = len(text)
        while at > 1 and cell_len(text[:at]) > width:
            at -= 1
        gap = text.rfind(" ", 1, at + 1)
        if gap > at // 2:
            at = gap
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text]
