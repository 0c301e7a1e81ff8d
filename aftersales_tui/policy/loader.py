"""Reads the shop's rule files into the rule objects that ``domain`` defines (A5, P8)."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from aftersales_tui.domain.calendar import OpeningHours, common
from aftersales_tui.domain.contact import (
    QUARTERLY,
    Effect,
    NextContact,
    Reason,
    RetryRule,
    possible_effects,
)
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.promise import Clock
from aftersales_tui.paths import data_dir
from aftersales_tui.policy.overlay import Table, rule_tables
from aftersales_tui.policy.rules import (
    CallRules,
    DispatchRules,
    DuplicateRules,
    HandoverRules,
    Hours,
    Kind,
    Outcome,
    Policy,
    QuarterlyRules,
    VisitorRules,
)

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from aftersales_tui.policy import files

    _Model = TypeVar("_Model", bound=BaseModel)

_Tables = dict[str, tuple[Path, Table]]

_EXAMPLES = {
    "bool_type": "true, false",
    "int_type": "1, 2, 3",
    "list_type": "[ ... ]",
    "string_type": '" ... "',
}
"""What a right value looks like where pydantic finds the error; our own validators say it themselves."""


def load_policy(shop_folder: Path | None = None) -> Policy:
    """The rules in force.

    Args:
        shop_folder: The folder of the shop's own rule files; each wins key by key over the shipped one.

    Raises:
        Invalid: ``policy.bad``, ``policy.missing``, ``policy.unknown_key``, ``policy.not_toml`` or
            ``policy.unreadable``, naming the file and the key.
    """
    from aftersales_tui.policy import files

    tables = rule_tables(shop_folder, data_dir() / "policy")
    promises = _validated(files.PromisesFile, tables["promises"]).root
    clocks = {clock_id: _clock(clock_id, table) for clock_id, table in promises.items()}
    contacts = _validated(files.ContactsFile, tables["contacts"])
    follow_up = clocks["P5"]
    kinds = _kinds(tables, clocks)
    return Policy(
        hours=_hours(_validated(files.HoursFile, tables["hours"]), tables["hours"][0]),
        clocks=MappingProxyType(clocks),
        kinds=MappingProxyType(kinds),
        dispatch=_dispatch(_validated(files.DispatchFile, tables["dispatch"])),
        outcomes=MappingProxyType(_outcomes(tables, clocks)),
        reasons=MappingProxyType(_reasons(contacts, tables["contacts"][0])),
        advice=NextContact(follow_up.id, "advice_check", "advice", follow_up.allowance, follow_up.basis),
        quarterly=_quarterly(contacts, tables["contacts"][0], kinds),
        call=CallRules(contacts.call.hold_warning, contacts.call.parked, contacts.call.claim),
        visitors=_visitors(_validated(files.VisitorsFile, tables["visitors"])),
        handover=_handover(_validated(files.HandoverFile, tables["handover"])),
        duplicates=_duplicates(_validated(files.DuplicatesFile, tables["duplicates"])),
        digest=_digest(tables),
    )


def _visitors(file: "files.VisitorsFile") -> VisitorRules:
    return VisitorRules(file.late_after, file.missed_kept)


def _handover(file: "files.HandoverFile") -> HandoverRules:
    return HandoverRules(file.away, file.ahead, file.notes_kept)


def _digest(tables: _Tables) -> str:
    in_force = {name: table for name, (_, table) in tables.items()}
    text = json.dumps(in_force, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _validated(model: "type[_Model]", source: tuple[Path, Table]) -> "_Model":
    from pydantic import ValidationError

    path, table = source
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: "ValidationError") -> Invalid:
    first: dict[str, Any] = dict(error.errors(include_url=False)[0])
    key = ".".join(str(part) for part in first["loc"] if part != "[key]")
    if first["type"] == "missing":
        return Invalid("policy.missing", file=str(path), key=key)
    context = first.get("ctx", {})
    why = str(context.get("error") or _EXAMPLES.get(first["type"]) or _bounds(context))
    return _bad(path, key, first["input"], why)


def _bounds(context: dict[str, Any]) -> str:
    signs = {"ge": ">=", "le": "<=", "min_length": ">="}
    return " ".join(f"{sign} {context[name]}" for name, sign in signs.items() if name in context) or "[table]"


def _bad(path: Path, key: str, given: object, why: str) -> Invalid:
    return Invalid("policy.bad", file=str(path), key=key, given=given, why=why)


def _require_clocks(path: Path, key: str, named: Iterable[str], clocks: dict[str, Clock]) -> tuple[str, ...]:
    for clock_id in named:
        if clock_id not in clocks:
            raise _bad(path, key, clock_id, ", ".join(clocks))
    return tuple(named)


def _hours(file: "files.HoursFile", path: Path) -> Hours:
    from aftersales_tui.policy.files import WEEK

    week = tuple(getattr(file.week, day) for day in WEEK)
    if not any(week):
        raise _bad(path, "week", "[]", 'mon = ["08:30-12:00", "13:30-18:00"]')
    if not any(common(spans, file.calling) for spans in week):
        raise _bad(path, "calling", "[]", '["08:00-21:00"]')
    opening = OpeningHours(week, WEEK.index(file.moved_day))
    return Hours(opening, file.country, MappingProxyType(dict(file.overrides)), file.calling)


def _clock(clock_id: str, table: "files.ClockTable") -> Clock:
    return Clock(
        id=clock_id,
        allowance=table.allowance,
        basis=table.basis,
        starts=frozenset(table.start),
        stops=frozenset(table.stop),
        pauses_in=frozenset(table.pauses_in),
    )


def _kinds(tables: _Tables, clocks: dict[str, Clock]) -> dict[str, Kind]:
    from aftersales_tui.policy.files import KindsFile

    path = tables["kinds"][0]
    kinds = {}
    for kind_id, table in _validated(KindsFile, tables["kinds"]).root.items():
        started = _require_clocks(path, f"{kind_id}.clocks", table.clocks, clocks)
        if "dispatch" in table.steps and not table.visit:
            raise _bad(path, f"{kind_id}.steps", "dispatch", "visit = true")
        kinds[kind_id] = Kind(kind_id, started, table.visit, tuple(table.steps))
    return kinds


def _dispatch(file: "files.DispatchFile") -> DispatchRules:
    return DispatchRules(
        require_before_dispatch=file.require_before_dispatch,
        facts=tuple(file.facts),
        window=file.window,
        visit=file.visit,
        repeat_within=file.repeat_within,
        assign_by=file.assign_by,
    )


def _duplicates(file: "files.DuplicatesFile") -> DuplicateRules:
    return DuplicateRules(**file.model_dump())


def _outcomes(tables: _Tables, clocks: dict[str, Clock]) -> dict[str, Outcome]:
    from aftersales_tui.policy.files import OutcomesFile

    path = tables["outcomes"][0]
    outcomes = {}
    for outcome_id, table in _validated(OutcomesFile, tables["outcomes"]).root.items():
        begun = _require_clocks(path, f"{outcome_id}.clocks", table.clocks, clocks)
        rule = f"V3.{outcome_id}"
        contact = NextContact(rule, "callback", table.contact, table.after, "business")
        outcomes[outcome_id] = Outcome(
            outcome_id, table.status, begun, None if table.contact == "none" else contact
        )
    return outcomes


def _reasons(file: "files.ContactsFile", path: Path) -> dict[str, Reason]:
    table = file.retry
    if not table.morning < table.noon <= table.afternoon:
        raise _bad(path, "retry.noon", table.noon, "morning < noon <= afternoon")
    retry = RetryRule(
        id="B2",
        waits=tuple(table.waits),
        tries=table.tries,
        last=Effect(table.last),
        noon=table.noon,
        morning=table.morning,
        afternoon=table.afternoon,
    )
    named = [name for name in type(file).model_fields if name not in {"retry", "call", "quarterly"}]
    for name in named:
        possible = possible_effects(name)
        for one in getattr(file, name).results:
            if one.effect not in possible:
                allowed = ", ".join(effect for effect in Effect if effect in possible)
                raise _bad(path, f"{name}.results", f"{one.id}>{one.effect}", allowed)
    return {name: Reason(name, tuple(getattr(file, name).results), retry) for name in named}


def _quarterly(file: "files.ContactsFile", path: Path, kinds: dict[str, Kind]) -> QuarterlyRules:
    table = file.quarterly
    for kind_id in table.kinds:
        if kind_id not in kinds:
            raise _bad(path, "quarterly.kinds", kind_id, ", ".join(kinds))
    first, every = (
        NextContact("P7", "callback", QUARTERLY, after, "always") for after in (table.first, table.every)
    )
    return QuarterlyRules(frozenset(table.kinds), first, every)
