"""Values of the desk as JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

IDS = frozenset({"repeat_of"})
"""Fields that hold an id under another name."""
Json = str | int | float | bool | None | list[Any] | dict[str, Any]


def plain(value: object, zone: tzinfo, name: str = "") -> Json:
    """A value as JSON has it: ids are strings, instants ISO 8601 with the offset of the shop's zone.

    Args:
        value: A view, or whatever stands in one.
        zone: The shop's.
        name: The field it stands in; one that ends in ``_id`` holds an id of 63 bits, which many JSON readers
            would round.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name), zone, part.name) for part in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {part: plain(held, zone, part) for part, held in zip(value._fields, value, strict=True)}
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return plain(value.value, zone)
    if isinstance(value, Mapping):
        return {str(key): plain(part, zone, str(key)) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part, zone, name) for part in value]
    if isinstance(value, int) and not isinstance(value, bool) and (name.endswith("_id") or name in IDS):
        return str(value)
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
