"""The shop's records. Importing this package makes the metadata complete."""

from aftersales_tui.store.tables.customers import Address, CallerKey, Customer, Device, Phone
from aftersales_tui.store.tables.feed import Counter, FeedEntry
from aftersales_tui.store.tables.people import Absence, Shift, Shop, Staff, StaffSkill, StaffZone
from aftersales_tui.store.tables.tickets import Call, Contact, Interval, Promise, Ticket, Visit

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
    "Interval",
    "Phone",
    "Promise",
    "Shift",
    "Shop",
    "Staff",
    "StaffSkill",
    "StaffZone",
    "Ticket",
    "Visit",
]
