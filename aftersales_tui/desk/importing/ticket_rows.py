"""What a row tells of its ticket: where it stands, when it began, who goes when, which device it is about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.progress import REASSIGNED
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.ticket import Event, Status
from aftersales_tui.lexicon.fold import fold, serial_key
from aftersales_tui.store.bulk import KnownDevice
from aftersales_tui.views.imports import Fault

ENDINGS = frozenset({REASSIGNED, *(event.value for event in Event)})
"""How visits of ours end that come to no outcome of the shop's rules: another was sent, the ticket waits."""
SENT = frozenset({Status.ASSIGNED, Status.ON_THE_ROAD, Status.WORKING})
"""An engineer is under way. Where the row does not tell whom we know and in which window, he is to be sent anew."""


def status_of(row: Foreign, engineer: int = 1) -> Status:
    """Where the ticket of a row stands; without a word for it, one that has ended is closed.

    Args:
        row: With its state.
        engineer: Who is under way; 0 for nobody we know.
    """
    told = row.values.get("status")
    if told is None:
        return Status.CLOSED if row.values.get("ended_at") else Status.NEW
    status = Status(told)
    return Status.NEW if status in SENT and not (engineer and window_of(row)) else status


def is_sent(row: Foreign) -> bool:
    """Whether the row says that somebody is under way."""
    return row.values.get("status") in SENT


def window_of(row: Foreign) -> tuple[datetime, datetime] | None:
    """When the engineer was to be there, where the row tells it and who he is."""
    told: Mapping[str, Any] = row.values
    start, end = told.get("visit_from"), told.get("visit_to")
    named = told.get("engineer") or told.get("engineer_id")
    return (start, end) if named and start and end and start <= end else None


def comes_in_new(row: Foreign) -> Fault:
    """The warning that a ticket is to be sent anew."""
    told = row.values
    return Fault(
        row.line, "engineer", told.get("engineer", ""), Refused("import.comes_in_new", status=told["status"])
    )


def is_about(row: Foreign, device: KnownDevice) -> bool:
    """Whether a row tells of a device: by its serial, else by what else both tell of it."""
    told = row.values
    if told.get("serial") and device.serial:
        return serial_key(told["serial"]) == serial_key(device.serial)
    return all(
        fold(told[name]) == fold(getattr(device, name))
        for name in ("product", "brand", "model")
        if told.get(name) and getattr(device, name)
    ) and any(told.get(name) and getattr(device, name) for name in ("product", "model"))


def received_at(row: Foreign, now: datetime) -> datetime:
    """When the ticket began, as far as the row tells."""
    told: Mapping[str, Any] = row.values
    at: datetime = told.get("received_at") or told.get("ended_at") or told.get("entered_at") or now
    return at


def memo_of(memo: str, row: Foreign, *, visited: bool) -> str:
    """The memo with what has no place of its own: how it ended in the file's words, and who went."""
    told = row.values
    ended = (row.said, told.get("outcome", ""), told.get("outcome_words", ""), told.get("engineer", ""))
    more = () if visited else ended
    return "\n".join(text for text in (*more, memo) if text and (text is memo or text not in memo))
