"""What of a call cannot be right or is still missing before an engineer may go (C2)."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk.caller_files import number_said
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.domain.intake import Fact, Field, missing
from aftersales_tui.domain.when import day, window
from aftersales_tui.lexicon.phones import is_written_plainly
from aftersales_tui.store import tables

MOST_JUDGED = 200


def implausible(shop: Shop, answers: Mapping[Field, str], at: datetime) -> frozenset[Fact]:
    """Facts whose date or number nobody understands or that cannot be: they stay to be verified.

    A number that nobody has, such as one digit too few or a service number of three, is kept as it was said.

    Args:
        answers: The words of the call.
        at: When they were said: "tomorrow" is the day after that.
    """
    said = (answers.get(Field.BOUGHT, "").strip(), answers.get(Field.WHEN_WANTED, "").strip(), at)
    known = shop.judged.get(said)
    if known is None:
        if len(shop.judged) > MOST_JUDGED:
            shop.judged.clear()
        known = shop.judged[said] = _judged(shop, *said)
    phone = answers.get(Field.PHONE, "").strip() or answers.get(Field.MOBILE, "").strip()
    return known if _can_be_dialled(shop, phone) else known | {Fact.PHONE}


def _can_be_dialled(shop: Shop, phone: str) -> bool:
    """Whether a number can be somebody's, and nothing but a number stands there; so for none at all."""
    if not phone:
        return True
    number = number_said(phone, shop.view)
    return number is not None and number.valid and is_written_plainly(phone)


def _judged(shop: Shop, bought: str, wanted: str, at: datetime) -> frozenset[Fact]:
    found = set()
    try:
        if bought:
            day(bought, at, shop.zone, shop.words)
    except DomainError:
        found.add(Fact.BOUGHT)
    try:
        if wanted:
            window(wanted, at, shop.zone, shop.words, shop.policy.dispatch.window)
    except DomainError:
        found.add(Fact.WHEN_WANTED)
    return frozenset(found)


def to_verify(shop: Shop, kind: str, answers: Mapping[Field, str], at: datetime) -> str:
    """What the eight facts still miss, as a ticket keeps it; only a call that sends somebody needs them."""
    if not shop.policy.kind(kind).visit:
        return ""
    return ",".join(fact.value for fact in missing(answers, implausible(shop, answers, at)))


def verify_again(shop: Shop, ticket: tables.Ticket) -> None:
    """Look once more at what a ticket misses, after its answers or its kind have changed."""
    answers = {name: str(getattr(ticket, name.value)) for name in Field}
    ticket.to_verify = to_verify(shop, ticket.kind, answers, ticket.received_at)
