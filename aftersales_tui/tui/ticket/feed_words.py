"""Entries of the change feed as sentences (A4)."""

from collections.abc import Mapping
from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import NONE, deed_key, deed_words
from aftersales_tui.views.tickets import TimelineRow

ABOUT_CONTACTS = frozenset({"claim", "release", "contact"})
"""Verbs whose ``reason`` is why a customer is contacted; that of the others is what somebody typed."""


def deed_sentence(row: TimelineRow, zone: tzinfo) -> str:
    """What was done, without who and when: ``assigned to Wang, today 14-16: knows the device``."""
    told = deed_words(row.params, zone)
    contact = row.verb in ABOUT_CONTACTS
    if contact and "reason" in told:
        told["reason"] = say(f"reason.{told['reason']}")
    sentence = say(f"feed.{deed_key(row.verb, row.params)}", **told)
    if contact and "due" in told:
        sentence = say("feed.next_try", what=sentence, due=told["due"])
    if told.get("by_role"):
        return _with_override(row, sentence, told)
    why = told.get("words") or ("" if contact else told.get("reason", ""))
    return say("feed.because", what=sentence, why=why) if why else sentence


def _with_override(row: TimelineRow, sentence: str, told: Mapping[str, str]) -> str:
    """A deed for which a rule was lifted: why, by whom, as what he worked here then, and what was not known (C2)."""
    reason, lifted = told.get("reason", ""), told.get("override", "")
    if reason and reason != lifted:
        sentence = say("feed.because", what=sentence, why=reason)
    lacking = row.params.get("lacking", "")
    if lacking:
        facts = ", ".join(say(f"fact.{fact}") for fact in lacking.split(","))
        sentence = say("feed.unverified", what=sentence, facts=facts)
    # An erased customer takes the words with him; who it was and what was missing stay.
    role = say(f"role.{told['by_role']}")
    return say("feed.lifted", what=sentence, why=lifted or NONE, who=told["by"] or NONE, role=role)
