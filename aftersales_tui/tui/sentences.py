"""Errors and deeds as sentences, for the screens and the shell: nothing here needs Textual."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from aftersales_tui.domain.appointment import Clash
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import clash_word, instant_word, window_word

_OF_ERRORS: Mapping[str, str] = {
    "missing": "fact.",
    "status": "status.",
    "allowed": "status.",
    "field": "field.",
    "column": "column.",
    "event": "event.",
    "verb": "verb.",
    "argument": "argument.",
    "result": "result.",
}
_OF_DEEDS: Mapping[str, str] = {
    "status": "status.",
    "outcome": "outcome.",
    "result": "result.",
    "kind": "kind.",
    "verb": "verb.",
}
"""Parameters that are names of the trade, and where the catalog keeps their words."""
NONE = "-"
"""Stands where a list has nothing in it."""


def _worded(name: str, value: object) -> str:
    if isinstance(value, (tuple, list, frozenset, set)):
        return ", ".join(_worded(name, part) for part in value) or NONE
    if isinstance(value, Clash):
        return clash_word(value)
    return say(f"{_OF_ERRORS[name]}{value}") if name in _OF_ERRORS and value else str(value)


def sentence(error: DomainError) -> str:
    """An error of the desk in the present language: what is wrong and what to do about it."""
    return say(f"error.{error.code}", **{name: _worded(name, value) for name, value in error.params.items()})


def number_word(number: int) -> str:
    """A ticket's number as people say it."""
    return f"T-{number}"


def deed_words(params: Mapping[str, str], zone: tzinfo, now: datetime | None = None) -> dict[str, str]:
    """A deed's parameters as people read them: names in the present language, instants in the shop's zone."""
    now = now or datetime.now(UTC)
    told = {
        name: say(f"{_OF_DEEDS[name]}{value}") if name in _OF_DEEDS else value
        for name, value in params.items()
    }
    if params.get("number", "").isdigit():
        told["number"] = number_word(int(params["number"]))
    for name in ("due", "at"):
        if name in params:
            told[name] = instant_word(datetime.fromisoformat(params[name]), now, zone)
    if "start" in params and "end" in params:
        start, end = datetime.fromisoformat(params["start"]), datetime.fromisoformat(params["end"])
        told["window"] = window_word(start, end, now, zone)
    return told
