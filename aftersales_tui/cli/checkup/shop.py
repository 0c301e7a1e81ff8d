"""The shop's own files: settings, rules, store, and the drafts that were left behind."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.paths import config_dir, state_dir
from aftersales_tui.policy.calendars import calendars
from aftersales_tui.policy.loader import load_policy
from aftersales_tui.settings import Settings, settings_file
from aftersales_tui.store.health import sqlite_version, store_health
from aftersales_tui.views.checkup import Finding, State

DRAFTS = "drafts"


def settings_read() -> Finding:
    """That the settings could be read; whoever comes here has read them."""
    return Finding("settings", "read", State.WELL, {"file": str(settings_file())})


def settings_refused(error: DomainError) -> Finding:
    """Why the settings cannot be read."""
    return Finding("settings", "refused", State.ILL, {"code": error.code, **_words(error)})


def policy() -> Finding:
    """Whether the shop's own rule files can be read."""
    folder = config_dir() / bootstrap.POLICY_FOLDER
    try:
        digest = load_policy(folder).digest
    except DomainError as error:
        return Finding("policy", "refused", State.ILL, {"code": error.code, **_words(error)})
    return Finding("policy", "read", State.WELL, {"folder": str(folder), "digest": digest[:12]})


def holidays(settings: Settings, now: datetime) -> Finding:
    """Whether the public holidays are known as far ahead as due times are promised now (P8)."""
    folder = config_dir() / bootstrap.POLICY_FOLDER
    try:
        hours = load_policy(folder).hours
        today = now.astimezone(ZoneInfo(settings.zone)).date()
    except (DomainError, ZoneInfoNotFoundError, ValueError):
        # Told already, by whoever looks at the rules and at the clock.
        return Finding("holidays", "not_looked_at", State.WELL)
    found = calendars(hours, ZoneInfo(settings.zone), settings.country)
    country, year = found.almanac.country, found.unknown_soon(today)
    if year is None:
        return Finding("holidays", "known", State.WELL, {"country": country})
    told = {"country": country, "year": str(year), "file": str(folder / "hours.toml")}
    return Finding("holidays", "unknown", State.WATCH, told)


def store(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The SQLite at hand, and the store itself."""
    yield sqlite_version()
    try:
        database = bootstrap.database_of(settings)
    except DomainError as error:
        yield Finding("store", "refused", State.ILL, {"code": error.code, **_words(error)})
        return
    yield from store_health(database, now)


def drafts() -> Finding:
    """Calls that were typed and not saved; they are offered to whoever sits at that seat."""
    try:
        folder: Path = state_dir() / DRAFTS
    except DomainError as error:
        return Finding("drafts", "refused", State.ILL, {"code": error.code, **_words(error)})
    kept = len(list(folder.glob("*.json"))) if folder.is_dir() else 0
    damaged = sorted(str(file) for file in folder.glob("*.damaged")) if folder.is_dir() else []
    told = {"n": str(kept), "folder": str(folder)}
    if damaged:
        return Finding("drafts", "damaged", State.WATCH, {**told, "file": damaged[0]})
    return Finding("drafts", "kept" if kept else "none", State.WELL, told)


def _words(error: DomainError) -> dict[str, str]:
    return {key: str(value) for key, value in error.params.items()}
