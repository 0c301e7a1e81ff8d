"""The tables that go in and out, column by column: one layout for import and export, so that one reads the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MANY = "; "
"""Parts the texts of a column that holds several."""


class Shape(StrEnum):
    """What a column holds.

    ``TEXT`` as it was typed; ``DATE`` as 2026-03-31, or only 2026-03 or 2026; ``INSTANT`` in the shop's zone as
    2026-03-31 14:05:09, ``AHEAD`` the same where it may still be to come; ``FLAG`` 1 or empty; ``WHOLE`` a whole
    number; ``MANY`` several texts parted by ``; ``, each once; ``CARDS`` several texts with fields in brackets.
    A date that was told in words stands in double quotes and is kept as it was said.
    """

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    AHEAD = "ahead"
    FLAG = "flag"
    WHOLE = "whole"
    MANY = "many"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: As the program calls it; its heading for people is ``column.<name>`` in the catalog.
        shape: What it holds.
        limit: Characters at most.
        required: Whether a row without it is refused.
    """

    name: str
    shape: Shape = Shape.TEXT
    limit: int = 120
    required: bool = False


NOBODY = "-"
"""Instead of the id of a customer or a device: this ticket has none, and none is to be made of what it tells."""

SOURCE_ID = Column("source_id", limit=80)
"""The id in the other program; in an export of ours, our own id. By it a second import knows the record again."""
OF_CUSTOMER = Column("customer_id", limit=80)
"""The ``source_id`` of the customer a row belongs to."""
OF_DEVICE = Column("device_id", limit=80)

CUSTOMERS = (
    SOURCE_ID,
    Column("name", required=True),
    Column("customer_kind", limit=20),
    Column("tier", limit=20),
    Column("phones", Shape.MANY, 400),
    Column("phone_labels", Shape.CARDS, 400),
    Column("address", limit=300),
    Column("zone", limit=60),
    Column("route_note", limit=500),
    Column("more_addresses", Shape.CARDS, 1000),
    Column("people", Shape.CARDS, 3000),
    Column("do_not_call", Shape.FLAG, 10),
    Column("quiet", limit=60),
    Column("contact_months", Shape.WHOLE, 4),
    Column("last_call_at", Shape.INSTANT, 40),
    Column("note", limit=2000),
)
"""``people`` are written as ``name (role, form, note)``, ``more_addresses`` as ``text (zone, route note)``;
``phone_labels`` as ``number (label, whose)`` for those numbers that have one, ``number (label, whose, 2)`` for those of
the second of two people who are called the same."""
DEVICES = (
    SOURCE_ID,
    OF_CUSTOMER,
    Column("customer_name"),
    Column("customer_phone", limit=40),
    Column("product"),
    Column("brand", limit=80),
    Column("model", limit=80),
    Column("serial", limit=80),
    Column("bought_on", Shape.DATE, 130),
    Column("invoice", limit=80),
    Column("certificate", limit=80),
    Column("place", limit=200),
    Column("note", limit=2000),
)
TICKETS = (
    SOURCE_ID,
    Column("number", Shape.WHOLE, 12),
    Column("kind", limit=40),
    Column("channel", limit=20),
    Column("status", limit=40),
    Column("received_at", Shape.INSTANT, 40),
    Column("entered_at", Shape.INSTANT, 40),
    Column("ended_at", Shape.INSTANT, 40),
    OF_CUSTOMER,
    OF_DEVICE,
    Column("caller"),
    Column("phone", limit=40),
    Column("mobile", limit=40),
    Column("address", limit=300),
    Column("zone", limit=60),
    Column("product"),
    Column("brand", limit=80),
    Column("model", limit=80),
    Column("serial", limit=80),
    Column("fault", limit=2000),
    Column("wanted", limit=500),
    Column("quantity", limit=60),
    Column("when_wanted", limit=120),
    Column("bought", Shape.DATE, 130),
    Column("cause", limit=500),
    Column("degree", limit=500),
    Column("engineer"),
    Column("engineer_id", limit=80),
    Column("visit_id", limit=80),
    Column("visit_from", Shape.AHEAD, 40),
    Column("visit_to", Shape.AHEAD, 40),
    Column("outcome", limit=500),
    Column("outcome_words", limit=2000),
    Column("repeat_of", limit=80),
    Column("for_whom"),
    Column("memo", limit=4000),
)
"""Of the visits of a ticket the last one is told: who, in which window, and what came of it; ``VISITS`` has them all.
``repeat_of`` is the ``source_id`` of the ticket that this one repeats."""
VISITS = (
    SOURCE_ID,
    Column("ticket_id", limit=80),
    Column("ticket_number", limit=40),
    Column("engineer"),
    Column("engineer_id", limit=80),
    Column("visit_from", Shape.AHEAD, 40),
    Column("visit_to", Shape.AHEAD, 40),
    Column("outcome", limit=500),
    Column("outcome_at", Shape.INSTANT, 40),
    Column("outcome_words", limit=2000),
    Column("override_reason", limit=500),
)
PROMISES = (
    SOURCE_ID,
    OF_CUSTOMER,
    Column("customer_name"),
    Column("customer_phone", limit=40),
    OF_DEVICE,
    Column("promised", limit=20),
    Column("promise_words", limit=500),
    Column("due_at", Shape.AHEAD, 40),
    Column("kept_at", Shape.INSTANT, 40),
    Column("kept_words", limit=500),
)
"""What was promised when a device was sold (U3)."""
NOTES = (
    SOURCE_ID,
    OF_CUSTOMER,
    Column("customer_name"),
    Column("customer_phone", limit=40),
    OF_DEVICE,
    Column("note", limit=4000, required=True),
    Column("written_at", Shape.INSTANT, 40),
    Column("written_by"),
    Column("written_by_id", limit=80),
)
"""The notes on the customers' files, one a row: each stays as it was written."""
ENGINEERS = (
    SOURCE_ID,
    Column("name", required=True),
    Column("role", limit=20),
    Column("phone", limit=60),
    Column("skills", Shape.MANY, 400),
    Column("zones", Shape.MANY, 400),
    Column("shifts", Shape.MANY, 400),
    Column("in_trade_since", Shape.WHOLE, 4),
    Column("schooling", limit=200),
    Column("trainings", limit=2000),
    Column("has_left", Shape.FLAG, 10),
    Column("note", limit=2000),
)
LAYOUTS: Mapping[str, tuple[Column, ...]] = {
    "engineers": ENGINEERS,
    "customers": CUSTOMERS,
    "devices": DEVICES,
    "tickets": TICKETS,
    "visits": VISITS,
    "promises": PROMISES,
    "notes": NOTES,
}
"""By the kind of table, in the order in which they go in: a device belongs to a customer, a ticket to all of them."""
ALSO: Mapping[str, tuple[Column, ...]] = {
    "customers": tuple(
        column
        for column in DEVICES
        if column.name in {"product", "brand", "model", "serial", "bought_on", "invoice", "certificate"}
    ),
}
"""Columns that come in with a table, though they go out with another: a shop's list of customers tells their device."""

ONE_OF: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "devices": (("customer_name", "customer_id", "customer_phone"),),
    "tickets": (
        ("caller", "phone", "mobile", "address", "customer_id"),
        ("fault", "wanted", "product", "brand", "model", "serial", "device_id"),
    ),
    "visits": (("ticket_id", "ticket_number"), ("engineer", "engineer_id"), ("visit_from",)),
    "promises": (("customer_name", "customer_id", "customer_phone"), ("promised", "promise_words")),
    "notes": (("customer_name", "customer_id", "customer_phone"),),
}
"""Of each group a file needs a column, or every row would be refused: whose it is, who called, and what about."""


def taken_in(kind: str) -> tuple[Column, ...]:
    """The columns that an import of a table understands."""
    return (*LAYOUTS[kind], *ALSO.get(kind, ()))
