"""The weekly spans in which somebody works: checked, gathered by like days, written on one line and read back (D7)."""

from collections.abc import Iterable

from aftersales_tui.domain.calendar import DAY
from aftersales_tui.domain.errors import Invalid

Span = tuple[int, int]
"""Start and end in minutes of the day; an end over 1440 lies on the next day."""
Week = tuple[tuple[int, int, int], ...]
"""Weekly spans: weekday with Monday 0, start, end."""
Group = tuple[tuple[tuple[int, int], ...], tuple[Span, ...]]
"""Runs of weekdays, first and last, that have the same spans; and these spans."""


def checked(week: Iterable[tuple[int, int, int]]) -> Week:
    """The same spans in order, each once.

    Raises:
        Invalid: ``person.bad_shift`` for a span that runs backwards or leaves the week;
            ``person.shifts_overlap`` for two that overlap, also over midnight.
    """
    spans = tuple(sorted(set(week)))
    for weekday, start, end in spans:
        if not (0 <= weekday < 7 and 0 <= start < end <= 2 * DAY and start < DAY):
            raise Invalid("person.bad_shift", weekday=weekday, start=start, end=end, field="shifts")
    laid = [(weekday * DAY + start, weekday * DAY + end) for weekday, start, end in spans]
    # The week is a ring: what begins late on Sunday may run into Monday.
    following = [*laid[1:], *((start + 7 * DAY, end) for start, end in laid[:1])]
    if any(end > begins for (_, end), (begins, _) in zip(laid, following, strict=True)):
        raise Invalid("person.shifts_overlap", field="shifts")
    return spans


def grouped(week: Iterable[tuple[int, int, int]]) -> tuple[Group, ...]:
    """The spans by like days: Monday to Friday together where they have the same hours."""
    by_day: dict[int, list[Span]] = {}
    for weekday, start, end in sorted(week):
        by_day.setdefault(weekday, []).append((start, end))
    alike: dict[tuple[Span, ...], list[int]] = {}
    for weekday, spans in by_day.items():
        alike.setdefault(tuple(spans), []).append(weekday)
    return tuple((_runs(days), spans) for spans, days in alike.items())


def _runs(days: list[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)


def written(week: Iterable[tuple[int, int, int]]) -> str:
    """A week as the change feed keeps it: ``0 510 1080;1 510 1080``."""
    return ";".join(f"{weekday} {start} {end}" for weekday, start, end in sorted(week))


def read(text: str) -> Week:
    """The week that ``written`` made a text of."""
    spans = (tuple(map(int, part.split())) for part in text.split(";") if part)
    return tuple((weekday, start, end) for weekday, start, end in spans)


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it, also of the next day: ``8:30``, ``6:00`` for 1800."""
    hours, minutes = divmod(minute if minute <= DAY else minute - DAY, 60)
    return f"{hours}:{minutes:02d}"
