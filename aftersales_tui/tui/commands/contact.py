"""Commands of the list of people to contact."""

from aftersales_tui.tui.commands.command import Command

CONTACT = "contact"

ON_CONTACT = (Command("goto_ticket", "g", CONTACT, twin="ctrl+g"),)
