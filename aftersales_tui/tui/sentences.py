"""Errors and deeds as sentences, for the screens and the shell: nothing here needs Textual."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from aftersales_tui.domain.appointment import Clash
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.i18n import has, say
from aftersales_tui.tui.says import clash_with_time, clash_word, instant_word, window_word
from aftersales_tui.tui.staff_words import changed_word, off_word

_OF_ERRORS: Mapping[str, str] = {
    "missing": "fact.",
    "status": "status.",
    "allowed": "status.",
    "outcomes": "outcome.",
    "kinds": "kind.",
    "field": "field.",
    "column": "column.",
    "event": "event.",
    "verb": "verb.",
    "argument": "argument.",
    "result": "result.",
    "roles": "role.",
    "staff_role": "role.",
}
_OF_DEEDS: Mapping[str, str] = {
    "status": "status.",
    "outcome": "outcome.",
    "result": "result.",
    "kind": "kind.",
    "verb": "verb.",
    "part": "part.",
    "promise": "file.what.",
}
"""Parameters that are names of the trade, and where the catalog keeps their words."""
_ON_ANY_DAY = frozenset({"visits"})
"""Parameters whose visits need their day told, not only their hours."""
NONE = "-"
"""Stands where a list has nothing in it."""


def _worded(name: str, value: object, zone: tzinfo | None) -> str:
    if isinstance(value, Clash) and name in _ON_ANY_DAY and zone is not None:
        # Visits that stand in the way of whole days, or of leaving, are on days that nobody has named.
        when = window_word(value.window.start, value.window.end, datetime.now(UTC), zone)
        return f"{clash_word(value)} {when}"
    if isinstance(value, Clash):
        return clash_word(value) if zone is None else clash_with_time(value, zone)
    if isinstance(value, (tuple, list, frozenset, set)):
        return ", ".join(_worded(name, part, zone) for part in value) or NONE
    if name == "known_columns":
        # The word to read and the name to type: a mapping takes either.
        return f"{say(f'column.{value}')} ({value})"
    if name == "field" and not has(f"field.{value}"):
        return field_word(str(value))
    return say(f"{_OF_ERRORS[name]}{value}") if name in _OF_ERRORS and value else str(value)


def sentence(error: DomainError, zone: tzinfo | None = None) -> str:
    """An error of the desk in the present language: what is wrong and what to do about it.

    Args:
        error: What was refused.
        zone: The shop's, where times are to be told.
    """
    told = {name: _worded(name, value, zone) for name, value in error.params.items()}
    return say(f"error.{error.code}", **told)


def refusal(error: DomainError, zone: tzinfo | None = None) -> str:
    """An error as the command line tells it: with how to insist, where a reason lifts the rule (D2)."""
    said = sentence(error, zone)
    return f"{said} {say('error.overridable')}" if error.params.get("overridable") else said


def field_word(name: str) -> str:
    """The word of a field of a customer's file."""
    return say(f"file.field.{name}") if has(f"file.field.{name}") else name


def number_word(number: int) -> str:
    """A ticket's number as people say it."""
    return f"T-{number}"


def deed_key(verb: str, params: Mapping[str, str]) -> str:
    """What a deed is called in the catalog: a message that is settled was passed on, no question answered."""
    return "passed_on" if verb == "answer" and params.get("whom") else verb


def deed_words(params: Mapping[str, str], zone: tzinfo, now: datetime | None = None) -> dict[str, str]:
    """A deed's parameters as people read them: names in the present language, instants in the shop's zone."""
    now = now or datetime.now(UTC)
    # Deeds on people have a name where those on tickets have a number.
    told = {"number": params.get("name", "")} | {
        name: say(f"{_OF_DEEDS[name]}{value}") if name in _OF_DEEDS else value
        for name, value in params.items()
    }
    # What is done to a customer's file has no number of a ticket.
    told.setdefault("number", "")
    if params.get("number", "").isdigit():
        told["number"] = number_word(int(params["number"]))
    elif "name" in params:
        # What is no ticket is known by its name where a sentence asks for a number.
        told["number"] = told.get("number") or params["name"]
    for name in ("due", "at", "next"):
        if name in params:
            told[name] = instant_word(datetime.fromisoformat(params[name]), now, zone)
    if "start" in params and "end" in params:
        start, end = datetime.fromisoformat(params["start"]), datetime.fromisoformat(params["end"])
        told["window"] = window_word(start, end, now, zone)
    if "off_from" in params:
        start, end = (datetime.fromisoformat(params[name]) for name in ("off_from", "off_until"))
        told["off"] = off_word(start, end, now, zone)
    if any(name.startswith("to_") for name in params):
        # The card of somebody of the shop tells what stands there now; a customer's file only which fields it was.
        told["what"] = changed_word(params)
    elif "fields" in params:
        told["fields"] = ", ".join(map(field_word, params["fields"].split()))
    return told
