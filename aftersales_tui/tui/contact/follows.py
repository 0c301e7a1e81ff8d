"""What follows from the result of a contact, as the status line tells it (B1, B2)."""

from collections.abc import Mapping
from datetime import tzinfo

from aftersales_tui.domain.contact import Effect, Reason
from aftersales_tui.i18n import say
from aftersales_tui.tui.receipts import deed_words
from aftersales_tui.tui.widgets.status import GOOD, Said
from aftersales_tui.views.tickets import Receipt

ENDS: Mapping[str, str] = {"new": "queue", "closed": "closed"}
"""States of a ticket that a result leads to and that are told."""


def outcome_of(reason: Reason, receipt: Receipt) -> Effect:
    """The effect a result had: that of the last try, where there is no further one."""
    effect = reason.result(receipt.params["result"]).effect
    return reason.retry.last if effect is Effect.RETRY and "due" not in receipt.params else effect


def told(receipt: Receipt, reason: Reason, status: str, zone: tzinfo) -> Said:
    """The result line of a contact.

    Args:
        receipt: Of the result.
        reason: The rule of the contact's reason.
        status: The ticket's state after it.
        zone: The shop's zone.
    """

    def text() -> str:
        words = deed_words(receipt.params, zone)
        if "due" in receipt.params:
            follows = say("contact.then.again", due=words["due"])
        elif "next" in receipt.params:
            follows = say("contact.then.next", next=words["next"])
        elif outcome_of(reason, receipt) is Effect.ASK_SUPERVISOR:
            follows = say("contact.then.supervisor")
        else:
            follows = say(f"contact.then.{ENDS.get(status, 'done')}")
        result = say("contact.then", whom=words["whom"], result=words["result"], follows=follows)
        return f"{words['number']} {result}".lstrip()

    return Said(text, GOOD, may_be_undone=True)
