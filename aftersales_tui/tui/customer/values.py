"""The fields of a file as people read and type them (U1, U2, U3)."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from aftersales_tui.domain.customer import PARTS, Entry, Part, Sort
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.quiet import is_quiet, quiet_text, read_quiet, ringing_time, stored_quiet
from aftersales_tui.domain.when import day, moment
from aftersales_tui.i18n import say
from aftersales_tui.tui.says import instant_word
from aftersales_tui.views.customers import CustomerFile, DeviceCard

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

NONE = "-"
_LENGTHS = {"year": 4, "month": 7, "day": 10}


class Here(NamedTuple):
    """When and where a file is read: the moment, and the shop's zone."""

    now: datetime
    zone: tzinfo


def record_of(file: CustomerFile, part: Part, record_id: int) -> Any:
    """A record of a file; ``None`` when it is not there any more."""
    if part is Part.CUSTOMER:
        return file
    held: dict[Part, Sequence[Any]] = {
        Part.PERSON: file.persons,
        Part.PHONE: file.phones,
        Part.ADDRESS: file.addresses,
        Part.DEVICE: file.devices,
        Part.PROMISE: file.promises,
    }
    return next((one for one in held[part] if getattr(one, f"{part.value}_id") == record_id), None)


def fields_of(part: Part, record: Any) -> dict[str, Any]:
    """The fields of a record as the store holds them; those of a new one where there is none."""
    if record is None:
        return {entry.name: _blank(entry) for entry in PARTS[part]}
    return {entry.name: _stored(entry, getattr(record, entry.name)) for entry in PARTS[part]}


def _blank(entry: Entry) -> Any:
    if entry.sort is Sort.CHOICE:
        return entry.choices[0]
    if entry.sort in (Sort.FLAG, Sort.MONTHS):
        return 0
    return None if entry.sort in (Sort.MOMENT, Sort.PERSON, Sort.DEVICE) else ""


def _stored(entry: Entry, value: Any) -> Any:
    """Views say 0 for nobody and true for a mark."""
    if entry.sort in (Sort.PERSON, Sort.DEVICE):
        return value or None
    return int(value) if entry.sort is Sort.FLAG else value


def options(entry: Entry, file: CustomerFile) -> list[tuple[Any, str]]:
    """What a field is chosen out of, each with its word; none for one that is typed."""
    if entry.sort is Sort.CHOICE:
        return [(one, choice_word(entry.name, one)) for one in entry.choices]
    if entry.sort is Sort.FLAG:
        return [(0, say("word.no")), (1, say("word.yes"))]
    if entry.sort is Sort.PERSON:
        return [(None, NONE), *((one.person_id, one.name) for one in file.persons)]
    if entry.sort is Sort.DEVICE:
        return [(None, NONE), *((one.device_id, device_word(one)) for one in file.devices)]
    return []


def choice_word(name: str, value: str) -> str:
    """The word of one of a field's choices."""
    return say(f"file.{name}.{value}") if value else NONE


def device_word(device: DeviceCard) -> str:
    """A device in one line."""
    return " ".join(filter(None, (device.brand, device.product, device.model))) or device.serial or NONE


def typed(value: Any, zone: tzinfo) -> str:
    """A value as it stands in the form."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    return str(value) if value else ""


def told(entry: Entry, value: Any, file: CustomerFile, zone: tzinfo) -> str:
    """A value as it is read: a choice by its word, nothing as ``-``."""
    for option, word in options(entry, file):
        if option == value:
            return word
    if entry.sort is Sort.MONTHS and value:
        return say("file.every", n=value)
    return typed(value, zone) or NONE


def read(entry: Entry, text: str, desk: "Desk", here: Here) -> Any:
    """What was typed into a field, as the desk takes it.

    Raises:
        Invalid: When nobody can understand it.
    """
    said = text.strip()
    if entry.sort is Sort.MONTHS:
        if said and not said.isdecimal():
            raise Invalid("file.bad_number", field=entry.name, given=said[:20])
        return int(said or 0)
    if entry.sort is Sort.MOMENT:
        return moment(said, here.now, here.zone, desk.words) if said else None
    return quiet_text(read_quiet(said)) if entry.sort is Sort.QUIET else said


def echo(entry: Entry, text: str, desk: "Desk", here: Here) -> tuple[str, bool]:
    """The note beside a field, and whether its text was understood."""
    said = text.strip()
    try:
        if not said:
            return "", True
        if entry.sort is Sort.BOUGHT:
            bought = day(said, here.now, here.zone, desk.words)
            meant = bought.date.isoformat()[: _LENGTHS[bought.precision]]
        elif entry.sort is Sort.MOMENT:
            meant = instant_word(read(entry, said, desk, here), here.now, here.zone)
        elif entry.sort is Sort.MONTHS:
            months = read(entry, said, desk, here)
            meant = say("file.every", n=months) if months else said
        else:
            meant = str(read(entry, said, desk, here))
    except Invalid:
        return say("intake.echo.unclear"), False
    return (f"= {meant}" if meant != said else ""), True


def plan_echo(text: str, quiet: str, desk: "Desk", here: Here) -> tuple[str, bool]:
    """The note beside the day of the next contact: when it will really be, and why not when it was wished (B2, B4).

    Args:
        text: The wish, as it stands in the form.
        quiet: The quiet hours, as they stand there: what nobody understands is none.
        desk: Knows the words, and the hours in which customers may be rung.
        here: When and where it is read.
    """
    said = text.strip()
    try:
        wish = moment(said, here.now, here.zone, desk.words) if said else None
    except Invalid:
        return say("intake.echo.unclear"), False
    if wish is None:
        return "", True
    spans = stored_quiet(quiet)
    kept = ringing_time(wish, desk.calendars.calls, spans)
    at = instant_word(kept, here.now, here.zone)
    if kept == wish:
        return (f"= {at}" if at != said else ""), True
    why = "quiet" if is_quiet(spans, wish, here.zone) else "closed"
    wished = instant_word(wish, here.now, here.zone)
    return f"= {say(f'file.contact.{why}', at=at, wish=wished)}", True
