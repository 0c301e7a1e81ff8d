"""Commands on the ticket in hand: the row under the cursor, or the ticket that is open."""

from aftersales_tui.tui.commands.command import Command

TICKET_ROW = "ticket_row"
UNDOING = "undoing"
"""Every screen on which deeds are done, with a ticket in hand or without."""

ON_TICKET = (
    Command("assign", "a", TICKET_ROW, menu=True),
    Command("status", "s", TICKET_ROW, menu=True),
    Command("outcome", "o", TICKET_ROW, menu=True),
    Command("reschedule", "r", TICKET_ROW, menu=True),
    Command("callback", "c", TICKET_ROW, menu=True),
    Command("memo", "m", TICKET_ROW, menu=True),
    Command("verify", "e", TICKET_ROW, menu=True),
    Command("answer", "d", TICKET_ROW, show=False, menu=True),
    Command("advise", "h", TICKET_ROW, show=False, menu=True),
    Command("reopen", "b", TICKET_ROW, show=False, menu=True),
    Command("close", "z", TICKET_ROW, show=False, menu=True),
    Command("undo", "u", UNDOING, menu=True),
    Command("row_menu", "ctrl+e", TICKET_ROW, priority=True, palette=False),
)
