"""What to say to a visitor, in the shop's own words (C13, C5)."""

from typing import TYPE_CHECKING

from aftersales_tui.i18n import language
from aftersales_tui.lexicon.contact_scripts import spoken
from aftersales_tui.lexicon.visitor_scripts import load_visitor_scripts
from aftersales_tui.paths import config_dir, data_dir
from aftersales_tui.views.floor import VisitorRow

if TYPE_CHECKING:
    from aftersales_tui.tui.host import Host

SCRIPTS = "scripts"
LATE, DURING_CALL = "late", "during_call"


def sentences(app: "Host", when: str, visitor: VisitorRow | None = None) -> tuple[str, ...]:
    """The lines of a moment, filled with what is known.

    Args:
        app: Knows the shop and who sits here.
        when: One of ``visitor_scripts.MOMENTS``.
        visitor: Who is spoken to; none for what is said to a caller.
    """
    scripts = load_visitor_scripts(data_dir() / SCRIPTS / language(), config_dir() / SCRIPTS / language())
    known = {"shop": app.standing.shop, "person": app.standing.person}
    if visitor is not None:
        names = ("name", "company", "host", "stand_in", "purpose")
        known |= {name: getattr(visitor, name) for name in names}
    return spoken(scripts.get(when, ()), known)


def caller_waits(app: "Host") -> bool:
    """Whether a call is open at this seat: then the caller is asked before a visitor is turned to (C13)."""
    calls = [getattr(screen, "call", None) for screen in app.travel.made()]
    return any(call is not None and not call.saved and not call.is_blank for call in calls)
