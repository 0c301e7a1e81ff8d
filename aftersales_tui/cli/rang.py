"""Whom a customer's file says to call, and how a call went, in the shell: there is no ticket to name (B4, U3)."""

from datetime import datetime

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.session import Session, session
from aftersales_tui.cli.shown import show
from aftersales_tui.domain.errors import Invalid, NotFound
from aftersales_tui.domain.when import moment
from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import deed_key, deed_words
from aftersales_tui.views.callers import ContactRow
from aftersales_tui.views.tickets import Page


def list_contacts(choices: Choices, who: str | None = None) -> int:
    """The calls that a customer's file asks for, the earliest due first."""
    with session(choices) as here:
        rows = _of(here, who)
        if choices.as_json:
            here.output.record(rows)
        elif rows:
            show(here.output, Page(rows, more_after=False, more_before=False), here.desk.now())
        else:
            here.output.line(say("cli.customer.no_contacts"))
    return OK


def rang(
    choices: Choices,
    who: str | None = None,
    result: str | None = None,
    words: str | None = None,
    again: str | None = None,
    about: str | None = None,
) -> int:
    """Record how the call went that is due first; ``about`` picks one of several by its reason."""
    with session(choices) as here:
        desk, rows = here.desk, _of(here, who)
        row = next((one for one in rows if not about or about in {one.reason, one.about}), None)
        if row is None:
            raise NotFound("contact.none_of_file", known=tuple(one.about or one.reason for one in rows))
        receipt = desk.contacts.result(
            desk.act(), row.contact_id, row.version, result or "", words or "", _again(here, again)
        )
        if choices.as_json:
            here.output.record(receipt)
        else:
            done = f"done.{deed_key(receipt.verb, receipt.params)}"
            here.output.line(say(done, **deed_words(receipt.params, here.output.zone)))
    return OK


def _of(here: Session, who: str | None) -> tuple[ContactRow, ...]:
    if not who:
        raise Invalid("cli.no_customer")
    return here.desk.contacts.of_file(here.desk.mergers.select(who).customer_id)


def _again(here: Session, text: str | None) -> datetime | None:
    return moment(text, here.desk.now(), here.output.zone, here.desk.words) if text else None
