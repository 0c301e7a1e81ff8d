"""The shop's records. Importing this package makes the metadata complete."""

from aftersales_tui.store.tables.customers import (
    Address,
    CallerKey,
    Customer,
    Device,
    Note,
    NotSame,
    Person,
    Phone,
    SalePromise,
)
from aftersales_tui.store.tables.feed import Counter, FeedEntry
from aftersales_tui.store.tables.floor import HandoverNote, Takeover, Visitor
from aftersales_tui.store.tables.imports import ImportBatch, ImportKey
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
]
