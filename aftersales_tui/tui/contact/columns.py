"""One line of the list of people to contact (F4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from aftersales_tui.domain.quiet import after_quiet, is_quiet, stored_quiet
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.says import left_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.callers import ContactRow

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

SOON = timedelta(minutes=30)
"""So little time left stands out."""
FAR = timedelta(hours=24)
"""So far ahead a day and a time say more than the hours until then."""
COLUMNS = (
    Column("contact.due", 11),
    Column("contact.why", 14, grow=1, most=20),
    Column("contact.whom", 8, grow=2, most=16),
    Column("contact.phone", 13, grow=1, most=17),
    Column("contact.number", 7, rank=2),
    Column("contact.product", 8, grow=1, most=16, rank=5),
    Column("contact.words", 8, grow=6, rank=4),
    Column("contact.tries", 3, right=True, rank=3),
    Column("contact.flag", 9, grow=2, most=20, rank=1),
)
ASK_SUPERVISOR = "ask_supervisor"


def why_word(view: ContactRow) -> str:
    """Why somebody is contacted: what it is about, where that says more than the reason."""
    about = f"about.{view.about}"
    return say(about) if view.about not in {"", "advice"} and has(about) else say(f"reason.{view.reason}")


def quiet_word(view: ContactRow, now: datetime, zone: tzinfo) -> str:
    """Until when he is not to be rung, where it is his quiet time now; empty where he may be (B2)."""
    quiet = stored_quiet(view.quiet) if view.quiet else ()
    if not is_quiet(quiet, now, zone):
        return ""
    return say("contact.quiet_until", at=f"{after_quiet(quiet, now, zone).astimezone(zone):%H:%M}")


def marks(view: ContactRow, now: datetime, zone: tzinfo) -> str:
    """What is to be known before one dials, each by a word: do not call, not now, supervisor, somebody has it."""
    words = (
        say("contact.do_not_call") if view.do_not_call else "",
        quiet_word(view, now, zone),
        say("contact.supervisor") if view.flag == ASK_SUPERVISOR else "",
        view.claimed_by,
    )
    return " ".join(filter(None, words))


def contact_line(view: ContactRow, now: datetime, zone: tzinfo) -> Row:
    """A contact as the list shows it; a late one is red and marked ``!``."""
    left = view.due_at - now
    late, marked = left < timedelta(0), marks(view, now, zone)
    cells = (
        left_word(view.due_at, now) if left < FAR else f"{view.due_at.astimezone(zone):%m-%d %H:%M}",
        why_word(view),
        view.whom,
        view.phone,
        number_word(view.number),
        view.product,
        view.words or view.fault,
        str(view.tries) if view.tries else "",
        marked,
    )
    taken = "dim" if view.claimed_by else ""
    look = "late" if late else "soon" if left < SOON else ""
    not_now = view.do_not_call or bool(quiet_word(view, now, zone))
    flag = "late" if not_now else "soon" if marked else ""
    return Row(view.contact_id, cells, (look, taken, taken, "strong", "dim", taken, taken, taken, flag))


def listed(now: datetime, zone: tzinfo) -> Listing:
    """The whole list, in its words."""

    def rows(desk: "Desk") -> Iterator[tuple[str, ...]]:
        from aftersales_tui.desk.listing import contact_rows

        return (contact_line(view, now, zone).cells for view in contact_rows(desk))

    names = tuple(column.label.partition(".")[2] for column in COLUMNS)
    return Listing("contacts", names, tuple(say(column.label) for column in COLUMNS), rows)
