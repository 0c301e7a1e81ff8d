"""Commands of the shell that are no verbs of the command language, and the door to those that are."""

import sys
from pathlib import Path

from aftersales_tui import __version__, bootstrap, paths
from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.output import Output
from aftersales_tui.cli.session import STDIN, session
from aftersales_tui.cli.start import open_app
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar import VERBS, Verb, weekly_shifts
from aftersales_tui.i18n import say
from aftersales_tui.settings import settings_file, without_password
from aftersales_tui.store.driver import is_url
from aftersales_tui.tui.sentences import deed_words

ENGINEER = "engineer"


def say_verb(choices: Choices, verb: Verb, words: list[str]) -> int:
    """One verb of the command language; ``call`` without a fault opens the form on the terminal."""
    with session(choices) as here:
        code, saids = here.say_verb(verb, words)
    said = saids[-1] if saids else None
    if code or said is None or said.verb != "call" or said.receipt or said.offers:
        return code
    return open_app(choices.settings(), door="call", caller=said.text, at=said.happened_at)


def run(choices: Choices, line: list[str] | None = None) -> int:
    """Lines as they are typed in the app; ``-`` takes one from each line of standard input, up to a refusal."""
    if not line:
        raise Invalid("cli.no_line")
    with session(choices) as here:
        lines = sys.stdin if line == [STDIN] else [" ".join(line)]
        for text in lines:
            code = here.run(text.strip()) if text.strip() else OK
            if code:
                return code
    return OK


def demo(choices: Choices, tickets: int | None = None, make: bool | None = None) -> int:
    """The demo shop in a store of its own: made when it is missing or older than today, then opened."""
    from aftersales_tui.demo.make import demo_file, demo_path, demo_settings, ensure_demo

    base, now = choices.settings(), bootstrap.clock()
    # Never the shop's own store, whatever the settings name: only --db moves it.
    path = demo_path()
    if choices.database and base.database:
        if is_url(base.database):
            raise Invalid("cli.demo.needs_file", given=without_password(base.database))
        path = Path(base.database)
    file = demo_file(path, now, tickets, base.zone)
    if not make:
        return open_app(demo_settings(base, file), lambda: ensure_demo(path, now, tickets, zone=base.zone))
    ensure_demo(path, now, tickets, zone=base.zone)
    output = Output(choices.as_json)
    if choices.as_json:
        output.record({"store": str(file)})
    else:
        output.line(say("cli.demo.made", file=file))
    return OK


def version(choices: Choices) -> int:
    """Which version this is; opens nothing."""
    output = Output(choices.as_json)
    if choices.as_json:
        output.record({"version": __version__})
    else:
        output.line(f"aftersales {__version__}")
    return OK


def where(choices: Choices) -> int:
    """Where the store, the settings, the drafts and the shipped rules lie; opens none of them."""
    settings = choices.settings()
    places = {
        "store": without_password(str(bootstrap.database_of(settings))),
        "settings": str(settings_file()),
        "policy": str(paths.config_dir() / bootstrap.POLICY_FOLDER),
        "drafts": str(paths.state_place()),
        "rules": str(paths.data_dir()),
    }
    output = Output(choices.as_json)
    if choices.as_json:
        output.record(places)
    else:
        output.table(
            (say("cli.where.what"), say("cli.where.place")),
            [(say(f"cli.where.{name}"), place) for name, place in places.items()],
        )
    return OK


def cheatsheet(choices: Choices) -> int:
    """Every verb on one page, out of the registry."""
    output = Output(choices.as_json)
    if choices.as_json:
        for verb in VERBS:
            output.record(
                {"short": verb.short, "long": verb.id, "example": _example(verb), "does": _does(verb)}
            )
    else:
        heads = tuple(say(f"cli.sheet.{name}") for name in ("short", "long", "example", "does"))
        output.table(heads, [(verb.short, verb.id, _example(verb), _does(verb)) for verb in VERBS])
        output.line("")
        output.block(say("cli.sheet.signs"))
    return OK


def add_engineer(
    choices: Choices,
    name: list[str] | None = None,
    phone: str | None = None,
    skill: list[str] | None = None,
    zone: list[str] | None = None,
    shift: list[str] | None = None,
) -> int:
    """Add an engineer with what he can mend, where, and when he works (A7, D7)."""
    with session(choices) as here:
        desk = here.desk
        week = [span for text in shift or () for span in weekly_shifts(text, desk.words)]
        receipt = desk.roster.hire(
            desk.act(),
            " ".join(name or ()),
            ENGINEER,
            phone=phone or "",
            skills=skill or (),
            zones=zone or (),
            week=week,
            namesake=False,
        )
        if choices.as_json:
            here.output.record(receipt)
        else:
            here.output.line(say(f"done.{receipt.verb}", **deed_words(receipt.params, here.output.zone)))
    return OK


def list_engineers(choices: Choices) -> int:
    """The engineers with their skills, zones and the visits of today."""
    with session(choices) as here:
        found = here.desk.dispatch.engineers(None)
        if choices.as_json:
            here.output.record(found)
        elif found:
            heads = tuple(say(f"cli.engineer.{name}") for name in ("name", "skills", "zones", "jobs"))
            rows = [(one.name, " ".join(one.skills), " ".join(one.zones), str(one.jobs)) for one in found]
            here.output.table(heads, rows)
        else:
            here.output.line(say("cli.nothing"))
    return OK


def _example(verb: Verb) -> str:
    return say(f"verb.{verb.id}.example")


def _does(verb: Verb) -> str:
    return say(f"verb.{verb.id}.help")
