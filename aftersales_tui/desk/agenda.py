"""The days of engineers: what they have to do, and what speaks against one visit more (D2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.appointment import Clash, WeeklyShifts, Window, clashes, shift_windows
from aftersales_tui.domain.errors import Refused
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import engineers as roster


@dataclass(frozen=True, slots=True)
class EngineerDay:
    """An engineer's jobs and shifts around a window."""

    jobs: Sequence[roster.Job]
    shifts: Sequence[Window]

    @property
    def visits(self) -> int:
        """How many visits he has."""
        return sum(job.busy.kind == "visit" for job in self.jobs)

    def clashes(self, window: Window, ticket_id: int) -> tuple[Clash, ...]:
        """What speaks against a window for a ticket, whose own visit does not count."""
        busy = [job.busy for job in self.jobs if not ticket_id or job.ticket_id != ticket_id]
        return clashes(window, busy, self.shifts)


def days_of(
    shop: Shop, connection: Connection, ids: Sequence[int], windows: Sequence[Window]
) -> list[dict[int, EngineerDay]]:
    """What these engineers have to do on the day of each window, in two reads for all of them."""
    spans = [_day_of(shop, window) for window in windows]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    jobs = roster.jobs(connection, shop.shop_id, ids, start, end)
    weekly = roster.shifts(connection, shop.shop_id, ids)
    return [
        {
            one: EngineerDay(
                [job for job in jobs.get(one, ()) if job.busy.window.overlaps(span)],
                _shifts_around(shop, weekly.get(one, {}), window),
            )
            for one in ids
        }
        for window, span in zip(windows, spans, strict=True)
    ]


def _shifts_around(shop: Shop, weekly: WeeklyShifts, window: Window) -> Sequence[Window]:
    # A shift of the evening before may run into the window.
    first = window.start.astimezone(shop.zone).date() - timedelta(days=1)
    return shift_windows(weekly, first, (window.end - window.start).days + 3, shop.zone)


def require_free(
    shop: Shop,
    deed: Deed,
    engineer: tables.Staff,
    window: Window,
    ticket_id: int,
    reason: str,
    *,
    shifts: bool = True,
) -> None:
    """Refuse a clash unless a reason lifts it; the engineer's own record is locked until the commit.

    Args:
        ticket_id: The ticket that is sent out; its own visit is no clash.
        reason: Why he is sent nevertheless.
        shifts: Whether his hours count as well; not for a visit that was agreed before.

    Raises:
        Refused: ``dispatch.clash`` with every clash; may be overridden.
    """
    if reason:
        return
    day = days_of(shop, deed.connection, [engineer.id], [window])[0][engineer.id]
    found = [one for one in day.clashes(window, ticket_id) if shifts or one.kind != "off_shift"]
    if found:
        raise Refused("dispatch.clash", name=engineer.name, clashes=tuple(found), overridable=shifts)


def _day_of(shop: Shop, window: Window) -> Window:
    local = window.start.astimezone(shop.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(min(local, window.start), max(local + timedelta(days=1), window.end))
