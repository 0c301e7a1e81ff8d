"""``aftersales doctor``: what is wrong with an installation, and how to mend it."""

import os
from collections.abc import Iterator
from pathlib import Path

from aftersales_tui import bootstrap, i18n
from aftersales_tui.cli.checkup import machine, shop
from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import BY_CLASS, OK
from aftersales_tui.cli.output import Output
from aftersales_tui.domain.errors import DomainError, Unavailable
from aftersales_tui.i18n import say
from aftersales_tui.paths import state_place
from aftersales_tui.settings import Settings
from aftersales_tui.store.driver import is_url
from aftersales_tui.tui.sentences import sentence
from aftersales_tui.views.checkup import Finding, State

INDENT = "    "


def doctor(choices: Choices) -> int:
    """Look at everything an installation stands on; the exit code tells whether something does not work."""
    output = Output(choices.as_json)
    found = list(checkup(choices))
    for one in found:
        _tell(output, one)
    ill = sum(one.state is State.ILL for one in found)
    if not choices.as_json:
        watch = sum(one.state is State.WATCH for one in found)
        output.line(say("doctor.sum", ill=ill, watch=watch, n=len(found)))
    return BY_CLASS[Unavailable] if ill else OK


def checkup(choices: Choices) -> Iterator[Finding]:
    """Every finding, the machine's first; settings that cannot be read end it: nobody knows which store is meant."""
    yield machine.python()
    yield machine.terminal_here()
    yield machine.locale(os.environ)
    try:
        settings = choices.settings()
    except DomainError as error:
        yield shop.settings_refused(error)
        return
    yield shop.settings_read()
    yield machine.input_method(settings, os.environ)
    yield shop.policy()
    yield shop.holidays(settings, bootstrap.clock())
    yield from _of_the_store(settings)
    yield shop.drafts()


def _of_the_store(settings: Settings) -> Iterator[Finding]:
    now = bootstrap.clock()
    yield from shop.store(settings, now)
    yield machine.clock(now, settings.zone)
    folders = {"drafts": state_place()}
    try:
        database = bootstrap.database_of(settings)
    except Unavailable:
        # Told with the store.
        database = ""
    if database and not (isinstance(database, str) and is_url(database)):
        folder = Path(database).absolute().parent
        folders = {"store": folder, **folders}
        yield machine.file_system(folder)
    yield from machine.disk(folders)


def _sentences(one: Finding) -> tuple[str, str]:
    """What was found, and what to do about it; an error of the desk's own says both."""
    key = f"doctor.{one.check}.{one.name}"
    code = one.params.get("code", "")
    said = sentence(_as_error(one)) if code else say(key, **one.params)
    return said, say(f"{key}.mend", **one.params) if i18n.has(f"{key}.mend") else ""


def _as_error(one: Finding) -> DomainError:
    params = {key: value for key, value in one.params.items() if key != "code"}
    return DomainError(one.params["code"], **params)


def _tell(output: Output, one: Finding) -> None:
    said, mend = _sentences(one)
    if output.as_json:
        params = dict(one.params)
        told = {"check": one.check, "found": one.name, "state": one.state.value, "params": params}
        output.record({**told, "sentence": said, "mend": mend})
        return
    output.line(f"{say(f'doctor.state.{one.state}')}  {say(f'doctor.{one.check}')}: {said}")
    if mend:
        output.line(INDENT + mend)
