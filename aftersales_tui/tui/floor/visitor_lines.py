"""One line of the visitors' book (C13); nothing here needs Textual."""

from datetime import datetime, timedelta, tzinfo

from aftersales_tui.domain.visitor import State
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import day_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.floor import VisitorRow

COLUMNS = (
    Column("visitors.state", 9, grow=1, most=12),
    Column("visitors.when", 11),
    Column("visitors.waits", 8),
    Column("visitors.name", 8, grow=2, most=18),
    Column("visitors.company", 8, grow=2, most=20, rank=1),
    Column("visitors.host", 8, grow=2, most=18),
    Column("visitors.purpose", 8, grow=4, rank=2),
    Column("visitors.number", 7, rank=3),
)
LOOKS = {State.WAITING: "strong", State.ANNOUNCED: "", State.MISSED: "soon"}


def waits_word(view: VisitorRow, now: datetime) -> str:
    """How long somebody has been waiting: ``0h07``; ``0h22 !`` when it is too long."""
    if view.late_at is None or view.arrived_at is None:
        return ""
    hours, minutes = divmod(max(0, int((now - view.arrived_at) / timedelta(minutes=1))), 60)
    word = f"{hours}h{minutes:02d}"
    return f"{word} !" if now >= view.late_at else word


def host_word(view: VisitorRow) -> str:
    """Whom he wants to see; who stands in for him behind a stroke."""
    return " / ".join(filter(None, (view.host, view.stand_in)))


def visitor_cells(view: VisitorRow, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """A visitor's line in the order of ``COLUMNS``."""
    at = view.arrived_at or view.announced_for
    day = (
        ""
        if at is None or at.astimezone(zone).date() == now.astimezone(zone).date()
        else day_word(at, now, zone)
    )
    return (
        say(f"visitors.state.{view.state}"),
        " ".join(filter(None, (day, f"{at.astimezone(zone):%H:%M}"))) if at else "",
        waits_word(view, now),
        view.name,
        view.company,
        host_word(view),
        view.purpose,
        number_word(view.ticket_number) if view.ticket_number else "",
    )


def visitor_line(view: VisitorRow, now: datetime, zone: tzinfo) -> Row:
    """A visitor as the list shows it; one who has waited too long is red and marked ``!``."""
    late = view.late_at is not None and now >= view.late_at
    look = LOOKS.get(State(view.state), "dim")
    return Row(view.visitor_id, visitor_cells(view, now, zone), (look, "", "late" if late else "", look))
