"""One line of the queue (F3; D1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import say
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.queue.narrowing import Narrowing
from aftersales_tui.tui.says import left_word, window_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.ticket_deeds import InHand
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.tickets import PageKey, QueueFilter, QueueRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

SOON = timedelta(hours=1)
"""So little time left stands out."""
LAST = PageKey(FAR_FUTURE + timedelta(days=1), 0)
"""Behind every row."""


def queue_line(view: QueueRow, now: datetime, zone: tzinfo, *, whole: bool = False) -> Row:
    """A ticket as the list shows it; a late one is red and marked ``!``.

    Args:
        whole: With the full words of its kind and of all that it lacks, for a file, where nothing is too narrow.
    """
    urgent = view.urgent_at
    window = ""
    if view.window_start is not None and view.window_end is not None:
        window = window_word(view.window_start, view.window_end, now, zone, short=True)
    cells = (
        left_word(urgent, now) if urgent is not None else say("queue.paused"),
        number_word(view.number),
        say(f"kind.{view.kind}" if whole else f"kind.short.{view.kind}"),
        view.customer,
        view.zone,
        view.product,
        view.fault,
        window,
        view.engineer,
        say(f"status.{view.status}"),
        _lacking(view.to_verify, whole=whole),
    )
    return Row(view.ticket_id, cells, (_look(urgent, now), "", "dim"))


def _lacking(facts: tuple[str, ...], *, whole: bool) -> str:
    """What is still to be verified; in the list the first of it, and how much more there is."""
    if whole:
        return " ".join(say(f"fact.{fact}") for fact in facts)
    more = f" +{len(facts) - 1}" if len(facts) > 1 else ""
    return f"{say(f'fact.short.{facts[0]}')}{more}" if facts else ""


def in_hand(view: QueueRow) -> InHand:
    """The ticket that keys are meant for while the cursor stands on its line."""
    title = " / ".join(filter(None, (view.customer, view.product, view.fault)))
    return InHand(
        view.ticket_id,
        view.version,
        view.number,
        Status(view.status),
        title,
        view.to_verify,
        view.window_start,
        view.window_end,
    )


def wanted(chosen: Narrowing, now: datetime) -> QueueFilter:
    """What the desk is asked for."""
    late = now if chosen.late else None
    return QueueFilter(
        chosen.status, chosen.zone, chosen.kind, chosen.engineer[0], chosen.product, late_before=late
    )


def listed(columns: Sequence[Column], chosen: Narrowing, now: datetime, zone: tzinfo) -> Listing:
    """All of the queue that is left by a narrowing, in the words of the list."""

    def rows(desk: "Desk") -> Iterator[tuple[str, ...]]:
        from aftersales_tui.desk.listing import queue_rows

        return (
            queue_line(view, now, zone, whole=True).cells for view in queue_rows(desk, wanted(chosen, now))
        )

    names = tuple(column.label.partition(".")[2] for column in columns)
    return Listing("queue", names, tuple(say(column.label) for column in columns), rows)


def page_key(view: QueueRow) -> PageKey:
    """The place of a row in the order of all."""
    return PageKey(view.urgent_at or FAR_FUTURE, view.ticket_id)


def page_key_before(view: QueueRow) -> PageKey:
    """The place just before a row: a page after it begins with the row itself."""
    key = page_key(view)
    return PageKey(key.at, key.record_id - 1)


def _look(urgent: datetime | None, now: datetime) -> str:
    if urgent is None:
        return "dim"
    if urgent < now:
        return "late"
    return "soon" if urgent - now < SOON else ""
