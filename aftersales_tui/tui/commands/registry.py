"""Every command there is, in the order in which strip, help and palette name them."""

from collections.abc import Mapping

from aftersales_tui.tui.commands.command import Command
from aftersales_tui.tui.commands.contact import ON_CONTACT
from aftersales_tui.tui.commands.customer import CUSTOMER, FILE, ON_FILE
from aftersales_tui.tui.commands.customer_deeds import CUSTOMER_ROW, ON_CUSTOMER, ON_DUPLICATES
from aftersales_tui.tui.commands.floor import ON_FLOOR
from aftersales_tui.tui.commands.frame import APP, FORM, FRAME, SCREEN
from aftersales_tui.tui.commands.imports import ON_IMPORT_FILE, ON_IMPORTS
from aftersales_tui.tui.commands.intake import ON_INTAKE
from aftersales_tui.tui.commands.listed import ON_LISTED
from aftersales_tui.tui.commands.lists import LISTS, ROWS
from aftersales_tui.tui.commands.people import ON_PEOPLE, ON_PERSON
from aftersales_tui.tui.commands.queue import ON_QUEUE
from aftersales_tui.tui.commands.search import ON_SEARCH
from aftersales_tui.tui.commands.ticket import ON_TICKET_SCREEN
from aftersales_tui.tui.commands.ticket_row import ON_TICKET, TICKET_ROW, UNDO

SHARED = frozenset({APP, SCREEN, FORM, ROWS, TICKET_ROW, UNDO, CUSTOMER_ROW})
"""Scopes that several screens have; a key of theirs is taken on all of them."""
WITHOUT_TICKET: frozenset[str] = frozenset({FILE, CUSTOMER})
"""Scopes whose screens have no ticket in hand: the letters of its verbs are free there."""
TOGETHER: frozenset[str] = frozenset({FILE, CUSTOMER})
"""Scopes that one screen has at once."""

COMMANDS: Mapping[str, Command] = {
    command.id: command
    for command in (
        *(*FRAME, *LISTS, *ON_FLOOR, *ON_CONTACT, *ON_DUPLICATES, *ON_FILE, *ON_CUSTOMER),
        *(*ON_TICKET, *ON_INTAKE, *ON_QUEUE, *ON_TICKET_SCREEN, *ON_LISTED, *ON_SEARCH),
        *(*ON_PEOPLE, *ON_PERSON, *ON_IMPORTS, *ON_IMPORT_FILE),
    )
}


def meet(where: str, other: str) -> bool:
    """Whether commands of two scopes may stand on one screen: then no key can be both's."""
    both = {where, other}
    if where == other or both <= TOGETHER:
        return True
    return bool(both & SHARED) and not (TICKET_ROW in both and both & WITHOUT_TICKET)


def in_scope(where: str) -> tuple[Command, ...]:
    """The commands of one scope, in order."""
    return tuple(command for command in COMMANDS.values() if command.where == where)
