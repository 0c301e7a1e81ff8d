"""Whose a number of a customer's is, and what it is called: ``13800138000 (home, Li)`` (U1)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from aftersales_tui.desk.caller_files import number_said
from aftersales_tui.desk.importing.foreign import Foreign
from aftersales_tui.desk.importing.work import Work
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.parts import card_read
from aftersales_tui.lexicon.phones import PhoneNumber, digits_of
from aftersales_tui.store import tables
from aftersales_tui.store.queries import files
from aftersales_tui.views.imports import Fault

COLUMN = "phone_labels"


class Called(NamedTuple):
    """What is said of a number.

    Attributes:
        number: Itself.
        label: What it is called; empty for nothing.
        person_id: Whose it is; ``None`` where that is nobody in particular.
    """

    number: PhoneNumber
    label: str
    person_id: int | None


Labels = Mapping[tuple[str, str], Called]
"""By number and extension."""
NONE: Labels = {}


def faults_of(row: Foreign) -> Iterable[Fault]:
    """The cards that name no number."""
    for text in row.values.get(COLUMN, ()):
        if not digits_of(card_read(text, 3)[0]):
            yield Fault(row.line, COLUMN, text, Invalid("import.bad_phone", value=text))


def labels(shop: Shop, row: Foreign, people: Sequence[tuple[int, str]]) -> Labels:
    """What a row says of its numbers.

    Args:
        people: The customer's, in order: id and name. A name that is nobody's becomes part of the label.
    """
    found: dict[tuple[str, str], Called] = {}
    for text in row.values.get(COLUMN, ()):
        typed, label, whose, which = card_read(text, 3)
        number = number_said(typed, shop.view)
        if number is None:
            continue
        alike = [person_id for person_id, name in people if whose and name == whose]
        place = int(which) - 1 if which.isascii() and which.isdigit() else 0
        person_id = alike[place] if 0 <= place < len(alike) else None
        said = label if person_id is not None else " ".join(filter(None, (label, whose)))
        found[number.e164, number.extension] = Called(number, said, person_id)
    return found


def label_known(work: Work, customer_id: int, row: Foreign) -> Labels:
    """Say of the numbers in a file what a row tells of them; answers what it tells of any."""
    shop_id = work.shop.shop_id
    people = [(one.person_id, one.name) for one in files.persons(work.connection, shop_id, customer_id)]
    told = labels(work.shop, row, people)
    for phone in files.phones(work.connection, shop_id, customer_id):
        said = told.get((phone.e164, phone.extension))
        if said is None or (said.label, said.person_id) == (phone.label, phone.person_id or None):
            continue
        own: Any = work.deed.held(tables.Phone, phone.phone_id)
        own.label = said.label or own.label
        own.person_id = said.person_id or own.person_id
    return told
