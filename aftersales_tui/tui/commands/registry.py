"""Every command there is, in the order in which strip, help and palette name them."""

from collections.abc import Mapping

from aftersales_tui.tui.commands.command import Command
from aftersales_tui.tui.commands.contact import ON_CONTACT
from aftersales_tui.tui.commands.frame import APP, FORM, FRAME, SCREEN
from aftersales_tui.tui.commands.imports import ON_IMPORT_FILE, ON_IMPORTS
from aftersales_tui.tui.commands.intake import ON_INTAKE
from aftersales_tui.tui.commands.lists import LISTS, ROWS
from aftersales_tui.tui.commands.queue import ON_QUEUE
from aftersales_tui.tui.commands.ticket import ON_TICKET_SCREEN
from aftersales_tui.tui.commands.ticket_row import ON_TICKET, TICKET_ROW

SHARED = frozenset({APP, SCREEN, FORM, ROWS, TICKET_ROW})
"""Scopes that several screens have; a key of theirs is taken on all of them."""

COMMANDS: Mapping[str, Command] = {
    command.id: command
    for command in (
        *FRAME,
        *LISTS,
        *ON_CONTACT,
        *ON_TICKET,
        *ON_INTAKE,
        *ON_QUEUE,
        *ON_TICKET_SCREEN,
        *ON_IMPORTS,
        *ON_IMPORT_FILE,
    )
}


def in_scope(where: str) -> tuple[Command, ...]:
    """The commands of one scope, in order."""
    return tuple(command for command in COMMANDS.values() if command.where == where)
