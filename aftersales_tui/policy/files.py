"""The shape of the rule files, as pydantic models; imported when a policy is read, never earlier.

A wrong value is answered with examples of right ones, because examples need no language.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, RootModel

from aftersales_tui.domain.calendar import DAY, Spans, checked
from aftersales_tui.domain.contact import Effect, Result, Wait
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact
from aftersales_tui.domain.promise import EVENTS, Allowance, Basis
from aftersales_tui.domain.ticket import Status
from aftersales_tui.policy.rules import Step

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RESULTS = (
    "reached",
    "still_faulty",
    "works",
    "does_not",
    "no_answer",
    "left_message",
    "inconvenient",
    "wrong_number",
    "refused",
    "wants_repair",
    "no_repair",
    "agreed",
    "cancels",
    "settled",
    "in_use",
    "more_guidance",
    "no_more",
    "kept",
    "postponed",
    "waived",
)
ABOUTS = ("none", "after_repair", "decide_repair", "re_agree", "supervisor")

_UNITS = {"s": 1, "min": 60, "h": 3600}
_AMOUNT = re.compile(r"(\d{1,4})(s|min|h|d|mo)")
_CLOCK_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


def _allowance(given: object) -> Allowance:
    match = _AMOUNT.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        raise ValueError('"30min", "4h", "2d", "1mo"')
    number, unit = int(match[1]), match[2]
    if unit == "d":
        return Allowance(days=number)
    return Allowance(months=number) if unit == "mo" else Allowance(timedelta(seconds=number * _UNITS[unit]))


def _some(allowance: Allowance) -> Allowance:
    if allowance == Allowance():
        raise ValueError('"30min", "4h", "2d", "1mo"')
    return allowance


def _length(given: object) -> timedelta:
    allowance = _allowance(given)
    if allowance.months or allowance == Allowance():
        raise ValueError('"30s", "30min", "4h", "2d"')
    return allowance.amount + timedelta(days=allowance.days)


def _minute(given: object) -> int:
    match = _CLOCK_TIME.fullmatch(given) if isinstance(given, str) else None
    if match is None or int(match[1]) * 60 + int(match[2]) > DAY:
        raise ValueError('"09:30", "15:00"')
    return int(match[1]) * 60 + int(match[2])


def _spans(given: object) -> Spans:
    try:
        if not isinstance(given, list):
            raise TypeError
        pairs = [text.split("-") for text in given]
        return checked(tuple((_minute(start), _minute(end)) for start, end in pairs))
    except (Invalid, AttributeError, TypeError, ValueError):
        raise ValueError('["08:30-12:00", "13:30-18:00"], []') from None


def _date(given: object) -> date:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise ValueError("2027-02-08") from None


def _wait(given: object) -> Wait:
    try:
        return Wait(None if given == "other_half" else _length(given))
    except ValueError:
        raise ValueError('"2h", "other_half"') from None


def _result(given: object) -> Result:
    result, arrow, effect = given.partition(">") if isinstance(given, str) else ("", "", "")
    if not arrow or result not in RESULTS or effect not in tuple(Effect):
        raise ValueError(f"({' | '.join(RESULTS)}) > ({' | '.join(Effect)})")
    return Result(result, Effect(effect))


def _one_of(words: Iterable[str]) -> Callable[[object], Any]:
    known = tuple(words)

    def check(given: object) -> object:
        if given not in known:
            raise ValueError(", ".join(known))
        return given

    return check


def _country(given: object) -> str:
    if not (isinstance(given, str) and re.fullmatch("([A-Z]{2})?", given)):
        raise ValueError('"CN", "TW", "HK", ""')
    return given


def _distinct(items: list[Any]) -> list[Any]:
    ids = [getattr(item, "id", item) for item in items]
    if not ids or len(set(ids)) != len(ids):
        raise ValueError(f"[{', '.join(dict.fromkeys(ids)) or '...'}]")
    return items


_StatusName = Annotated[Status, PlainValidator(lambda given: Status(_one_of(Status)(given)))]
_StartName = Annotated[str, PlainValidator(_one_of([*Status, "reported"]))]
_StopName = Annotated[str, PlainValidator(_one_of([*Status, *sorted(EVENTS)]))]
_Length = Annotated[timedelta, PlainValidator(_length)]
_Minute = Annotated[int, PlainValidator(_minute)]
_Spans = Annotated[Spans, PlainValidator(_spans)]
_Steps = Annotated[
    list[Annotated[Step, PlainValidator(_one_of(get_args(Step)))]],
    AfterValidator(_distinct),
]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Week(_File):
    mon: _Spans
    tue: _Spans
    wed: _Spans
    thu: _Spans
    fri: _Spans
    sat: _Spans
    sun: _Spans


class HoursFile(_File):
    """``hours.toml``."""

    country: Annotated[str, PlainValidator(_country)]
    moved_day: Annotated[str, PlainValidator(_one_of(WEEK))]
    calling: _Spans
    week: _Week
    overrides: dict[Annotated[date, PlainValidator(_date)], _Spans]


class ClockTable(_File):
    """One clock of ``promises.toml``."""

    allowance: Annotated[Allowance, PlainValidator(lambda given: _some(_allowance(given)))]
    basis: Annotated[Basis, PlainValidator(_one_of(get_args(Basis)))]
    start: list[_StartName]
    stop: list[_StopName]
    pauses_in: list[_StatusName]


class KindTable(_File):
    """One kind of call of ``kinds.toml``."""

    clocks: list[str]
    visit: bool
    steps: _Steps


class DispatchFile(_File):
    """``dispatch.toml``."""

    require_before_dispatch: bool
    facts: list[Annotated[Fact, PlainValidator(lambda given: Fact(_one_of(Fact)(given)))]]
    window: _Length
    visit: _Length
    repeat_within: _Length
    assign_by: Annotated[Literal["any", "head"], PlainValidator(_one_of(("any", "head")))]


_Share = Annotated[int, Field(ge=0, le=100)]


class DuplicatesFile(_File):
    """``duplicates.toml``."""

    phone: _Share
    serial: _Share
    name: _Share
    address: _Share
    least: Annotated[int, Field(ge=1, le=300)]
    name_alike: _Share
    address_alike: _Share
    look_at: Annotated[int, Field(ge=1, le=5000)]
    candidates: Annotated[int, Field(ge=1, le=1000)]


class OutcomeTable(_File):
    """One outcome of ``outcomes.toml``."""

    status: _StatusName
    clocks: list[str]
    contact: Annotated[str, PlainValidator(_one_of(ABOUTS))]
    after: Annotated[Allowance, PlainValidator(_allowance)]


class _ReasonTable(_File):
    results: Annotated[list[Annotated[Result, PlainValidator(_result)]], AfterValidator(_distinct)]


class _RetryTable(_File):
    waits: Annotated[list[Annotated[Wait, PlainValidator(_wait)]], Field(min_length=1)]
    tries: Annotated[int, Field(ge=1, le=20)]
    last: Annotated[str, PlainValidator(_one_of(("ask_supervisor", "close")))]
    noon: _Minute
    morning: _Minute
    afternoon: _Minute


class _CallTable(_File):
    hold_warning: _Length
    parked: Annotated[int, Field(ge=1, le=9)]
    claim: _Length


class _QuarterlyTable(_File):
    kinds: list[str]
    first: Annotated[Allowance, PlainValidator(lambda given: _some(_allowance(given)))]
    every: Annotated[Allowance, PlainValidator(lambda given: _some(_allowance(given)))]


class ContactsFile(_File):
    """``contacts.toml``."""

    callback: _ReasonTable
    advice_check: _ReasonTable
    after_repair: _ReasonTable
    decide_repair: _ReasonTable
    re_agree: _ReasonTable
    supervisor: _ReasonTable
    quarterly_report: _ReasonTable
    periodic_contact: _ReasonTable
    sale_promise: _ReasonTable
    quarterly: _QuarterlyTable
    retry: _RetryTable
    call: _CallTable


class VisitorsFile(_File):
    """``visitors.toml``."""

    late_after: _Length
    missed_kept: _Length


class HandoverFile(_File):
    """``handover.toml``."""

    away: _Length
    ahead: Annotated[int, Field(ge=1, le=31)]
    notes_kept: _Length


class PromisesFile(RootModel[dict[str, ClockTable]]):
    """``promises.toml``."""


class KindsFile(RootModel[dict[str, KindTable]]):
    """``kinds.toml``."""


class OutcomesFile(RootModel[dict[str, OutcomeTable]]):
    """``outcomes.toml``."""
