"""The front room in the shell: call register, messages, visitors, handover book (C7, C9, C13, A1)."""

import re
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.session import STDIN, Session, session
from aftersales_tui.cli.shown import show
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.i18n import say
from aftersales_tui.tui.floor.days import day_said
from aftersales_tui.tui.floor.register_lines import by_day, called, come_to, date_word, printed
from aftersales_tui.tui.floor.writing import write_page
from aftersales_tui.tui.sentences import deed_key, deed_words
from aftersales_tui.views.floor import MessageRow, RegisterFilter
from aftersales_tui.views.tickets import Page, PageKey, Receipt

PAGE = 200
ALL_DAYS = "all"


def register(
    choices: Choices,
    day: str | None = None,
    by: str | None = None,
    outcome: str | None = None,
    print_to: str | None = None,
) -> int:
    """The call register of a day, as a table, as JSON, or as a printed page."""
    with session(choices) as here:
        desk = here.desk
        wanted = RegisterFilter(
            None if day == ALL_DAYS else _day(here, day or ""),
            _operator(here, by) if by else 0,
            _outcome(here, outcome) if outcome else "",
        )
        if print_to:
            _print(here, wanted, print_to, by or "")
        elif choices.as_json:
            for row in desk.register.whole(wanted):
                here.output.record(row)
        else:
            _show_register(here, wanted)
    return OK


def messages(choices: Choices, whom: str | None = None) -> int:
    """The messages that are still to be passed on, all of them."""
    with session(choices) as here:
        after: PageKey | None = None
        found: list[MessageRow] = []
        while True:
            page = here.desk.messages.page(whom or "", after, PAGE)
            found += page.rows
            if not page.more_after:
                break
            after = here.desk.messages.place(page.rows[-1])
        if choices.as_json:
            for row in found:
                here.output.record(row)
        else:
            show(here.output, Page(tuple(found), more_after=False, more_before=False), here.desk.now())
    return OK


def visitors(choices: Choices, day: str | None = None) -> int:
    """The visitors' book of today and what is ahead, or of one day."""
    with session(choices) as here:
        book = here.desk.visitors.book(_day(here, day) if day else None)
        if choices.as_json:
            for row in book:
                here.output.record(row)
        else:
            show(here.output, Page(book, more_after=False, more_before=False), here.desk.now())
    return OK


def handover(choices: Choices) -> int:
    """The handover book as it lies open before the person at this seat."""
    with session(choices) as here:
        book = here.desk.handover.book(here.desk.people.me())
        if choices.as_json:
            here.output.record(book)
        else:
            show(here.output, book, here.desk.now())
    return OK


def take_over(choices: Choices) -> int:
    """Take the shift over by name."""
    with session(choices) as here:
        _done(here, choices, here.desk.handover.take(here.desk.act()))
    return OK


def note(
    choices: Choices, text: list[str] | None = None, whom: str | None = None, ticket: str | None = None
) -> int:
    """Write a note for the next shift; ``-`` takes it from standard input."""
    import sys

    words = sys.stdin.read() if text == [STDIN] else " ".join(text or ())
    with session(choices) as here:
        ticket_id = here.desk.dispatch.by_number(_number(ticket)) if ticket else 0
        receipt = here.desk.handover.note(here.desk.act(), words, whom or "", ticket_id)
        _done(here, choices, receipt)
    return OK


def of_register() -> dict[str, Any]:
    """The options of ``register``."""
    return {
        "day": _option("--day", "cli.register.day", "cli.value.day"),
        "by": _option("--by", "cli.register.by", "cli.value.person"),
        "outcome": _option("--outcome", "cli.register.outcome", "cli.value.outcome"),
        "print_to": _option("--print", "cli.register.print", "cli.value.file"),
    }


def of_messages() -> dict[str, Any]:
    """The options of ``messages``."""
    return {"whom": _option("--for", "cli.messages.for", "cli.value.person")}


def of_visitors() -> dict[str, Any]:
    """The options of ``visitors``."""
    return {"day": _option("--day", "cli.visitors.day", "cli.value.day")}


def of_note() -> dict[str, Any]:
    """What ``handover note`` is told."""
    return {
        "text": Annotated[list[str] | None, typer.Argument(metavar=say("argument.text"), show_default=False)],
        "whom": _option("--for", "cli.handover.note.for", "cli.value.person"),
        "ticket": _option("--ticket", "cli.handover.note.ticket", "argument.ticket"),
    }


def _option(flag: str, words: str, value: str) -> Any:
    return Annotated[str | None, typer.Option(flag, help=say(words), metavar=say(value))]


def _day(here: Session, text: str) -> date:
    return day_said(text, here.desk.now(), ZoneInfo(here.desk.shop.zone), here.desk.words)


def _operator(here: Session, name: str) -> int:
    """The operator of a name, or of the beginning of one."""
    from aftersales_tui.lexicon.keys import name_key

    wanted, people = name_key(name), here.desk.register.operators()
    exact = [one for one in people if name_key(one.name) == wanted]
    near = [one for one in people if wanted and name_key(one.name).startswith(wanted)]
    found = exact or near
    if len(found) != 1:
        names = tuple(one.name for one in (found or people))
        raise Invalid("floor.no_such_person", given=name[:40], known=names)
    return found[0].staff_id


def _show_register(here: Session, wanted: RegisterFilter) -> None:
    """The lines as a table; of several days each has a heading, for they go backwards and the calls of one do not."""
    desk, zone = here.desk, here.output.zone
    rows = tuple(desk.register.whole(wanted))
    days = list(by_day(rows, zone))
    if len(days) < 2:
        show(here.output, Page(rows, more_after=False, more_before=False), desk.now())
        return
    today = desk.now().astimezone(zone).date()
    for day, lines in days:
        here.output.line(date_word(day, today))
        show(here.output, Page(tuple(lines), more_after=False, more_before=False), desk.now())


def _outcome(here: Session, text: str) -> str:
    """An outcome by its id or by its word in any language.

    Raises:
        Invalid: ``register.no_such_outcome``.
    """
    outcomes, said = here.desk.register.outcomes(), text.strip().casefold()
    # The word on the screen goes before those of other languages, and those before the ids of the rules.
    shown = next((one for one in outcomes if come_to(one).casefold() == said), "")
    found = shown or next((one for one in outcomes if said in called(one)), "")
    if not found:
        known = tuple(f"{come_to(one)} ({one})" for one in outcomes)
        raise Invalid("register.no_such_outcome", given=text[:40], known=known)
    return here.desk.register.require_outcome(found)


def _number(text: str) -> int:
    found = re.fullmatch(r"(?:[tT#]-?)?(\d{1,9})", text.strip())
    if found is None:
        raise Invalid("grammar.not_a_ticket", text=text[:40])
    return int(found[1])


def _print(here: Session, wanted: RegisterFilter, file: str, by: str) -> None:
    desk, zone = here.desk, here.output.zone
    today = desk.now().astimezone(zone).date()
    what = ", ".join(
        filter(None, (date_word(wanted.day, today), by, come_to(wanted.outcome) if wanted.outcome else ""))
    )
    lines = list(printed(desk.shop.name, what, desk.register.whole(wanted), desk.now(), zone))
    if file == STDIN:
        here.output.block("\n".join(lines))
        return
    path = write_page(file, lines)
    if here.output.as_json:
        here.output.record({"file": str(path)})
    else:
        here.output.line(say("register.written", file=path))


def _done(here: Session, choices: Choices, receipt: Receipt) -> None:
    if choices.as_json:
        here.output.record(receipt)
    else:
        here.output.line(
            say(
                f"done.{deed_key(receipt.verb, receipt.params)}",
                **deed_words(receipt.params, here.output.zone),
            )
        )
