"""The shop's records, each loaded when it is first asked for: a desk at rest has no use for half of them.

``tables.Ticket`` and ``from ...tables import Ticket`` both work; ``complete`` loads them all.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftersales_tui.store.tables.calls import Call, Interval, Promise
    from aftersales_tui.store.tables.customers import Customer, Device
    from aftersales_tui.store.tables.feed import Counter, FeedEntry
    from aftersales_tui.store.tables.files import Note, NotSame, Person, SalePromise
    from aftersales_tui.store.tables.floor import HandoverNote, Takeover, Visitor
    from aftersales_tui.store.tables.imports import ImportBatch, ImportKey
    from aftersales_tui.store.tables.people import Shop, Staff
    from aftersales_tui.store.tables.reach import Address, CallerKey, Phone
    from aftersales_tui.store.tables.roster import Absence, Shift, StaffSkill, StaffZone
    from aftersales_tui.store.tables.tickets import Contact, Ticket, Visit

__all__ = [
    "Absence",
    "Address",
    "Call",
    "CallerKey",
    "Contact",
    "Counter",
    "Customer",
    "Device",
    "FeedEntry",
    "HandoverNote",
    "ImportBatch",
    "ImportKey",
    "Interval",
    "NotSame",
    "Note",
    "Person",
    "Phone",
    "Promise",
    "SalePromise",
    "Shift",
    "Shop",
    "Staff",
    "StaffSkill",
    "StaffZone",
    "Takeover",
    "Ticket",
    "Visit",
    "Visitor",
    "complete",
]

_PLACES = {
    "calls": ("Call", "Interval", "Promise"),
    "customers": ("Customer", "Device"),
    "feed": ("Counter", "FeedEntry"),
    "files": ("Note", "NotSame", "Person", "SalePromise"),
    "floor": ("HandoverNote", "Takeover", "Visitor"),
    "imports": ("ImportBatch", "ImportKey"),
    "people": ("Shop", "Staff"),
    "reach": ("Address", "CallerKey", "Phone"),
    "roster": ("Absence", "Shift", "StaffSkill", "StaffZone"),
    "tickets": ("Contact", "Ticket", "Visit"),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A record, whose module is loaded now."""
    if name not in _PLACE_OF:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"{__name__}.{_PLACE_OF[name]}"), name)
    return found


def complete() -> None:
    """Load every record: from then on the metadata of ``Record`` knows all tables."""
    for place in _PLACES:
        import_module(f"{__name__}.{place}")
