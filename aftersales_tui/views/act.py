"""Who does something, where, and when: what every write of the desk is told."""

from datetime import datetime
from typing import NamedTuple


class Act(NamedTuple):
    """One deed of one person at one seat.

    Attributes:
        staff_id: The person.
        seat: The seat's name.
        write_id: Made by the client when the form opens; the same write sent twice is done once.
        happened_at: When it really happened; ``None`` for now. Both this and the time of entry are kept (P8).
    """

    staff_id: int
    seat: str
    write_id: int
    happened_at: datetime | None = None


class ShopView(NamedTuple):
    """The shop as the frame shows it: its name, time zone, country and area code for local numbers."""

    shop_id: int
    name: str
    zone: str
    country: str
    area_code: str


class Changes(NamedTuple):
    """What has changed since a place in the feed: enough to re-read only what is on screen.

    Attributes:
        seq: The newest entry that was heard.
        subjects: The records the entries belong to: tickets, customers, people of the shop, and so on.
        contact_ids: The contacts among the records that were changed.
    """

    seq: int
    subjects: frozenset[int]
    contact_ids: frozenset[int]


class StaffView(NamedTuple):
    """A person of the shop."""

    staff_id: int
    name: str
    role: str
