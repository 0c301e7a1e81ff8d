"""One line of the call register, on the screen and on paper (C9); nothing here needs Textual."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from aftersales_tui.domain.text import visible
from aftersales_tui.i18n import has, say
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
PAPER = ("time", "number", "struck", "caller", "phone", "address", "model", "outcome", "taken_by")
GAP = "  "
WIDEST = 36
"""Cells of a printed column at most; what is longer is cut and marked."""


def outcome_word(row: RegisterRow) -> str:
    """What a call has come to: how the visit ended, else where the ticket stands."""
    return say(f"outcome.{row.outcome}") if row.outcome else say(f"status.{row.status}")


def come_to(outcome: str) -> str:
    """An outcome or a state in words."""
    return say(f"outcome.{outcome}") if has(f"outcome.{outcome}") else say(f"status.{outcome}")


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
    lines = [tuple(map(visible, register_cells(row, zone)[: len(PAPER)])) for row in rows]
    yield f"{visible(shop)}{GAP}{say('register.title')}"
    yield say("register.printed", what=title, n=len(lines), at=f"{now.astimezone(zone):%Y-%m-%d %H:%M}")
    yield ""
    yield from _table(heads, lines)
    if not lines:
        yield say("register.nothing")


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    wide = [min(WIDEST, max(map(cell_len, column))) for column in zip(heads, *lines, strict=True)]
    for line in (heads, tuple("-" * width for width in wide), *lines):
        yield GAP.join(fit(cell, width) for cell, width in zip(line, wide, strict=True)).rstrip()
