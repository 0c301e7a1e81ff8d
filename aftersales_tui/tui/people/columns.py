"""One line of the list of people (A3)."""

from datetime import datetime, tzinfo

from aftersales_tui.domain.calendar import DAY, wall_instant
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import span_word
from aftersales_tui.tui.staff_words import off_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.staff import PersonRow

COLUMNS = (
    Column("people.name", 10, grow=1, most=18),
    Column("people.role", 10, grow=1, most=14),
    Column("people.today", 14, grow=2, most=30),
    Column("people.skills", 12, grow=2, most=30, rank=1),
    Column("people.zones", 8, grow=1, most=20, rank=2),
    Column("people.phone", 13, rank=3),
)


def today_word(view: PersonRow, now: datetime, zone: tzinfo) -> str:
    """Whether he is here today, and when: time off before shifts, for that is what is asked."""
    if not view.active:
        return say("people.left")
    if view.off is not None:
        off = off_word(view.off.start, view.off.end, now, zone)
        return say("people.off", off=off, reason=view.off.reason).rstrip()
    if not view.scheduled:
        return say("people.unscheduled")
    today = now.astimezone(zone).date()
    midnight, next_midnight = wall_instant(today, 0, zone), wall_instant(today, DAY, zone)
    spans = []
    for shift in view.shifts:
        # Of a night's shift only the end lies in this morning.
        start = max(shift.start, midnight)
        whole = start == midnight and shift.end == next_midnight
        spans.append(say("people.all_day") if whole else span_word(start, shift.end, zone))
    return " ".join(spans) or say("people.not_today")


def person_line(view: PersonRow, now: datetime, zone: tzinfo) -> Row:
    """A person as the list shows him; who is off stands out, who has left is dim."""
    cells = (
        view.name,
        say(f"role.{view.role}"),
        today_word(view, now, zone),
        " ".join(view.skills),
        " ".join(view.zones),
        view.phone,
    )
    if not view.active:
        return Row(view.staff_id, cells, ("dim",) * len(cells))
    look = "soon" if view.off else "" if view.shifts else "dim"
    return Row(view.staff_id, cells, ("strong", "", look, "", "dim", "dim"))
