"""What a line of the command language would do, as one sentence; nothing here needs Textual."""

from collections.abc import Sequence
from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import deed_words, refusal
from aftersales_tui.views.console import Completion, Preview

STILL_TYPED = frozenset({"grammar.missing", "grammar.unclosed_quote", "grammar.no_reason"})
"""What is wrong only because the line is not at its end yet."""
UNKNOWN = frozenset({"grammar.unknown_verb", "grammar.no_verb"})
CATALOG = {
    "verb": "verb.{}.help",
    "status": "status.{}",
    "outcome": "outcome.{}",
    "kind": "kind.{}",
    "late": "filter.{}",
}
"""Where the words of a completion stand, by its kind."""


def preview_words(previews: Sequence[Preview], typed: str, zone: tzinfo) -> tuple[str, bool]:
    """The sentence, and whether it is a refusal.

    Args:
        previews: Of the steps, in order.
        typed: The line so far: a verb that is half typed is not wrong yet.
        zone: The shop's.
    """
    said = ""
    for one in previews:
        if one.error is not None and one.error.code in STILL_TYPED:
            return _joined(said, say("preview.wants", **_wanted(one))), False
        if one.error is not None:
            half_typed = one.error.code in UNKNOWN and not typed.rstrip().count(" ")
            refused = _joined(said, refusal(one.error, zone)), True
            return (say("preview.empty"), False) if half_typed else refused
        said = _joined(said, _step(one, zone))
    return said or say("preview.empty"), False


def meaning(offered: Completion) -> str:
    """What a completion is, in the present language."""
    if offered.value and offered.text.endswith(":"):
        return say(f"argument.{offered.value}")
    key = CATALOG.get(offered.kind.value)
    return say(key.format(offered.value)) if key and offered.value else offered.note


def _wanted(one: Preview) -> dict[str, str]:
    params = one.error.params if one.error else {}
    verb, argument = params.get("verb", one.verb), params.get("argument", "override")
    return {"verb": say(f"verb.{verb}") if verb else "", "argument": say(f"argument.{argument}")}


def _joined(said: str, more: str) -> str:
    return say("preview.then", what=said, next=more) if said else more


def _step(one: Preview, zone: tzinfo) -> str:
    told = deed_words(one.params, zone)
    if one.verb == "call":
        said = say("preview.call_saved" if "words" in told else "preview.call", **{"text": "", **told})
    else:
        said = say(f"preview.{one.verb}", **{"whom": "", **told})
        if "words" in told:
            said = say("preview.words", what=said, words=told["words"])
    if "at" in told:
        said = say("preview.at", what=said, at=told["at"])
    overrides = "reason" in told and one.verb != "call"
    return say("preview.override", what=said, reason=told["reason"]) if overrides else said
