"""Entries of the change feed as sentences (A4)."""

from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import deed_words
from aftersales_tui.views.tickets import TimelineRow

ABOUT_CONTACTS = frozenset({"claim", "release", "contact"})
"""Verbs whose ``reason`` is why a customer is contacted; that of the others is what somebody typed."""


def deed_sentence(row: TimelineRow, zone: tzinfo) -> str:
    """What was done, without who and when: ``assigned to Wang, today 14-16: knows the device``."""
    told = deed_words(row.params, zone)
    contact = row.verb in ABOUT_CONTACTS
    if contact and "reason" in told:
        told["reason"] = say(f"reason.{told['reason']}")
    sentence = say(f"feed.{row.verb}", **told)
    if contact and "due" in told:
        sentence = say("feed.next_try", what=sentence, due=told["due"])
    why = told.get("words") or ("" if contact else told.get("reason", ""))
    return say("feed.because", what=sentence, why=why) if why else sentence
